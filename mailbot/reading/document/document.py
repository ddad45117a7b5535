"""An edited DOCX as a value: parts found by relationship, each read by itself, so that a damaged one loses no other.

Comments have their place here: their part is one more story, found by its relationship like the others.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.draft.document import BlockKind, Document
from mailbot.core.model.unreadable import Unreadable
from mailbot.reading.document.story import Gathered
from mailbot.reading.document.styles import heading_levels
from mailbot.reading.workbook.package import Package
from mailbot.reading.workbook.workbook import WorkbookRefused

if TYPE_CHECKING:
    from lxml import etree

    from mailbot.reading.workbook.package import Relation
    from mailbot.reading.workbook.workbook import WorkbookLimits

_STORIES = {
    "header": BlockKind.HEADER,
    "footer": BlockKind.FOOTER,
    "footnotes": BlockKind.NOTE,
    "endnotes": BlockKind.NOTE,
}
_IMAGE, _CHART = "image", "chart"
_PICTURES = frozenset({_IMAGE, _CHART})
_MOST_MEMBERS = 2_000
"""A chart brings five parts of its own."""


WHOLE = "*"
"""Stands for the name of a damaged part where nothing of a document could be read."""


def read_or_nothing(content: bytes, limits: WorkbookLimits) -> Document:
    """Return what a Word document says; nothing, but that it is damaged, where it cannot be read."""
    try:
        return read_document(content, limits)
    except WorkbookRefused:
        return Document(damaged=(WHOLE,))


def read_document(content: bytes, limits: WorkbookLimits) -> Document:
    """Return what a Word document says; of a part that cannot be read its name is all.

    Raises:
        WorkbookRefused: it is no package, has no body that can be read, or holds more than is read.
    """
    package = Package(content, replace(limits, members=_MOST_MEMBERS))
    main = next((found.part for found in package.related("") if found.kind == "officeDocument"), "")
    if not main:
        raise WorkbookRefused(Unreadable.BROKEN, "no document in it")
    damaged: list[str] = []
    related = package.related(main)
    gathered = Gathered(levels=_levels(package, related, damaged))
    gathered.read(package.tree(main), BlockKind.PARAGRAPH)
    for part, kind in dict.fromkeys((found.part, _STORIES[found.kind]) for found in related if found.kind in _STORIES):
        gathered.heading = ""
        try:
            gathered.read(package.tree(part), kind)
        except WorkbookRefused as refused:
            if refused.reason is Unreadable.TOO_LARGE:
                raise
            damaged.append(part)
    return Document(
        blocks=tuple(gathered.blocks),
        figures=tuple(gathered.figures),
        changes=tuple(gathered.changes),
        pictures=_pictures(package, related, damaged),
        damaged=tuple(damaged),
    )


def _levels(package: Package, related: list[Relation], damaged: list[str]) -> dict[str, int]:
    """Return the levels of the heading styles; none where the styles cannot be read."""
    part = next((found.part for found in related if found.kind == "styles"), "")
    if not part:
        return {}
    try:
        return heading_levels(package.tree(part))
    except WorkbookRefused:
        damaged.append(part)
        return {}


def _pictures(package: Package, related: list[Relation], damaged: list[str]) -> tuple[str, ...]:
    """Return the digests of the pictures, and of what the charts say: each program writes a chart in its own way."""
    found: list[str] = []
    for part, kind in dict.fromkeys((one.part, one.kind) for one in related if one.kind in _PICTURES):
        try:
            shown = package.read(part) if kind == _IMAGE else _said_by(package.tree(part)).encode()
        except WorkbookRefused:
            damaged.append(part)
        else:
            found.append(hashlib.sha256(shown).hexdigest())
    return tuple(sorted(found))


def _said_by(chart: etree._Element) -> str:
    """Return the values and words of a chart, in an order of their own."""
    return "\n".join(sorted(_value(" ".join((one.text or "").split())) for one in chart.iter("{*}v", "{*}t")))


def _value(text: str) -> str:
    """Return a number as every program writes it, `100` for `100.00`; any other text as it is."""
    try:
        return repr(float(text))
    except ValueError:
        return text
