"""The body of a Word file as XML: taken out, and put back so that the same content is the same bytes."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

from mailbot.writing.packing import steady_package

if TYPE_CHECKING:
    from lxml.etree import _Element

_BODY = "word/document.xml"


def parsed(docx: bytes) -> _Element:
    """Return the body's XML; nothing outside of it is ever fetched."""
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return etree.fromstring(package.read(_BODY), etree.XMLParser(resolve_entities=False, no_network=True))


def packed(docx: bytes, root: _Element) -> bytes:
    """Return the file with that body."""
    return steady_package(docx, {_BODY: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)})
