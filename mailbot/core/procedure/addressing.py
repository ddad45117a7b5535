"""How letters are addressed and answers made: on our own initiative, in answer, as a refusal, as a question back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.core.draft.document import UNEXAMINED, Examined
from mailbot.core.model.letters import Letter, letter_key
from mailbot.core.model.letters_in_answer import Challenge, Doubted, OutOfTurn, Unclear, Unplaced, why
from mailbot.core.model.outcome import JournalLine, Outcome
from mailbot.core.model.people import Role
from mailbot.core.procedure.word_asked import asked_now, current

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.language.reply_words import Word
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import AnswerUnclear, Fact, MailUnplaced, Spoken
    from mailbot.core.model.form import Fault, Submission
    from mailbot.core.model.letters import About, Answers, Asked, Change, Enclosure
    from mailbot.core.model.letters_in_answer import Given, ToWord, WhyNotNow
    from mailbot.core.model.mail import Source
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Who gets a letter, where, in which thread, and how soon."""

    person: str
    address: str
    send_after: datetime | None = None
    answers: Answers | None = None
    marks: tuple[str, ...] = ()
    """The parts of the key of a letter that is given none: one mail gets one answer of a kind."""


def on_initiative(person: Person, office: Office, at: datetime) -> Addressee:
    """Address a letter nobody asked for: it waits for office hours."""
    later = office.calendar.next_office_moment(at)
    return Addressee(person=person.key, address=person.addresses[0], send_after=later)


def in_answer(source: Source) -> Addressee:
    """Address a letter that answers a mail: it leaves at once, in the mail's thread, to the address that wrote."""
    marks = (source.mail_sha256[:16],)
    return Addressee(person=source.person.key, address=source.address, answers=source.answers, marks=marks)


def make_letter(  # noqa: PLR0913 - a letter has this many parts, all named
    about: About,
    cycle: Cycle,
    to: Addressee,
    *parts: object,
    unit: str = "",
    due_at: datetime | None = None,
    remarks: tuple[str, ...] = (),
    changes: tuple[Change, ...] = (),
    open_rows: tuple[str, ...] = (),
    enclosures: tuple[Enclosure, ...] = (),
    submission: Submission | None = None,
    faults: tuple[Fault, ...] = (),
    asks: Asked | None = None,
    number: int = 0,
    examined: Examined = UNEXAMINED,
) -> Letter:
    """Make a letter of a cycle; `parts` make its key, after kind and cycle."""
    return Letter(
        key=letter_key(about.letter_kind, cycle.key, *(parts or to.marks)),
        about=about,
        to=to.person,
        address=to.address,
        cycle=cycle.key,
        unit=unit,
        due_at=due_at,
        send_after=to.send_after,
        answers=to.answers,
        asks=asks,
        number=number,
        submission=submission,
        faults=faults,
        remarks=remarks,
        changes=changes,
        open_rows=open_rows,
        enclosures=enclosures,
        examined=examined,
    )


def repeating(letter: Letter, numbers: tuple[int, ...]) -> Letter:
    """Return a letter that repeats these remarks of the cycle's list."""
    return replace(letter, numbers=numbers)


def holder(role: Role, office: Office, at: datetime, unit: str | None = None) -> Person | None:
    """Return who holds a role (of a unit) on the day of `at`, in the office's zone.

    Of several who stand in for the head, one who would review the report as Sekretaris comes last, unless the office
    lets him ratify it.
    """
    day = office.calendar.local(at).date()
    first = office.roster.holder(role, day, unit)
    if role is not Role.AGENCY_HEAD or first is None or office.policy.acting_head_may_ratify_own_review:
        return first
    secretary = office.roster.holder(Role.SECRETARY, day)
    acting = (one for one in office.roster.people if one.role is role and one.in_office(day) and one.acting)
    apart = (one for one in acting if secretary is None or not secretary.owns(one.addresses[0]))
    return next(apart, first)


