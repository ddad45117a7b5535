"""The core's values <-> canonical JSON text by their own type hints: decimals as strings, times UTC, no defaults."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from mailbot.core.model.calendar import Period
from mailbot.core.model.cycle import Draft, UnitForm, Verdict, WaitingLines
from mailbot.core.model.form import Submission
from mailbot.core.model.mail import Evidence, Proof
from mailbot.core.model.sop import Step

T = TypeVar("T")

# The core imports the names of its hints for the type checker alone; at run time they are given from here.
_NAMES = {
    known.__name__: known
    for known in (
        date,
        datetime,
        Decimal,
        Draft,
        Evidence,
        Period,
        Proof,
        Step,
        Submission,
        UnitForm,
        Verdict,
        WaitingLines,
    )
}
_AS_IT_IS = (str, int, bool, NoneType)


def dump(value: object) -> str:
    """Return a value as canonical JSON: sorted keys, no blanks, ASCII only (so a NUL or a lone surrogate survives)."""
    return json.dumps(_pack(value), ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def load(hint: type[T], text: str) -> T:
    """Return the value of type `hint` that `dump` made the text from."""
    return cast("T", reader(cast("Hashable", hint))(json.loads(text)))


@cache
def hints(kind: type) -> dict[str, Any]:
    """Return the type of every field of a core dataclass, by name."""
    return get_type_hints(kind, localns=_NAMES)


@cache
def reader(hint: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - a type hint may be anything
    """Return the function that makes a value of that type from parsed JSON.

    Raises:
        TypeError: the hint is of a kind no core value has used so far.
    """
    if hint in _AS_IT_IS:
        return _same
    if hint is datetime:
        return datetime.fromisoformat
    if hint is Decimal or (isinstance(hint, type) and issubclass(hint, StrEnum)):
        return cast("Callable[[Any], Any]", hint)
    if is_dataclass(hint):
        return _dataclass_reader(cast("type", hint))
    if get_origin(hint) is tuple:
        return _tuple_reader(get_args(hint))
    if get_origin(hint) in {Union, UnionType}:
        (only,) = (part for part in get_args(hint) if part is not NoneType)
        read = reader(only)
        return lambda packed: None if packed is None else read(packed)
    raise TypeError(f"No reading is known for {hint!r}")


def _pack(value: Any) -> Any:  # noqa: ANN401 - any core value in, any JSON out
    """Return a value as what the JSON writer takes."""
    match value:
        case StrEnum():
            return value.value
        case None | bool() | int() | str():
            return value
        case Decimal():
            return str(value)
        case datetime():
            return value.astimezone(UTC).isoformat()
        case tuple():
            return [_pack(part) for part in value]
        case _:
            return {
                field.name: _pack(part)
                for field in fields(value)
                if (part := getattr(value, field.name)) != _default(field)
            }


@cache
def _default(field: Field[Any]) -> Any:  # noqa: ANN401 - a default is of the field's type
    """Return what a field holds when nothing is given, or MISSING."""
    return field.default_factory() if field.default_factory is not MISSING else field.default


def _dataclass_reader(kind: type) -> Callable[[Any], Any]:
    """Return the reader of a dataclass: what was left out takes its default."""
    readers = {name: reader(hint) for name, hint in hints(kind).items()}
    return lambda packed: kind(**{name: readers[name](part) for name, part in packed.items()})


def _tuple_reader(parts: tuple[Any, ...]) -> Callable[[Any], Any]:
    """Return the reader of a tuple, of one type throughout or of one type for each place."""
    if parts[-1] is Ellipsis:
        read = reader(parts[0])
        return lambda packed: tuple(read(part) for part in packed)
    readers = [reader(part) for part in parts]
    return lambda packed: tuple(read(part) for read, part in zip(readers, packed, strict=True))


def _same(packed: Any) -> Any:  # noqa: ANN401 - text, numbers and truth are the same on both sides
    """Return what JSON gave."""
    return packed
