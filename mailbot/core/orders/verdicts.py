"""Words that decide about a row: what each means there, and what must hold for it to count (SOP rows 1 and 6 to 8)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from mailbot.core.delivery.awaiting import awaited, waits_for_paper
from mailbot.core.delivery.signed_papers import paper_arrived, papers_beside
from mailbot.core.model.letters import Reason
from mailbot.core.model.letters_in_answer import Challenge, NotYours, OutOfTurn, Unclear
from mailbot.core.model.mail import Proof
from mailbot.core.model.sop import Step
from mailbot.core.orders.held_drafts import asked_about_changes, held
from mailbot.core.orders.verdict_effects import edited, objected, reasons_of, recorded
from mailbot.core.papers.paper_facts import PaperArrived
from mailbot.core.procedure.addressing import answered, challenge, unproved
from mailbot.core.procedure.obstacles import own_review
from mailbot.core.procedure.word_asked import current, given_in_row, last_word, waiting_word
from mailbot.core.remarks.answering import taken, with_answers
from mailbot.core.remarks.remark import UNMARKED
from mailbot.core.remarks.together import stands_against_consent

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import VerdictGiven
    from mailbot.core.model.letters_in_answer import ToWord
    from mailbot.core.model.office import Office
    from mailbot.core.model.outcome import Outcome
    from mailbot.core.model.people import Role
    from mailbot.core.remarks.remark import Marked


_KEPT_FOR_THE_WORD = frozenset({Reason.WITH_MARKS, Reason.WITH_DOCUMENT, Reason.NOT_DOCX})
"""The files that our question is about are kept for the refusal that answers it: nobody sends them twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictRule:
    """What a word means in one row, and what is asked before it counts."""

    approves: bool = True
    lifts_objection: bool = False
    """There must be an objection that it answers."""
    passes_on: bool = False
    """The draft must be there: compiled, or edited and sent along."""
    with_reason: bool = True
    """A refusal needs its reason."""
    on_paper: bool = False
    """The word stands for what somebody else gave on paper: it answers no letter, and needs a reason."""
    read_only: bool = False
    """What is approved is judged, and not edited: no document may come with the consent."""
    ratifies: bool = False
    """Whoever says it must not have reviewed the same version."""


def consents(cycle: Cycle, fact: VerdictGiven, office: Office) -> Outcome:
    """Row 1: the Sekretaris agrees to the data that will be asked."""
    return given(cycle, fact, VerdictRule(), office)


def objects(cycle: Cycle, fact: VerdictGiven, office: Office) -> Outcome:
    """Row 1: the Sekretaris objects, and Subbag Program is told; the row stands until they pass the matter on again.

    He need not say why: asked for it, he might be away while the row ends by his silence.
    """
    noted = given(cycle, fact, VerdictRule(approves=False, with_reason=False), office)
    return objected(noted, fact, office) if noted.done else noted


def asks_again(cycle: Cycle, fact: VerdictGiven, office: Office) -> Outcome:
    """Row 1: Subbag Program answers an objection, and lays the data needs before the Sekretaris anew."""
    return given(cycle, fact, VerdictRule(lifts_objection=True), office)


def passes_on(cycle: Cycle, fact: VerdictGiven, office: Office) -> Outcome:
    """Row 6: Subbag Program passes the draft on; a DOCX that comes along is a new version, compiled before it goes.

    Where it disagrees with the data, or comes back as it was in spite of remarks, that is asked about once.
    """
    cycle, notes = taken(cycle, fact.remark_answers, fact.source, office)
    return with_answers(_passed_on(cycle, fact, office), notes)


def _passed_on(cycle: Cycle, fact: VerdictGiven, office: Office) -> Outcome:
    """Pass the draft on, or ask what stands in its way."""
    why = _answered_instead(cycle, fact, VerdictRule(passes_on=True), office)
    if why is not None:
        return why
    along, found = bool(fact.document_sha256), fact.examined
    if along and found.open_changes:
        return asked_about_changes(cycle, fact, fact.document_sha256, fact.document_name, found)
    going = edited(cycle, fact.document_sha256, fact.source, office, same=found.same) if along else cycle
    asked = held(going, fact)
    if asked is not None:
        return asked
    if not along or going.draft is None:
        return recorded(going, fact, office, approved=True, ratifies=False)
    going = replace(going, draft=replace(going.draft, passed_on=True))
    return replace(recorded(going, fact, office, approved=True, ratifies=False), done=False)


