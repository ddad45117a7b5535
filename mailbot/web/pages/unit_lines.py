"""The units of a cycle, a line each: how it stands, what it owes, who is late and by how much, last mail in and out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.calendar.clocks import late_by
from mailbot.core.forms.judging import joined
from mailbot.core.model.cycle import UnitState
from mailbot.web.pages.boxes.fates import sent_back_words
from mailbot.web.pages.marks import OF_UNITS, Mark, Tone
from mailbot.web.pages.page import path
from mailbot.web.pages.sight import of_unit
from mailbot.writing.values.clock_values import late_words
from mailbot.writing.values.cycle_values import title, unit_head
from mailbot.writing.values.form_values import open_points

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle, UnitForm
    from mailbot.ledger.board.came_of import SentBack
    from mailbot.ledger.board.overview import LastSeen
    from mailbot.web.pages.page import Here

_MOST_CODES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """One unit in one cycle."""

    key: str
    name: str
    head: str
    link: str
    mark: Mark
    owes: str
    due: str
    late: str
    came: str
    """How many forms came and went back."""
    back: str = ""
    """What came last in place of a form, and went back."""
    last_in: str = ""
    last_in_link: str = ""
    last_out: str = ""
    last_out_link: str = ""


def unit_lines(
    cycle: Cycle, last: LastSeen, back: Mapping[str, tuple[SentBack, ...]], here: Here
) -> tuple[UnitLine, ...]:
    """Return the units that the viewer sees, who is late first."""
    lines = [
        (_lateness(form, cycle, here.at), _line(form, cycle, last, back.get(form.unit, ()), here))
        for form in cycle.units
    ]
    seen = [(late, line) for late, line in lines if here.viewer.sees(line.key)]
    return tuple(line for _, line in sorted(seen, key=lambda one: -one[0]))


def unit_mark(form: UnitForm, cycle: Cycle, here: Here, back: tuple[SentBack, ...] = ()) -> Mark:
    """Return how a unit's form stands; past its deadline the word stays and the colour tells.

    Args:
        form: the unit's part.
        cycle: in which.
        here: who looks.
        back: what came in place of a form and went back.
    """
    if not_asked(form, cycle):
        return Mark(tone=Tone.NOTHING, word=here.told("units", "not_asked"))
    tone = Tone.LATE if _lateness(form, cycle, here.at) else OF_UNITS[form.state]
    if cycle.closed and form.state is not UnitState.ACCEPTED:
        tone = Tone.NOTHING
    code = "" if cycle.closed or form.state is not UnitState.WAITING else _on_the_way(form, cycle, back, here)
    word = here.told("units", code) if code else here.phrases.word("unit_state", form.state.value)
    return Mark(tone=tone, word=word)


def _on_the_way(form: UnitForm, cycle: Cycle, back: tuple[SentBack, ...], here: Here) -> str:
    """Return what came though no form was judged yet, as a code of the board's words; empty: nothing did."""
    if form.waiting is not None:
        return "lines_open" if lines_wanting(form, cycle, here) else "lines_wait"
    if form.waiting_forms:
        return "form_waits"
    return "sent_back" if back else ""


def lines_wanting(form: UnitForm, cycle: Cycle, here: Here) -> tuple[str, ...]:
    """Return the codes that are still open in lines that were read back; no BENAR counts before they are told."""
    if form.waiting is None:
        return ()
    return open_points(joined(form, form.waiting.read.data), form.unit, cycle.period, here.office)


def not_asked(form: UnitForm, cycle: Cycle) -> bool:
    """Say whether a unit has not been asked for its form yet: it owes nothing."""
    return form.due_at is None and not form.submissions and form.waiting is None and not cycle.closed


def lateness_words(form: UnitForm, cycle: Cycle, here: Here) -> str:
    """Return how late what is still owed is; empty where nothing is."""
    if not _lateness(form, cycle, here.at):
        return ""
    return late_words(late_by(form.due_at or cycle.due_at, here.at, here.office.calendar), here.phrases)


def _lateness(form: UnitForm, cycle: Cycle, at: datetime) -> float:
    """Return by how many seconds what a unit owes is late; 0: it is not, or owes nothing."""
    due_at = form.due_at
    if form.settled or cycle.closed or due_at is None:
        return 0
    return max(0.0, (at - due_at).total_seconds())


def _line(form: UnitForm, cycle: Cycle, last: LastSeen, back: tuple[SentBack, ...], here: Here) -> UnitLine:
    """Return one unit's line."""
    phrases, office = here.phrases, here.office
    head = unit_head(form.unit, office, here.at)
    people = [post for post in office.roster.people if of_unit(post) == form.unit]
    addresses = {address.casefold() for post in people for address in (*post.addresses, post.second_address) if address}
    came = max((last.came[one] for one in addresses if one in last.came), default=None)
    left = last.left.get(form.unit)
    return UnitLine(
        key=form.unit,
        name=office.roster.unit(form.unit).name,
        head=title(head) if head is not None else "",
        link=path("units", form.unit, cycle.key),
        mark=unit_mark(form, cycle, here, back),
        owes=owed_words(form, cycle, here),
        due=phrases.short_deadline(form.due_at, here.at) if form.due_at and not form.settled else "",
        late=lateness_words(form, cycle, here),
        back="" if form.settled else next(iter(sent_back_words(back, here)), ""),
        came=here.told("units", "came", came=form.attempts, returned=form.returned) if form.attempts else "",
        last_in=_when(came, here),
        last_in_link=path("mails", came[1]) if came else "",
        last_out=_when(left, here),
        last_out_link=path("letters", left[1]) if left else "",
    )


def owed_words(form: UnitForm, cycle: Cycle, here: Here) -> str:
    """Return what a unit still owes, in words: lines to confirm, faults to mend, rows to fill in; empty: nothing."""
    if form.settled or cycle.closed or not_asked(form, cycle):
        return ""
    if form.waiting is not None:
        codes = lines_wanting(form, cycle, here)
        return here.told("units", "owes_lines", codes=_named(codes)) if codes else here.told("units", "owes_word")
    if form.state is UnitState.ACCEPTED:
        return here.told("units", "owes_choice")
    latest = form.submissions[-1] if form.submissions else None
    if latest is None and form.waiting_forms:
        return here.told("units", "owes_vouching", who=form.waiting_forms[-1].read.sender)
    if latest is None:
        return here.told("units", "owes_form", rows=asked_words(form, cycle, here))
    if form.state is UnitState.RETURNED:
        return here.told("units", "owes_mending", count=len(latest.faults))
    codes = open_points(latest.data, form.unit, cycle.period, here.office)
    return here.told("units", "owes_rows", codes=_named(codes))


def _named(codes: tuple[str, ...]) -> str:
    """Return the first codes of some, and whether there are more."""
    return ", ".join(codes[:_MOST_CODES]) + (" …" if len(codes) > _MOST_CODES else "")


def asked_words(form: UnitForm, cycle: Cycle, here: Here) -> str:
    """Return of what a unit's form consists: `2 indikator, 1 sub kegiatan`."""
    office, period = here.office, cycle.period
    counts = {
        "indicators": len(office.asked_indicators(form.unit, period)),
        "lines": len(office.asked_budget(form.unit, period)),
    }
    return ", ".join(here.told("units", code, count=count) for code, count in counts.items() if count)


def _when(last: tuple[datetime, int] | None, here: Here) -> str:
    """Return when a mail came or left: day and hour."""
    if last is None:
        return ""
    return f"{here.phrases.short_date(last[0])} {here.office.calendar.local(last[0]):%H.%M}"
