"""Two configurations held against each other, key by key as the files have them: everything that differs, in order.

Nothing is left out by construction: whatever the files can say is walked through, known or not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Scalar = str | int | bool | Decimal | date | datetime | time | None
Value = Scalar | tuple["Value", ...] | Mapping[str, "Value"]
"""What a file says at one place: a scalar, a list, or a table."""
Tables = Mapping[str, "Value"]
"""A whole configuration: file -> what it says."""
Path = tuple[str, ...]

KEYED: dict[Path, str] = {
    ("office", "mailboxes"): "key",
    ("office", "calendar", "closed"): "day",
    ("office", "calendar", "open"): "day",
    ("recipients", "units"): "key",
    ("recipients", "people"): "key",
    ("indicators", "objectives"): "code",
    ("indicators", "indicators"): "code",
    ("indicators", "budget"): "code",
    ("sop", "rows"): "step",
    ("cycles", "cycles"): "key",
}
"""Lists whose entries have a name of their own, and under which key it stands; any other list is one value."""
ORDER = "[]"
"""Ends the path of a list whose entries are the same in another order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One place at which two configurations differ; an entry that came or went is told as a whole."""

    path: Path
    former: Value
    """None: there was nothing."""
    now: Value
    """None: there is nothing any more."""


def differences(former: Value, now: Value, path: Path = ()) -> Iterator[Difference]:
    """Give every place at which two configurations differ, in the order of the files.

    Args:
        former: what was said.
        now: what is said now.
        path: where both stand; empty for whole configurations.
    """
    if former == now:
        return
    old, new = _table(former, path), _table(now, path)
    if old is None or new is None:
        yield Difference(path=path, former=former, now=now)
        return
    for key in dict.fromkeys((*old, *new)):
        yield from differences(old.get(key), new.get(key), (*path, key))
    both = [key for key in old if key in new]
    if path in KEYED and both != [key for key in new if key in old]:
        yield Difference(path=(*path, ORDER), former=tuple(old), now=tuple(new))


def _table(value: Value, path: Path) -> Mapping[str, Value] | None:
    """Return a value as a table, where it is one or its entries have names; None where it is one value."""
    if isinstance(value, Mapping):
        return {str(key): one for key, one in value.items()}
    key = KEYED.get(path)
    if key is None or not isinstance(value, Sequence) or isinstance(value, str):
        return None
    entries = {str(one[key]): one for one in value if isinstance(one, Mapping)}
    return entries if len(entries) == len(value) else None
