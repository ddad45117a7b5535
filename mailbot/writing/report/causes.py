"""Why a result is what it is, what is done about it and what is advised: the units' own words and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.writing.report.marks import marked
from mailbot.writing.report.told import Link, Told, place_of
from mailbot.writing.report.wording import words_of

if TYPE_CHECKING:
    from mailbot.core.report.results import IndicatorResult
    from mailbot.writing.report.marks import Report, Values
    from mailbot.writing.word.word_file import Marked

_FIELDS = ("enabling", "obstacles", "follow_up")


def cause_values(result: IndicatorResult, report: Report) -> list[Values]:
    """Return what the unit wrote of one indicator, each kind under its name.

    Under its threshold obstacles and follow-up are asked for, so what is not there is marked; above it they
    are left out where nobody wrote any.
    """
    answer, words = result.answer, words_of(report)["causes"]
    told = dict.fromkeys(_FIELDS, "")
    if answer is not None:
        told = {
            "enabling": answer.enabling_factors.text,
            "obstacles": answer.obstacles.text,
            "follow_up": answer.follow_up.text,
        }
    least = report.office.policy.explained_below(result.indicator)
    below = result.achievement_pct is None or result.achievement_pct < least
    shown: list[Values] = []
    for kind in _FIELDS:
        text = told[kind].strip()
        asked = kind == "enabling" or below
        if kind != "enabling" and below and not report.office.empty_words.says_something(text):
            text = ""
        if text or asked:
            shown.append({"label": words[kind], "text": marked(text, report)})
    return shown


def advice_of(result: IndicatorResult, advised: dict[str, str], report: Report) -> Marked:
    """Return what the unit recommends: at the first of its indicators its words, at the others where they stand.

    `advised` knows at which indicator each unit's words stand, and is told.
    """
    unit, code = result.indicator.owner, result.indicator.code
    counting = next((form.counting for form in report.cycle.units if form.unit == unit), None)
    text = counting.data.narrative.recommendation.text if counting else ""
    first = advised.setdefault(unit, code)
    if first == code or not text.strip():
        return marked(text, report)
    words: str = words_of(report)["advice"]["elsewhere"]
    return Told(words, unit=report.office.roster.unit(unit).name, link=Link(first, place_of(first)))
