"""What came of mails, as the journal tells it: whether a word or form counted, and what was sent back unread."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, bindparam, select

from mailbot.ledger.columns import table_of
from mailbot.ledger.engine import reading
from mailbot.ledger.journal import JournalRow
from mailbot.ledger.tables import InboxRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from sqlalchemy import Engine, Row

_LINE, _IN = table_of(JournalRow).c, table_of(InboxRow).c
_TOLD: Select[Any] = select(_LINE.number, _LINE.at, _LINE.cycle, _LINE.event, _LINE.actor, _LINE.unit, _LINE.detail)
_BEGINS = "mail_kept"
"""Stands before the lines of a mail that made facts, and names its digest."""
UNUSABLE = ("form_unreadable", "form_same")
"""What came in place of a form and went back, without being counted as one."""
_BROUGHT = ("form", "lines", "evidence", "unreadable")
_BACK = (
    _TOLD.add_columns(_IN.id.label("mail"), _IN.sender)
    .select_from(table_of(JournalRow))
    .join(
        table_of(InboxRow),
        and_(_IN.settled_at == _LINE.at, _IN.outcome.in_(_BROUGHT), _IN.same_as.is_(None)),
        isouter=True,
    )
    .where(_LINE.event.in_(UNUSABLE), _LINE.at >= bindparam("since"))
    .order_by(_LINE.number.desc())
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CameOf:
    """One thing that came of a mail."""

    at: datetime
    cycle: str
    event: str
    actor: str
    """Key of whoever wrote."""
    unit: str
    detail: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBack:
    """What came in place of a form, and the mails that may have brought it: number and sender."""

    came: CameOf
    mails: tuple[tuple[int, str], ...] = ()


def came_of(engine: Engine, moments: Collection[datetime], events: Iterable[str]) -> dict[str, tuple[CameOf, ...]]:
    """Return what came of mails, by the digest of each: one statement, none where no moment is asked for.

    Args:
        engine: of the ledger.
        moments: at which the mails were settled.
        events: what is asked for, as codes of the journal.
    """
    if not moments:
        return {}
    wanted = _TOLD.where(_LINE.event.in_((_BEGINS, *events)), _LINE.at.in_(set(moments))).order_by(_LINE.number)
    found: dict[str, tuple[CameOf, ...]] = {}
    mail = ""
    with reading(engine) as connection:
        lines = tuple(map(_came, connection.execute(wanted)))
    for line in lines:
        if line.event == _BEGINS:
            mail = line.detail.get("mail", "")
        elif mail:
            found[mail] = (*found.get(mail, ()), line)
    return found


def sent_back(engine: Engine, cycle: str, since: datetime) -> dict[str, tuple[SentBack, ...]]:
    """Return by unit what came of a cycle in place of a form and went back, the newest first: one statement."""
    found: dict[int, SentBack] = {}
    with reading(engine) as connection:
        # By event and moment, of which there are few, and not by the cycle, whose lines are thousands.
        for row in connection.execute(_BACK, {"since": since}):
            if row.cycle == cycle:
                mails = found[row.number].mails if row.number in found else ()
                mails += ((row.mail, row.sender),) if row.mail is not None else ()
                found[row.number] = SentBack(came=_came(row), mails=mails)
    units = dict.fromkeys(one.came.unit for one in found.values())
    return {unit: tuple(one for one in found.values() if one.came.unit == unit) for unit in units}


def _came(row: Row[Any]) -> CameOf:
    """Return what came of a mail from its line."""
    detail = dict(json.loads(row.detail))
    return CameOf(at=row.at, cycle=row.cycle, event=row.event, actor=row.actor, unit=row.unit, detail=detail)
