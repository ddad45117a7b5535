"""From what pydantic found in a file to problems in plain words, each with its line, a hint, and what was meant."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import Enum
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from mailbot.settings.credentials import looks_secret
from mailbot.settings.model_introspection import bare, below, in_words, is_block, type_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from mailbot.errors import Problem
    from mailbot.settings.files import Block
    from mailbot.settings.source import Loc, Source


_LONGEST_QUOTE = 40
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def told(error: ValidationError, model: type[Block], source: Source) -> tuple[Problem, ...]:
    """Return every fault pydantic found, each once, as a problem with file, line, words and hint.

    A secret in the wrong place is left to `credentials.secrets_in`, which says more about it.
    """
    details = [fault for fault in error.errors(include_url=False) if not _is_secret(fault) and not _is_echo(fault)]
    return tuple(dict.fromkeys(_problem(detail, model, source) for detail in details))


def _is_secret(detail: ErrorDetails) -> bool:
    """Say whether the fault is a secret under a key of its own."""
    unknown = detail["type"] == "extra_forbidden" and isinstance(detail["input"], str)
    return unknown and looks_secret(str(detail["loc"][-1]))


def _is_echo(detail: ErrorDetails) -> bool:
    """Say whether a list is called too short only because the entries it has are faulty."""
    return detail["type"] == "too_short" and bool(detail["input"])


def _problem(detail: ErrorDetails, model: type[Block], source: Source) -> Problem:
    """Return one fault as a problem."""
    of_key = detail["loc"] and detail["loc"][-1] == "[key]"
    loc: Loc = detail["loc"][:-1] if of_key else detail["loc"]
    name = named(loc, source)
    given = detail["input"]
    match detail["type"]:
        case "missing":
            what = "is empty" if loc in source.lines else "is missing"
            return source.problem(loc, f"{name} {what}", _purpose(model, loc))
        case "extra_forbidden":
            return source.problem(loc, f"{name} is not a setting", _where_it_belongs(model, loc))
        case "plain":
            context = detail.get("ctx", {})
            return source.problem(loc, f"{name} {context['what']}", context["hint"])
        case "greater_than_equal" | "less_than_equal":
            least = detail["type"] == "greater_than_equal"
            limit = detail.get("ctx", {})["ge" if least else "le"]
            return source.problem(loc, f"{name} must be {'at least' if least else 'at most'} {limit}, but is {given}")
        case "too_short":
            return source.problem(loc, f"{name} is empty", _purpose(model, loc))
        case _:
            wanted = _key_type(model, loc) if of_key else type_at(model, loc)
            words = _choices(wanted)
            if words and isinstance(given, str):
                return source.problem(loc, f"{name} cannot be {_quoted(given)}", did_you_mean(given, words))
            what = f"{name} must be {_wanted(wanted)}, but is {_quoted(given)}"
            return source.problem(loc, what, (of_key and _blank_missing(str(given))) or _hint(wanted, given))


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


def _where_it_belongs(model: type[Block], loc: Loc) -> str:
    """Return the way out of a key that no setting has: another spelling, or another place."""
    key, here = str(loc[-1]), type_at(model, loc[:-1])
    blocks = {name: below(field.annotation) or bare(field.annotation) for name, field in model.model_fields.items()}
    homes = [
        name for name, block in blocks.items() if is_block(block) and block is not here and key in block.model_fields
    ]
    if missing := _blank_missing(key):
        return missing
    if homes:
        return f"it belongs under {' or '.join(f'`{home}`' for home in homes)}; look at the indentation"
    return did_you_mean(key, here.model_fields)


def _blank_missing(key: str) -> str:
    """Return the way out of `key:value`, which YAML reads as one long key; empty for any other."""
    name, colon, value = key.partition(":")
    return f"put a blank after the ':', as in `{name}: {value}`" if colon and name else ""


def _purpose(model: type[Block], loc: Loc) -> str:
    """Return what the missing setting is for."""
    block = type_at(model, loc[:-1])
    return str(block.model_fields[loc[-1]].description or "").rstrip(".") if is_block(block) else ""


def _key_type(model: type[Block], loc: Loc) -> Any:  # noqa: ANN401 - a type as Python's own typing gives it
    """Return the type of the keys of the table that a place lies in."""
    return get_args(type_at(model, loc[:-1]))[0]


def _wanted(annotation: Any) -> str:  # noqa: ANN401 - a type as Python's own typing gives it
    """Say in words what may stand there."""
    if is_block(annotation):
        return "a block of keys"
    if get_origin(annotation) is dict:
        return f"a table of {in_words(annotation)}"
    if below(annotation) is not None:
        return "a list"
    words = "a date such as 2026-01-05" if in_words(annotation) == "date" else in_words(annotation)
    article = "" if words.startswith(("`", "a ", "true", "empty")) else "an " if words[0] in "aeiou" else "a "
    return f"{article}{words}"


def _hint(annotation: Any, given: object) -> str:  # noqa: ANN401 - a type as Python's own typing gives it
    """Return the way out of a value of the wrong kind."""
    if not isinstance(given, str):
        return ""
    if is_block(annotation):
        wanted = [name for name, field in annotation.model_fields.items() if field.is_required()]
        return f"write its keys below it, indented: {', '.join(wanted or annotation.model_fields)}"
    if annotation is date:
        return "there is no such day" if _ISO_DAY.fullmatch(given.strip()) else "year, month, day"
    if below(annotation) is not None:
        return "write each item on a line of its own, after '- '"
    if annotation is int:
        return "write digits alone: 1250"
    return "write digits, and a full stop before the decimals: 1250.75" if annotation is Decimal else ""


def _choices(annotation: Any) -> list[str]:  # noqa: ANN401 - a type as Python's own typing gives it
    """Return the words of a closed list; none for everything else."""
    if get_origin(annotation) is Literal:
        return [str(word) for word in get_args(annotation)]
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [str(member.value) for member in annotation if member.value]
    return []


def _quoted(given: object) -> str:
    """Show what stands in the file, cut short."""
    match given:
        case None:
            return "empty"
        case dict():
            return "a block of keys"
        case list() | tuple():
            return "a list"
        case _:
            text = str(given)
            return f"'{text if len(text) <= _LONGEST_QUOTE else f'{text[:_LONGEST_QUOTE]}…'}'"


_BY_HABIT = {
    "akhir": "last",
    "alamat": "address",
    "anggaran": "budget",
    "belum": "open",
    "bidang": "unit",
    "email": "address",
    "hari": "days",
    "indikator": "indicators",
    "jabatan": "title",
    "jam": "hours",
    "jumat": "friday",
    "jumlah": "sum",
    "kamis": "thursday",
    "kabid": "division_head",
    "kadis": "agency_head",
    "kasi": "section_head",
    "kode": "code",
    "libur": "closed",
    "mulai": "starts_on",
    "naik": "up",
    "nama": "name",
    "pagu": "budget_idr",
    "pangkat": "rank",
    "penyebut": "denominator",
    "pembilang": "numerator",
    "proses": "running",
    "rabu": "wednesday",
    "rata": "mean",
    "selasa": "tuesday",
    "selesai": "done",
    "senin": "monday",
    "sampai": "until",
    "sasaran": "objectives",
    "satuan": "unit_of_measure",
    "sejak": "since",
    "sekretaris": "secretary",
    "sumber": "data_source",
    "tahun": "year",
    "target": "targets",
    "telepon": "phone",
    "triwulan": "quarter",
    "turun": "down",
}
"""The field's Indonesian word -> our identifier (glossary of `mailbot/__init__.py`)."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was most likely meant, or None if nothing is near."""
    by_fold = {name.casefold(): name for name in known}
    folded = word.strip().casefold()
    if folded in by_fold:
        return by_fold[folded]
    if _BY_HABIT.get(folded) in by_fold:
        return _BY_HABIT[folded]
    close = get_close_matches(folded, by_fold, n=1, cutoff=0.6)
    return by_fold[close[0]] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the hint for a mistyped word: the nearest known one, or all there are."""
    names = list(known)
    near = nearest(word, names)
    if near is not None and near != word:
        return f"did you mean '{near}'?"
    return f"known: {', '.join(names)}" if names else ""
