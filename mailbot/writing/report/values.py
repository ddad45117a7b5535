"""What the report's Word file is filled with: figures as printed, the units' own words, a mark where there are none."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from mailbot.writing.report.accountability import accountability_values
from mailbot.writing.report.chapters import chapter_values
from mailbot.writing.report.front import front_values
from mailbot.writing.report.marks import Report, Values, marked
from mailbot.writing.report.pictures import summary_chart
from mailbot.writing.report.tables import (
    band_rows,
    formula_lines,
    narrative_rows,
)
from mailbot.writing.values.missing import Ground, missing_rows

if TYPE_CHECKING:
    from mailbot.writing.charts.chart import Chart


def report_values(report: Report) -> tuple[Values, dict[str, Chart]]:
    """Return the values by name, and the pictures by their numbers (`summary`: that of the ikhtisar eksekutif)."""
    narratives = narrative_rows(report)
    ground = Ground(cycle=report.cycle, office=report.office, phrases=report.phrases, analysis=report.analysis)
    chapter, pictures = accountability_values(report)
    values: Values = {
        **_office(report),
        "chapter": chapter,
        "issues": list(report.office.strategic_issues),
        "no_issues": "" if report.office.strategic_issues else marked("", report),
        "narratives": narratives,
        "advice": [told for told in narratives if told["recommendation"]],
        "bands": band_rows(report),
        "formulas": formula_lines(report),
        **front_values(report),
        **chapter_values(report),
        "missing": [asdict(one) for one in missing_rows(ground)],
    }
    return values, {**pictures, "summary": summary_chart(report)}


def _office(report: Report) -> Values:
    """Return the office and the period."""
    letterhead, phrases, cycle = report.office.letterhead, report.phrases, report.cycle
    return {
        "kop": {"government": letterhead.government, "agency": letterhead.agency},
        "agency_name": letterhead.agency_name,
        "agency_short": letterhead.agency_short,
        "place": letterhead.place,
        "period": phrases.period(cycle.period),
        "month": phrases.month(cycle.since),
    }
