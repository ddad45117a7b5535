"""From what pydantic found in a file to mistakes that can be told, each with its line, a hint, and what was meant."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from mailbot.settings.credentials import looks_secret
from mailbot.settings.files import FILES
from mailbot.settings.model_introspection import bare, below, is_block, type_at
from mailbot.settings.sayings.said import Said, said
from mailbot.settings.slips.days import day_meant
from mailbot.settings.slips.nearest import did_you_mean
from mailbot.settings.slips.numbers import number_way_out
from mailbot.settings.slips.odd_signs import odd_signs_in

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from mailbot.settings.files import Block
    from mailbot.settings.sayings.said import Mistake
    from mailbot.settings.source import Loc, Source


_LONGEST_QUOTE = 40
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def told(error: ValidationError, model: type[Block], source: Source) -> tuple[Mistake, ...]:
    """Return every fault pydantic found, each once, as a mistake with file, line, what it is and hint.

    A secret in the wrong place is left to `credentials.secrets_in`, which says more about it.
    """
    details = [fault for fault in error.errors(include_url=False) if not _is_secret(fault) and not _is_echo(fault)]
    return tuple(dict.fromkeys(_mistake(detail, model, source) for detail in details))


def _is_secret(detail: ErrorDetails) -> bool:
    """Say whether the fault is a secret under a key of its own."""
    unknown = detail["type"] == "extra_forbidden" and isinstance(detail["input"], str)
    return unknown and looks_secret(str(detail["loc"][-1]))


def _is_echo(detail: ErrorDetails) -> bool:
    """Say whether a list is called too short only because the entries it has are faulty."""
    return detail["type"] == "too_short" and bool(detail["input"])


def _mistake(detail: ErrorDetails, model: type[Block], source: Source) -> Mistake:
    """Return one fault as a mistake."""
    of_key = detail["loc"] and detail["loc"][-1] == "[key]"
    loc: Loc = detail["loc"][:-1] if of_key else detail["loc"]
    name = named(loc, source)
    given = detail["input"]
    match detail["type"]:
        case "missing":
            code = "is_empty" if loc in source.lines else "is_missing"
            return source.problem(loc, said(code, name=name), _purpose(model, loc))
        case "extra_forbidden":
            what = said("is_not_a_setting", name=name)
            return source.problem(loc, what, odd_signs_in(str(loc[-1])) or _where_it_belongs(model, loc))
        case "plain":
            context = detail.get("ctx", {})
            hint = odd_signs_in(given) or context["hint"]
            return source.problem(loc, said("of_that", name=name, what=context["what"]), hint)
        case "greater_than_equal" | "less_than_equal":
            least = detail["type"] == "greater_than_equal"
            limit = detail.get("ctx", {})["ge" if least else "le"]
            return source.problem(loc, said("at_least" if least else "at_most", name=name, limit=limit, given=given))
        case "too_short":
            return source.problem(loc, said("is_empty", name=name), _purpose(model, loc))
        case _:
            wanted = _key_type(model, loc) if of_key else type_at(model, loc)
            words = _choices(wanted)
            if words and isinstance(given, str):
                what = said("cannot_be", name=name, given=_quoted(given))
                return source.problem(loc, what, odd_signs_in(given) or did_you_mean(given, words))
            what = said("must_be", name=name, wanted=_wanted(wanted), given=_quoted(given))
            hint = (of_key and _blank_missing(str(given))) or odd_signs_in(given) or _hint(wanted, given)
            return source.problem(loc, what, hint)


def named(loc: Loc, source: Source) -> str:
    """Name a place as people would: keys with dots, items of a list by their own code or key."""
    name, held = "", source.data
    for part in loc:
        if isinstance(held, list) and isinstance(part, int):
            held = held[part] if part < len(held) else None
            name += f"[{_called(held) or part + 1}]"
        else:
            held = held.get(str(part)) if isinstance(held, dict) else None
            name += f".{part}" if name else str(part)
    return f"'{name}'"


def _called(item: object) -> str:
    """Return what an item of a list calls itself."""
    if not isinstance(item, dict):
        return ""
    calls = (item.get(key) for key in ("key", "code", "step"))
    return next((call for call in calls if isinstance(call, str)), "")


def _where_it_belongs(model: type[Block], loc: Loc) -> Said | str:
    """Return the way out of a key that no setting has: another spelling, or another place."""
    key, here = str(loc[-1]), type_at(model, loc[:-1])
    blocks = {name: below(field.annotation) or bare(field.annotation) for name, field in model.model_fields.items()}
    homes = [
        name for name, block in blocks.items() if is_block(block) and block is not here and key in block.model_fields
    ]
    if missing := _blank_missing(key):
        return missing
    if homes:
        return said("belongs_under", homes=" / ".join(f"`{home}`" for home in homes))
    return did_you_mean(key, here.model_fields)


def _blank_missing(key: str) -> Said | str:
    """Return the way out of `key:value`, which YAML reads as one long key; empty for any other."""
    name, colon, value = key.partition(":")
    return said("blank_after_colon", name=name, value=value) if colon and name else ""


def _purpose(model: type[Block], loc: Loc) -> Said | str:
    """Return what the missing setting is for."""
    block = type_at(model, loc[:-1])
    return said(f"{block.__name__}.{loc[-1]}") if is_block(block) else ""


def _key_type(model: type[Block], loc: Loc) -> Any:  # noqa: ANN401 - a type as Python's own typing gives it
    """Return the type of the keys of the table that a place lies in."""
    return get_args(type_at(model, loc[:-1]))[0]


def _wanted(annotation: Any) -> Said:  # noqa: ANN401 - a type as Python's own typing gives it
    """Say what may stand there."""
    if is_block(annotation):
        return said("block_of_keys")
    if get_origin(annotation) is not dict and below(annotation) is not None:
        return said("a_list")
    kind = _kind(annotation)
    return said(f"a_{kind.code}", **dict(kind.values))


def _kind(annotation: Any) -> Said:  # noqa: ANN401 - a type as Python's own typing gives it
    """Name a kind of value."""
    annotation = bare(annotation)
    if get_origin(annotation) is dict:
        key, value = get_args(annotation)
        return said("table", key=_kind(key), value=_kind(value))
    if words := _choices(annotation):
        return said("choice", words=" / ".join(f"`{word}`" for word in words))
    if get_origin(annotation) is tuple and below(annotation) is None:
        return said("list_of_values", count=len(get_args(annotation)))
    if below(annotation) is not None:
        return said("list_of", kind=_kind(below(annotation)))
    return said(_KINDS.get(annotation, "number_or_word"))


_KINDS: dict[Any, str] = {
    str: "text",
    int: "whole_number",
    Decimal: "number",
    bool: "true_or_false",
    date: "date",
    time: "hour",
}


def _hint(annotation: Any, given: object) -> Said | str:  # noqa: ANN401 - a type as Python's own typing gives it
    """Return the way out of a value of the wrong kind."""
    if not isinstance(given, str):
        return ""
    if is_block(annotation):
        wanted = [name for name, field in annotation.model_fields.items() if field.is_required()]
        return said("write_keys_below", keys=", ".join(wanted or annotation.model_fields))
    if annotation is date:
        if (day := day_meant(given)) is not None:
            return said("write_day", day=day)
        return said("no_such_day" if _ISO_DAY.fullmatch(given.strip()) else "year_month_day")
    if below(annotation) is not None:
        return said("items_below")
    if annotation is int:
        return said("digits_alone")
    return number_way_out(given) if annotation is Decimal else ""


def _choices(annotation: Any) -> list[str]:  # noqa: ANN401 - a type as Python's own typing gives it
    """Return the words of a closed list; none for everything else."""
    if get_origin(annotation) is Literal:
        return [str(word) for word in get_args(annotation)]
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [str(member.value) for member in annotation if member.value]
    return []


def _quoted(given: object) -> Said | str:
    """Show what stands in the file, cut short."""
    match given:
        case None:
            return said("nothing")
        case dict():
            return said("block_of_keys")
        case list() | tuple():
            return said("a_list")
        case _:
            text = str(given)
            return f"'{text if len(text) <= _LONGEST_QUOTE else f'{text[:_LONGEST_QUOTE]}…'}'"


def in_order(problems: tuple[Mistake, ...]) -> tuple[Mistake, ...]:
    """Return the problems each once: the environment's, then file by file as an office fills them in, by line."""
    files = [f"{name}.yaml" for name in FILES]

    def place(problem: Mistake) -> tuple[int, int]:
        name = Path(problem.file).name
        return (files.index(name) if name in files else -1), problem.line

    return tuple(sorted(dict.fromkeys(problems), key=place))
