"""One cycle on one page: what needs somebody now, the SOP's rows as a track, the units, the figures, former cycles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.cycle import UnitState
from mailbot.ledger.board.overview import Overview
from mailbot.ledger.engine import one_moment
from mailbot.web.pages.page import Page
from mailbot.web.pages.track import track

if TYPE_CHECKING:
    from mailbot.ledger.board.overview import CourseSeen
    from mailbot.web.pages.page import Here


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


def _page(chosen: CourseSeen | None, courses: tuple[CourseSeen, ...], here: Here) -> Page:
    """Return the page of a cycle among all; where there is none yet, the page that says so."""
    cycle = here.ledger.cycles.get(chosen.key) if chosen is not None else None
    if cycle is None:
        return Page(template="pages/empty.j2", title=here.say("cycle", "none"), place="home")
    values = {
        "cycle": cycle,
        "track": track(cycle, here),
        "accepted": sum(form.state is UnitState.ACCEPTED for form in cycle.units),
        "courses": courses,
    }
    return Page(template="pages/cycle.j2", title=here.phrases.period(cycle.period), values=values, place="home")
