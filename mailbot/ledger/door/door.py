"""Links and sessions of the board: made, used once, looked at, ended. Each call is one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, select, update

from mailbot.ledger.columns import table_of
from mailbot.ledger.door.rows import BoardLinkRow, BoardSessionRow
from mailbot.ledger.engine import reading, writing

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import Connection, Engine


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardLink:
    """One link as it is kept; every secret of it as its SHA-256 in hex."""

    link_sha256: str
    browser_sha256: str
    """Of the browser that asked; empty: made by command at the machine, and good in any browser."""
    code_sha256: str
    """Of what is typed in the browser that asked, where the link was opened elsewhere."""
    address: str
    made_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardSession:
    """One browser in which somebody is signed in."""

    session_sha256: str
    address: str
    network: str
    """From which he signed in (`203.0.113.0/24`), lest a flood from elsewhere keep him out."""
    made_at: datetime
    seen_at: datetime
    ends_at: datetime


KEPT = timedelta(days=30)
"""So long it is kept from where somebody was signed in: a flood from elsewhere does not keep him out there."""
_LINK, _SESSION = table_of(BoardLinkRow), table_of(BoardSessionRow)
_END = update(_SESSION).where(_SESSION.c.ends_at > bindparam("now")).values(ends_at=bindparam("now"))


class Door:
    """What lets people in to the board."""

    def __init__(self, engine: Engine) -> None:
        """Take the opened database."""
        self._engine = engine

    def add_link(self, link: BoardLink) -> None:
        """Keep a link; those whose time is over are forgotten."""
        with writing(self._engine) as connection:
            connection.execute(delete(_LINK).where(_LINK.c.ends_at <= link.made_at))
            connection.execute(insert(_LINK), [_cells(link, BoardLink)])

    def link(self, link_sha256: str, at: datetime) -> BoardLink | None:
        """Return a link that can still be used; looking at it uses nothing up."""
        wanted = select(_LINK).where(_LINK.c.link_sha256 == link_sha256, _LINK.c.ends_at > at)
        with reading(self._engine) as connection:
            row = connection.execute(wanted).one_or_none()
        return None if row is None else BoardLink(**row._mapping)  # noqa: SLF001 - SQLAlchemy's own name for it

    def links_of(self, browser_sha256: str, at: datetime) -> tuple[BoardLink, ...]:
        """Return the links that a browser has asked for and that can still be used, the newest first."""
        wanted = select(_LINK).where(_LINK.c.browser_sha256 == browser_sha256, _LINK.c.ends_at > at)
        with reading(self._engine) as connection:
            rows = connection.execute(wanted.order_by(_LINK.c.made_at.desc())).all()
        return tuple(BoardLink(**row._mapping) for row in rows)  # noqa: SLF001 - as above

    def drop_links_of(self, browser_sha256: str) -> None:
        """Forget every link that a browser has asked for: its code was guessed at too often."""
        with writing(self._engine) as connection:
            connection.execute(delete(_LINK).where(_LINK.c.browser_sha256 == browser_sha256))

    def sign_in(self, link_sha256: str, session: BoardSession) -> bool:
        """Use a link up and begin a session with it, in one stroke. False: the link is gone; nothing was begun."""
        used = delete(_LINK).where(
            _LINK.c.link_sha256 == link_sha256, _LINK.c.ends_at > session.made_at, _LINK.c.address == session.address
        )
        with writing(self._engine) as connection:
            if connection.execute(used.returning(_LINK.c.link_sha256)).scalar() is None:
                return False
            connection.execute(delete(_SESSION).where(_SESSION.c.ends_at <= session.made_at - KEPT))
            connection.execute(insert(_SESSION), [_cells(session, BoardSession)])
        return True

    def session(self, session_sha256: str, at: datetime, idle: timedelta) -> BoardSession | None:
        """Return a session that has not ended, and in which somebody was seen within `idle`."""
        wanted = select(_SESSION).where(
            _SESSION.c.session_sha256 == session_sha256, _SESSION.c.ends_at > at, _SESSION.c.seen_at > at - idle
        )
        with reading(self._engine) as connection:
            row = connection.execute(wanted).one_or_none()
        return None if row is None else BoardSession(**row._mapping)  # noqa: SLF001 - as above

    def seen(self, session_sha256: str, at: datetime) -> None:
        """Write down that somebody was seen in a session."""
        with writing(self._engine) as connection:
            connection.execute(update(_SESSION).where(_SESSION.c.session_sha256 == session_sha256).values(seen_at=at))

    def sign_out(self, session_sha256: str, at: datetime) -> None:
        """End one session."""
        with writing(self._engine) as connection:
            connection.execute(_END.where(_SESSION.c.session_sha256 == session_sha256), {"now": at})

    def sign_out_everywhere(self, addresses: Collection[str], at: datetime) -> int:
        """End every session of these addresses, and forget links to them; return how many sessions there were."""
        wanted = sorted({address.casefold() for address in addresses})
        ended = _END.where(_SESSION.c.address.in_(wanted)).returning(_SESSION.c.session_sha256)
        with writing(self._engine) as connection:
            connection.execute(delete(_LINK).where(_LINK.c.address.in_(wanted)))
            return len(connection.execute(ended, {"now": at}).all())

    def networks_of(self, address: str, since: datetime) -> frozenset[str]:
        """Return from which networks somebody has signed in by that address since then, as far as it is still kept."""
        wanted = select(_SESSION.c.network).where(_SESSION.c.address == address, _SESSION.c.made_at > since)
        with reading(self._engine) as connection:
            return frozenset(connection.execute(wanted).scalars())


def end_all(connection: Connection) -> None:
    """Let nobody stay signed in, inside a transaction: an old copy of the ledger may know of sessions ended since."""
    connection.execute(delete(_LINK))
    connection.execute(
        update(_SESSION).where(_SESSION.c.ends_at > _SESSION.c.made_at).values(ends_at=_SESSION.c.made_at)
    )


def _cells(kept: BoardLink | BoardSession, kind: type[BoardLink | BoardSession]) -> dict[str, object]:
    """Return what is kept as the cells of its row."""
    return {name: getattr(kept, name) for name in kind.__slots__}
