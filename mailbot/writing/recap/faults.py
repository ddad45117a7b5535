"""Rows of the recap's sheet about the faults of forms: each code, what it is called, how often, and in whose forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.forms.fault_counts import faults_of
from mailbot.writing.recap.plans import Row
from mailbot.writing.words.form_words import read_fault_words

if TYPE_CHECKING:
    from mailbot.writing.recap.plans import Recap


def fault_rows(recap: Recap) -> list[Row]:
    """Return every code that was found in a form of the cycle, faults and warnings apart, the most frequent first."""
    counts, words, book = faults_of(recap.cycle), recap.words["faults"], read_fault_words(recap.folders)
    names = {unit.key: unit.name for unit in recap.office.roster.units}
    rows: list[Row] = []
    number = 0
    for kind, found in (("fault", counts.faults), ("warning", counts.warnings)):
        if found:
            rows.append(Row(values=("", words[kind]), band=True))
        for one in found:
            number += 1
            told = (words["unit"].format(unit=names.get(unit, unit), count=count) for unit, count in one.units)
            rows.append(Row(values=(number, one.code.value, book.name(one.code), one.total, "; ".join(told))))
    return rows or [Row(values=("", words["none"]))]
