"""As much of JSON Schema 2020-12 as our schemas use, to hold them against YAML; a word it does not know raises."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_FALSE: dict[str, Any] = {"enum": []}


def violations(schema: dict[str, Any], data: Any, root: dict[str, Any], at: str = "") -> Iterator[str]:  # noqa: ANN401 - whatever YAML holds
    """Give every place in the data that the schema does not allow.

    Raises:
        ValueError: the schema uses a word that is not known here.
    """
    for word, wanted in schema.items():
        if not _passes(word, wanted, data, root):
            yield f"{at}: {data!r:.60} breaks {word} {wanted!r:.60}"
    kinds = schema.get("properties", {})
    others = schema.get("additionalProperties", {})
    items = schema.get("prefixItems", [])
    for name, value in data.items() if isinstance(data, dict) else ():
        yield from violations(
            kinds.get(name, others or _FALSE if others is False else others), value, root, f"{at}.{name}"
        )
        yield from violations(schema.get("propertyNames", {}), name, root, f"{at}.{name} as a key")
    for place, item in enumerate(data if isinstance(data, list) else ()):
        kind = items[place] if place < len(items) else schema.get("items", {})
        yield from violations(kind, item, root, f"{at}[{place}]")


def _passes(word: str, wanted: Any, data: Any, root: dict[str, Any]) -> bool:  # noqa: ANN401 - whatever YAML holds
    """Say whether data passes one word of a schema; what is inside of the data is not looked at here."""
    size = len(data) if isinstance(data, dict | list) else data
    sized = isinstance(size, int | float)
    match word:
        case "type":
            posing = isinstance(data, bool) and wanted in {"integer", "number"}
            return isinstance(data, _TYPES[wanted]) and not posing
        case "$ref":
            return not list(violations(root["$defs"][wanted.removeprefix("#/$defs/")], data, root))
        case "anyOf":
            return any(not list(violations(kind, data, root)) for kind in wanted)
        case "enum":
            return data in wanted
        case "required":
            return not isinstance(data, dict) or set(wanted) <= set(data)
        case "pattern":
            return not isinstance(data, str) or re.search(wanted, data) is not None
        case "format":
            return not isinstance(data, str) or wanted != "date" or _DATE.fullmatch(data) is not None
        case "minimum" | "minItems" | "minProperties":
            return not sized or size >= wanted
        case "maximum" | "maxItems":
            return not sized or size <= wanted
        case "properties" | "additionalProperties" | "propertyNames" | "items" | "prefixItems":
            return True
        case "title" | "description" | "default" | "$defs" | "$schema":
            return True
        case _:
            raise ValueError(word)
