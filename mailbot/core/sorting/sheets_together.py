"""Sheets of one form that came as files of their own, as CSV keeps them: together they are one form (SOP row 3)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.model.facts import FormArrived
from mailbot.core.model.form import FormData

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailbot.core.model.facts import Fact

Keyed = tuple[str, "Fact"]


def put_together(facts: Iterable[Keyed]) -> tuple[Keyed, ...]:
    """Return the facts of a mail, those of tables without our stamp joined where they are parts of one unit's form."""
    kept: list[Keyed] = []
    for key, fact in facts:
        place = next((at for at, (other, one) in enumerate(kept) if other == key and _belong(one, fact)), None)
        first = None if place is None else kept[place][1]
        if place is not None and isinstance(first, FormArrived) and isinstance(fact, FormArrived):
            kept[place] = (key, _joined(first, fact))
        else:
            kept.append((key, fact))
    return tuple(kept)


def _belong(first: Fact, second: Fact) -> bool:
    """Say whether two tables are sheets of one form: of one unit, without a stamp, asked different things."""
    if not (isinstance(first, FormArrived) and isinstance(second, FormArrived)) or first.unit != second.unit:
        return False
    one, other = first.form, second.form
    if one.stamp is not None or other.stamp is not None or one.data.codes & other.data.codes:
        return False
    both = zip(one.data.narrative.entries, other.data.narrative.entries, strict=True)
    return all(left.blank or right.blank for left, right in both)


def _joined(first: FormArrived, second: FormArrived) -> FormArrived:
    """Return two sheets as one form, under the digest of the first file; the mail keeps them all."""
    one, other = first.form, second.form
    data = FormData(
        indicators=(*one.data.indicators, *other.data.indicators),
        budget=(*one.data.budget, *other.data.budget),
        narrative=one.data.narrative.over(other.data.narrative),
        filled_by=one.data.filled_by or other.data.filled_by,
    )
    form = replace(
        one,
        file_name=f"{one.file_name}, {other.file_name}",
        data=data,
        faults=(*one.faults, *other.faults),
        untouched=one.untouched and other.untouched,
        years=tuple(dict.fromkeys((*one.years, *other.years))),
        personal_data=one.personal_data or other.personal_data,
    )
    return replace(first, form=form)
