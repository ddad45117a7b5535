"""The parts of a Word file that hold text, taken out as trees and put back; what was not touched keeps its bytes."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from lxml import etree

from mailbot.writing.packing import pack_zip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_STORIES = frozenset({"document", "hdr", "ftr", "footnotes", "endnotes"})
_NAMES = 512
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, collect_ids=False
)


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return _without_namespace(str(element.tag))


@lru_cache(maxsize=_NAMES)
def _without_namespace(name: str) -> str:
    """Return a name alone; a report asks for some fifty of them a hundred thousand times."""
    return name.rpartition("}")[2]


def attribute(element: etree._Element, name: str) -> str:
    """Return an attribute by its name alone: strict and transitional files differ in the namespace."""
    return next((str(value) for key, value in element.attrib.items() if _without_namespace(str(key)) == name), "")


@dataclass(frozen=True, slots=True)
class Made:
    """Makes elements in the namespace that a part is written in."""

    space: str

    def element(self, name: str, **attributes: str) -> etree._Element:
        """Return a new element with attributes of the same namespace."""
        made = etree.Element(f"{{{self.space}}}{name}", nsmap={"w": self.space})
        for key, value in attributes.items():
            made.set(f"{{{self.space}}}{key}", value)
        return made

    def text(self, name: str, words: str) -> etree._Element:
        """Return a new element that holds words, blanks kept."""
        made = self.element(name)
        made.text = words
        made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        return made


def making_in(root: etree._Element) -> Made:
    """Return what makes elements like those of a part."""
    return Made(str(root.tag).rpartition("}")[0].lstrip("{"))


def members_of(docx: bytes) -> dict[str, bytes]:
    """Return the members of a Word file that has been looked over before (`passive_document`)."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return {member.filename: package.read(member) for member in package.infolist() if not member.is_dir()}


def stories(members: dict[str, bytes]) -> Iterator[tuple[str, etree._Element]]:
    """Yield every part that holds text, with its name; one that is damaged is left as it is."""
    for name, content in members.items():
        if name.endswith(".xml") and b"<!DOCTYPE" not in content:
            try:
                root = etree.fromstring(content, _PARSER)
            except (etree.XMLSyntaxError, ValueError):
                continue
            if local(root) in _STORIES:
                yield name, root


def with_stories_changed(docx: bytes, change: Callable[[etree._Element], bool]) -> bytes:
    """Return a Word file with a change made to each part that holds text; the very same bytes where none was made.

    Args:
        docx: the file.
        change: changes a part in place, and says whether it did.
    """
    members = members_of(docx)
    changed = {name: written(root) for name, root in stories(members) if change(root)}
    return pack_zip(members | changed) if changed else docx


def written(root: etree._Element) -> bytes:
    """Return a part as it is written."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
