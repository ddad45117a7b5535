"""The journal's lines in the words that the board has for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.ledger.board.journal_pages import JournalSeen
from mailbot.web.board import Board
from mailbot.web.open_gate import onlooker
from mailbot.web.pages.boxes.lists import reasons_of
from mailbot.web.pages.journal import told
from mailbot.web.pages.journal_details import letter_words
from mailbot.web.printing import here_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from mailbot.ledger.journal import JournalEntry
    from mailbot.ledger.ledger import Ledger
    from mailbot.settings.settings import Settings
    from mailbot.web.pages.page import Here

_MACHINE = "mailbot"
"""Who acts where nobody does."""


def as_on_the_board(settings: Settings, ledger: Ledger, at: datetime) -> Here:
    """Return what the board's words are told with, for whoever types commands."""
    office = settings.office()
    board = Board(
        office=lambda: office,
        ledger=ledger,
        clock=lambda: at,
        template_folders=settings.template_folders,
        archive_folder=settings.archive_folder,
    )
    return here_of(board, onlooker(settings.language))


def entries_words(entries: Iterable[JournalEntry], here: Here) -> Iterator[str]:
    """Yield lines of the journal: number, when in the office's time, cycle, what happened, whose it is, and details."""
    seen = [
        JournalSeen(
            number=entry.number,
            at=entry.line.at,
            cycle=entry.cycle,
            event=entry.line.event,
            actor=entry.line.actor,
            unit=entry.line.unit,
            detail=entry.line.detail,
            hash=entry.hash,
        )
        for entry in entries
    ]
    for one, line in zip(seen, told(seen, here), strict=True):
        who = line.who if one.actor != _MACHINE else ""
        what = "; ".join(filter(None, (line.event, line.unit, who)))
        behind = f" ({line.detail})" if line.detail else ""
        when = here.office.calendar.local(one.at).strftime("%Y-%m-%d %H.%M")
        yield f"{line.number:>5}  {when}  {line.cycle:<10} {what}{behind}"


def event_words(event: str, here: Here) -> str:
    """Return what an event is called."""
    names: dict[str, str] = here.words["events"]
    return names.get(event, event.replace("_", " "))


def letter_of_key(key: str, here: Here) -> str:
    """Return what a letter is called, with what tells it from others of its kind."""
    titles = {person.key: person.title for person in here.office.roster.people}
    return letter_words(key, titles, reasons_of(here), here)
