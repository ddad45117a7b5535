"""What a mail, and each form in it, belongs to: which cycle, unit and post, and which of our letters it answers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mailbot.core.language.reply_words import Said
from mailbot.core.model.cycle import admitting
from mailbot.core.model.facts import FormArrived, Source, UnreadableArrived
from mailbot.core.model.form import Unreadable
from mailbot.core.model.letters import Answers
from mailbot.core.model.mail import MEANT_AS_FORM, Paper, Proof, evidence_in
from mailbot.core.model.people import Role, unlisted
from mailbot.core.procedure.table import forms_count
from mailbot.core.sorting.forms_chosen import one_for_each_unit, submitting
from mailbot.core.sorting.forms_together import put_together, told_of_lines
from mailbot.core.sorting.said import said_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from decimal import Decimal

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import Fact
    from mailbot.core.model.form import ReadForm, Stamp
    from mailbot.core.model.letters import Asked, Letter
    from mailbot.core.model.mail import Attachment, Mail
    from mailbot.core.model.office import Office
    from mailbot.core.model.outcome import MailOutcome
    from mailbot.core.model.people import Person

OF_A_UNIT = frozenset({Role.DIVISION_HEAD, Role.SECTION_HEAD})
"""Roles that speak for their unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentLetter:
    """A letter of ours that a mail refers to, as the outbox knows it."""

    key: str
    kind: str
    cycle: str
    unit: str
    person: str
    address: str
    asks: Asked | None = None
    """The deciding word it asks for, if it asks for one."""
    number: int = 0
    """Which mail of lines it read back, if it did."""
    answers_mail: str = ""
    """SHA-256 of the mail that it asks back about, if it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A mail with all that is needed to say what it is."""

    mail: Mail
    at: datetime
    office: Office
    about: tuple[SentLetter, ...]
    """Our letters it refers to, nearest first."""
    bounced: tuple[SentLetter | None, ...]
    """For each of `mail.bounces`, the letter it is about, if it is one of ours."""
    cycles: tuple[Cycle, ...]
    """Every open cycle, the oldest first, then closed ones, the latest first."""
    last: dict[str, dict[str, Decimal]]
    """Cycle key -> indicator code -> the last period's accepted value."""
    confirms: Mail | None = None
    """The earlier mail that the one-time code in this one confirms (our question answered it); None if unknown."""
    asked: Mail | None = None
    """The earlier mail that our question was about which this one answers."""
    affirms: Mail | None = None
    """The earlier mail that a letter of ours asked about, where this one says BENAR to that letter."""
    affirmed: bool = False
    """BENAR was said to what stood beside the approving word of this mail."""
    footers: frozenset[str] = frozenset()
    """What stands under all of the sender's mails and was confirmed to say nothing."""
    doubts: tuple[SentLetter, ...] = ()
    """Where this mail says BENAR in answer to no letter that asks for it: those letters to the sender that still do."""
    read_as: Said | None = field(default=None, init=False, repr=False, compare=False)
    """What `said` has found, once it was asked for."""

    @property
    def people(self) -> tuple[Person, ...]:
        """Return who wrote, as far as the list knows the address; one person may hold two posts.

        Who held a post on the day the mail came is who wrote it, whenever it is worked; so is who writes from an
        address that a unit's head has vouched for, where the mail is proved.
        """
        day = self.office.calendar.local(self.mail.received_at).date()
        listed = self.office.roster.senders(self.mail.sender, day) if self.mail.sender else ()
        if listed or not self.mail.sender or not self.mail.proof.holds:
            return listed
        address = self.mail.sender.casefold()
        return tuple(unlisted(address, unit) for unit in admitting(self.cycles, address))

    @property
    def said(self) -> Said:
        """Return the reply word, if there is one; each rendering is read whole, and what differs says nothing plain."""
        if self.read_as is None:
            said = said_in(self.mail, self.office, self.people, self.footers, affirmed=self.affirmed)
            object.__setattr__(self, "read_as", said)  # every question asks for it, and it is dear
            return said
        return self.read_as


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """A mail's final state, and the facts of it, each with the key of its cycle."""

    outcome: MailOutcome
    facts: tuple[tuple[str, Fact], ...] = ()
    detail: str = ""
    letters: tuple[Letter, ...] = ()
    """Letters that belong to no cycle: answers before there is one, and what is told of files that are held back."""


