"""The letter with the link by which somebody of the list signs in to the board; it goes through the outbox like any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.clerk.deciding import Decision, write_down
from mailbot.core.model.letters import Letter, LetterKind, letter_key
from mailbot.core.model.letters_to_operator import BoardLink
from mailbot.ledger.values import Changes

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.clerk.parts import Books, MakesLetters
    from mailbot.core.model.people import Person

_MARKS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedLink:
    """A link that is to be mailed, and how it was asked for."""

    to: Person
    address: str
    """That of his addresses by which he asked."""
    link_sha256: str
    """Of the link's token, as the ledger keeps it: the letter's key is made from it."""
    link: str
    code: str
    minutes: int
    browser: str
    network: str


def mail_link(books: Books, maker: MakesLetters, asked: AskedLink, at: datetime) -> None:
    """Put the letter into the outbox.

    Raises:
        TemplateProblem: it cannot be written; nothing was written down.
        LedgerProblem: the database refused; nothing was written down.
    """
    letter = Letter(
        key=letter_key(LetterKind.BOARD_LINK, asked.link_sha256[:_MARKS]),
        about=BoardLink(
            link=asked.link,
            code=asked.code,
            minutes=asked.minutes,
            asked_at=at,
            browser=asked.browser,
            network=asked.network,
        ),
        to=asked.to.key,
        address=asked.address,
    )
    write_down(books, maker, lambda: Decision(beside=Changes(at=at), letters=(letter,)))
