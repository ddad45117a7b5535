"""What a mail, and each form in it, belongs to: which cycle, unit and post, and which of our letters it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from mailbot.core.language.reply_words import Said, Word
from mailbot.core.model.cycle import admitting
from mailbot.core.model.letters import Answers
from mailbot.core.model.mail import Paper, Source, evidence_in
from mailbot.core.model.people import Role, unlisted
from mailbot.core.sorting.answers_in import Answered, without_answers
from mailbot.core.sorting.said import said_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from decimal import Decimal

    from mailbot.core.configuration.edits import DecidedEdit, WaitingEdit
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import Fact
    from mailbot.core.model.letters import Asked, Letter
    from mailbot.core.model.mail import Attachment, Mail
    from mailbot.core.model.office import Office
    from mailbot.core.model.outcome import MailOutcome
    from mailbot.core.model.people import Person
    from mailbot.core.opening.ordering import OpeningOrder
    from mailbot.core.papers.checked import PaperCheck
    from mailbot.core.remarks.returned import ReturnedFile

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
    named: str = ""
    """Key of the cycle that its subject names, where it answers no letter of ours; empty if it names none."""
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
    papers: dict[str, PaperCheck] = field(default_factory=dict)
    """SHA-256 of a file -> what it is, of files that may be signed papers (rows 7 and 8)."""
    returned: tuple[ReturnedFile, ...] = ()
    """What is marked in the files that came back with a draft laid before who wrote (rows 6b and 7)."""
    edit: WaitingEdit | None = None
    """The edited configuration that waits for the operator's word, if one does."""
    letter_gone: bool = False
    """It answers no letter that the ledger knows, and one that bears a name of ours."""
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
    def with_answers(self) -> tuple[Mail, Answered]:
        """Return the mail without the lines that answer remarks, and these answers."""
        return without_answers(self.mail, remarked(self), self.people)

    @property
    def said(self) -> Said:
        """Return the reply word, if there is one; each rendering is read whole, and what differs says nothing plain.

        A mail of which only the head is known says nothing, whatever its subject is.
        """
        if self.mail.oversize:
            return Said()
        if self.read_as is None:
            mail, _ = self.with_answers
            version = next((letter.asks.version for letter in self.about if letter.asks is not None), 0)
            said = said_in(mail, self.office, self.people, self.footers, affirmed=self.affirmed, version=version)
            object.__setattr__(self, "read_as", said)  # every question asks for it, and it is dear
            return said
        return self.read_as


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldOrder:
    """Subbag Program has said what is to become of a mail that is held back."""

    at: datetime
    source: Source
    word: Literal[Word.HAPUS, Word.SIMPAN]
    mark: str
    """How the SHA-256 of the mail begins that the answered letter was about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """A mail's final state, and the facts of it, each with the key of its cycle."""

    outcome: MailOutcome
    facts: tuple[tuple[str, Fact], ...] = ()
    detail: str = ""
    letters: tuple[Letter, ...] = ()
    """Letters that belong to no cycle: answers before there is one, and what is told of files that are held back."""
    opening: OpeningOrder | None = None
    """What is said of cycles that are still to open."""
    decided: DecidedEdit | None = None
    """What the operator has decided about the configuration that waits."""
    held_order: HeldOrder | None = None
    """What Subbag Program has decided about a mail that is held back."""


def cycle_meant(desk: Desk) -> Cycle | None:
    """Return the cycle a mail is about: of the letter it answers, else the oldest open one, else the latest closed."""
    return answered_cycle(desk) or (desk.cycles[0] if desk.cycles else None)


def answered_cycle(desk: Desk) -> Cycle | None:
    """Return the cycle of the nearest letter of ours that a mail answers, else the one its subject names, or None."""
    cycles = {cycle.key: cycle for cycle in desk.cycles}
    answered = (cycles[letter.cycle] for letter in desk.about if letter.cycle in cycles)
    return next(answered, cycles.get(desk.named))


def remarked(desk: Desk) -> Cycle | None:
    """Return the cycle whose remarks a mail may answer: the one that it is about, else the only one that has any."""
    meant = answered_cycle(desk)
    having = [cycle for cycle in desk.cycles if cycle.remarks and not cycle.closed]
    return meant or (having[0] if len(having) == 1 else None)


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
