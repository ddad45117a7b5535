"""The journal a page at a time, the newest line first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from mailbot.ledger.columns import table_of
from mailbot.ledger.engine import reading
from mailbot.ledger.journal import JournalRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Engine

_LINE = table_of(JournalRow).c
_SHOWN = select(_LINE.number, _LINE.at, _LINE.cycle, _LINE.event, _LINE.actor, _LINE.unit, _LINE.detail, _LINE.hash)
_PAGE = _SHOWN.where(_LINE.number <= bindparam("newest")).order_by(_LINE.number.desc()).limit(bindparam("most"))
_NEWEST = select(func.max(_LINE.number))


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalSeen:
    """One line of the journal."""

    number: int
    at: datetime
    cycle: str
    event: str
    actor: str
    unit: str
    detail: tuple[tuple[str, str], ...]
    hash: str


def newest_line(engine: Engine) -> int:
    """Return the number of the newest line, which is how many there are: they run without a gap."""
    with reading(engine) as connection:
        return int(connection.execute(_NEWEST).scalar() or 0)


def journal_lines(engine: Engine, newest: int, most: int) -> tuple[JournalSeen, ...]:
    """Return lines from one number downwards, so many at most."""
    with reading(engine) as connection:
        rows = connection.execute(_PAGE, {"newest": newest, "most": most}).all()
    return tuple(
        JournalSeen(**row._asdict() | {"detail": tuple((name, value) for name, value in json.loads(row.detail))})
        for row in rows
    )
