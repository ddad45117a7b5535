"""The rows of the SOP as one track: what is done, where the cycle stands, what is to come, each with its clock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailbot.core.calendar.clocks import clocks
from mailbot.web.pages.marks import Mark, Tone
from mailbot.writing.values.clock_values import late_words
from mailbot.writing.values.cycle_values import holder_title, role_words

if TYPE_CHECKING:
    from mailbot.core.calendar.clocks import RowClock
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.sop import SopRow
    from mailbot.web.pages.page import Here


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One row of the SOP on the track."""

    number: str
    short: str
    title: str
    who: str
    mark: Mark
    present: bool
    allowed: str
    """What the row may take in this cycle."""
    taken: str = ""
    """What it has taken, over all its rounds."""
    due: str = ""
    late: str = ""
    rounds: int = 0
    share: int = 0
    """How much of its time has gone, in percent, 100 at most."""


def track(cycle: Cycle, here: Here) -> tuple[Stop, ...]:
    """Return every row, in the order of the SOP."""
    gone = {row.step: row for row in clocks(cycle, here.at, here.office.sop, here.office.calendar).rows}
    own = dict(cycle.row_days)
    return tuple(_stop(row, own.get(row.step), gone.get(row.step), cycle, here) for row in here.office.sop.rows)


def _stop(row: SopRow, own: int | None, clock: RowClock | None, cycle: Cycle, here: Here) -> Stop:
    """Return one row."""
    phrases = here.phrases
    present = row.step is cycle.step and not cycle.closed
    count, code = (row.hours, "hours") if own is None and row.hours else (row.days if own is None else own, "days")
    stop = Stop(
        number=row.sop,
        short=phrases.word("step", row.step.value),
        title=row.title,
        who=holder_title(here.office, row.who, here.at) or role_words(row.who, here.office, phrases),
        mark=Mark(tone=Tone.NOTHING, word=here.told("track", "to_come")),
        present=present,
        allowed=phrases.word("clock", code).format(count=count),
    )
    return stop if clock is None else _gone(stop, clock, (count, code), here)


def _gone(stop: Stop, clock: RowClock, allowed: tuple[int, str], here: Here) -> Stop:
    """Return a row that was entered, with its clock."""
    last, phrases = clock.visits[-1], here.phrases
    late = bool(clock.late.days or clock.late.hours)
    taken, whole = clock.spent.days, allowed[0]
    words = phrases.word("clock", "days").format(count=taken)
    if allowed[1] == "hours":
        taken = int(clock.spent.hours.total_seconds() // 3600)
        words = phrases.word("clock", "hours").format(count=taken)
    tone = Tone.GOOD if not stop.present else Tone.LATE if late else Tone.WAITS
    code = "now" if stop.present else "done"
    return replace(
        stop,
        mark=Mark(tone=tone, word=here.told("track", code)),
        taken=words,
        due=phrases.short_deadline(last.due_at, here.at),
        late=late_words(clock.late, phrases) if late else "",
        rounds=len(clock.visits),
        share=min(100, round(100 * taken / whole)) if whole else 100,
    )
