"""One cycle on one page: what needs somebody now, the SOP's rows as a track, the units, the figures, former cycles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.model.cycle import UnitState
from mailbot.ledger.board.came_of import sent_back
from mailbot.ledger.board.overview import Overview
from mailbot.ledger.engine import one_moment
from mailbot.web.pages.deciding import decision_form
from mailbot.web.pages.figures import figures, remembered
from mailbot.web.pages.marks import Mark, Tone
from mailbot.web.pages.now import needs, needs_of_machine
from mailbot.web.pages.page import Page, path
from mailbot.web.pages.timeliness import timeliness
from mailbot.web.pages.track import track
from mailbot.web.pages.unit_lines import unit_lines
from mailbot.writing.values.cycle_values import title

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.ledger.board.overview import CourseSeen
    from mailbot.web.pages.page import Here


_LATEST = 9
"""So many cycles stand on a cycle's page; all of them have one of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseLine:
    """One cycle in the list of all."""

    key: str
    name: str
    link: str
    present: bool
    """It is the one that is shown."""
    running: bool
    mark: Mark
    opened: str
    closed: str
    days: str
    """How many working days it took, or has taken so far."""


def home_page(here: Here) -> Page:
    """Return the page of the cycle that runs; of several the one opened last, of none the one closed last."""
    with one_moment(here.ledger.engine):
        courses = Overview(here.ledger.engine).courses()
        running = [course for course in courses if course.closed_at is None]
        chosen = next(reversed(running or courses), None)
        return _page(chosen, courses, here)


def cycle_page(here: Here, cycle: str) -> Page | None:
    """Return the page of one cycle; None: there is none of that key."""
    with one_moment(here.ledger.engine):
        courses = Overview(here.ledger.engine).courses()
        chosen = next((course for course in courses if course.key == cycle), None)
        return _page(chosen, courses, here) if chosen is not None else None


def cycles_page(here: Here) -> Page:
    """Return the list of every cycle, the newest first."""
    with one_moment(here.ledger.engine):
        courses = Overview(here.ledger.engine).courses()
    lines = tuple(_line(course, None, here) for course in reversed(courses))
    return Page(template="pages/cycles.j2", title=here.told("cycle", "all"), values={"courses": lines}, place="home")


def _page(chosen: CourseSeen | None, courses: tuple[CourseSeen, ...], here: Here) -> Page:
    """Return the page of a cycle among all; where there is none yet, the page that says so."""
    overview = Overview(here.ledger.engine)
    cycle = here.ledger.cycles.get(chosen.key) if chosen is not None else None
    if cycle is None or chosen is None:
        found = {"needs": needs_of_machine(overview.boxes(), here)}
        return Page(template="pages/empty.j2", title=here.told("cycle", "none"), values=found, place="home")
    running = [course for course in courses if course.closed_at is None]
    others = [course for course in running if course.key != cycle.key]
    seen = [form for form in cycle.units if here.viewer.sees(form.unit)]
    back = sent_back(here.ledger.engine, cycle.key, cycle.opened_at) if not cycle.closed else {}
    values = {
        "cycle": cycle,
        "state": _state(cycle, here),
        "needs": needs(cycle, others, overview.boxes(), back, here),
        "nothing": here.told("now", "nothing" if here.viewer.sees_everything or cycle.closed else "nothing_of_unit"),
        "track": track(cycle, here),
        "accepted": sum(form.state is UnitState.ACCEPTED for form in seen),
        "asked": len(seen),
        "units": unit_lines(cycle, overview.last(cycle.key), back, here),
        "figures": figures(cycle, remembered(cycle, here), here),
        "timeliness": timeliness(courses, here),
        "running": tuple(_line(course, cycle, here) for course in running),
        "courses": tuple(_line(course, cycle, here) for course in reversed(courses[-_LATEST:])),
        "all": path("cycles") if len(courses) > _LATEST else "",
        "words_given": _words_given(cycle, here) if here.viewer.sees_everything else (),
        "decision": decision_form(cycle, here),
        "draft": path("drafts", cycle.key) if _has_draft(cycle, here) else "",
    }
    return Page(template="pages/cycle.j2", title=here.phrases.period(cycle.period), values=values, place="home")


def _has_draft(cycle: Cycle, here: Here) -> bool:
    """Say whether a draft can be looked at, and by this viewer: it holds every unit's figures."""
    return here.viewer.sees_everything and cycle.draft is not None and bool(cycle.draft.pdf_sha256)


def _state(cycle: Cycle, here: Here) -> Mark:
    """Return how the cycle as a whole stands."""
    if cycle.cancelled is not None:
        return Mark(tone=Tone.NOTHING, word=here.told("cycle", "cancelled"))
    if cycle.closed_at is not None:
        return Mark(tone=Tone.GOOD, word=here.told("cycle", "closed", on=here.phrases.short_date(cycle.closed_at)))
    late = cycle.due_at < here.at
    row = here.office.sop.row(cycle.step).sop
    return Mark(tone=Tone.LATE if late else Tone.WAITS, word=here.told("cycle", "late" if late else "runs", row=row))


def _line(course: CourseSeen, shown: Cycle | None, here: Here) -> CourseLine:
    """Return a cycle's line in the list of all."""
    phrases, closed_at = here.phrases, course.closed_at
    days = here.office.calendar.working_days_between(course.opened_at, closed_at or here.at)
    code, tone = ("running", Tone.WAITS) if closed_at is None else ("done", Tone.GOOD)
    code, tone = ("cancelled", Tone.NOTHING) if course.cancelled else (code, tone)
    return CourseLine(
        key=course.key,
        name=phrases.period(course.period),
        link=path("cycles", course.key),
        present=shown is not None and course.key == shown.key,
        running=closed_at is None,
        mark=Mark(tone=tone, word=here.told("cycle", code)),
        opened=phrases.short_date(course.opened_at),
        closed=phrases.short_date(closed_at) if closed_at is not None else "",
        days=phrases.word("clock", "days").format(count=days),
    )


def _words_given(cycle: Cycle, here: Here) -> tuple[tuple[str, str, str, str], ...]:
    """Return the words that decided rows: row, who, word, when; the latest first."""
    people = {person.key: person for person in here.office.roster.people}
    return tuple(
        (
            here.office.sop.row(verdict.step).sop,
            title(people[verdict.person]) if verdict.person in people else verdict.person,
            verdict.word,
            here.phrases.moment(verdict.given_at),
        )
        for verdict in reversed(cycle.verdicts)
    )