def line(at: datetime, event: str, actor: str = "mailbot", unit: str = "", **detail: str) -> JournalLine:
    """Make a line for the journal."""
    return JournalLine(at=at, event=event, actor=actor, unit=unit, detail=tuple(sorted(detail.items())))


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
    to, asks = in_answer(source), asked_now(cycle) if bound else None
    parts = (*to.marks, asks.step.value, asks.version) if asks is not None else to.marks
    letter = make_letter(about, cycle, to, *parts, unit=unit, remarks=remarks, asks=asks)
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
    """Ask for the exact word; the question itself may be answered with it, and the mail it is about is kept for it.

    An approving word that stood beside something not understood is asked about by itself: BENAR lets it count. What is
    not proved is not repeated.
    """
    if fact.said.meant is not None and current(cycle, fact.about):
        if unproved(fact.source, office):
            return challenge(cycle, fact.source, fact.at, fact.said.meant, office, beside=True)
        return _doubted(cycle, fact, fact.said.meant)
    remarks = () if unproved(fact.source, office) else fact.said.remarks
    asked = answered(
        Unclear(reason=fact.reason), cycle, fact.source, fact.at, remarks=remarks, bound=current(cycle, fact.about)
    )
    (letter,) = asked.letters
    return replace(asked, letters=(replace(letter, answers_mail=fact.source.mail_sha256),))


def _doubted(cycle: Cycle, fact: AnswerUnclear, meant: Word) -> Outcome:
    """Repeat the lines that are not understood to whoever wrote them, once for each mail."""
    asks, to = asked_now(cycle), in_answer(fact.source)
    about = Doubted(word=meant, version=cycle.draft.version if cycle.draft is not None else None)
    parts = (*to.marks, asks.step.value, asks.version)
    letter = make_letter(about, cycle, to, *parts, remarks=fact.said.in_the_way, asks=asks)
    note = line(fact.at, "word_doubted", fact.source.person.key, word=meant.value, mail=fact.source.mail_sha256)
    return Outcome(cycle=cycle, letters=(replace(letter, answers_mail=fact.source.mail_sha256),), journal=(note,))


def unplaced(cycle: Cycle, fact: MailUnplaced, office: Office) -> Outcome:
    """Answer kindly what we can do nothing with; a person will look at it."""
    del office
    return answered(Unplaced(reason=fact.reason), cycle, fact.source, fact.at)


def unproved(source: Source, office: Office) -> bool:
    """Say whether the office asks for a proof of the sender, and there is none."""
    return not office.policy.believes(source.proof)


def unproved_form(submission: Submission, office: Office) -> bool:
    """Say whether a form came without the proof that the office asks for."""
    return submission.proof is not None and not office.policy.believes(submission.proof)


def challenge(  # noqa: PLR0913 - a question has this many parts, all named
    cycle: Cycle,
    source: Source,
    at: datetime,
    word: Given,
    office: Office,
    *,
    beside: bool = False,
    board_minutes: int | None = None,
) -> Outcome:
    """Ask for the one-time code, at the registered address, before an unproved word counts; each mail has its own.

    The code is made from the letter's key, which holds what it is about. Nothing that the mail says is quoted;
    `beside` says that lines stood beside the word that are not understood; `board_minutes`, that it was given on the
    status board, and how long its code counts there.
    """
    asks, mail = asked_now(cycle), source.mail_sha256
    parts = (source.person.key, mail, asks.step.value, asks.version)
    to = replace(in_answer(source), address=source.person.addresses[0])
    due_at = at + timedelta(days=office.policy.code_valid_days)
    about = Challenge(word=word, beside=beside, board_minutes=board_minutes)
    asked = make_letter(about, cycle, to, *parts, due_at=due_at, asks=asks)
    letter = replace(asked, answers_mail=mail)
    note = line(at, "word_unproved", source.person.key, word=str(word))
    return Outcome(cycle=cycle, letters=(letter,), journal=(note,))
