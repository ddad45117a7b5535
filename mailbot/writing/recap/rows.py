"""Rows of the recap's plain sheets: the units' words, the units, and in which cell each figure stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.writing.recap.plans import Missing, Row, percent

if TYPE_CHECKING:
    from mailbot.core.model.form import Entry
    from mailbot.writing.recap.plans import Recap, Value

_SHORT_SHA = 12


def _said(entry: Entry, recap: Recap, *, asked: bool) -> Value:
    """Return what a unit wrote; where it wrote nothing, whether that is missing or was not asked."""
    if entry.text.strip():
        return entry.text.strip()
    return Missing(words=recap.phrases.word("missing")) if asked else recap.phrases.word("none")


def narrative_rows(recap: Recap) -> list[Row]:
    """Return what the units wrote beside each figure."""
    rows = []
    for number, result in enumerate(recap.analysis.indicators, start=1):
        head: tuple[Value, ...] = (number, result.indicator.code, result.indicator.name)
        answer = result.answer
        if answer is None:
            rows.append(Row(values=(*head, *[Missing(words=recap.phrases.word("missing"))] * 5, "")))
            continue
        least = recap.office.policy.explained_below(result.indicator)
        below = result.achievement_pct is None or result.achievement_pct < least
        said = (
            (answer.enabling_factors, True),
            (answer.obstacles, below),
            (answer.follow_up, below),
            (answer.data_source, True),
            (answer.evidence, True),
        )
        words = (_said(entry, recap, asked=asked) for entry, asked in said)
        rows.append(Row(values=(*head, *words, answer.remark.text)))
    return rows


def unit_rows(recap: Recap) -> list[Row]:
    """Return each unit's form, achievement, absorption and efficiency."""
    judged = {unit.unit: unit for unit in recap.analysis.units}
    return [
        Row(
            values=(
                number,
                recap.office.roster.unit(form.unit).name,
                recap.phrases.word("unit_state", form.state.value),
                form.attempts,
                recap.phrases.short_date(form.accepted_at) if form.accepted_at else recap.phrases.word("none"),
                percent(judged[form.unit].achievement_pct, recap),
                percent(judged[form.unit].absorption_pct, recap),
                recap.phrases.word("efficiency", judged[form.unit].efficiency.value),
            )
        )
        for number, form in enumerate(recap.cycle.units, start=1)
    ]


def origin_rows(recap: Recap) -> list[Row]:
    """Return where each figure comes from: unit, sender, file, cell, digest."""
    found: list[tuple[str, str, Entry | None]] = [
        (result.indicator.code, result.indicator.owner, result.answer.actual if result.answer else None)
        for result in recap.analysis.indicators
    ]
    found += [(line.code, line.owner, line.answer.spent_idr if line.answer else None) for line in recap.analysis.budget]
    forms = {form.unit: form.counting for form in recap.cycle.units}
    rows = []
    for number, (code, owner, entry) in enumerate(found, start=1):
        sent = forms.get(owner)
        unit = recap.office.roster.unit(owner).name
        if entry is None or sent is None:
            rows.append(Row(values=(number, code, Missing(words=recap.phrases.word("missing")), unit)))
            continue
        place = (sent.sender, sent.file_name, entry.sheet, entry.cell, sent.file_sha256[:_SHORT_SHA])
        rows.append(Row(values=(number, code, entry.text, unit, *place)))
    return rows