def approves(cycle: Cycle, fact: VerdictGiven, office: Office) -> Outcome:
    """Row 6b: the Sekretaris agrees to the draft as it was laid before him."""
    return given(cycle, fact, VerdictRule(read_only=True), office)


def sends_back(cycle: Cycle, fact: VerdictGiven, office: Office) -> Outcome:
    """Row 6b: the Sekretaris sends the draft back, with remarks or a marked document."""
    return given(cycle, fact, VerdictRule(approves=False), office)


def ratifies(cycle: Cycle, fact: VerdictGiven, office: Office) -> Outcome:
    """Row 7: the Kepala Dinas ratifies the reviewed draft; where the office wants it signed, the row waits for that.

    Said once more while it is waited for, the word is what stands beside it: a paper, or nothing new.
    """
    if awaited(cycle, office) is not None:
        if not fact.papers:
            return answered(OutOfTurn(word=fact.spoken, reason=Reason.ALREADY), cycle, fact.source, fact.at)
        came = PaperArrived(at=fact.at, source=fact.source, papers=fact.papers, about=fact.about)
        return paper_arrived(cycle, came, office)
    noted = given(cycle, fact, VerdictRule(read_only=True, ratifies=True), office)
    if not noted.done:
        return noted
    if fact.signed_pdf_sha256:
        noted = replace(noted, cycle=replace(noted.cycle, signed_pdf_sha256=fact.signed_pdf_sha256))
    return papers_beside(noted, fact, office)


def refuses(cycle: Cycle, fact: VerdictGiven, office: Office) -> Outcome:
    """Row 7: the Kepala Dinas does not ratify, with remarks or a marked document."""
    return given(cycle, fact, VerdictRule(approves=False, ratifies=True), office)


def without_word(cycle: Cycle, fact: VerdictGiven, office: Office) -> Outcome:
    """Ask back what was meant as a decision and has no plain word."""
    del office
    return _refused(Unclear(), cycle, fact)


def not_yours(cycle: Cycle, fact: VerdictGiven, roles: tuple[Role, ...]) -> Outcome:
    """Answer a word that is another role's."""
    return _refused(NotYours(word=fact.spoken, role=roles), cycle, fact)


def given(cycle: Cycle, fact: VerdictGiven, rule: VerdictRule, office: Office) -> Outcome:
    """Record a word in turn, or answer why it changes nothing."""
    why = _answered_instead(cycle, fact, rule, office)
    return why or recorded(cycle, fact, office, approved=rule.approves, ratifies=rule.ratifies)


def _answered_instead(cycle: Cycle, fact: VerdictGiven, rule: VerdictRule, office: Office) -> Outcome | None:
    """Answer why a word in turn changes nothing; None where it counts."""
    why = _why_not(cycle, fact, rule, office)
    if isinstance(why, Challenge):
        return challenge(cycle, fact.source, fact.at, fact.spoken, office, beside=bool(fact.said.in_the_way))
    return _refused(why, cycle, fact) if why is not None else None


def _why_not(cycle: Cycle, fact: VerdictGiven, rule: VerdictRule, office: Office) -> ToWord | None:
    """Return the answer that says first why a word in turn does not count, None if it does."""
    free = rule.on_paper or fact.source.proof is Proof.OPERATOR
    sent_along = bool(fact.document_sha256)
    early, lacks = partial(OutOfTurn, word=fact.spoken), partial(Unclear, word=fact.spoken)
    answers: tuple[tuple[ToWord, bool], ...] = (
        (early(reason=Reason.RECORDED), _waits_already(cycle, fact, rule)),
        (early(reason=Reason.ALREADY), _said_before(cycle, fact, rule, office)),
        (early(reason=Reason.NOT_YET), rule.lifts_objection and given_in_row(cycle) is not False),
        (lacks(reason=Reason.LETTER_GONE), not free and fact.letter_gone),
        (lacks(reason=Reason.NO_THREAD), not free and fact.about is None),
        (early(reason=Reason.ANOTHER_SIGNS), rule.ratifies and rule.approves and _another_signs(cycle, fact, office)),
        (early(reason=Reason.OLD_VERSION), not free and not current(cycle, fact.about)),
        (early(reason=Reason.NOT_READY), rule.passes_on and not _ready(cycle) and not sent_along),
        (lacks(reason=Reason.SAME_PERSON), rule.ratifies and own_review(cycle, fact.source.person, office)),
        (lacks(reason=Reason.WITH_DOCUMENT), rule.read_only and sent_along and not fact.marked.remarks),
        (lacks(reason=Reason.NOT_DOCX), _says_it_unread(fact, rule)),
        (
            lacks(reason=Reason.WITH_MARKS, marked=_shown_to_him(fact, office)),
            rule.read_only and stands_against_consent(fact.marked),
        ),
        (lacks(reason=Reason.NO_REASON), _lacks_reason(fact, rule)),
        (Challenge(word=fact.spoken), unproved(fact.source, office)),
    )
    return next((answer for answer, holds in answers if holds), None)


