"""A chart's own part: series with their cached values, labels with a comma, colours of the theme, in schema order."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from mailbot.writing.charts.chart import Look, Place
from mailbot.writing.charts.chart_workbook import SHEET, column_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailbot.writing.charts.chart import Axis, Chart, Point, Series

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FIRST, _SECOND, _LIGHT = (f'<a:schemeClr val="accent{number}"/>' for number in (1, 2, 3))
_WHITE, _INK = '<a:schemeClr val="bg1"/>', '<a:schemeClr val="tx1"/>'
_GRID = '<a:srgbClr val="D5D8DD"/>'
_AXES = '<c:axId val="11"/><c:axId val="12"/>'
_STRAIGHT = '<c:smooth val="0"/>'
_UNBROKEN = '<a:bodyPr wrap="none"/>'
_STACKED = '<c:overlap val="100"/>'
_FEW, _NARROW, _WIDE = 4, 55, 150
"""Up to so many bars stand wide apart, so that they do not grow into walls."""
_LABEL_SIZE, _TEXT_SIZE = 800, 850
_NAMES_SHARE = 0.37
"""How much of the width names beside lying bars take."""


def chart_xml(chart: Chart, workbook: str) -> str:
    """Return the chart part; `workbook` is the relation that leads to its data."""
    bars = [(at, one) for at, one in enumerate(chart.series) if not one.look.is_line]
    lines = [(at, one) for at, one in enumerate(chart.series) if one.look.is_line]
    legend = '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>' if chart.legend else ""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<c:chartSpace xmlns:c="{CHART}" xmlns:a="{MAIN}" xmlns:r="{RELATIONS}"><c:roundedCorners val="0"/><c:chart>'
        f'<c:autoTitleDeleted val="1"/><c:plotArea>{_layout(chart)}'
        f"{_bars(chart, bars)}{_lines(chart, lines)}{_axes(chart)}</c:plotArea>"
        f'{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="{"span" if lines else "gap"}"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{_TEXT_SIZE}">'
        f'<a:latin typeface="Arial"/></a:defRPr></a:pPr><a:endParaRPr lang="id-ID"/></a:p></c:txPr>'
        f'<c:externalData r:id="{workbook}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _layout(chart: Chart) -> str:
    """Return where the bars stand: beside long names a fixed share of the width, so that every program breaks alike."""
    if not chart.across:
        return "<c:layout/>"
    bottom = (1.6 if chart.legend else 0.85) / chart.height_cm
    return (
        '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{_NAMES_SHARE}"/><c:y val="0.02"/><c:w val="{0.98 - _NAMES_SHARE:.2f}"/>'
        f'<c:h val="{0.98 - bottom:.3f}"/></c:manualLayout></c:layout>'
    )


def _bars(chart: Chart, series: Sequence[tuple[int, Series]]) -> str:
    """Return the group of bars, if there are any."""
    if not series:
        return ""
    gap = _NARROW if len(chart.categories) > _FEW or chart.across else _WIDE
    return (
        f'<c:barChart><c:barDir val="{"bar" if chart.across else "col"}"/>'
        f'<c:grouping val="{"stacked" if chart.stacked else "clustered"}"/><c:varyColors val="0"/>'
        f"{''.join(_series(chart, at, one) for at, one in series)}"
        f'<c:gapWidth val="{gap}"/>{_STACKED if chart.stacked else ""}{_AXES}</c:barChart>'
    )


def _lines(chart: Chart, series: Sequence[tuple[int, Series]]) -> str:
    """Return the group of lines, if there are any."""
    if not series:
        return ""
    return (
        '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>'
        f"{''.join(_series(chart, at, one) for at, one in series)}"
        f'<c:marker val="1"/>{_AXES}</c:lineChart>'
    )


def _series(chart: Chart, number: int, series: Series) -> str:
    """Return one series with its cached labels and values."""
    column, last = column_of(number), len(chart.categories) + 1
    count = f'<c:ptCount val="{len(chart.categories)}"/>'
    cats = "".join(f'<c:pt idx="{at}"><c:v>{escape(one)}</c:v></c:pt>' for at, one in enumerate(chart.categories))
    vals = "".join(
        f'<c:pt idx="{at}"><c:v>{point.value}</c:v></c:pt>'
        for at, point in enumerate(series.points)
        if point.value is not None
    )
    return (
        f'<c:ser><c:idx val="{number}"/><c:order val="{number}"/>'
        f'<c:tx><c:strRef><c:f>{SHEET}!${column}$1</c:f><c:strCache><c:ptCount val="1"/>'
        f'<c:pt idx="0"><c:v>{escape(series.name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>{_look(series)}'
        f"<c:cat><c:strRef><c:f>{SHEET}!$A$2:$A${last}</c:f><c:strCache>{count}{cats}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>{SHEET}!${column}$2:${column}${last}</c:f>"
        f"<c:numCache><c:formatCode>General</c:formatCode>{count}{vals}</c:numCache></c:numRef></c:val>"
        f"{_STRAIGHT if series.look.is_line else ''}</c:ser>"
    )


def _solid(colour: str) -> str:
    """Return an even fill."""
    return f"<a:solidFill>{colour}</a:solidFill>"


_HATCHED = (
    f'<a:pattFill prst="wdUpDiag"><a:fgClr>{_SECOND}</a:fgClr><a:bgClr>{_WHITE}</a:bgClr></a:pattFill>'
    f'<a:ln w="9525">{_solid(_SECOND)}</a:ln>'
)
_FILLS = {
    Look.BAR: _solid(_FIRST),
    Look.SECOND_BAR: f'{_solid(_LIGHT)}<a:ln w="9525">{_solid(_FIRST)}</a:ln>',
    Look.HATCHED_BAR: _HATCHED,
    Look.EMPTY_BAR: f'{_solid(_WHITE)}<a:ln w="9525">{_solid(_INK)}<a:prstDash val="sysDash"/></a:ln>',
}
_STROKES = {
    Look.LINE: (_FIRST, "", "circle", _FIRST),
    Look.TARGET_LINE: (_SECOND, '<a:prstDash val="dash"/>', "square", _WHITE),
}


def _look(series: Series) -> str:
    """Return a series' fill or stroke, what of it is hatched, and its labels."""
    labels = _labels(series)
    if series.look.is_line:
        colour, dash, symbol, inner = _STROKES[series.look]
        return (
            f'<c:spPr><a:ln w="22225">{_solid(colour)}{dash}</a:ln></c:spPr>'
            f'<c:marker><c:symbol val="{symbol}"/><c:size val="6"/><c:spPr>{_solid(inner)}<a:ln w="12700">'
            f"{_solid(colour)}</a:ln></c:spPr></c:marker>{labels}"
        )
    failed = "".join(
        f'<c:dPt><c:idx val="{at}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/><c:spPr>{_HATCHED}</c:spPr>'
        "</c:dPt>"
        for at, point in enumerate(series.points)
        if point.failed
    )
    return f'<c:spPr>{_FILLS[series.look]}</c:spPr><c:invertIfNegative val="0"/>{failed}{labels}'


