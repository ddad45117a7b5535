"""What a unit remarks about data that are locked in its form: it is for Subbag Program, whose data they are (row 4)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.language.nik import masked
from mailbot.core.model.form import FaultCode
from mailbot.core.model.letters_of_rows import HelpWanted
from mailbot.core.model.people import Role
from mailbot.core.procedure.addressing import holder, make_letter, on_initiative, unproved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import FormArrived
    from mailbot.core.model.form import Fault, FormData
    from mailbot.core.model.office import Office
    from mailbot.core.model.outcome import Outcome


def remarks_on_locked(data: FormData, faults: tuple[Fault, ...]) -> tuple[str, ...]:
    """Return the remarks that are no explanation of a figure, each with its code.

    They stand in a row without a figure, or in one whose locked data were changed.
    """
    changed = {fault.row for fault in faults if fault.code is FaultCode.LOCKED_CHANGED}
    return tuple(f"{code}: {masked(text)}" for code, text, figure in _remarks(data) if not figure or code in changed)


def _remarks(data: FormData) -> Iterator[tuple[str, str, bool]]:
    """Yield code and remark of every row that has one, and whether a figure stands beside it."""
    for answer in data.indicators:
        if not answer.remark.blank:
            yield answer.code, _said(answer.remark.text), not (answer.actual.blank and answer.numerator.blank)
    for line in data.budget:
        if not line.note.blank:
            yield line.code, _said(line.note.text), not line.spent_idr.blank


def _said(text: str) -> str:
    """Return a remark on one line."""
    return " ".join(text.split())


def passed_on(outcome: Outcome, cycle: Cycle, fact: FormArrived, office: Office) -> Outcome:
    """Give Subbag Program what a form remarks about locked data, and tell its sender so in the answer.

    What came unproved is named by its codes alone; what nobody of the list wrote waits for whoever vouches for it.
    """
    planning = holder(Role.PLANNING, office, fact.at)
    remarks = remarks_on_locked(fact.form.data, fact.form.faults)
    if planning is None or not remarks or fact.sent_from:
        return outcome
    told = tuple(remark.partition(":")[0] for remark in remarks) if unproved(fact.source, office) else remarks
    letter = make_letter(
        HelpWanted(person=fact.source.person.key, locked=True),
        cycle,
        on_initiative(planning, office, fact.at),
        fact.unit,
        "remark",
        fact.source.mail_sha256[:16],
        unit=fact.unit,
        remarks=told,
    )
    answer, *others = outcome.letters
    return replace(outcome, letters=(replace(answer, remarks=told), *others, letter))
