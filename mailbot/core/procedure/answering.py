"""Answering without moving anything: a refusal, a question back, a one-time code where nothing proves who said it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.core.model.letters_in_answer import Challenge, OutOfTurn, Unclear, Unplaced, why
from mailbot.core.model.mail import Proof
from mailbot.core.model.outcome import Outcome
from mailbot.core.procedure.addressing import in_answer, line
from mailbot.core.procedure.word_asked import asked_now, current

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import AnswerUnclear, Fact, MailUnplaced, Source, Spoken
    from mailbot.core.model.letters_in_answer import Given, ToWord, WhyNotNow
    from mailbot.core.model.office import Office


@dataclass(frozen=True, slots=True)
class Refusal:
    """How a fact is refused: nothing moves, and whoever said it hears why it does not fit now."""

    reason: WhyNotNow
    names_unit: bool = False
    """The letter names the unit that the fact is about."""


def answered(  # noqa: PLR0913 - an answer has this many parts, all named
    about: ToWord,
    cycle: Cycle,
    source: Source,
    at: datetime,
    *,
    unit: str = "",
    remarks: tuple[str, ...] = (),
    bound: bool = False,
) -> Outcome:
    """Answer without moving anything.

    `bound`: the letter may itself be answered with the word, because the one it came in answer to asked for that of the
    present row and version.
    """
    asks = asked_now(cycle) if bound else None
    bond: tuple[object, ...] = (asks.step.value, asks.version) if asks is not None else ()
    letter = in_answer(about, source, cycle, source.mail_sha256[:16], *bond, unit=unit, remarks=remarks, asks=asks)
    detail = {"kind": letter.kind.value, "word": str(about.word or ""), "reason": str(why(about) or "")}
    note = line(at, "answered", source.person.key, unit, **detail)
    return Outcome(cycle=cycle, letters=(letter,), journal=(note,))


def refused(cycle: Cycle, fact: Spoken, refusal: Refusal) -> Outcome:
    """Answer what cannot be done now."""
    form = cycle.form_of(getattr(fact, "unit", "")) if refusal.names_unit else None
    unit = form.unit if form is not None else ""
    return answered(OutOfTurn(word=fact.spoken, reason=refusal.reason), cycle, fact.source, fact.at, unit=unit)


def unchanged(cycle: Cycle, fact: Fact, office: Office) -> Outcome:
    """Change nothing, and say nothing."""
    del fact, office
    return Outcome(cycle=cycle)


def unclear(cycle: Cycle, fact: AnswerUnclear, office: Office) -> Outcome:
    """Ask for the exact word; the question itself may be answered with it."""
    del office
    return answered(
        Unclear(reason=fact.reason),
        cycle,
        fact.source,
        fact.at,
        remarks=fact.said.remarks,
        bound=current(cycle, fact.about),
    )


def unplaced(cycle: Cycle, fact: MailUnplaced, office: Office) -> Outcome:
    """Answer kindly what we can do nothing with; a person will look at it."""
    del office
    return answered(Unplaced(), cycle, fact.source, fact.at)


def unproved(source: Source, office: Office) -> bool:
    """Say whether the office asks for a proof of the sender, and there is none."""
    return office.policy.proof_required and source.proof is Proof.NONE


def challenge(
    cycle: Cycle, source: Source, at: datetime, word: Given, office: Office, remarks: tuple[str, ...] = ()
) -> Outcome:
    """Ask for the one-time code, at the registered address, before an unproved word counts; each mail has its own.

    The code is made from the letter's key, which holds what it is about.
    """
    asks, mail, person = asked_now(cycle), source.mail_sha256, source.person
    parts = (person.key, mail, asks.step.value, asks.version)
    due_at = at + timedelta(days=office.policy.code_valid_days)
    letter = replace(
        in_answer(Challenge(word=word), source, cycle, *parts, due_at=due_at, remarks=remarks, asks=asks),
        address=person.addresses[0],
        answers_mail=mail,
    )
    note = line(at, "word_unproved", source.person.key, word=str(word))
    return Outcome(cycle=cycle, letters=(letter,), journal=(note,))
