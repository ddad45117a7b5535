"""What was said of openings to come: another day (TUNDA), or none (BATAL); all of it is one text in the ledger."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """What was said of one opening; the last word counts."""

    key: str
    """Of the cycle, as it is planned."""
    starts_on: date | None
    """The other day; None: it does not open by itself."""
    by: str
    """Key of the person."""
    at: datetime
    reason: str = ""
    of_day: date | None = None
    """The day of opening that the letter named in answer to which it was said; None: said at the machine."""


def arranged_in(text: str) -> dict[str, Arranged]:
    """Return what a text says of openings, by cycle; nothing where it is empty."""
    found = (
        Arranged(
            key=one["key"],
            starts_on=_day(one["starts_on"]),
            by=one["by"],
            at=datetime.fromisoformat(one["at"]),
            reason=one["reason"],
            of_day=_day(one["of_day"]),
        )
        for one in (json.loads(text) if text else ())
    )
    return {one.key: one for one in found}


def arranged_text(arranged: Mapping[str, Arranged]) -> str:
    """Return the text that says this."""
    return json.dumps(
        [
            {
                "key": one.key,
                "starts_on": _text(one.starts_on),
                "by": one.by,
                "at": one.at.isoformat(),
                "reason": one.reason,
                "of_day": _text(one.of_day),
            }
            for _, one in sorted(arranged.items())
        ]
    )


def _day(text: str) -> date | None:
    """Return the day of an ISO date, None of nothing."""
    return date.fromisoformat(text) if text else None


def _text(day: date | None) -> str:
    """Return a day as ISO date, nothing of None."""
    return "" if day is None else day.isoformat()
