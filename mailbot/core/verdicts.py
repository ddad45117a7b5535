"""Words that decide about a row: whose they are, whether it is their turn, where they lead (SOP rows 1 and 6 to 8)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailbot.core.addressing import holder, in_answer, line, on_initiative
from mailbot.core.cycle import Cycle, Draft, Verdict
from mailbot.core.letters import Enclosure, EnclosureKind, LetterKind, letter_key
from mailbot.core.mail import Proof
from mailbot.core.outcome import Outcome
from mailbot.core.people import Role
from mailbot.core.rows import advance, enter, given_in_row, matter_version
from mailbot.core.sop import Step
from mailbot.core.words import Word

if TYPE_CHECKING:
    from mailbot.core.facts import Source, VerdictGiven
    from mailbot.core.office import Office


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """One line of the table of verdicts: who may say which words in a row, and what each means."""

    step: Step
    who: Role
    approves: frozenset[Word]
    refuses: frozenset[Word]


TABLE = (
    Say(
        step=Step.INFORM,
        who=Role.SECRETARY,
        approves=frozenset({Word.SETUJU}),
        refuses=frozenset({Word.KEBERATAN, Word.PERBAIKI}),
    ),
    Say(step=Step.INFORM, who=Role.PLANNING, approves=frozenset({Word.TERUSKAN}), refuses=frozenset()),
    Say(step=Step.DRAFT, who=Role.PLANNING, approves=frozenset({Word.TERUSKAN, Word.SETUJU}), refuses=frozenset()),
    Say(
        step=Step.REVIEW,
        who=Role.SECRETARY,
        approves=frozenset({Word.SETUJU}),
        refuses=frozenset({Word.PERBAIKI, Word.KEBERATAN}),
    ),
    Say(
        step=Step.RATIFY,
        who=Role.AGENCY_HEAD,
        approves=frozenset({Word.DISAHKAN, Word.SETUJU}),
        refuses=frozenset({Word.PERBAIKI, Word.KEBERATAN}),
    ),
    Say(step=Step.SUBMIT, who=Role.PLANNING_BOARD, approves=frozenset({Word.DITERIMA}), refuses=frozenset()),
    Say(step=Step.SUBMIT, who=Role.PLANNING, approves=frozenset({Word.DITERIMA}), refuses=frozenset()),
)
"""Who may say what, row by row. Subbag Program's DITERIMA stands for a receipt given on paper and needs a reason."""


def verdict_given(cycle: Cycle, fact: VerdictGiven, office: Office) -> Outcome:
    """Act on a deciding word, or answer why it changes nothing: not theirs, not now, an older version, no reason."""
    role, word = fact.source.person.role, fact.said.word
    if word is None or not any(say.who is role and word in say.approves | say.refuses for say in TABLE):
        return _refused(LetterKind.NOT_YOURS, cycle, fact, "not_yours")
    say = next((say for say in TABLE if say.step is cycle.step and say.who is role), None)
    if cycle.closed or say is None or word not in say.approves | say.refuses:
        return _refused(LetterKind.OUT_OF_TURN, cycle, fact, _why_not_now(cycle, role))
    why = _why_not(cycle, fact, say, office)
    if why == "no_proof":
        return challenge(cycle, fact.source, fact, office)
    if why:
        kind = LetterKind.OUT_OF_TURN if why in {"old_version", "already", "not_ready"} else LetterKind.UNCLEAR
        return _refused(kind, cycle, fact, why)
    return _acted(cycle, fact, say, office)


def challenge(cycle: Cycle, source: Source, fact: VerdictGiven, office: Office) -> Outcome:
    """Ask for the one-time code, at the registered address, before a verdict without proof counts."""
    del office
    key = challenge_key(cycle, source.person.key)
    letter = replace(
        in_answer(LetterKind.CHALLENGE, source, cycle, about=(("word", str(fact.said.word)),)),
        key=key,
        address=source.person.addresses[0],
    )
    return Outcome(
        cycle=cycle,
        letters=(letter,),
        journal=(line(fact.at, "verdict_unproved", source.person.key, word=str(fact.said.word), about=fact.about),),
    )


def challenge_key(cycle: Cycle, person: str) -> str:
    """Return the key of the letter that asks a person for a code; the code is made from this key."""
    return letter_key(LetterKind.CHALLENGE, cycle.key, cycle.step.value, person, matter_version(cycle))


def _why_not_now(cycle: Cycle, role: Role) -> str:
    """Say why a word of the right person comes at the wrong time."""
    steps = [say.step for say in TABLE if say.who is role]
    given = [verdict for verdict in cycle.verdicts if verdict.step in steps and verdict.approved]
    return "already" if given or cycle.closed else "not_yet"


def _why_not(cycle: Cycle, fact: VerdictGiven, say: Say, office: Office) -> str:
    """Return the code of the first reason why a word in turn does not count, empty if it does."""
    word, source = fact.said.word, fact.source
    by_hand = source.proof is Proof.OPERATOR
    reasons = (
        ("no_thread", not by_hand and not fact.about),
        ("old_version", not by_hand and bool(fact.about) and not _current(cycle, fact.about)),
        ("not_ready", cycle.draft is not None and cycle.draft.compiled_at is None and say.step is Step.DRAFT),
        ("already", say.step is Step.INFORM and say.who is Role.PLANNING and given_in_row(cycle) is not False),
        ("same_person", _same_person(cycle, say, source)),
        ("no_reason", word in say.refuses and not _reasons(fact) and not fact.document_sha256),
        ("no_reason", say.step is Step.SUBMIT and say.who is Role.PLANNING and not _reasons(fact)),
        ("no_proof", office.policy.proof_required and source.proof is Proof.NONE),
    )
    return next((code for code, holds in reasons if holds), "")


