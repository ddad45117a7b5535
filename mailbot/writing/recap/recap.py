"""The recap workbook for Subbag Program: every figure living, E.81, charts, what is open, the mirror (SOP row 5)."""

from __future__ import annotations

import html
import io
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.model.cycle import UnitState
from mailbot.core.report.analysis import analyse
from mailbot.errors import TemplateProblem
from mailbot.writing.packing import steady_package
from mailbot.writing.recap.columns import COLUMNS, width_of
from mailbot.writing.recap.faults import fault_rows
from mailbot.writing.recap.money import budget_rows
from mailbot.writing.recap.performance import OWN_ACHIEVED, objective_rows, performance_rows
from mailbot.writing.recap.plans import Plan, Recap, Row
from mailbot.writing.recap.quarter_form import e81_rows
from mailbot.writing.recap.questions import mirror_rows, question_rows
from mailbot.writing.recap.rows import narrative_rows, origin_rows, unit_rows
from mailbot.writing.recap.times import sop_time_rows, unit_time_rows
from mailbot.writing.words.phrases import read_phrases
from mailbot.writing.words.templates import find_template, read_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office
    from mailbot.core.report.results import ObjectiveResult
    from mailbot.writing.recap.plans import Formula

CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>mailbot</dc:creator></cp:coreProperties>'
)
"""Properties of the workbook without any moment."""
_ROWS: dict[str, Callable[[Recap], list[Row]]] = {
    "performance": performance_rows,
    "narrative": narrative_rows,
    "budget": budget_rows,
    "units": unit_rows,
    "sop_times": sop_time_rows,
    "unit_times": unit_time_rows,
    "faults": fault_rows,
    "e81": e81_rows,
    "questions": question_rows,
    "mirror": mirror_rows,
    "origin": origin_rows,
}
"""Sheet -> its rows; the sheets of each sasaran stand behind the first."""
_UNIT_NAME, _UNIT_ACHIEVED, _UNIT_ABSORBED = 2, 6, 7
_E81_REPEATED, _E81_BREAKS = 3, (11, 19)
_LONGEST_NAME = 31
_STYLES, _FONT = "xl/styles.xml", re.compile(rb"<font>.*?</font>", re.DOTALL)
_ARIAL = b'<font><name val="Arial"/><family val="2"/><sz val="10"/></font>'
"""The workbook's usual font, whose digits are what the widths of columns are counted in."""
_NO_NAME = re.compile(r"[\[\]:*?/\\']")
_BLANK = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)><f>(.*?)</f><v ?(?:/>|></v>)</c>')


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """One sheet to be made, and its chart: title, column of names, columns of figures, number of rows."""

    name: str
    plan: Plan
    chart: tuple[str, int, tuple[int, ...], int] | None = None


