"""Native Word charts: bars of achievement with the target as a line, as a DrawingML part of the file, no picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from docx.opc.packuri import PackURI
from docx.opc.part import Part

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_EMU_PER_CM = 360000
_WIDTH_CM, _HEIGHT_CM = 16, 7
_FEW, _NARROW, _WIDE = 5, 60, 220
"""Up to so many bars stand wide apart, so that they do not grow into walls."""
_BAR, _LINE = "2F5D8A", "B45F06"
"""Dark blue and brown: apart in greyscale too, and for the colour-blind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One indicator in a chart: its code, its achievement in percent, and that figure as printed."""

    label: str
    value: Decimal
    printed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One chart: bars, the names of its two series, and its figures in words for who cannot see it."""

    bars: Sequence[Bar]
    achievement: str
    target: str
    alternative: str


class Drawing:
    """A run of Word that shows a chart (`{{r name }}` in a template)."""

    def __init__(self, xml: str) -> None:
        """Keep the run's XML, which is of our own making."""
        self._xml = xml

    def __html__(self) -> str:
        """Give the run itself, not its escaped text."""
        return self._xml


def add_chart(template: Any, number: int, chart: Chart) -> Drawing:  # noqa: ANN401 - docxtpl ships no types
    """Add a chart to an opened template and return the run that shows it.

    Args:
        template: the docxtpl template, opened and not yet filled.
        number: 1, 2, ...: names the part.
        chart: what it shows.
    """
    package = template.docx.part.package
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), _CONTENT_TYPE, _chart_xml(chart).encode(), package)
    relation = template.docx.part.relate_to(part, f"{_RELATIONS}/chart")
    size = f'cx="{_WIDTH_CM * _EMU_PER_CM}" cy="{_HEIGHT_CM * _EMU_PER_CM}"'
    return Drawing(
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_WORD}" distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{1000 + number}" name="grafik{number}" descr={quoteattr(chart.alternative)}/>'
        f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_MAIN}"><a:graphicData uri="{_CHART}">'
        f'<c:chart xmlns:c="{_CHART}" xmlns:r="{_RELATIONS}" r:id="{relation}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _chart_xml(chart: Chart) -> str:
    """Return the chart part."""
    labels = [bar.label for bar in chart.bars]
    bars = _series(0, chart.achievement, labels, [str(bar.value) for bar in chart.bars], _bar_look(chart.bars))
    line = _series(1, chart.target, labels, ["100"] * len(labels), _LINE_LOOK)
    axes = '<c:axId val="11"/><c:axId val="12"/>'
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_MAIN}"><c:roundedCorners val="0"/><c:chart>'
        '<c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        f'<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>{bars}'
        f'<c:gapWidth val="{_NARROW if len(labels) > _FEW else _WIDE}"/>{axes}</c:barChart>'
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{line}<c:marker val="1"/>{axes}</c:lineChart>'
        f"{_axes(chart.achievement)}</c:plotArea>"
        '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend><c:plotVisOnly val="1"/></c:chart>'
        f'<c:spPr><a:ln><a:noFill/></a:ln></c:spPr><c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz="900">'
        '<a:latin typeface="Arial"/></a:defRPr></a:pPr><a:endParaRPr lang="id-ID"/></a:p></c:txPr></c:chartSpace>'
    )


def _series(number: int, name: str, labels: Sequence[str], values: Sequence[str], look: str) -> str:
    """Return one series with its cached labels and values."""
    cats = "".join(f'<c:pt idx="{at}"><c:v>{escape(label)}</c:v></c:pt>' for at, label in enumerate(labels))
    vals = "".join(f'<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>' for at, value in enumerate(values))
    count = f'<c:ptCount val="{len(labels)}"/>'
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>'
        f'<c:tx><c:strRef><c:f>Data!${"BC"[number]}$1</c:f><c:strCache><c:ptCount val="1"/>'
        f'<c:pt idx="0"><c:v>{escape(name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>{look}'
        f"<c:cat><c:strRef><c:f>Data!$A$2:$A${len(labels) + 1}</c:f><c:strCache>{count}{cats}</c:strCache></c:strRef>"
        "</c:cat>"
        f"<c:val><c:numRef><c:f>Data!${'BC'[number]}$2:${'BC'[number]}${len(labels) + 1}</c:f>"
        f"<c:numCache><c:formatCode>0.00</c:formatCode>{count}{vals}</c:numCache></c:numRef></c:val></c:ser>"
    )


_LINE_LOOK = (
    f'<c:spPr><a:ln w="22225"><a:solidFill><a:srgbClr val="{_LINE}"/></a:solidFill></a:ln></c:spPr>'
    '<c:marker><c:symbol val="none"/></c:marker>'
)


def _bar_look(bars: Sequence[Bar]) -> str:
    """Return the colour of the bars and their labels, written out so that the comma is ours on every machine."""
    shown = (
        '<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )
    labels = "".join(
        f'<c:dLbl><c:idx val="{at}"/><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:rPr lang="id-ID" sz="800"/>'
        f'<a:t>{escape(bar.printed)}</a:t></a:r></a:p></c:rich></c:tx><c:dLblPos val="outEnd"/>{shown}</c:dLbl>'
        for at, bar in enumerate(bars)
    )
    return (
        f'<c:spPr><a:solidFill><a:srgbClr val="{_BAR}"/></a:solidFill></c:spPr><c:invertIfNegative val="0"/>'
        f'<c:dLbls>{labels}<c:dLblPos val="outEnd"/>{shown}</c:dLbls>'
    )


def _axes(title: str) -> str:
    """Return the axes: codes below, percent on the left with light lines across."""
    light = '<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="D5D8DD"/></a:solidFill></a:ln></c:spPr>'
    return (
        '<c:catAx><c:axId val="11"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="b"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        '<c:crossAx val="12"/></c:catAx>'
        '<c:valAx><c:axId val="12"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="l"/><c:majorGridlines>{light}</c:majorGridlines>'
        '<c:title><c:tx><c:rich><a:bodyPr rot="-5400000" vert="horz"/><a:p><a:r><a:rPr lang="id-ID" sz="900" b="0"/>'
        f'<a:t>{escape(title)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
        '<c:numFmt formatCode="0" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        '<c:tickLblPos val="nextTo"/><c:crossAx val="11"/></c:valAx>'
    )
