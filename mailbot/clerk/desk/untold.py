"""What of the journal Subbag Program has not been told yet, cycle by cycle, and what of it goes with the draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.core.model.letters import Letter, LetterKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from mailbot.clerk.parts import Books
    from mailbot.core.daily.news import CycleNews, Told
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.outcome import JournalLine
    from mailbot.ledger.journal import JournalEntry
    from mailbot.ledger.ledger import Ledger

TOLD_TO = "digested/line"
"""Note: up to which line of the journal everything was told."""
FIRST = timedelta(days=7)
"""So far back the first digest of a ledger looks."""
_DRAFT = f"{LetterKind.DRAFT.value}/"
"""So the keys of the letters begin that take news along."""


def told_to(ledger: Ledger, since: datetime) -> int:
    """Return up to which line everything was told; before the first digest, all that is older than `since`."""
    noted = ledger.notes.read(TOLD_TO)
    return int(noted) if noted else sum(entry.line.at < since for entry in ledger.journal.read())


def unread(ledger: Ledger, since: datetime) -> tuple[JournalEntry, ...]:
    """Return the lines of the journal that no digest has told."""
    return ledger.journal.between(told_to(ledger, since) + 1, ledger.journal.head().count)


def untold(
    books: Books, entries: Iterable[JournalEntry], before: datetime | None = None
) -> dict[str, tuple[Told, ...]]:
    """Return what Subbag Program was not told of each cycle in these lines; none of which there is nothing to tell.

    Args:
        books: what is known of the people.
        entries: lines of the journal, in order.
        before: what happened from then on is left out; None: nothing is.
    """
    from mailbot.core.daily.news import told_of  # noqa: PLC0415 - asked once a day

    of_cycles: dict[str, list[JournalEntry]] = {}
    for entry in entries:
        of_cycles.setdefault(entry.cycle, []).append(entry)
    lines = {key: _after_draft(own) for key, own in of_cycles.items() if key}
    if before is not None:
        lines = {key: [one for one in own if one.at < before] for key, own in lines.items()}
    found = {key: told_of(own, books.office) for key, own in lines.items()}
    return {key: told for key, told in found.items() if told}


def _after_draft(entries: Sequence[JournalEntry]) -> list[JournalLine]:
    """Return the lines of one cycle that no letter with the draft has taken along; one withdrawn has told nothing."""
    withdrawn = {dict(one.line.detail).get("letter") for one in entries if one.line.event == "letter_withdrawn"}
    first = 0
    for place, entry in enumerate(entries):
        key = dict(entry.line.detail).get("letter", "") if entry.line.event == "letter_written" else ""
        if key.startswith(_DRAFT) and key not in withdrawn:
            first = place + 1
    return [entry.line for entry in entries[first:]]


def with_news(books: Books, letter: Letter, cycle: Cycle | None, at: datetime) -> Letter:
    """Return the letter that lays the draft before Subbag Program with what has not been told of its cycle."""
    from mailbot.core.daily.news import news_of  # noqa: PLC0415 - once for each version of the draft
    from mailbot.core.draft.letters_of_drafts import DraftToPlanning  # noqa: PLC0415 - a quiet pass writes nothing

    if cycle is None or not isinstance(letter.about, DraftToPlanning):
        return letter
    told = untold(books, unread(books.ledger, at - FIRST)).get(cycle.key)
    news: CycleNews | None = news_of(cycle, told, at, books.office) if told else None
    return replace(letter, about=replace(letter.about, along=news))
