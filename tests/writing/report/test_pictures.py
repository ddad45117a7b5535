"""What the report's pictures name: whole names beside bars, and years of which nothing is known on the axis of time."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from mailbot.core.model.indicators import Period
from mailbot.core.model.office import Office
from mailbot.core.report.analysis import analyse
from mailbot.writing.report.marks import Report
from mailbot.writing.report.pictures import achievement_chart, short_name
from mailbot.writing.report.trend import moments_of, trend_chart
from mailbot.writing.words.phrases import read_phrases
from mailbot.writing.words.templates import find_template, read_words
from tests.writing import sample_cycle

LONG = "Jumlah perangkat daerah yang memanfaatkan data kependudukan dengan perjanjian kerja sama"


def drawn_from(office: Office, folders: tuple[Path, ...], period: Period) -> Report:
    """Return what pictures of the complete cycle are drawn from, as if it were of that period."""
    cycle = replace(sample_cycle.complete(), period=period)
    words = read_words(find_template(folders, "report.yaml"))
    phrases, analysis = read_phrases(folders, office.calendar), analyse(cycle, office)
    return Report(cycle=cycle, office=office, phrases=phrases, words=words, analysis=analysis, version=1)


def test_a_long_name_has_three_lines_and_room_for_them(office: Office, folders: tuple[Path, ...]) -> None:
    """Cut at words only where three lines are too few; every bar of that chart stands wider apart."""
    assert short_name(LONG).split("\n") == [
        "Jumlah perangkat daerah yang",
        "memanfaatkan data kependudukan",
        "dengan perjanjian kerja sama",
    ]
    assert short_name(f"{LONG} {LONG}").endswith(" …")
    report = drawn_from(office, folders, Period(year=2025))
    usual, *_ = report.analysis.objectives
    names = [replace(one, indicator=replace(one.indicator, name=LONG)) for one in usual.indicators]
    charts = [achievement_chart(one, report) for one in (usual, replace(usual, indicators=tuple(names)))]
    heights = [chart.height_cm for chart in charts if chart is not None]
    assert len(heights) == 2
    assert heights[0] < heights[1]


def test_a_year_between_known_ones_keeps_its_place(office: Office, folders: tuple[Path, ...]) -> None:
    """A quarter whose year before was never closed does not stand right behind the year before that."""
    report = drawn_from(office, folders, Period(year=2026, quarter=1))
    result = next(one for one in report.analysis.indicators if one.indicator.code == "IKU-01")
    before = [(one.label, one.actual is None) for one in moments_of(result, report)][:4]
    assert before == [("2023", False), ("2024", False), ("2025", True), ("TW I", False)]


def test_the_axis_of_words_bears_no_scores(office: Office, folders: tuple[Path, ...]) -> None:
    """A predikat is told by its labels; from which score the axis begins means nothing to a reader."""
    report = drawn_from(office, folders, Period(year=2025))
    result = next(one for one in report.analysis.indicators if one.indicator.code == "IKU-01")
    graded = replace(result, indicator=replace(result.indicator, grades=(("A", Decimal(90)), ("B", Decimal(70)))))
    charts = [trend_chart(one, report) for one in (result, graded)]
    assert [(one.axis.title, one.axis.whole) for one in charts if one] == [
        ("Indeks, mulai dari 82", True),
        ("Indeks", False),
    ]
