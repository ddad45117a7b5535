"""The report's smaller tables: units, budget, the units' words, the scale, the formulas, the origins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.indicators import Polarity
from mailbot.writing.report.marks import Report, Values, marked
from mailbot.writing.values.cycle_values import title, unit_head
from mailbot.writing.values.form_values import place

if TYPE_CHECKING:
    from mailbot.core.model.form import Entry
    from mailbot.core.report.results import BudgetResult
    from mailbot.writing.word.word_file import Marked

_SHORT_SHA = 12


def unit_rows(report: Report) -> list[Values]:
    """Return the units with their heads and how much each reports."""
    office, period = report.office, report.cycle.period
    rows: list[Values] = []
    for form in report.cycle.units:
        head = unit_head(form.unit, office, report.cycle.since)
        rows.append(
            {
                "name": office.roster.unit(form.unit).name,
                "head": title(head) if head else report.phrases.word("none"),
                "indicators": str(len(office.asked_indicators(form.unit, period))),
                "budget": str(len(office.asked_budget(form.unit, period))),
            }
        )
    return rows


def program_row(program: BudgetResult, report: Report) -> Values:
    """Return one program, or the whole budget, with its pagu; rupiah without the sign, which stands in the header."""
    return {"code": program.code, "name": program.name, "budget": report.phrases.number(program.budget_idr, 0)}


def narrative_rows(report: Report) -> list[Values]:
    """Return what each unit wrote on its sheet Narasi."""
    rows: list[Values] = []
    for form in report.cycle.units:
        told = form.counting.data.narrative if form.counting else None
        rows.append(
            {
                "unit": report.office.roster.unit(form.unit).name,
                "analysis": marked(told.analysis.text if told else "", report),
                "innovation": _if_told(told.innovation.text if told else "", report),
                "awards": _if_told(told.awards.text if told else "", report),
                "recommendation": _if_told(told.recommendation.text if told else "", report),
            }
        )
    return rows


def _if_told(text: str, report: Report) -> Marked | str:
    """Return a text nobody is obliged to write; empty where nothing was written, and then left out."""
    return marked(text, report) if text.strip() else ""


def band_rows(report: Report) -> list[Values]:
    """Return the rating scale, best first."""
    bands = report.office.bands
    least = [report.phrases.number(band.at_least, 0) for band in bands]
    shown = [f"≥ {least[0]}", *(f"{low} – < {high}" for low, high in zip(least[1:], least, strict=False))]
    return [{"interval": interval, "label": band.label} for interval, band in zip(shown, bands, strict=True)]


def formula_lines(report: Report) -> list[str]:
    """Return the formulas that this office and its indicators use, a sentence each."""
    formulas, words, number = report.office.formulas, report.words["formulas"], report.phrases.number
    asked = [one.indicator for one in report.analysis.indicators]
    lines = [words["up"]] if any(one.polarity is Polarity.UP for one in asked) else []
    down = [one for one in asked if one.polarity is Polarity.DOWN]
    variants = sorted({one.negative or formulas.negative for one in down})
    for variant in variants:
        codes = ", ".join(one.code for one in down if (one.negative or formulas.negative) == variant)
        lines.append(words[f"down_{variant}"].format(which=f" ({codes})" if len(variants) > 1 else ""))
    lines += [words["range"]] if any(one.upper_targets for one in asked) else []
    for one in asked:
        if one.grades:
            scores = "; ".join(words["grade"].format(word=word, score=number(score, 0)) for word, score in one.grades)
            lines.append(words["grades"].format(code=one.code, scores=scores))
    cap, tolerance = formulas.average_cap_pct, formulas.efficiency_tolerance
    lines.append(words["mean"])
    lines += [words["cap"].format(cap=report.phrases.percent(cap))] if cap is not None else []
    efficiency = words["efficiency"][formulas.efficiency]
    lines += [words["absorption"], efficiency.format(tolerance=number(tolerance, 0) if tolerance is not None else "0")]
    return lines


def origin_rows(report: Report) -> list[Values]:
    """Return where every figure that is there comes from, form by form."""
    found: list[tuple[str, str, str, Entry]] = [
        (result.indicator.owner, result.indicator.code, result.indicator.name, result.answer.actual)
        for result in report.analysis.indicators
        if result.answer is not None and not result.answer.actual.blank
    ]
    found += [
        (line.owner, line.code, line.name, line.answer.spent_idr)
        for line in report.analysis.budget
        if line.answer is not None and not line.answer.spent_idr.blank
    ]
    return [
        {
            "unit": report.office.roster.unit(form.unit).name,
            "sender": form.counting.sender,
            "file": form.counting.file_name,
            "sha": form.counting.file_sha256[:_SHORT_SHA],
            "figures": [
                {"code": code, "name": name, "place": place(entry) or report.phrases.word("none")}
                for owner, code, name, entry in found
                if owner == form.unit
            ],
        }
        for form in report.cycle.units
        if form.counting is not None
    ]