_SHOWN = (
    '<c:showLegendKey val="0"/><c:showVal val="{value}"/><c:showCatName val="0"/><c:showSerName val="0"/>'
    '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)


def _labels(series: Series) -> str:
    """Return a series' labels, written out so that the comma is ours on every machine."""
    told = [(at, point) for at, point in enumerate(series.points) if point.printed and point.value is not None]
    return f"<c:dLbls>{''.join(_label(at, one) for at, one in told)}{_SHOWN.format(value=0)}</c:dLbls>"


def _label(at: int, point: Point) -> str:
    """Return one label; within a bar it stands on white, for not every program shows a label in a colour of its own."""
    ground = f"<c:spPr>{_solid(_WHITE)}</c:spPr>" if point.place in {Place.INSIDE, Place.MIDDLE} else ""
    return (
        f'<c:dLbl><c:idx val="{at}"/><c:tx><c:rich>{_UNBROKEN}<a:lstStyle/><a:p><a:r>'
        f'<a:rPr lang="id-ID" sz="{_LABEL_SIZE}"/><a:t>{escape(point.printed)}</a:t></a:r></a:p>'
        f'</c:rich></c:tx>{ground}<c:dLblPos val="{point.place.value}"/>{_SHOWN.format(value=1)}</c:dLbl>'
    )


def _axes(chart: Chart) -> str:
    """Return the axes: categories, and values with their unit."""
    axis, across = chart.axis, chart.across
    most = f'<c:max val="{axis.most}"/>' if axis.most is not None else ""
    step = f'<c:majorUnit val="{axis.step}"/>' if axis.step is not None else ""
    return (
        '<c:catAx><c:axId val="11"/><c:scaling>'
        f'<c:orientation val="{"maxMin" if across else "minMax"}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{"l" if across else "b"}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'<c:spPr><a:ln w="9525">{_solid(_INK)}</a:ln></c:spPr><c:crossAx val="12"/><c:crosses val="autoZero"/>'
        '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="60"/><c:tickLblSkip val="1"/>'
        '<c:noMultiLvlLbl val="1"/></c:catAx>'
        f'<c:valAx><c:axId val="12"/><c:scaling><c:orientation val="minMax"/>{most}<c:min val="{axis.least}"/>'
        f'</c:scaling><c:delete val="0"/><c:axPos val="{"b" if across else "l"}"/>{_grid(axis)}'
        f'{_axis_title(axis.title, across=across)}<c:numFmt formatCode="0" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="{"nextTo" if axis.whole else "none"}"/>'
        f'<c:spPr><a:ln><a:noFill/></a:ln></c:spPr><c:crossAx val="11"/><c:crosses val="{"max" if across else "min"}"/>'
        f'<c:crossBetween val="between"/>{step}</c:valAx>'
    )


def _grid(axis: Axis) -> str:
    """Return the lines across: light ones, or the target's own."""
    colour, width, dash = (_SECOND, 19050, '<a:prstDash val="dash"/>') if axis.target else (_GRID, 6350, "")
    return f'<c:majorGridlines><c:spPr><a:ln w="{width}">{_solid(colour)}{dash}</a:ln></c:spPr></c:majorGridlines>'


def _axis_title(words: str, *, across: bool) -> str:
    """Return the words beside the axis of values."""
    if not words:
        return ""
    turned = "" if across else ' rot="-5400000" vert="horz"'
    return (
        f"<c:title><c:tx><c:rich><a:bodyPr{turned}/><a:lstStyle/><a:p><a:r>"
        f'<a:rPr lang="id-ID" sz="{_TEXT_SIZE}" b="0"/><a:t>{escape(words)}</a:t></a:r></a:p></c:rich></c:tx>'
        '<c:overlay val="0"/></c:title>'
    )