def write_recap(cycle: Cycle, office: Office, *, template_folders: tuple[Path, ...]) -> bytes:
    """Return the recap as XLSX; the same state gives the same bytes.

    Raises:
        TemplateProblem: `recap.yaml` is missing or lacks a word.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - a tenth of a second and 13 MB, for what few letters carry

    from mailbot.writing.recap.charts import add_chart  # noqa: PLC0415 - the same
    from mailbot.writing.recap.sheet import lay_out  # noqa: PLC0415 - the same

    recap = Recap(
        cycle=cycle,
        office=office,
        phrases=read_phrases(template_folders, office.calendar),
        words=read_words(find_template(template_folders, "recap.yaml")),
        analysis=analyse(cycle, office),
        folders=template_folders,
    )
    book = Workbook()
    book.remove(book.worksheets[0])
    formulas: list[dict[str, Formula]] = []
    try:
        for sheet in _sheets(recap):
            made = book.create_sheet(sheet.name)
            formulas.append(lay_out(made, sheet.plan))
            if sheet.chart is not None:
                add_chart(made, *sheet.chart)
    except KeyError as missing:
        raise TemplateProblem(f"recap.yaml has no word for {missing}") from missing
    packed = io.BytesIO()
    book.save(packed)
    return steady_package(packed.getvalue(), {"docProps/core.xml": CORE, **_with_values(packed, formulas)})


def _with_values(packed: io.BytesIO, formulas: list[dict[str, Formula]]) -> dict[str, bytes]:
    """Return the sheets with what each formula comes to: a program that computes nothing shows it all the same."""
    members: dict[str, bytes] = {}
    with zipfile.ZipFile(packed) as book:
        for number, own in enumerate(formulas, start=1):
            name = f"xl/worksheets/sheet{number}.xml"

            def known(found: re.Match[bytes], own: dict[str, Formula] = own) -> bytes:
                place, style, text = found.groups()
                value = own[place.decode()].value
                kind = b' t="str"' if isinstance(value, str) else b""
                shown = html.escape(value) if isinstance(value, str) else str(value)
                return b'<c r="%b"%b%b><f>%b</f><v>%b</v></c>' % (place, style, kind, text, shown.encode())

            members[name] = _BLANK.sub(known, book.read(name))
        members[_STYLES] = _FONT.sub(_ARIAL, book.read(_STYLES), count=1)
    return members


def _sheets(recap: Recap) -> Iterator[_Sheet]:
    """Yield every sheet, in order."""
    names = recap.words["sheets"]
    for code, rows in _ROWS.items():
        chart = None
        if code == "units":
            columns = (_UNIT_ACHIEVED, _UNIT_ABSORBED)
            chart = (recap.words["charts"]["units"], _UNIT_NAME, columns, len(recap.cycle.units))
        yield _Sheet(name=names[code], plan=_plan(recap, code, rows(recap)), chart=chart)
        if code == "performance":
            yield from _of_objectives(recap)


def _of_objectives(recap: Recap) -> Iterator[_Sheet]:
    """Yield a sheet for each sasaran, under its code; never under a name that there is already."""
    taken = {name.casefold() for name in recap.words["sheets"].values()}
    for number, objective in enumerate(recap.analysis.objectives, start=1):
        plain = _NO_NAME.sub(" ", objective.objective.code)[:_LONGEST_NAME].strip()
        name = plain if plain and plain.casefold() not in taken else f"{recap.words['objective']} {number}"
        taken.add(name.casefold())
        chart = (recap.words["charts"]["objective"], 2, (OWN_ACHIEVED,), len(objective.indicators))
        yield _Sheet(name=name, plan=_own_plan(recap, objective), chart=chart)


def _own_plan(recap: Recap, objective: ObjectiveResult) -> Plan:
    """Return what the sheet of a sasaran holds."""
    return _plan(recap, "objective", objective_rows(recap, objective), title=objective.objective.text)


def _plan(recap: Recap, code: str, rows: list[Row], title: str = "") -> Plan:
    """Return what one sheet holds."""
    words, phrases, period = recap.words, recap.phrases, recap.cycle.period
    plan_end = max((one.plan_end_year for one in recap.office.indicators), default=0)
    years = {"last": period.year - 1, "plan_end": plan_end, "e81_5k": plan_end, "e81_5rp": plan_end}
    years |= {f"year_{back}": period.year - back for back in (1, 2, 3)}
    letterhead = recap.office.letterhead
    return Plan(
        above=(letterhead.agency_name, title or words["title"].format(period=phrases.period(period)), _as_of(recap)),
        headers=[
            (words["headers"][name].format(year=years.get(name, period.year)), width_of(code, name))
            for name in COLUMNS[code]
        ],
        rows=rows,
        notes=_notes(recap, code),
        footer=words["footer"].format(agency=letterhead.agency_short, period=phrases.period(period)),
        page=words["page"],
        repeated=_E81_REPEATED if code == "e81" else 0,
        breaks=_E81_BREAKS if code == "e81" else (),
    )


def _as_of(recap: Recap) -> str:
    """Return the line that says how far the collection is."""
    last = max((form.accepted_at for form in recap.cycle.units if form.accepted_at), default=recap.cycle.since)
    accepted = sum(form.state is UnitState.ACCEPTED for form in recap.cycle.units)
    text: str = recap.words["as_of"]
    return text.format(date=recap.phrases.long_date(last), accepted=accepted, units=len(recap.cycle.units))


def _notes(recap: Recap, code: str) -> list[str]:
    """Return what stands below a sheet: the formulas as this office set them, the mean, what the mirror is."""
    formulas, words = recap.office.formulas, recap.words
    if code == "e81":
        average, rated = recap.phrases.percent(recap.analysis.achievement_pct), recap.analysis.rating
        return [
            words["e81_mean"].format(average=average, rating=rated or recap.phrases.word("none")),
            words["e81_words"],
        ]
    if code in {"sop_times", "unit_times"}:
        return [words["times"][code]]
    if code == "faults":
        return [words["faults"]["note"]]
    if code == "mirror" and recap.office.profile.illustrative:
        return [words["illustrative"]]
    if code not in {"performance", "objective"}:
        return []
    notes = [words["formula_up"], words["formula_down"][formulas.negative]]
    if formulas.average_cap_pct is not None:
        notes.append(words["cap"].format(cap=recap.phrases.percent(formulas.average_cap_pct)))
    return notes
