"""The recap workbook for Subbag Program: every figure, its comparisons, its words, where it comes from (SOP row 5)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from mailbot.core.model.cycle import UnitState
from mailbot.core.report.analysis import analyse
from mailbot.errors import TemplateProblem
from mailbot.writing.packing import steady_package
from mailbot.writing.recap.rows import (
    Plan,
    Recap,
    Row,
    budget_rows,
    narrative_rows,
    origin_rows,
    performance_rows,
    unit_rows,
)
from mailbot.writing.words.phrases import read_phrases
from mailbot.writing.words.templates import find_template, read_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office

_CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>mailbot</dc:creator></cp:coreProperties>'
)
"""Properties of the workbook without any moment."""

_WIDTHS: dict[str, float] = {
    "number": 5,
    "code": 18,
    "indicator": 38,
    "program": 58,
    "satuan": 11,
    "polarity": 9,
    "target": 9,
    "actual": 10,
    "achievement": 10,
    "rating": 14,
    "last": 10,
    "change": 11,
    "plan_end": 10,
    "plan_end_pct": 11,
    "national": 9,
    "unit": 26,
    "enabling": 30,
    "obstacles": 30,
    "follow_up": 30,
    "data_source": 18,
    "evidence": 24,
    "budget": 18,
    "spent": 18,
    "remark": 30,
    "state": 26,
    "accepted_at": 16,
    "efficiency": 24,
    "sender": 32,
    "file": 34,
    "sha": 18,
}
"""Width of a column in characters; 12 where nothing is said."""
_SHORT_CODES = frozenset({"performance", "narrative"})
_SHORT_CODE = 9

_SHEETS: dict[str, str] = {
    "performance": "number code indicator satuan polarity target actual achievement rating last change plan_end "
    "plan_end_pct national unit",
    "narrative": "number code indicator enabling obstacles follow_up data_source evidence remark",
    "budget": "number code program unit budget spent absorption remark",
    "units": "number unit state submissions accepted_at achievement absorption efficiency",
    "origin": "number code actual unit sender file sheet cell sha",
}
"""Sheet -> its columns, in order."""


_ROWS: dict[str, Callable[[Recap], list[Row]]] = {
    "performance": performance_rows,
    "narrative": narrative_rows,
    "budget": budget_rows,
    "units": unit_rows,
    "origin": origin_rows,
}


def write_recap(cycle: Cycle, office: Office, *, template_folders: tuple[Path, ...]) -> bytes:
    """Return the recap as XLSX; the same state gives the same bytes.

    Raises:
        TemplateProblem: `recap.yaml` is missing or lacks a word.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - a tenth of a second and 13 MB, for what few letters carry

    from mailbot.writing.recap.sheet import lay_out  # noqa: PLC0415 - the same

    recap = Recap(
        cycle=cycle,
        office=office,
        phrases=read_phrases(template_folders, office.calendar),
        words=read_words(find_template(template_folders, "recap.yaml")),
        analysis=analyse(cycle, office),
    )
    book = Workbook()
    book.remove(book.worksheets[0])
    try:
        for code in _SHEETS:
            lay_out(book.create_sheet(recap.words["sheets"][code]), _plan(recap, code))
    except KeyError as missing:
        raise TemplateProblem(f"recap.yaml has no word for {missing}") from missing
    packed = io.BytesIO()
    book.save(packed)
    return steady_package(packed.getvalue(), {"docProps/core.xml": _CORE})


def _plan(recap: Recap, code: str) -> Plan:
    """Return what one sheet holds."""
    words, phrases, period = recap.words, recap.phrases, recap.cycle.period
    years = {"last": period.year - 1, "plan_end": max((i.plan_end_year for i in recap.office.indicators), default=0)}
    letterhead, columns = recap.office.letterhead, _SHEETS[code].split()
    return Plan(
        above=(letterhead.agency_name, words["title"].format(period=phrases.period(period)), _as_of(recap)),
        headers=[(words["headers"][name].format(year=years.get(name, "")), _width(code, name)) for name in columns],
        rows=_ROWS[code](recap),
        notes=_notes(recap) if code == "performance" else (),
        footer=words["footer"].format(agency=letterhead.agency_short, period=phrases.period(period)),
        page=words["page"],
    )


def _width(sheet: str, column: str) -> float:
    """Return the width of a sheet's column in characters."""
    if column == "actual" and sheet == "origin":
        return _WIDTHS["spent"]
    return _SHORT_CODE if column == "code" and sheet in _SHORT_CODES else _WIDTHS.get(column, 12)


def _as_of(recap: Recap) -> str:
    """Return the line that says how far the collection is."""
    last = max((form.accepted_at for form in recap.cycle.units if form.accepted_at), default=recap.cycle.since)
    accepted = sum(form.state is UnitState.ACCEPTED for form in recap.cycle.units)
    text: str = recap.words["as_of"]
    return text.format(date=recap.phrases.long_date(last), accepted=accepted, units=len(recap.cycle.units))


def _notes(recap: Recap) -> list[str]:
    """Return the formulas the figures were made with, as this office set them."""
    formulas, words = recap.office.formulas, recap.words
    notes = [words["formula_up"], words["formula_down"][formulas.negative]]
    if formulas.average_cap_pct is not None:
        notes.append(words["cap"].format(cap=recap.phrases.percent(formulas.average_cap_pct)))
    return notes
