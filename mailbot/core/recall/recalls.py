"""BATAL: a word is taken back before it stands, a draft pulled back before anybody has decided (SOP rows 1 to 8)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.delivery.afterwards import not_done, said_last
from mailbot.core.delivery.awaiting import waits_for_paper
from mailbot.core.delivery.numbering import not_numbered
from mailbot.core.language.reply_words import Word
from mailbot.core.model.letters import Enclosure, Reason
from mailbot.core.model.letters_in_answer import OutOfTurn
from mailbot.core.model.outcome import Outcome
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.orders.verdict_effects import taken_back
from mailbot.core.procedure.addressing import answered, holder, in_answer, line, make_letter, on_initiative
from mailbot.core.procedure.row_beginnings import draft_enclosure
from mailbot.core.procedure.word_asked import asked_now, last_word, waiting_word
from mailbot.core.recall.letters_of_recall import Recall, Recalled, RecallTold
from mailbot.core.recall.naming import ended, running
from mailbot.core.recall.orders import last_order, put_back

if TYPE_CHECKING:
    from mailbot.core.delivery.delivery import ToldNumber
    from mailbot.core.model.cycle import Cycle, UnitForm, Verdict
    from mailbot.core.model.facts import CommandGiven
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.letters_in_answer import WhyNotNow
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person
    from mailbot.core.recall.orders import Order

_LAID = {Step.REVIEW: (Role.SECRETARY,), Step.RATIFY: (Role.AGENCY_HEAD, Role.SECRETARY)}
"""In which rows a draft lies before somebody, and who hears that it is pulled back."""


def is_his(verdict: Verdict, person: Person) -> bool:
    """Say whether somebody gave that word, under whichever post or address."""
    return verdict.person == person.key or person.owns(verdict.address)


def number_told(cycle: Cycle, person: Person) -> ToldNumber | None:
    """Return the number of the cover letter that somebody has told and can still take back; None if there is none."""
    told = cycle.delivery.told if cycle.delivery is not None else None
    his = told is not None and (told.person == person.key or person.owns(told.address))
    return told if his else None


def something_said(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome | None:
    """Has he said something in this cycle that could be taken back, or does a draft of his lie before somebody?"""
    if _own_word(cycle, fact.source.person) is not None or _may_pull_back(cycle, fact):
        return None
    if running(cycle, fact.source, office) is not None or number_told(cycle, fact.source.person) is not None:
        return None
    if said_last(cycle, fact.source.person) is not None:
        return None
    if any(form.ordered is not None for form in cycle.units):
        return None
    return _out_of_turn(cycle, fact, Reason.NOTHING_TO_RECALL)


def take_back(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """BATAL: one's own last word is taken back until it stands, or a deputy's time ends; else the wish is told on."""
    person = fact.source.person
    deputy, word = running(cycle, fact.source, office), _own_word(cycle, person)
    form = last_order(cycle, person, fact.received_at, office)
    order = form.ordered if form is not None else None
    told, by_hand = number_told(cycle, person), said_last(cycle, person)
    done_at = by_hand[0] if by_hand is not None else None
    told_at = told.given_at if told is not None else None
    named_at = deputy.last_at if deputy is not None else None
    word_at, order_at = word.given_at if word is not None else None, order.given_at if order is not None else None
    last = max((one for one in (named_at, word_at, order_at, told_at, done_at) if one is not None), default=None)
    if deputy is not None and (fact.about_deputy or last in {None, named_at}):
        return ended(cycle, deputy, fact, office)
    if by_hand is not None and last == done_at:
        return not_done(cycle, by_hand[1], fact)
    if told is not None and last == told_at:
        return not_numbered(cycle, told, fact, office)
    if form is not None and order is not None and last == order_at:
        return _order_taken_back(cycle, form, order, fact, office)
    if word is None:
        return _out_of_turn(cycle, fact, Reason.NOTHING_TO_RECALL)
    if word is waiting_word(cycle, fact.received_at):
        return _taken_back(cycle, word, fact, office)
    late = _out_of_turn(cycle, fact, Reason.RECALL_OVER)
    return replace(late, letters=(*late.letters, *_told_of_wish(cycle, word, fact, office)))


def pull_back(cycle: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """BATAL; of Subbag Program, while nobody has decided, it pulls the draft back, and whoever has it is told.

    So it does where the report is ratified and its signature still lacks: nothing has come of that word.
    """
    if not _may_pull_back(cycle, fact):
        return take_back(cycle, fact, office)
    if last_word(cycle) is not None and not waits_for_paper(cycle, office, fact.received_at):
        return _out_of_turn(cycle, fact, Reason.DECIDED)
    version = cycle.draft.version if cycle.draft is not None else 0
    note = line(
        fact.at,
        "draft_pulled_back",
        fact.source.person.key,
        step=cycle.step.value,
        version=str(version),
        proof=fact.source.proof.value,
        mail=fact.source.mail_sha256,
    )
    passed_on = next((word for word in reversed(cycle.verdicts) if word.step is Step.DRAFT), None)
    moved = taken_back(cycle, passed_on) if passed_on is not None else cycle
    return Outcome(cycle=moved, journal=(note,), done=True)


def told_of_pull_back(outcome: Outcome, before: Cycle, fact: CommandGiven, office: Office) -> Outcome:
    """Give Subbag Program the draft they have pulled back, and tell whoever had it that nothing is asked of him."""
    version = before.draft.version if before.draft is not None else None
    person = fact.source.person.key
    about = RecallTold(fate=Recall.PULLED_BACK, person=person, step=before.step, version=version)
    own = Recalled(word=fact.spoken, fate=Recall.PULLED_BACK, step=before.step, version=version)
    told = tuple(
        _told(about, outcome.cycle, one, fact, office)
        for role in _LAID[before.step]
        if (one := holder(role, office, fact.at)) is not None
    )
    return replace(outcome, letters=(*outcome.letters, _answer(own, outcome.cycle, fact), *told))


def _taken_back(cycle: Cycle, word: Verdict, fact: CommandGiven, office: Office) -> Outcome:
    """Take a word back before it stands; Subbag Program hears of it where they have heard of the word."""
    moved = taken_back(cycle, word)
    version = word.draft_version if cycle.draft is not None else None
    note = line(
        fact.at,
        "word_recalled",
        fact.source.person.key,
        step=word.step.value,
        word=word.word,
        version=str(word.draft_version),
        proof=fact.source.proof.value,
        mail=fact.source.mail_sha256,
    )
    about = Recalled(word=fact.spoken, said=word.word, step=word.step, version=version)
    letters = [_answer(about, moved, fact)]
    planning = holder(Role.PLANNING, office, fact.at)
    known = (word.step is Step.INFORM and not word.approved) or bool(word.files)
    if known and planning is not None and not is_his(word, planning):
        told = RecallTold(fate=Recall.TAKEN_BACK, person=word.person, said=word.word, step=word.step, version=version)
        letters.append(_told(told, moved, planning, fact, office))
    return Outcome(cycle=moved, letters=tuple(letters), journal=(note,))


def _order_taken_back(cycle: Cycle, form: UnitForm, order: Order, fact: CommandGiven, office: Office) -> Outcome:
    """Put back what an order has changed; the unit's head is told, where it was somebody else's."""
    moved = put_back(cycle, form, order)
    note = line(
        fact.at,
        "order_recalled",
        fact.source.person.key,
        form.unit,
        word=order.word,
        proof=fact.source.proof.value,
        mail=fact.source.mail_sha256,
    )
    own = Recalled(word=fact.spoken, said=order.word, step=cycle.step)
    letters = [make_letter(own, moved, in_answer(fact.source), unit=form.unit, due_at=moved.unit(form.unit).due_at)]
    head = holder(Role.DIVISION_HEAD, office, fact.at, form.unit)
    if head is not None and head.key != fact.source.person.key and order.word != Word.TUNDA:
        about = RecallTold(fate=Recall.TAKEN_BACK, person=fact.source.person.key, said=order.word, step=cycle.step)
        told = _told(about, moved, head, fact, office)
        letters.append(replace(told, unit=form.unit, due_at=moved.unit(form.unit).due_at))
    return Outcome(cycle=moved, letters=tuple(letters), journal=(note,))


def _told_of_wish(cycle: Cycle, word: Verdict, fact: CommandGiven, office: Office) -> tuple[Letter, ...]:
    """Tell Subbag Program that somebody would have a word back that stands: what can be done now is theirs."""
    planning = holder(Role.PLANNING, office, fact.at)
    if planning is None or planning.key == fact.source.person.key:
        return ()
    version = word.draft_version if cycle.draft is not None else None
    about = RecallTold(
        fate=Recall.WISHED, person=fact.source.person.key, said=word.word, step=word.step, version=version
    )
    return (_told(about, cycle, planning, fact, office),)


def _own_word(cycle: Cycle, person: Person) -> Verdict | None:
    """Return the last word that somebody gave in this cycle, None if he gave none that is left."""
    return next((word for word in reversed(cycle.verdicts) if is_his(word, person)), None)


def _may_pull_back(cycle: Cycle, fact: CommandGiven) -> bool:
    """Say whether Subbag Program speaks, while the draft lies before somebody."""
    return fact.source.person.role is Role.PLANNING and cycle.step in _LAID and not cycle.closed


def _answer(about: Recalled, cycle: Cycle, fact: CommandGiven) -> Letter:
    """Answer BATAL, with the draft that the word of the row is asked about anew."""
    asks, to = asked_now(cycle), in_answer(fact.source)
    enclosures: tuple[Enclosure, ...] = ()
    if cycle.step in {Step.DRAFT, *_LAID} and cycle.draft is not None and cycle.draft.compiled_at is not None:
        enclosures = (draft_enclosure(cycle),)
    return make_letter(about, cycle, to, *to.marks, asks=asks, due_at=cycle.due_at, enclosures=enclosures)


def _told(about: RecallTold, cycle: Cycle, person: Person, fact: CommandGiven, office: Office) -> Letter:
    """Tell one person of what somebody took back, or would have back."""
    to = on_initiative(person, office, fact.at)
    remarks = tuple(text for text in (fact.said.arguments, *fact.said.remarks) if text)
    return make_letter(about, cycle, to, about.fate.value, person.key, fact.source.mail_sha256[:16], remarks=remarks)


def _out_of_turn(cycle: Cycle, fact: CommandGiven, why: WhyNotNow) -> Outcome:
    """Answer BATAL where there is nothing to take back."""
    return answered(OutOfTurn(word=fact.spoken, reason=why), cycle, fact.source, fact.at)
