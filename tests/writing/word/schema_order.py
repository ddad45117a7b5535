"""The order in which Word wants the children of its properties, for what else it "repairs": checked, and set right."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ORDERS = {
    "rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof "
        "snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd "
        "fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath"
    ),
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr "
        "shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE "
        "autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents "
        "suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr "
        "sectPr pPrChange"
    ),
    "sdtPr": "rPr alias tag id lock placeholder temporary showingPlcHdr dataBinding text richText",
    "tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc "
        "tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook"
    ),
    "tcPr": ("cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark"),
    "tcBorders": "top left bottom right insideH insideV tl2br tr2bl",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "sectPr": (
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders "
        "lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid "
        "printerSettings"
    ),
}
_MANY = {"headerReference", "footerReference"}


def out_of_order(docx: bytes) -> list[str]:
    """Return every property of a Word file whose children stand in another order than Word's, or twice."""
    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(docx)) as packed:
        for name in sorted(packed.namelist()):
            if name.startswith("word/") and name.endswith(".xml") and "/theme/" not in name:
                found += [f"{name}: {one}" for one in _faults(packed.read(name))]
    return sorted(set(found))


def put_in_order(root: _Element) -> None:
    """Put the children of every property below an element into Word's order."""
    for parent in root.iter():
        order = _ORDERS.get(str(parent.tag).removeprefix(_W), "").split()
        if order and str(parent.tag).startswith(_W):
            parent[:] = sorted(parent, key=lambda one: _place(one, order))


def _place(child: _Element, order: list[str]) -> int:
    """Return where a child belongs; what is not Word's own stays at the end."""
    name = str(child.tag).removeprefix(_W)
    return order.index(name) if name in order else len(order)


def _faults(xml: bytes) -> Iterator[str]:
    """Yield what is out of order in one part."""
    for parent in etree.fromstring(xml).iter():
        order = _ORDERS.get(str(parent.tag).removeprefix(_W))
        if order is None or not str(parent.tag).startswith(_W):
            continue
        names = [str(child.tag).removeprefix(_W) for child in parent if str(child.tag).startswith(_W)]
        known = order.split()
        places = [known.index(one) for one in names if one in known]
        twice = {one for one in names if names.count(one) > 1} - _MANY
        if places != sorted(places) or twice or any(one not in known for one in names):
            yield f"{str(parent.tag).removeprefix(_W)}: {' '.join(names)}"
