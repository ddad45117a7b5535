"""Asking for a link, and what follows behind the answer: whoever is not listed gets the same page, and no letter.

The page is answered before anybody has looked whether the address is listed; so neither its words nor its time tell.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.errors import MailbotError
from mailbot.ledger.door.door import KEPT, BoardLink
from mailbot.web.gate.sessions import posts_of
from mailbot.web.gate.tokens import code_of, kept, new_token

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mailbot.core.model.people import Person
    from mailbot.web.board import Board
    from mailbot.web.gate.rates import Rates

_log = logging.getLogger("mailbot.web")
_STALE = timedelta(minutes=1)
LINK = "/sign-in/link/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Somebody has typed an address."""

    address: str
    browser_token: str
    """Of the browser that asked; the link works in it alone."""
    browser: str
    """In words (`Firefox, Windows`)."""
    network: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkToMail:
    """What a letter with a link says."""

    to: Person
    address: str
    link_sha256: str
    link: str
    code: str
    browser: str
    network: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Makes links for whoever may look, and has them mailed."""

    board: Board
    fresh: Callable[[int], bytes]
    url: str
    """The board's own address; what a request calls it by is never used."""
    life: timedelta
    rates: Rates
    mail: Callable[[LinkToMail, datetime], None]
    """Puts the letter into the outbox, and wakes whoever sends it."""
    _known: dict[str, tuple[datetime, frozenset[str]]] = field(default_factory=dict, init=False, repr=False)
    """Of people on the list alone, so that it stays small."""

    def follow_up(self, asked: Asked) -> None:
        """Mail a link, if whoever was named may look at the board and has not been mailed too many."""
        try:
            self._follow_up(asked)
        except MailbotError as trouble:
            _log.error("the link to the board could not be mailed: %s", trouble)

    def _follow_up(self, asked: Asked) -> None:
        """Do it."""
        at, address = self.board.clock(), asked.address.strip().casefold()
        posts = posts_of(address, self.board.office(), at)
        if not posts:
            _log.debug("a link to the board was asked for from %s by an address that is not listed", asked.network)
            return
        if not self._may_be_mailed(posts[0].key, address, asked.network, at):
            _log.debug("no further link is mailed to %s at present: too many were asked for", posts[0].key)
            return
        token = new_token(self.fresh)
        self.board.ledger.door.add_link(self._row(token, kept(asked.browser_token), address, at))
        letter = LinkToMail(
            to=posts[0],
            address=address,
            link_sha256=kept(token),
            link=f"{self.url}{LINK}{token}",
            code=_spaced(code_of(token)),
            browser=asked.browser,
            network=asked.network,
        )
        self.mail(letter, at)

    def by_hand(self, address: str) -> str:
        """Return a link that was asked for at the machine itself, good in any browser; empty: he may not look."""
        at = self.board.clock()
        if not posts_of(address, self.board.office(), at):
            return ""
        token = new_token(self.fresh)
        self.board.ledger.door.add_link(self._row(token, "", address.strip().casefold(), at))
        return f"{self.url}{LINK}{token}"

    def _row(self, token: str, browser_sha256: str, address: str, at: datetime) -> BoardLink:
        """Return a link as it is kept."""
        return BoardLink(
            link_sha256=kept(token),
            browser_sha256=browser_sha256,
            code_sha256=kept(f"{kept(token)}/{code_of(token)}"),
            address=address,
            made_at=at,
            ends_at=at + self.life,
        )

    def _may_be_mailed(self, person: str, address: str, network: str, at: datetime) -> bool:
        """Say whether another letter may go to somebody; only that he is mailed too often from elsewhere is not his."""
        return self.rates.letters_here.allows((person, network), at) and (
            network in self._networks_of(address, at) or self.rates.letters_from_strange_places.allows(person, at)
        )

    def _networks_of(self, address: str, at: datetime) -> frozenset[str]:
        """Return where somebody has signed in of late; in a flood the ledger is asked once in a minute."""
        noted, networks = self._known.get(address, (at - _STALE, frozenset[str]()))
        if not at - _STALE < noted <= at:
            networks = self.board.ledger.door.networks_of(address, at - KEPT)
            self._known[address] = (at, networks)
        return networks


def code_fits(link: BoardLink, typed: str) -> str:
    """Return what a typed code would be kept as beside a link, to be compared."""
    return kept(f"{link.link_sha256}/{typed}")


def _spaced(code: str) -> str:
    """Return a code as it is read out: `4821 9037`."""
    half = len(code) // 2
    return f"{code[:half]} {code[half:]}"
