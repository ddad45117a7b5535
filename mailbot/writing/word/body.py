"""The body of a Word file as XML: taken out, and put back so that the same content is the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from docx.oxml import ns
from lxml import etree

from mailbot.writing.packing import steady_package

if TYPE_CHECKING:
    from lxml.etree import _Element

BODY = "word/document.xml"
_NAMES = 256
qn: Callable[[str], str] = lru_cache(maxsize=_NAMES)(ns.qn)
"""python-docx's own, for a report asks for the same few names fifty thousand times."""


def root_of(xml: bytes) -> _Element:
    """Return the XML of a part; nothing outside of it is ever fetched."""
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))


def serialised(root: _Element) -> bytes:
    """Return the bytes of a part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def parsed(docx: bytes) -> _Element:
    """Return the body's XML."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return root_of(package.read(BODY))


def packed(docx: bytes, root: _Element) -> bytes:
    """Return the file with that body."""
    return steady_package(docx, {BODY: serialised(root)})