def cycle_meant(desk: Desk) -> Cycle | None:
    """Return the cycle a mail is about: of the letter it answers, else the oldest open one, else the latest closed."""
    return answered_cycle(desk) or (desk.cycles[0] if desk.cycles else None)


def answered_cycle(desk: Desk) -> Cycle | None:
    """Return the cycle of the nearest letter of ours that a mail answers, None if it answers none."""
    cycles = {cycle.key: cycle for cycle in desk.cycles}
    return next((cycles[letter.cycle] for letter in desk.about if letter.cycle in cycles), None)


def word_wanted(desk: Desk, cycle: Cycle) -> Asked | None:
    """Return what the nearest letter of ours in the thread asks for that asks for a deciding word; None: none does."""
    return next((letter.asks for letter in desk.about if letter.cycle == cycle.key and letter.asks is not None), None)


def speaker(desk: Desk, cycle: Cycle, rank: Callable[[Person], int] = lambda _person: 0) -> Person:
    """Choose among the posts one address holds: lowest rank, then whom the row waits for, then who was written to."""
    waited = desk.office.sop.row(cycle.step).who
    addressed = {letter.person for letter in desk.about}
    return min(desk.people, key=lambda person: (rank(person), person.role is not waited, person.key not in addressed))


def speaks_for(unit: str) -> Callable[[Person], int]:
    """Return the rank by which a post that speaks for the unit goes before any other."""
    return lambda person: 0 if person.unit == unit and person.role in OF_A_UNIT else 1


def units_of(desk: Desk, cycle: Cycle) -> tuple[str, ...]:
    """Return the units the sender's posts speak for, as far as the cycle asks them."""
    units = (person.unit for person in desk.people if person.role in OF_A_UNIT)
    return tuple(dict.fromkeys(unit for unit in units if unit is not None and cycle.form_of(unit) is not None))


def unit_of(desk: Desk, cycle: Cycle) -> str:
    """Return the unit a mail speaks for: the sender's own, the one written about if he has two; else the letter's."""
    own = units_of(desk, cycle)
    about = [letter.unit for letter in desk.about if letter.cycle == cycle.key and cycle.form_of(letter.unit)]
    fitting = [unit for unit in about if not own or unit in own]
    return next(iter((*fitting, *own)), "")


def source_of(desk: Desk, person: Person, address: str = "") -> Source:
    """Make the source of a fact; answers go to the address that wrote, unless another one is named."""
    return Source(
        mail_sha256=desk.mail.sha256,
        answers=answers_to(desk.mail),
        address=address or desk.mail.sender,
        person=person,
        proof=desk.mail.proof,
        received_at=desk.mail.received_at,
    )


def answers_to(mail: Mail) -> Answers:
    """Return what an answer to that mail needs to land in its thread."""
    thread, proved = tuple(reversed(mail.in_reply_to)), mail.proof.holds
    return Answers(message_id=mail.message_id, references=thread, subject=mail.subject, proved=proved)


def enclosed(desk: Desk, cycle: Cycle, kind: Paper) -> Attachment | None:
    """Return the first attachment of that kind, None if there is none.

    The draft as we sent it is none; nor is a PDF that is held back for the numbers like a NIK in it.
    """
    others = {cycle.draft.docx_sha256, cycle.draft.pdf_sha256} if cycle.draft else set()
    if kind is Paper.PDF:
        others |= {file.file_sha256 for file in evidence_in(desk.mail) if file.held}
    papers = (file for file in desk.mail.attachments if file.media_type == kind)
    return next((file for file in papers if file.sha256 not in others), None)


def form_facts(desk: Desk, lines: tuple[tuple[str, Fact], ...] = ()) -> tuple[tuple[str, Fact], ...]:
    """Make the facts of every form in the mail; what is nobody's we know makes none.

    `lines` is the fact of answers in lines beside them: a form that was filled in counts alone, and is told which lines
    said something else; beside the form as it was sent out, the lines count. One form counts for each unit.
    """
    readable = [form for form in desk.mail.forms if form.unreadable is None and not (lines and form.untouched)]
    usable = submitting(readable, desk)
    refused = [form for form in desk.mail.forms if form.unreadable in MEANT_AS_FORM]
    facts = _merged([fact for form in (*usable, *refused) if (fact := _form_fact(desk, form)) is not None])
    if not any(isinstance(fact, FormArrived) for _, fact in facts):
        return (*facts, *lines)
    cycles = {cycle.key: cycle for cycle in desk.cycles}
    together = one_for_each_unit(put_together(facts), cycles, desk.office) if len(facts) > 1 else facts
    beside = desk.mail.lines
    if beside is None:
        return together
    return tuple(
        (key, told_of_lines(fact, beside) if isinstance(fact, FormArrived) else fact) for key, fact in together
    )


