"""What a mail belongs to: which cycle, which unit, which of the sender's posts, and which of our letters it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.language.reply_words import Said, read_words, without_codes
from mailbot.core.model.facts import Source
from mailbot.core.model.letters import Answers
from mailbot.core.model.people import Role
from mailbot.core.procedure.word_asked import matter_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from decimal import Decimal

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import Fact
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.mail import Mail
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

    @property
    def people(self) -> tuple[Person, ...]:
        """Return who wrote, as far as the list knows the address; one person may hold two posts."""
        day = self.office.calendar.local(self.at).date()
        return self.office.roster.senders(self.mail.sender, day) if self.mail.sender else ()

    @property
    def said(self) -> Said:
        """Return the reply word, if there is one; a mail whose text and HTML disagree says nothing plain."""
        units = frozenset(unit.key.casefold() for unit in self.office.roster.units)
        own_words = without_codes(self.mail.own_words, self.mail.codes)
        said = read_words(own_words, self.office.synonyms, self.office.doubtful, units)
        if self.mail.renderings_agree or (said.word is None and not said.unclear):
            return said
        return Said(remarks=said.remarks, unclear=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """A mail's final state, and the facts of it, each with the key of its cycle."""

    outcome: MailOutcome
    facts: tuple[tuple[str, Fact], ...] = ()
    detail: str = ""
    letters: tuple[Letter, ...] = ()
    """Letters that belong to no cycle: answers before there is one, and what is told of files that are held back."""


def matter(desk: Desk) -> Cycle | None:
    """Return the cycle a mail is about: of the letter it answers, else the oldest open one, else the latest closed."""
    return answered_cycle(desk) or (desk.cycles[0] if desk.cycles else None)


def answered_cycle(desk: Desk) -> Cycle | None:
    """Return the cycle of the nearest letter of ours that a mail answers, None if it answers none."""
    cycles = {cycle.key: cycle for cycle in desk.cycles}
    return next((cycles[letter.cycle] for letter in desk.about if letter.cycle in cycles), None)


def asking_letter(desk: Desk, cycle: Cycle) -> str:
    """Return the key of the nearest letter of ours in the thread that asks for a deciding word, empty if none does."""
    asking = (letter.key for letter in desk.about if letter.cycle == cycle.key and matter_of(letter.key) is not None)
    return next(asking, "")


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
    )


def answers_to(mail: Mail) -> Answers:
    """Return what an answer to that mail needs to land in its thread."""
    return Answers(message_id=mail.message_id, references=tuple(reversed(mail.in_reply_to)), subject=mail.subject)


def enclosed(desk: Desk, cycle: Cycle, media_type: str) -> str:
    """Return the digest of the first attachment of that kind, empty if none; the draft as we sent it is none."""
    ours = {cycle.draft.docx_sha256, cycle.draft.pdf_sha256} if cycle.draft else set()
    files = (file.sha256 for file in desk.mail.attachments if file.media_type == media_type)
    return next((sha256 for sha256 in files if sha256 not in ours), "")
