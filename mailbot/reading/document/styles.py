"""Which styles of a Word document are headings: by their names, for programs give them ids of their own."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

_HEADING = re.compile(r"(?:heading|judul|überschrift|titre)\s*([1-9])", re.IGNORECASE)
_DEEPEST = 9
_MOST_STEPS = 20
_NAMES = 512


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return _without_namespace(str(element.tag))


@lru_cache(maxsize=_NAMES)
def _without_namespace(name: str) -> str:
    """Return a name alone; a report asks for some fifty of them a hundred thousand times."""
    return name.rpartition("}")[2]


def attribute(element: etree._Element, name: str) -> str:
    """Return an attribute by its name alone: strict and transitional files differ in the namespace."""
    for key, value in element.attrib.items():
        if _without_namespace(str(key)) == name:
            return str(value)
    return ""


def heading_levels(styles: etree._Element) -> dict[str, int]:
    """Return the level of every paragraph style that is a heading, by its id: named as one, or based on one.

    A style that has an outline level is a heading under whatever name.
    """
    based: dict[str, str] = {}
    found: dict[str, int] = {}
    for style in styles.iter("{*}style"):
        key = attribute(style, "styleId")
        named = next((attribute(child, "val") for child in style if local(child) == "name"), "")
        based[key] = next((attribute(child, "val") for child in style if local(child) == "basedOn"), "")
        outline = next((attribute(child, "val") for child in style.iter("{*}outlineLvl")), "")
        told = _HEADING.fullmatch(named.strip())
        if told is not None:
            found[key] = int(told[1])
        elif outline.isascii() and outline.isdigit() and int(outline) < _DEEPEST:
            found[key] = int(outline) + 1
    return {key: level for key in based if (level := _level(key, based, found))}


def _level(key: str, based: dict[str, str], found: dict[str, int]) -> int:
    """Return the level of a style, or of the nearest it is based on; 0 where none is a heading."""
    for _ in range(_MOST_STEPS):
        if key in found:
            return found[key]
        key = based.get(key, "")
    return 0
