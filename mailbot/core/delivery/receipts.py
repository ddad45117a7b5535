"""The receipt of the report: proved it closes the cycle, unproved it is kept and told of, on paper it has a reason."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.delivery.awaiting import has_left
from mailbot.core.delivery.delivery import Delivery, UnprovedReceipt
from mailbot.core.delivery.letters_of_delivery import ReceiptUnproved
from mailbot.core.model.letters import Reason
from mailbot.core.model.letters_in_answer import OutOfTurn, VerdictNoted
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.orders.verdicts import VerdictRule, given
from mailbot.core.procedure.addressing import (
    answered,
    holder,
    in_answer,
    line,
    make_letter,
    on_initiative,
    unproved,
)

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import VerdictGiven
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office


def acknowledges(cycle: Cycle, fact: VerdictGiven, office: Office) -> Outcome:
    """Row 8: Bappeda Litbang confirms that the report arrived; a receipt that nothing proves is kept as such."""
    if not has_left(cycle) and cycle.corrected:
        return of_former(cycle, fact, office)
    early = _nothing_left(cycle, fact)
    if early is not None:
        return early
    if unproved(fact.source, office):
        return _kept_unproved(cycle, fact, office)
    return given(cycle, fact, VerdictRule(), office)


def acknowledged_on_paper(cycle: Cycle, fact: VerdictGiven, office: Office) -> Outcome:
    """Row 8: Subbag Program holds the receipt, and says where it can be seen, or by what it knows of it."""
    return _nothing_left(cycle, fact) or given(cycle, fact, VerdictRule(on_paper=True), office)


def thanked(cycle: Cycle, fact: VerdictGiven, office: Office) -> Outcome:
    """Who got a copy says that it arrived: it is noted, and ends nothing."""
    del office
    return _thanked(cycle, fact, "copy_received")


def of_former(cycle: Cycle, fact: VerdictGiven, office: Office) -> Outcome:
    """Rows 6 to 8 after KOREKSI: a receipt is of the version handed over before; it is noted, and ends nothing.

    Before anything was handed over there is nothing to receive.
    """
    del office
    if not cycle.corrected:
        return answered(OutOfTurn(word=fact.spoken, reason=Reason.NOT_YET), cycle, fact.source, fact.at)
    return _thanked(cycle, fact, "former_received")


def _thanked(cycle: Cycle, fact: VerdictGiven, event: str) -> Outcome:
    """Note a receipt that ends nothing, with thanks."""
    noted = make_letter(VerdictNoted(word=fact.spoken, step=Step.SUBMIT), cycle, in_answer(fact.source))
    note = line(fact.at, event, fact.source.person.key, proof=fact.source.proof.value, mail=fact.source.mail_sha256)
    return Outcome(cycle=cycle, letters=(noted,), journal=(note,))


def _nothing_left(cycle: Cycle, fact: VerdictGiven) -> Outcome | None:
    """Answer a receipt of what has not left yet; a report that left before deliveries were kept has left."""
    if cycle.delivery is None or cycle.delivery.leaves_at is not None:
        return None
    return answered(OutOfTurn(word=fact.spoken, reason=Reason.NOT_YET), cycle, fact.source, fact.at)


def _kept_unproved(cycle: Cycle, fact: VerdictGiven, office: Office) -> Outcome:
    """Keep a receipt that nothing proves: Subbag Program hears once of it, and may say DITERIMA with what it knows.

    Whoever has that address is thanked there; he is asked for no code, for he is not of the house.
    """
    source = fact.source
    receipt = UnprovedReceipt(
        person=source.person.key,
        address=source.address,
        proof=source.proof,
        mail_sha256=source.mail_sha256,
        received_at=source.received_at,
    )
    draft = cycle.draft
    version, report = (draft.version, draft.docx_sha256) if draft is not None else (0, "")
    delivery = cycle.delivery or Delivery(version=version, report_sha256=report, leaves_at=cycle.since)
    known = any(one.address == receipt.address for one in delivery.unproved)  # else it grows with every forged mail
    unproved_now = delivery.unproved if known else (*delivery.unproved, receipt)
    moved = replace(cycle, delivery=replace(delivery, unproved=unproved_now))
    about = VerdictNoted(word=fact.spoken, step=cycle.step, unproved=True)
    to = replace(in_answer(source), address=source.person.addresses[0])
    thanks = make_letter(about, moved, to)
    planning = holder(Role.PLANNING, office, fact.at)
    told: tuple[Letter, ...] = ()
    if planning is not None and not delivery.unproved:
        doubt = ReceiptUnproved(person=receipt.person, address=receipt.address, received_at=receipt.received_at)
        told = (make_letter(doubt, moved, on_initiative(planning, office, fact.at), version, cycle.round),)
    note = line(fact.at, "receipt_unproved", receipt.person, proof=receipt.proof.value, mail=receipt.mail_sha256)
    return Outcome(cycle=moved, letters=(thanks, *told), journal=(note,))
