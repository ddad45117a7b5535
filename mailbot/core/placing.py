"""What a mail belongs to: which cycle, which unit, which of the sender's posts, and which of our letters it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.facts import Source
from mailbot.core.letters import Answers
from mailbot.core.words import Said, read_words

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from mailbot.core.cycle import Cycle
    from mailbot.core.facts import Fact
    from mailbot.core.mail import Mail
    from mailbot.core.office import Office
    from mailbot.core.outcome import MailOutcome
    from mailbot.core.people import Person


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

    @property
    def people(self) -> tuple[Person, ...]:
        """Return who wrote, as far as the list knows the address; one person may hold two posts."""
        day = self.office.calendar.local(self.at).date()
        return self.office.roster.senders(self.mail.sender, day) if self.mail.sender else ()

    @property
    def said(self) -> Said:
        """Return the reply word, if there is one; a mail whose text and HTML disagree says nothing plain."""
        said = read_words(self.mail.own_words, self.office.synonyms, self.office.doubtful)
        if self.mail.renderings_agree or (said.word is None and not said.unclear):
            return said
        return Said(remarks=said.remarks, unclear=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """A mail's final state, and the facts of it, each with the key of its cycle."""

    outcome: MailOutcome
    facts: tuple[tuple[str, Fact], ...] = ()
    detail: str = ""


def matter(desk: Desk) -> Cycle | None:
    """Return the cycle a mail is about: of the letter it answers, else the oldest open one, else the latest closed."""
    for letter in desk.about:
        for cycle in desk.cycles:
            if cycle.key == letter.cycle:
                return cycle
    return desk.cycles[0] if desk.cycles else None


def speaker(desk: Desk, cycle: Cycle) -> Person:
    """Choose among the posts one address holds: the one the row waits for, then whoever the letter went to."""
    waited = desk.office.sop.row(cycle.step).who
    addressed = {letter.person for letter in desk.about}
    return min(desk.people, key=lambda person: (person.role is not waited, person.key not in addressed))


def source_of(desk: Desk, person: Person, address: str = "") -> Source:
    """Make the source of a fact; answers go to the address that wrote, unless another one is named."""
    return Source(
        mail_sha256=desk.mail.sha256,
        answers=Answers(
            message_id=desk.mail.message_id,
            references=tuple(reversed(desk.mail.in_reply_to)),
            subject=desk.mail.subject,
        ),
        address=address or desk.mail.sender,
        person=person,
        proof=desk.mail.proof,
    )


def unit_of(desk: Desk, cycle: Cycle, person: Person | None) -> str:
    """Return the unit a mail speaks for: of the letter it answers, else the sender's own, if the cycle asks it."""
    asked = {form.unit for form in cycle.units}
    for letter in desk.about:
        if letter.unit in asked and letter.cycle == cycle.key:
            return letter.unit
    return person.unit if person is not None and person.unit in asked and person.unit else ""


def enclosed(desk: Desk, media_type: str) -> str:
    """Return the digest of the first attachment of that kind, empty if there is none."""
    return next((one.sha256 for one in desk.mail.attachments if one.media_type == media_type), "")