def _waits_already(cycle: Cycle, fact: VerdictGiven, rule: VerdictRule) -> bool:
    """Say whether somebody says once more, with nothing beside it, the approval of his that will stand at its hour."""
    waits, person = waiting_word(cycle, fact.received_at), fact.source.person
    if waits is None or not (waits.person == person.key or person.owns(waits.address)):
        return False
    return rule.approves and waits.approved and not (fact.document_sha256 or fact.papers or fact.marked.remarks)


def _said_before(cycle: Cycle, fact: VerdictGiven, rule: VerdictRule, office: Office) -> bool:
    """Say whether a word of the present row stands in the way of another that is the same, or not of the same person.

    Until it stands, whoever gave it may say another, or go on with his remarks; a file of his own makes it another.
    Who is asked to sign what he has ratified may still send it back: nothing has come of his word.
    """
    last = last_word(cycle)
    if last is None or last.stands_at is None or (cycle.step is Step.INFORM and not last.approved):
        return False
    if not rule.approves and waits_for_paper(cycle, office, fact.received_at):
        return False
    person = fact.source.person
    his = last.person == person.key or person.owns(last.address)
    same = rule.approves and last.approved and not (fact.document_sha256 or fact.marked.remarks)
    return same or not his or waiting_word(cycle, fact.received_at) is None


def _another_signs(cycle: Cycle, fact: VerdictGiven, office: Office) -> bool:
    """Say whether the present version was made for somebody else's signature; his own review is told of before."""
    draft, person = cycle.draft, fact.source.person
    if draft is None or not draft.signer or own_review(cycle, person, office):
        return False
    return draft.signer != person.key


def _says_it_unread(fact: VerdictGiven, rule: VerdictRule) -> bool:
    """Say whether a text that nobody could read is all that speaks against a consent, or for a refusal."""
    said = fact.marked.remarks or fact.document_sha256
    return fact.marked.unread_text and not said and (rule.read_only or _lacks_reason(fact, rule))


def _shown_to_him(fact: VerdictGiven, office: Office) -> Marked:
    """Return what is marked in his files, to be repeated to him; nothing of a mail that is not proved."""
    return UNMARKED if unproved(fact.source, office) else fact.marked


def _ready(cycle: Cycle) -> bool:
    """Say whether the draft of the present version has been compiled."""
    return cycle.draft is not None and cycle.draft.compiled_at is not None


def _lacks_reason(fact: VerdictGiven, rule: VerdictRule) -> bool:
    """Say whether a word that needs a reason came without one; a marked document is a reason for a refusal."""
    if rule.on_paper:
        return not reasons_of(fact)
    if not rule.with_reason:
        return False
    sent = fact.document_sha256 or fact.signed_pdf_sha256 or fact.returned
    return not rule.approves and not (reasons_of(fact) or fact.marked.remarks or sent)


def _refused(about: ToWord, cycle: Cycle, fact: VerdictGiven) -> Outcome:
    """Answer a word that changes nothing; where it only lacks something, the question may be answered with it."""
    bound = isinstance(about, Unclear) and current(cycle, fact.about)
    asked = answered(about, cycle, fact.source, fact.at, bound=bound)
    if not (isinstance(about, Unclear) and about.reason in _KEPT_FOR_THE_WORD):
        return asked
    letters = tuple(replace(letter, answers_mail=fact.source.mail_sha256) for letter in asked.letters)
    return replace(asked, letters=letters)
