"""A chart is native, holds the workbook it was drawn from, and tells good from bad by more than colour."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from mailbot.writing.charts.chart import Axis, Chart, Look, Place, Point, Series
from mailbot.writing.charts.chart_workbook import chart_workbook, is_plain_workbook
from mailbot.writing.charts.chart_xml import CHART, MAIN, chart_xml

_C, _A = f"{{{CHART}}}", f"{{{MAIN}}}"

BARS = Chart(
    categories=("Kepemilikan akta\nkelahiran", "Aktivasi <IKD> & lain", "Waktu"),
    series=(
        Series(
            name="Capaian",
            look=Look.BAR,
            points=(
                Point(value=Decimal("100.11"), printed="100,11"),
                Point(value=Decimal("64.25"), printed="64,25 – belum tercapai", failed=True),
                Point(value=Decimal(900), printed="900,00 »", place=Place.INSIDE),
            ),
        ),
    ),
    axis=Axis(title="Capaian (%)", most=Decimal(170), step=Decimal(100), target=True),
    title="1 dari 3 indikator mencapai target",
    alternative="Grafik",
    across=True,
    legend=False,
)
TREND = Chart(
    categories=("2024", "2025", "2026"),
    series=(
        Series(
            name="Realisasi",
            look=Look.LINE,
            points=(Point(value=Decimal("9.2"), printed="9,20"), Point(value=Decimal(12)), Point()),
        ),
        Series(
            name="Target",
            look=Look.TARGET_LINE,
            points=(Point(), Point(value=Decimal(20)), Point(value=Decimal(40), printed="40,00", place=Place.ABOVE)),
        ),
    ),
    axis=Axis(title="Persen", least=Decimal(0)),
    title="Tren",
    alternative="Grafik",
)
STACKED = Chart(
    categories=("Sasaran",),
    series=(
        Series(name="Mencapai", look=Look.HATCHED_BAR, points=(Point(value=Decimal(2), printed="2"),)),
        Series(name="Belum", look=Look.EMPTY_BAR, points=(Point(),)),
        Series(name="Serapan", look=Look.SECOND_BAR, points=(Point(value=Decimal(1)),)),
    ),
    axis=Axis(title="", whole=False),
    title="Ringkas",
    alternative="Grafik",
    across=True,
    stacked=True,
)
CHARTS = (BARS, TREND, STACKED)


def part(chart: Chart) -> etree._Element:
    """Return a chart's part as Word reads it."""
    return etree.fromstring(chart_xml(chart, "rId1").encode())


def points(series: etree._Element, kind: str) -> dict[str, str]:
    """Return what a series has of a kind without its workbook, by the place of each point."""
    return {str(one.get("idx")): str(one.findtext(f"{_C}v")) for one in series.iterfind(f"{_C}{kind}//{_C}pt")}


def cached(root: etree._Element) -> list[tuple[str, list[tuple[str, Decimal]]]]:
    """Return what a part shows of each series without its workbook: name, and category and value of each point."""
    return [
        (
            points(series, "tx")["0"],
            [(points(series, "cat")[place], Decimal(value)) for place, value in points(series, "val").items()],
        )
        for series in root.iter(f"{_C}ser")
    ]


@pytest.mark.parametrize("chart", CHARTS)
def test_what_a_chart_shows_is_what_its_workbook_holds(chart: Chart) -> None:
    """Opened by another's reader: names in the first row, categories in the first column; the unknown has no cell."""
    sheet = openpyxl.load_workbook(io.BytesIO(chart_workbook(chart)))["Data"]
    heads, *rows = sheet.iter_rows(values_only=True)
    held = [
        (name, [(row[0], Decimal(str(row[at]))) for row in rows if row[at] is not None])
        for at, name in enumerate(heads)
        if at
    ]
    assert cached(part(chart)) == held


@pytest.mark.parametrize("chart", CHARTS)
def test_every_series_reads_the_cells_in_which_it_stands(chart: Chart) -> None:
    """Names, categories and values are references into the sheet, so "Edit Data" draws them anew."""
    formulas = [one.text for one in part(chart).iter(f"{_C}f")]
    last = len(chart.categories) + 1
    expected = [
        reference
        for column in "BCD"[: len(chart.series)]
        for reference in (f"Data!${column}$1", f"Data!$A$2:$A${last}", f"Data!${column}$2:${column}${last}")
    ]
    assert formulas == expected
    assert part(chart)[-1].tag == f"{_C}externalData"
    assert part(chart)[-1][0].get("val") == "0"


