"""Answering without moving anything: a refusal, a question back, a one-time code where nothing proves who said it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.core.model.letters import LetterKind, letter_key
from mailbot.core.model.letters_in_answer import Challenge, OutOfTurn, Unclear, Unplaced, why
from mailbot.core.model.mail import Proof
from mailbot.core.model.outcome import Outcome
from mailbot.core.procedure.addressing import in_answer, line
from mailbot.core.procedure.word_asked import current, matter_version

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

    `bound`: the letter may itself be answered with the word, because the one it came in answer to spoke of the present
    row and version; its key says so.
    """
    parts: tuple[object, ...] = (source.mail_sha256[:16],)
    if bound:
        parts = (*parts, cycle.step.value, matter_version(cycle))
    letter = in_answer(about, source, cycle, *parts, unit=unit, remarks=remarks)
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


def challenge_key(cycle: Cycle, person: str, mail_sha256: str) -> str:
    """Return the key of the letter that asks a person for a code about one mail; the code is made from this key."""
    return letter_key(LetterKind.CHALLENGE, cycle.key, person, mail_sha256, cycle.step.value, matter_version(cycle))


def challenged_mail(key: str) -> str:
    """Return the digest of the mail that the challenge of that key asks about."""
    return key.split("/")[-3]


def challenge(
    cycle: Cycle, source: Source, at: datetime, word: Given, office: Office, remarks: tuple[str, ...] = ()
) -> Outcome:
    """Ask for the one-time code, at the registered address, before an unproved word counts; each mail has its own."""
    letter = replace(
        in_answer(Challenge(word=word), source, cycle, remarks=remarks),
        key=challenge_key(cycle, source.person.key, source.mail_sha256),
        address=source.person.addresses[0],
        due_at=at + timedelta(days=office.policy.code_valid_days),
    )
    note = line(at, "word_unproved", source.person.key, word=str(word))
    return Outcome(cycle=cycle, letters=(letter,), journal=(note,))
