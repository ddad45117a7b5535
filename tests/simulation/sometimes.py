"""What must sometimes happen: every outcome of a mail in every row of the SOP, with the letters that answer it."""

from __future__ import annotations

import fnmatch
from typing import TYPE_CHECKING

from mailbot.core.language.reply_words import VERDICTS, Word
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.sop import Step

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle
    from tests.simulation.run import World

Reached = tuple[str, str, str]
"""What a mail came to (with its word), the row in which it was worked, the kind of letter that answered it."""
CLOSED, SILENCE = "closed", "silence"
ROWS = (*(step.value for step in Step), CLOSED)
_PLAIN = (
    *(MailOutcome.FORM, MailOutcome.UNREADABLE, MailOutcome.UNCLEAR, MailOutcome.UNPLACED),
    *(MailOutcome.BOUNCE, MailOutcome.ROBOT, MailOutcome.STRANGER, MailOutcome.DUPLICATE, MailOutcome.SET_ASIDE),
)
WHAT = (
    *(outcome.value for outcome in _PLAIN),
    *(f"{'verdict' if word in VERDICTS else 'command'} {word.value}" for word in Word),
)

UNREACHED: dict[tuple[str, str], str] = {
    ("*", "check"): "row 4 begins when the last form came, and is over or back in row 3 in the same decision",
    ("*", "analyse"): "row 5 is over in the decision in which it begins",
    (
        "*",
        "closed",
    ): "a run ends when the last letter has left; `tests/core/procedure` holds the closed cycle cell by cell",
    ("command *", "submit"): "row 8 lasts hours and writes to Bappeda alone; `tests/core/procedure` holds each cell",
    **dict.fromkeys(
        (("command KOREKSI", "*"), ("command ARSIP", "*"), ("command TERBIT", "*")),
        "it is for the closed cycle, and too early in every row alike; `tests/core/procedure` holds each cell",
    ),
    **dict.fromkeys(
        (("unreadable", "inform"), ("unreadable", "submit"), ("form", "submit")),
        "hardly anybody sends a file in place of a form while none is asked for; `tests/core/procedure` holds the cell",
    ),
    **dict.fromkeys(
        (("command HAPUS", "*"), ("command SIMPAN", "*")),
        "they answer a letter about a file that was held back; `tests/clerk/test_held_fate.py` plays them",
    ),
    ("verdict KEBERATAN", "submit"): "it is a word of row 1, row 8 lasts hours; `tests/core/procedure` holds the cell",
    ("*", "request"): "row 2 lasts as long as its letters wait; rare, and asked for by hand in `tests/core/procedure`",
}
"""What no run need reach, by patterns of outcome and row, each with its reason."""


def reached(world: World) -> frozenset[Reached]:
    """Return what the mails of a run came to."""
    ledger = world.machine.ledger
    cycle = ledger.cycles.get(world.key)
    answers: dict[str, set[str]] = {}
    for own_id, letter in world.printed.items():
        if letter.answers is not None and world.server.taken[own_id]:
            answers.setdefault(letter.answers.message_id, set()).add(letter.kind.value)
    return frozenset(
        (_what(mail.outcome, mail.detail), _row(cycle, mail.settled_at), kind)
        for mail in ledger.inbox.listing(limit=1_000_000)
        if mail.outcome is not None and mail.settled_at is not None and cycle is not None
        for kind in answers.get(mail.message_id) or {SILENCE}
    )


def _what(outcome: MailOutcome, detail: str) -> str:
    """Return an outcome, with the word if there was one."""
    return f"{outcome.value} {detail}" if detail in set(Word) else outcome.value


def _row(cycle: Cycle, at: datetime) -> str:
    """Return the row in which something was decided; what ends a row belongs to it."""
    for step, since, _, left in cycle.rows_done:
        if since <= at <= left:
            return step.value
    return CLOSED if cycle.closed else cycle.step.value


def unreached(found: Iterable[Reached]) -> Iterator[str]:
    """Yield every outcome and row that was not reached and has no reason."""
    there = {(what, row) for what, row, _ in found}
    for what in WHAT:
        for row in ROWS:
            if (what, row) not in there and reason(what, row) is None:
                yield f"{what} in row {row}"


def reason(what: str, row: str) -> str | None:
    """Return why an outcome need not be reached in a row, None if it must."""
    for (whats, rows), why in UNREACHED.items():
        if fnmatch.fnmatch(what, whats) and fnmatch.fnmatch(row, rows):
            return why
    return None


def table(found: Counter[Reached]) -> list[str]:
    """Return what was reached, how often, and what was not."""
    shown = [f"{times:6}  {what} in row {row}: {kind}" for (what, row, kind), times in sorted(found.items())]
    return [*shown, *(f"  none  {missing}" for missing in unreached(found))]
