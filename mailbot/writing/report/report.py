"""The draft of the Laporan Kinerja (LKjIP) as a Word file, complete or not: what is missing says so (SOP row 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailbot.core.model.cycle import Cycle
from mailbot.core.model.sop import Step
from mailbot.core.report.analysis import analyse
from mailbot.errors import TemplateProblem
from mailbot.writing.charts.drawing import add_chart
from mailbot.writing.report.marks import Report
from mailbot.writing.report.values import report_values
from mailbot.writing.word.contents import LISTS
from mailbot.writing.word.finishing import finish
from mailbot.writing.word.logo import logo_file, place_logo
from mailbot.writing.word.scans import scanned_pages, shown_pages
from mailbot.writing.word.word_file import fill_word_file
from mailbot.writing.words.phrases import read_phrases
from mailbot.writing.words.templates import find_template, read_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from mailbot.core.model.office import Office
    from mailbot.writing.charts.chart import Chart

REPORT_FILE = "docx/laporan-kinerja.docx"


def write_report(
    cycle: Cycle,
    office: Office,
    *,
    version: int,
    template_folders: tuple[Path, ...],
    draw: Callable[[Any, int, Chart], object] = add_chart,
) -> bytes:
    """Return the report as DOCX as the cycle stands; the same state gives the same bytes.

    A numbered version bears number and date and nowhere says that it is a draft, for the very bytes that are approved
    go out; only the report as it stands today says so.

    Args:
        cycle: the cycle; its counting submissions are what the report tells.
        office: the office.
        version: number of the draft, printed small on the cover; 0 for the report as it stands today.
        template_folders: folders of templates, the office's own first.
        draw: puts a chart under its number into the opened Word file and returns what shows it.

    Raises:
        TemplateProblem: the Word file or `report.yaml` is missing or broken, or a value was lost while it was filled.
    """
    report = _report(cycle, office, version, template_folders)
    try:
        values, charts = report_values(report)
    except KeyError as missing:
        raise TemplateProblem(f"report.yaml has no word for {missing}") from missing

    def drawn(template: Any) -> Mapping[str, object]:  # noqa: ANN401 - docxtpl ships no types
        """Put the emblem and the charts into the opened file."""
        place_logo(template, logo_file(office))
        drawings = {name: draw(template, at, chart) for at, (name, chart) in enumerate(charts.items(), start=1)}
        scans = shown_pages(template, scanned_pages(report.profile.agreement), report.words["agreement"])
        return {"pictures": drawings, "agreement": scans}

    path = find_template(template_folders, REPORT_FILE)
    return fill_word_file(path, {**values, **LISTS}, prepare=drawn, finish=finish)


def told_of(cycle: Cycle, office: Office) -> Cycle:
    """Return what a report tells of a cycle: its data, and on which day its row began; never what was said or sent."""
    began = office.calendar.opening(office.calendar.local(cycle.since).date())
    return Cycle(
        key=cycle.key,
        period=cycle.period,
        step=Step.DRAFT,
        since=began,
        due_at=began,
        opened_at=began,
        units=cycle.units,
    )


def _report(cycle: Cycle, office: Office, version: int, template_folders: tuple[Path, ...]) -> Report:
    """Return what every part of the report is made from."""
    told = told_of(cycle, office)
    return Report(
        cycle=told,
        office=office,
        phrases=read_phrases(template_folders, office.calendar),
        words=read_words(find_template(template_folders, "report.yaml")),
        analysis=analyse(told, office),
        version=version,
    )
