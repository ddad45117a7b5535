"""How the models are built, walked for those who tell about them: hints, documentation, the list at start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin

from mailbot.settings.files.block import Block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo

    from mailbot.settings.source import Loc


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting as it is told about; `path` is as in `imap.folders.inbox` or `people[].role`."""

    path: str
    kind: str
    """What it takes, in words: `whole number`, `up or down`, `list of dates`."""
    default: str
    """As it would be written in the file; `required` where there is none."""
    description: str


def bare(annotation: Any) -> Any:  # noqa: ANN401 - a type as Python's own typing gives it
    """Return a field's type without what is only said about it, and without None."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    choices = [choice for choice in get_args(annotation) if choice is not NoneType]
    if NoneType in get_args(annotation) and len(choices) == 1:
        return bare(choices[0])
    return annotation


def below(annotation: Any) -> Any:  # noqa: ANN401 - a type as Python's own typing gives it
    """Return the type of what a list or a table holds, or None if it is neither."""
    annotation = bare(annotation)
    arguments = get_args(annotation)
    if get_origin(annotation) is dict:
        return bare(arguments[1])
    if get_origin(annotation) is tuple and arguments[-1] is Ellipsis:
        return bare(arguments[0])
    return None


def is_block(annotation: Any) -> bool:  # noqa: ANN401 - a type as Python's own typing gives it
    """Say whether a type is a block of settings."""
    return isinstance(annotation, type) and issubclass(annotation, Block)


def type_at(model: type[Block], loc: Loc) -> Any:  # noqa: ANN401 - a type as Python's own typing gives it
    """Return the type of what stands at a place in a file, or None if nothing may stand there."""
    found: Any = model
    for part in loc:
        if is_block(found):
            field = found.model_fields.get(part)
            found = None if field is None else bare(field.annotation)
        elif get_origin(found) is tuple and below(found) is None and isinstance(part, int):
            found = bare(get_args(found)[part])
        else:
            found = below(found)
        if found is None:
            return None
    return found


def settings_of(model: type[Block], above: str = "") -> Iterator[Setting]:
    """Give every setting of a model and of the blocks inside it, in the order of the file."""
    for name, field in model.model_fields.items():
        path = f"{above}{name}"
        held = below(field.annotation)
        if is_block(held):
            told = field.description or ""
            yield Setting(path=f"{path}[]", kind="list of blocks", default=_default(field), description=told)
            yield from settings_of(held, f"{path}[].")
        elif is_block(bare(field.annotation)):
            yield from settings_of(bare(field.annotation), f"{path}.")
        else:
            yield Setting(
                path=path, kind=in_words(field.annotation), default=_default(field), description=field.description or ""
            )


def in_words(annotation: Any) -> str:  # noqa: ANN401 - a type as Python's own typing gives it
    """Say what a setting takes."""
    annotation = bare(annotation)
    if get_origin(annotation) is dict:
        key, value = get_args(annotation)
        return f"{in_words(key)} -> {in_words(value)}"
    if get_origin(annotation) is Literal:
        return choice(get_args(annotation))
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return choice([member.value for member in annotation])
    if below(annotation) is not None:
        return f"list of {in_words(below(annotation))}"
    if get_origin(annotation) is tuple:
        return f"list of {len(get_args(annotation))} values"
    if get_origin(annotation) is UnionType:
        return "number or word"
    return _PLAIN[annotation]


_PLAIN = {
    str: "text",
    int: "whole number",
    Decimal: "number",
    bool: "true or false",
    date: "date",
    time: "hour of the day",
}


def choice(values: Any) -> str:  # noqa: ANN401 - values of an Enum or a Literal
    """Write a closed list of words."""
    return " / ".join(f"`{value}`" if value else "empty" for value in values)


def written(value: object) -> str:
    """Write a value as it would stand in the file, on one line."""
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case time():
            return f"{value:%H:%M}"
        case Enum():
            return str(value.value)
        case Block():
            return written(dict(value))
        case dict():
            return "{" + ", ".join(f"{written(key)}: {written(held)}" for key, held in value.items()) + "}"
        case tuple():
            return "[" + ", ".join(written(item) for item in value) + "]"
        case _:
            return str(value)


def _default(field: FieldInfo) -> str:
    """Return a field's default as it would be written."""
    return "required" if field.is_required() else written(field.default)
