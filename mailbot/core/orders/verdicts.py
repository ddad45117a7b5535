"""Words that decide about a row: whose they are, whether it is their turn, where they lead (SOP rows 1 and 6 to 8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.language.reply_words import Word
from mailbot.core.model.letters import Reason
from mailbot.core.model.letters_in_answer import Challenge, NotYours, OutOfTurn, Unclear
from mailbot.core.model.mail import Proof
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.orders.verdict_effects import acted, reasons_of
from mailbot.core.procedure.answering import answered, challenge, unproved
from mailbot.core.procedure.obstacles import own_review
from mailbot.core.procedure.word_asked import current, given_in_row

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import VerdictGiven
    from mailbot.core.model.letters_in_answer import ToWord, WhyNotNow
    from mailbot.core.model.office import Office
    from mailbot.core.model.outcome import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """One line of the table of verdicts: who may say which words in a row, and what each means."""

    step: Step
    who: Role
    approves: frozenset[Word]
    refuses: frozenset[Word] = frozenset()
    on_paper: bool = False
    """The word stands for what somebody else gave on paper: it answers no letter, and needs a reason."""

    @property
    def words(self) -> frozenset[Word]:
        """Return every word that counts in the row."""
        return self.approves | self.refuses


_OBJECTIONS = frozenset({Word.PERBAIKI, Word.KEBERATAN})

TABLE = (
    Say(step=Step.INFORM, who=Role.SECRETARY, approves=frozenset({Word.SETUJU}), refuses=_OBJECTIONS),
    Say(step=Step.INFORM, who=Role.PLANNING, approves=frozenset({Word.TERUSKAN})),
    Say(step=Step.DRAFT, who=Role.PLANNING, approves=frozenset({Word.TERUSKAN, Word.SETUJU})),
    Say(step=Step.REVIEW, who=Role.SECRETARY, approves=frozenset({Word.SETUJU}), refuses=_OBJECTIONS),
    Say(
        step=Step.RATIFY,
        who=Role.AGENCY_HEAD,
        approves=frozenset({Word.DISAHKAN, Word.SETUJU}),
        refuses=_OBJECTIONS,
    ),
    Say(step=Step.SUBMIT, who=Role.PLANNING_BOARD, approves=frozenset({Word.DITERIMA})),
    Say(step=Step.SUBMIT, who=Role.PLANNING, approves=frozenset({Word.DITERIMA}), on_paper=True),
)
"""Who may say what, row by row. In row 1 Subbag Program's TERUSKAN answers an objection; its DITERIMA is on paper."""

_READ_ONLY = frozenset({Step.REVIEW, Step.RATIFY})
"""Rows in which the draft is judged, and not edited."""


def decides(role: Role) -> bool:
    """Say whether somebody in that role decides about any row."""
    return any(say.who is role for say in TABLE)


def may_say(role: Role, word: Word, step: Step | None = None) -> bool:
    """Say whether that word is that role's: in the given row, or in any."""
    return any(say.who is role and word in say.words and step in {None, say.step} for say in TABLE)


def verdict_given(cycle: Cycle, fact: VerdictGiven, office: Office) -> Outcome:
    """Act on a deciding word, or answer why it changes nothing: not theirs, not now, an older version, no reason."""
    role, word = fact.source.person.role, fact.said.word
    if word is None:
        return _refused(Unclear(), cycle, fact)
    if not may_say(role, word):
        return _refused(NotYours(word=word, role=_whose(word)), cycle, fact)
    say = next((say for say in TABLE if say.step is cycle.step and say.who is role and word in say.words), None)
    if cycle.closed or say is None:
        return _refused(OutOfTurn(word=word, reason=_why_not_now(cycle, role, word, office)), cycle, fact)
    why = _why_not(cycle, fact, word, say, office)
    if isinstance(why, Challenge):
        return challenge(cycle, fact.source, fact.at, word, office, reasons_of(fact))
    if why is not None:
        return _refused(why, cycle, fact)
    return acted(cycle, fact, approved=word in say.approves, office=office)


def _why_not_now(cycle: Cycle, role: Role, word: Word, office: Office) -> WhyNotNow:
    """Say why a word of the right person comes at the wrong time: its row is still to come, or over."""
    steps = [row.step for row in office.sop.rows]
    to_come = steps[steps.index(cycle.step) + 1 :]
    waits = not cycle.closed and any(may_say(role, word, step) for step in to_come)
    return Reason.NOT_YET if waits else Reason.ALREADY


def _why_not(cycle: Cycle, fact: VerdictGiven, word: Word, say: Say, office: Office) -> ToWord | None:
    """Return the answer that says first why a word in turn does not count, None if it does."""
    free = say.on_paper or fact.source.proof is Proof.OPERATOR
    passes_on = say.who is Role.PLANNING
    unasked = passes_on and say.step is Step.INFORM and given_in_row(cycle) is not False
    with_document = say.step in _READ_ONLY and word in say.approves and bool(fact.document_sha256)
    answers: tuple[tuple[ToWord, bool], ...] = (
        (OutOfTurn(word=word, reason=Reason.NOT_YET), unasked),
        (Unclear(word=word, reason=Reason.NO_THREAD), not free and not fact.about),
        (OutOfTurn(word=word, reason=Reason.OLD_VERSION), not free and not current(cycle, fact.about)),
        (
            OutOfTurn(word=word, reason=Reason.NOT_READY),
            say.step is Step.DRAFT and not _ready(cycle) and not fact.document_sha256,
        ),
        (
            Unclear(word=word, reason=Reason.SAME_PERSON),
            say.step is Step.RATIFY and own_review(cycle, fact.source.person, office),
        ),
        (Unclear(word=word, reason=Reason.WITH_DOCUMENT), with_document),
        (Unclear(word=word, reason=Reason.NO_REASON), _lacks_reason(fact, say)),
        (Challenge(word=word), unproved(fact.source, office)),
    )
    return next((answer for answer, holds in answers if holds), None)


def _ready(cycle: Cycle) -> bool:
    """Say whether the draft of the present version has been compiled."""
    return cycle.draft is not None and cycle.draft.compiled_at is not None


def _lacks_reason(fact: VerdictGiven, say: Say) -> bool:
    """Say whether a word that needs a reason came without one; a marked document is a reason for a refusal."""
    if say.on_paper:
        return not reasons_of(fact)
    return fact.said.word in say.refuses and not reasons_of(fact) and not fact.document_sha256


def _whose(word: Word) -> tuple[Role, ...]:
    """Return the roles whose word it is, in the order of the rows."""
    return tuple(dict.fromkeys(say.who for say in TABLE if word in say.words))


def _refused(about: ToWord, cycle: Cycle, fact: VerdictGiven) -> Outcome:
    """Answer a word that changes nothing."""
    bound = isinstance(about, Unclear) and current(cycle, fact.about)
    return answered(about, cycle, fact.source, fact.at, bound=bound)