_ORDER = {
    "chartSpace": "roundedCorners chart spPr txPr externalData",
    "chart": "autoTitleDeleted plotArea legend plotVisOnly dispBlanksAs",
    "plotArea": "layout barChart lineChart catAx valAx",
    "barChart": "barDir grouping varyColors ser gapWidth overlap axId",
    "lineChart": "grouping varyColors ser marker axId",
    "ser": "idx order tx spPr invertIfNegative marker dPt dLbls cat val smooth",
    "dPt": "idx invertIfNegative bubble3D spPr",
    "dLbls": "dLbl showLegendKey showVal showCatName showSerName showPercent showBubbleSize",
    "dLbl": "idx tx spPr dLblPos showLegendKey showVal showCatName showSerName showPercent showBubbleSize",
    "catAx": "axId scaling delete axPos numFmt majorTickMark minorTickMark tickLblPos spPr crossAx crosses auto "
    "lblAlgn lblOffset tickLblSkip noMultiLvlLbl",
    "valAx": "axId scaling delete axPos majorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr "
    "crossAx crosses crossBetween majorUnit",
    "scaling": "orientation max min",
}
"""Children of each element in the order of the schema; Word offers to repair a file that has another."""


@pytest.mark.parametrize("chart", CHARTS)
def test_elements_stand_in_the_order_of_the_schema(chart: Chart) -> None:
    """Each child is known, and stands behind those that come before it."""
    for element in part(chart).iter(*(f"{_C}{name}" for name in _ORDER)):
        order = _ORDER[etree.QName(element).localname].split()
        places = [order.index(etree.QName(child).localname) for child in element]
        assert places == sorted(places), etree.QName(element).localname


def test_a_bar_that_failed_is_hatched_and_says_so() -> None:
    """In greyscale and to the colour-blind too; one off the scale is cut where its label stands on white."""
    root = part(BARS)
    failed = next(root.iter(f"{_C}dPt"))
    assert [one.get("val") for one in root.iterfind(f".//{_C}dPt/{_C}idx")] == ["1"]
    assert failed.find(f".//{_A}pattFill") is not None
    assert [one.text for one in root.iter(f"{_A}t")] == ["100,11", "64,25 – belum tercapai", "900,00 »", "Capaian (%)"]
    inside = root.findall(f".//{_C}dLbl[{_C}dLblPos='']/{_C}dLblPos[@val='inEnd']/..")
    assert [one.find(f"{_C}spPr") is not None for one in inside] == [True]


def test_colours_are_those_of_the_theme_and_at_most_five() -> None:
    """So an office's own template gives its own; only the light lines across have a colour of ours."""
    used = {name for chart in CHARTS for name in re.findall(r'schemeClr val="(\w+)"', chart_xml(chart, "rId1"))}
    assert {name for name in used if name.startswith("accent")} == {"accent1", "accent2", "accent3"}
    fixed = {colour for chart in CHARTS for colour in re.findall(r'srgbClr val="(\w+)"', chart_xml(chart, "rId1"))}
    assert fixed == {"D5D8DD"}


@given(st.lists(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=40), max_size=6))
def test_whatever_a_name_holds_the_part_and_the_workbook_are_sound(names: list[str]) -> None:
    """Signs of XML among them."""
    chart = Chart(
        categories=names,
        series=(Series(name="Capaian", look=Look.BAR, points=[Point(value=Decimal(1))] * len(names)),),
        axis=Axis(title="Persen"),
        title="",
        alternative="",
    )
    assert [name for name, _ in cached(part(chart))[0][1]] == names
    assert is_plain_workbook(chart_workbook(chart))


def test_a_workbook_that_reckons_or_is_none_of_ours_is_not_plain() -> None:
    """Such a one does not go on with a document that somebody sent."""
    content = chart_workbook(BARS)
    assert not is_plain_workbook(b"PK")
    assert not is_plain_workbook(content[:-30])
    for name, old, new in (
        ("xl/worksheets/sheet1.xml", b"<v>64.25</v>", b"<f>1+1</f><v>64.25</v>"),
        ("xl/worksheets/sheet1.xml", b"<sheetData>", b"<!-- x --><sheetData>"),
        ("xl/worksheets/sheet1.xml", b"<v>64.25</v>", b"<v>" + b"1" * 1_100_000 + b"</v>"),
        ("xl/_rels/workbook.xml.rels", b"rId1", b"rId2"),
    ):
        changed = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as old_zip, zipfile.ZipFile(changed, "w") as new_zip:
            for member in old_zip.namelist():
                held = old_zip.read(member)
                new_zip.writestr(member, held.replace(old, new) if member == name else held)
        assert not is_plain_workbook(changed.getvalue())
