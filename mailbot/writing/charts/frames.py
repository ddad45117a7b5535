"""Empties the charts of a Word file whose pages alone are wanted: they take longer to draw than all the rest. Row 6."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from mailbot.writing.charts.chart_xml import CHART, MAIN
from mailbot.writing.word.body import packed, parsed

if TYPE_CHECKING:
    from lxml.etree import _Element

_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_WORD = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_FRAME = (
    f'<pic:pic xmlns:pic="{_PICTURE}" xmlns:a="{MAIN}"><pic:nvPicPr><pic:cNvPr id="0" name=""/><pic:cNvPicPr/>'
    "</pic:nvPicPr><pic:blipFill><a:blip/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
    '<a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    "</pic:spPr></pic:pic>"
)


def with_empty_frames(docx: bytes) -> bytes:
    """Return a Word file in which a picture without content stands for each chart, as large as that is."""
    root = parsed(docx)
    charts = [one for one in root.iter(f"{{{MAIN}}}graphicData") if one.get("uri") == CHART]
    for chart in charts:
        size = _size(chart)
        for child in list(chart):
            chart.remove(child)
        chart.set("uri", _PICTURE)
        chart.append(etree.fromstring(_FRAME.format(cx=size.get("cx", "0"), cy=size.get("cy", "0"))))
    return packed(docx, root) if charts else docx


def _size(chart: _Element) -> dict[str, str]:
    """Return how wide and how high the drawing is that a chart stands in."""
    extents = (around.find(f"{{{_WORD}}}extent") for around in chart.iterancestors())
    found = next((extent for extent in extents if extent is not None), None)
    return {} if found is None else {side: found.get(side, "0") for side in ("cx", "cy")}
