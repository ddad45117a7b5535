"""KOREKSI: what was handed over is opened once more from row 6, as the next version; the former stays (after row 8)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.delivery.awaiting import has_gone_out
from mailbot.core.model.letters import Reason
from mailbot.core.model.letters_in_answer import OutOfTurn, Unclear, VerdictNoted
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role
from mailbot.core.procedure.addressing import answered, holder, in_answer, line, make_letter, on_initiative
from mailbot.core.recall.letters_of_recall import CorrectionTold

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import CommandGiven
    from mailbot.core.model.office import Office

_TOLD = (Role.SECRETARY, Role.AGENCY_HEAD)
"""Who has reviewed and ratified, and will again."""


def open_again(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """KOREKSI alasan: the report that was handed over is made anew from row 6, as the next version.

    What a unit was asked must still be asked: of what is gone from the configuration no report can be made.
    """
    reasons = _reasons(fact)
    if not reasons:
        about = Unclear(word=fact.spoken, reason=Reason.NO_REASON)
        return answered(about, cycle, fact.source, fact.at)
    if not _still_known(cycle, office):
        return answered(OutOfTurn(word=fact.spoken, reason=Reason.NO_LONGER_ASKED), cycle, fact.source, fact.at)
    delivery, number = cycle.delivery, cycle.corrected + 1
    if delivery is not None and not has_gone_out(cycle, fact.at, office):
        # Nobody outside has it: nothing is corrected there, and the number of its cover letter is still to be used.
        number, delivery = cycle.corrected, replace(delivery, leaves_at=None, hour_ends=None, wants=None, told=None)
    note = line(
        fact.at,
        "correction_opened",
        fact.source.person.key,
        number=str(number),
        version=str(cycle.draft.version if cycle.draft is not None else 0),
        reason=" / ".join(reasons),
        proof=fact.source.proof.value,
        mail=fact.source.mail_sha256,
    )
    return Outcome(cycle=replace(cycle, corrected=number, delivery=delivery), journal=(note,), done=True)


def told(outcome: Outcome, before: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """Confirm it to Subbag Program, and tell those who gave their words on the former version."""
    cycle, reasons = outcome.cycle, _reasons(fact)
    noted = VerdictNoted(word=fact.spoken, step=cycle.step)
    version = before.draft.version if before.draft is not None else None
    left = cycle.corrected > before.corrected
    about = CorrectionTold(person=fact.source.person.key, version=version, left=left)
    people = (holder(role, office, fact.at) for role in _TOLD)
    letters = (
        make_letter(noted, cycle, in_answer(fact.source), remarks=reasons),
        *(
            make_letter(about, cycle, on_initiative(one, office, fact.at), version or 0, one.key, remarks=reasons)
            for one in people
            if one is not None
        ),
    )
    return replace(outcome, letters=(*outcome.letters, *letters))


def _reasons(fact: CommandGiven) -> tuple[str, ...]:
    """Return why: what stands beside the word, then every other own line."""
    return tuple(text for text in (fact.said.arguments, *fact.said.remarks) if text)


def _still_known(cycle: Cycle, office: Office) -> bool:
    """Say whether the office still has every unit that was asked, and asks all that their forms have answered."""
    units = {unit.key for unit in office.roster.units}
    rows = {one.code for one in office.indicators} | {one.code for one in office.budget}
    forms = [form.counting.data for form in cycle.units if form.counting is not None]
    answers = {row.code for one in forms for row in one.indicators} | {row.code for one in forms for row in one.budget}
    return units.issuperset(form.unit for form in cycle.units) and rows.issuperset(answers)