def _current(cycle: Cycle, about: str) -> bool:
    """Say whether the letter answered speaks of the present cycle and version (the last part of its key)."""
    parts = about.split("/")
    return parts[1] == cycle.key.casefold() and parts[-1] == str(matter_version(cycle))


def _same_person(cycle: Cycle, say: Say, source: Source) -> bool:
    """Say whether the one who would ratify is the one who reviewed."""
    if say.step is not Step.RATIFY:
        return False
    version = matter_version(cycle)
    return any(
        verdict.step is Step.REVIEW and verdict.draft_version == version and verdict.address == source.address
        for verdict in cycle.verdicts
    )


def _reasons(fact: VerdictGiven) -> tuple[str, ...]:
    """Return the remarks of a verdict: what stands beside the word, then every other own line."""
    return tuple(text for text in (fact.said.arguments, *fact.said.remarks) if text)


def _refused(kind: LetterKind, cycle: Cycle, fact: VerdictGiven, why: str) -> Outcome:
    """Answer a word that changes nothing."""
    answer = in_answer(
        kind,
        fact.source,
        cycle,
        about=(("word", str(fact.said.word or "")), ("reason", why), ("step", cycle.step.value)),
    )
    note = line(fact.at, "verdict_refused", fact.source.person.key, word=str(fact.said.word or ""), reason=why)
    return Outcome(cycle=cycle, letters=(answer,), journal=(note,))


def _acted(cycle: Cycle, fact: VerdictGiven, say: Say, office: Office) -> Outcome:
    """Record the verdict, confirm it, and move the cycle."""
    word = fact.said.word
    approved = word in say.approves
    verdict = Verdict(
        step=cycle.step,
        person=fact.source.person.key,
        address=fact.source.address,
        word=str(word),
        approved=approved,
        draft_version=matter_version(cycle),
        docx_sha256=cycle.draft.docx_sha256 if cycle.draft else "",
        given_at=fact.at,
        message_id=fact.source.answers.message_id,
        mail_sha256=fact.source.mail_sha256,
        proof=fact.source.proof,
        remarks=_reasons(fact),
    )
    moved = replace(cycle, verdicts=(*cycle.verdicts, verdict))
    if approved and cycle.step is Step.RATIFY and fact.signed_pdf_sha256:
        moved = replace(moved, signed_pdf_sha256=fact.signed_pdf_sha256)
    noted = in_answer(
        LetterKind.VERDICT_NOTED,
        fact.source,
        cycle,
        remarks=verdict.remarks,
        about=(
            ("word", str(word)),
            ("step", cycle.step.value),
            ("version", str(verdict.draft_version)),
            ("sha_short", verdict.docx_sha256[:12]),
        ),
    )
    note = line(
        fact.at,
        "verdict",
        fact.source.person.key,
        step=cycle.step.value,
        word=str(word),
        version=str(verdict.draft_version),
        docx=verdict.docx_sha256,
        proof=verdict.proof.value,
        mail=verdict.mail_sha256,
    )
    begun = Outcome(cycle=moved, letters=(noted,), journal=(note,))
    return _moved(begun, fact, approved=approved, office=office)


def _moved(outcome: Outcome, fact: VerdictGiven, *, approved: bool, office: Office) -> Outcome:
    """Take the recorded verdict where it leads: on, back, or round the same row again."""
    cycle = outcome.cycle
    if approved and cycle.step is Step.INFORM and fact.source.person.role is Role.PLANNING:
        return _then(outcome, enter(cycle, Step.INFORM, fact.at, office))
    if approved and cycle.step is Step.DRAFT and fact.document_sha256 and cycle.draft is not None:
        edited = Draft(
            version=cycle.draft.version + 1,
            docx_sha256=fact.document_sha256,
            edited_by=fact.source.address,
            passed_on=True,
        )
        return replace(outcome, cycle=replace(cycle, draft=edited))
    if approved:
        return advance(outcome, fact.at, office)
    if cycle.step is Step.INFORM:
        return _told_planning(LetterKind.DATA_NEEDS_OBJECTED, outcome, fact, office)
    back = office.sop.row(cycle.step).back or Step.DRAFT
    told = _told_planning(LetterKind.REVISION, outcome, fact, office)
    return _then(told, enter(cycle, back, fact.at, office))


def _told_planning(kind: LetterKind, outcome: Outcome, fact: VerdictGiven, office: Office) -> Outcome:
    """Give Subbag Program the numbered remarks of a refusal, with the marked document if one came."""
    planning = holder(Role.PLANNING, office, fact.at)
    if planning is None:
        return outcome
    marked = (
        (Enclosure(kind=EnclosureKind.FILE, sha256=fact.document_sha256, name="marked_draft"),)
        if fact.document_sha256
        else ()
    )
    cycle = outcome.cycle
    letter = on_initiative(
        kind,
        planning,
        office,
        cycle,
        fact.at,
        cycle.step.value,
        matter_version(cycle),
        remarks=_reasons(fact),
        about=(("step", cycle.step.value), ("version", str(matter_version(cycle))), ("person", fact.source.person.key)),
        enclosures=marked,
    )
    return replace(outcome, letters=(*outcome.letters, letter))


def _then(first: Outcome, second: Outcome) -> Outcome:
    """Join two outcomes, the second decided on the cycle of the first."""
    return Outcome(cycle=second.cycle, letters=first.letters + second.letters, journal=first.journal + second.journal)
