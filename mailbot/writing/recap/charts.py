"""The recap's charts, which Excel draws itself from the cells beside them: names on the axis, never codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.worksheet.pagebreak import Break

from mailbot.writing.recap.plans import FIRST_ROW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

_COLOURS = ("1F4E79", "C9A227")
_WIDTH_CM, _BAR_CM, _AROUND_CM, _PAGE_CM = 24, 1, 3, 17
_USUAL, _POINTS_IN_CM, _PAGE_POINTS = 15.0, 28.35, 520.0
"""A chart that does not fit below its table stands on a page of its own, and is cut by none."""


def add_chart(sheet: Worksheet, title: str, names: int, columns: Sequence[int], rows: int) -> None:
    """Draw bars below a sheet's table: one for each of its first rows, in each of those columns.

    Args:
        sheet: a sheet that is laid out.
        title: what the chart shows, with its unit.
        names: the column of the names on the axis.
        columns: the columns of figures.
        rows: how many rows there are.
    """
    chart = BarChart()
    chart.type, chart.style, chart.title = "bar", 10, title
    last = FIRST_ROW + rows - 1
    for column, colour in zip(columns, _COLOURS, strict=False):
        chart.add_data(Reference(sheet, min_col=column, min_row=FIRST_ROW - 1, max_row=last), titles_from_data=True)
        chart.series[-1].graphicalProperties.solidFill = colour
    chart.set_categories(Reference(sheet, min_col=names, min_row=FIRST_ROW, max_row=last))
    chart.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.scaling.min = 0.0
    chart.y_axis.number_format = "0"
    chart.gapWidth = 60
    if len(columns) == 1:
        chart.legend = None
    else:
        chart.legend.position = "b"
    chart.width = _WIDTH_CM
    chart.height = min(_AROUND_CM + _BAR_CM * rows, _PAGE_CM)
    above = sum(sheet.row_dimensions[row].height or _USUAL for row in range(1, sheet.max_row + 2))
    if above + chart.height * _POINTS_IN_CM > _PAGE_POINTS:
        sheet.row_breaks.append(Break(id=sheet.max_row))
    sheet.add_chart(chart, f"B{sheet.max_row + 2}")
