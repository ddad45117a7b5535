"""Puts charts into an opened Word file: the part, its workbook, and the run that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from docx.opc.packuri import PackURI
from docx.opc.part import Part

from mailbot.writing.charts.chart_workbook import chart_workbook
from mailbot.writing.charts.chart_xml import CHART, MAIN, RELATIONS, chart_xml

if TYPE_CHECKING:
    from mailbot.writing.charts.chart import Chart

_WORD = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EMU_PER_CM = 360000
_WIDTH_CM = 16
_FIRST_ID = 1000
"""Numbers of drawings begin above those that a template's own pictures have."""


class Drawing:
    """A run of Word that shows a chart (`{{r name }}` in a template)."""

    def __init__(self, xml: str) -> None:
        """Keep the run's XML, which is of our own making."""
        self._xml = xml

    def __html__(self) -> str:
        """Give the run itself, not its escaped text."""
        return self._xml


def add_chart(template: Any, number: int, chart: Chart) -> Drawing:  # noqa: ANN401 - docxtpl ships no types
    """Add a chart with its workbook to an opened template and return the run that shows it.

    Args:
        template: the docxtpl template, opened and not yet filled.
        number: 1, 2, ...: names the parts.
        chart: what it shows.
    """
    document = template.docx.part
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART_TYPE, b"", document.package)
    workbook = PackURI(f"/word/embeddings/grafik{number}.xlsx")
    data = part.relate_to(
        Part(workbook, _WORKBOOK_TYPE, chart_workbook(chart), document.package), f"{RELATIONS}/package"
    )
    part._blob = chart_xml(chart, data).encode()  # noqa: SLF001 - the relation to the data is known only now
    relation = document.relate_to(part, f"{RELATIONS}/chart")
    size = f'cx="{_WIDTH_CM * _EMU_PER_CM}" cy="{round(chart.height_cm * _EMU_PER_CM)}"'
    return Drawing(
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_WORD}" distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{_FIRST_ID + number}" name="grafik{number}" descr={quoteattr(chart.alternative)}/>'
        f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{MAIN}"><a:graphicData uri="{CHART}">'
        f'<c:chart xmlns:c="{CHART}" xmlns:r="{RELATIONS}" r:id="{relation}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