def _form_fact(desk: Desk, form: ReadForm) -> tuple[str, Fact] | None:
    """Make the fact of one form; None where it is nobody's we know."""
    stamp = form.stamp if form.stamp is not None and form.stamp.valid else None
    cycle = cycle_of(desk, stamp)
    if cycle is None:
        return None
    stamped = stamp.unit if stamp is not None and cycle.form_of(stamp.unit) is not None else ""
    unit = stamped or unit_of(desk, cycle)
    source = _source(desk, cycle, unit, stamp)
    if source is None:
        return None
    own = units_of(desk, cycle)
    foreign = bool(own) and unit not in own and all(person.role in OF_A_UNIT for person in desk.people)
    reason = form.unreadable or (Unreadable.WRONG_UNIT if foreign else None)
    if reason is None and not unit:
        reason = Unreadable.NOT_A_FORM
    if reason is not None:
        place = own[0] if foreign else unit
        return cycle.key, UnreadableArrived(
            at=desk.at,
            source=source,
            unit=place,
            reason=reason,
            file_name=form.file_name,
            evidence=evidence_in(desk.mail),
        )
    return cycle.key, FormArrived(
        at=desk.at,
        source=source,
        unit=unit,
        form=form,
        last=desk.last.get(cycle.key, {}),
        evidence=evidence_in(desk.mail),
        sent_from="" if desk.people and desk.mail.proof is not Proof.FAILED else desk.mail.sender,
    )


def cycle_of(desk: Desk, stamp: Stamp | None) -> Cycle | None:
    """Return the cycle a form is for.

    The stamp's, while it is open or the mail answers it; else the one the mail answers; else the one that waits for
    this unit's form. So last period's form, sent for this period, is told to be the wrong one.
    """
    stamped = next((cycle for cycle in desk.cycles if stamp is not None and cycle.key == stamp.cycle), None)
    answered = answered_cycle(desk)
    if stamped is not None and (not stamped.closed or stamped == answered):
        return stamped
    if answered is not None and not answered.closed:
        return answered
    waiting = (cycle for cycle in desk.cycles if forms_count(cycle) and _asks(desk, cycle, stamp))
    return next(waiting, None) or stamped or cycle_meant(desk)


def _asks(desk: Desk, cycle: Cycle, stamp: Stamp | None) -> bool:
    """Say whether a cycle asks the unit a form is stamped for, or one of the sender's."""
    return cycle.form_of(stamp.unit) is not None if stamp is not None else bool(units_of(desk, cycle))


def _source(desk: Desk, cycle: Cycle, unit: str, stamp: Stamp | None) -> Source | None:
    """Say who sent a form: the sender in the post that fits the unit; a stranger with our stamp only as himself.

    His form waits for the word of the unit's head; where there is none, nobody could ever say it.
    """
    if desk.people:
        return source_of(desk, speaker(desk, cycle, speaks_for(unit)))
    if stamp is None or not desk.mail.sender or not unit:
        return None
    day = desk.office.calendar.local(desk.at).date()
    head = desk.office.roster.holder(Role.DIVISION_HEAD, day, unit)
    return source_of(desk, unlisted(desk.mail.sender, unit)) if head is not None else None


def _merged(facts: list[tuple[str, Fact]]) -> tuple[tuple[str, Fact], ...]:
    """Put files that are of no use for one and the same reason into one fact, so that one answer names them all."""
    kept: list[tuple[str, Fact]] = []
    unread: dict[tuple[str, str, Unreadable], list[UnreadableArrived]] = {}
    for key, fact in facts:
        if isinstance(fact, UnreadableArrived):
            unread.setdefault((key, fact.unit, fact.reason), []).append(fact)
        else:
            kept.append((key, fact))
    for (key, *_), same in unread.items():
        kept.append((key, replace(same[0], file_name=", ".join(file.file_name for file in same))))
    return tuple(kept)
