"""The recap's sheets of what is open (lacks, explanations, sources that differ) and of the evaluator's mirror."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.form import Severity
from mailbot.core.report.mirror import mirror
from mailbot.writing.recap.plans import PERCENT, Figure, Row
from mailbot.writing.values.form_values import named_point
from mailbot.writing.values.mirror_values import gap_words
from mailbot.writing.values.missing import Ground, missing_rows
from mailbot.writing.words.form_words import read_fault_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.writing.recap.plans import Recap


def question_rows(recap: Recap) -> list[Row]:
    """Return what is still open, by kind: what it is, whose unit's, what was said, who is awaited."""
    groups = (("lacks", _lacking(recap)), ("explained", _explained(recap)), ("sources", _sources(recap)))
    rows: list[Row] = []
    number = 0
    for code, found in groups:
        entries = list(found)
        if entries:
            rows.append(Row(values=("", recap.words["questions"][code]), band=True))
        for entry in entries:
            number += 1
            rows.append(Row(values=(number, *entry)))
    return rows or [Row(values=("", recap.words["questions"]["none"]))]


def _lacking(recap: Recap) -> Iterator[tuple[str, ...]]:
    """Yield what the report lacks."""
    ground = Ground(cycle=recap.cycle, office=recap.office, phrases=recap.phrases, analysis=recap.analysis)
    for row in missing_rows(ground):
        yield row.what, row.unit, "", row.who


def _explained(recap: Recap) -> Iterator[tuple[str, ...]]:
    """Yield warnings that passed, with the reason that stands beside the figure."""
    words = read_fault_words(recap.folders)
    for form in recap.cycle.units:
        sent = form.counting
        for fault in sent.faults if sent is not None else ():
            if sent is not None and fault.severity is Severity.WARNING:
                reasons = {row.code: row.remark.text for row in sent.data.indicators}
                reasons |= {row.code: row.note.text for row in sent.data.budget}
                said = reasons.get(fault.row, "").strip() or recap.phrases.word("none")
                point = f"{named_point(fault.row, recap.office)}: {words.describe(fault).what}"
                yield point, recap.office.roster.unit(form.unit).name, said, ""


def _sources(recap: Recap) -> Iterator[tuple[str, ...]]:
    """Yield indicators whose unit names another source than is configured: the unit's own is the one printed."""
    for result in recap.analysis.indicators:
        indicator = result.indicator
        own = result.answer.data_source.text.strip() if result.answer is not None else ""
        if own and indicator.data_source and own.casefold() != indicator.data_source.strip().casefold():
            point = f"{indicator.code} {indicator.name}: {indicator.data_source}"
            yield point, recap.office.roster.unit(indicator.owner).name, own, ""


def mirror_rows(recap: Recap) -> list[Row]:
    """Return the evaluator's sheet as it would be filled in today, and the sum."""
    seen, phrases = mirror(recap.cycle, recap.office), recap.phrases
    rows: list[Row] = []
    for scored in seen.lines:
        lacks = [
            gap_words(gap, recap.cycle, recap.office, phrases)
            + (f" ({phrases.word('mirror', 'later')})" if gap.later else "")
            for gap in scored.gaps
        ]
        criterion = scored.criterion
        weight, score = (Figure(value=value, shape=PERCENT) for value in (criterion.weight, scored.score))
        rows.append(Row(values=(criterion.code, criterion.text, weight, score, "\n".join(lacks))))
    if rows:
        sums = (Figure(value=value, shape=PERCENT) for value in (seen.weight, seen.score))
        rows.append(Row(values=("", recap.words["total"], *sums, ""), total=True))
    return rows or [Row(values=("", phrases.word("none")))]
