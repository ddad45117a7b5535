"""Who is signed in: a token in a cookie, a row of its hash, and a person who still is on the list with a post."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.model.people import Role
from mailbot.ledger.door.door import BoardSession
from mailbot.web.gate.tokens import form_token, kept, new_token
from mailbot.web.viewer import Viewer

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person
    from mailbot.ledger.door.door import BoardLink
    from mailbot.web.board import Board

_log = logging.getLogger("mailbot.web")
_LOOKS = frozenset(
    {
        Role.PLANNING,
        Role.OPERATOR,
        Role.SECRETARY,
        Role.AGENCY_HEAD,
        Role.DIVISION_HEAD,
        Role.SECTION_HEAD,
    }
)
"""Who may look; other offices (Bappeda, who gets a copy) get what is theirs by mail."""
_PARTS = 20
"""A session is written down as seen once in such a part of the time it may idle."""


def posts_of(address: str, office: Office, at: datetime) -> tuple[Person, ...]:
    """Return the posts by which an address may look at the board on that day; none: it may not."""
    today = office.calendar.local(at).date()
    return tuple(post for post in office.roster.senders(address, today) if post.role in _LOOKS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sessions:
    """Begins sessions, knows them again, ends them."""

    board: Board
    fresh: Callable[[int], bytes]
    """Gives that many random bytes."""
    idle: timedelta
    life: timedelta

    def viewer(self, token: str) -> Viewer | None:
        """Return who looks with that token; None: nobody, or somebody whose session, or whose post, has ended."""
        if not token:
            return None
        at, door = self.board.clock(), self.board.ledger.door
        session = door.session(kept(token), at, self.idle)
        if session is None:
            return None
        office = self.board.office()
        posts = posts_of(session.address, office, at)
        if not posts:
            door.sign_out(session.session_sha256, at)
            _log.info("a session on the board has ended: whose it was has no post on the list today")
            return None
        if at - session.seen_at > self.idle / _PARTS:
            door.seen(session.session_sha256, at)
        return Viewer(posts=posts, language=office.speaks_to(posts[0]), form_token=form_token(token))

    def begin(self, link: BoardLink, network: str) -> str:
        """Use a link up, and return the token of the session that it begins; empty if the link lets nobody in."""
        at = self.board.clock()
        if not posts_of(link.address, self.board.office(), at):
            return ""
        token = new_token(self.fresh)
        session = BoardSession(
            session_sha256=kept(token),
            address=link.address,
            network=network,
            made_at=at,
            seen_at=at,
            ends_at=at + self.life,
        )
        if not self.board.ledger.door.sign_in(link.link_sha256, session):
            return ""
        posts = posts_of(link.address, self.board.office(), at)
        _log.info("signed in to the board", extra={"told": {"by": tuple(post.key for post in posts)}})
        return token

    def end(self, token: str) -> None:
        """End one session."""
        self.board.ledger.door.sign_out(kept(token), self.board.clock())

    def end_everywhere(self, viewer: Viewer) -> None:
        """End every session of whoever looks, by each of his addresses."""
        addresses = {address for post in viewer.posts for address in (*post.addresses, post.second_address) if address}
        count = self.board.ledger.door.sign_out_everywhere(addresses, self.board.clock())
        _log.info("signed out of the board everywhere: %d sessions", count)
