"""The report's smaller tables: the units' words, the scale, the formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.indicators import Polarity
from mailbot.writing.report.marks import Report, Values, marked

if TYPE_CHECKING:
    from mailbot.writing.word.word_file import Marked


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
            lines.append(words["grades"].format(name=one.name, code=one.code, scores=scores))
    cap, tolerance = formulas.average_cap_pct, formulas.efficiency_tolerance
    lines.append(words["mean"])
    lines += [words["cap"].format(cap=report.phrases.percent(cap))] if cap is not None else []
    efficiency = words["efficiency"][formulas.efficiency]
    lines += [words["absorption"], efficiency.format(tolerance=number(tolerance, 0) if tolerance is not None else "0")]
    return lines
