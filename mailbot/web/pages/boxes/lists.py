"""The lists of mails received and letters sent, a page at a time, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.model.outcome import MailOutcome
from mailbot.ledger.board.boxes import Boxes
from mailbot.ledger.engine import one_moment
from mailbot.ledger.values import LetterState
from mailbot.web.pages.boxes.fates import fate_mark, fates_of
from mailbot.web.pages.boxes.reading_mail import subject_of
from mailbot.web.pages.marks import Mark, Tone
from mailbot.web.pages.page import Page, path
from mailbot.web.pages.sight import whose_boxes
from mailbot.web.viewer import Act
from mailbot.writing.plan.why import Reasons, SentLetter
from mailbot.writing.words.templates import in_language

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle
    from mailbot.ledger.board.boxes import LetterSeen, MailSeen
    from mailbot.web.pages.page import Here

PER_PAGE = 25
_MAIL_TONES: dict[MailOutcome | None, Tone] = {
    None: Tone.WAITS,
    MailOutcome.SET_ASIDE: Tone.LATE,
    MailOutcome.UNREADABLE: Tone.WAITS,
    MailOutcome.UNCLEAR: Tone.WAITS,
    MailOutcome.UNPLACED: Tone.WAITS,
    MailOutcome.OVERSIZE: Tone.WAITS,
    MailOutcome.VANISHED: Tone.LATE,
    MailOutcome.FORM: Tone.GOOD,
    MailOutcome.LINES: Tone.GOOD,
    MailOutcome.EVIDENCE: Tone.GOOD,
    MailOutcome.VERDICT: Tone.GOOD,
    MailOutcome.COMMAND: Tone.GOOD,
}
"""What the final state of a mail means; what is not named here wants nobody."""
_LETTER_TONES: dict[LetterState, Tone] = {
    LetterState.SENT: Tone.GOOD,
    LetterState.GIVEN_UP: Tone.LATE,
    LetterState.IN_DOUBT: Tone.LATE,
    LetterState.HELD: Tone.LATE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailLine:
    """One mail in a list."""

    number: int
    link: str
    came: str
    who: str
    subject: str
    mark: Mark
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterLine:
    """One letter in a list."""

    number: int
    key: str
    link: str
    when: str
    who: str
    subject: str
    kind: str
    """What that kind of letter is called."""
    mark: Mark
    waits: bool
    held: bool
    why: str = ""
    """Why it leaves, of one that waits to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Where in a list one is."""

    here: int
    last: int
    earlier: str
    """Address of the page before; empty on the first."""
    later: str


def mails_page(here: Here, page: str = "1") -> Page | None:
    """Return a page of the mails that came."""
    with one_moment(here.ledger.engine):
        boxes, whose = Boxes(here.ledger.engine), whose_boxes(here)
        pages = paged(page, boxes.count_mails(whose), "mails")
        if pages is None:
            return None
        found = boxes.mails(PER_PAGE, (pages.here - 1) * PER_PAGE, whose)
        fates = fates_of(found, here)
        values = {"lines": tuple(mail_line(mail, here, fates.get(mail.id)) for mail in found), "pages": pages}
        return Page(template="pages/mails.j2", title=here.words["places"]["mails"], values=values, place="mails")


def letters_page(here: Here, page: str = "1") -> Page | None:
    """Return a page of the letters that left, wait or were given up."""
    with one_moment(here.ledger.engine):
        boxes, whose = Boxes(here.ledger.engine), whose_boxes(here)
        pages = paged(page, boxes.count_letters(whose), "letters")
        if pages is None:
            return None
        found = boxes.letters(PER_PAGE, (pages.here - 1) * PER_PAGE, whose)
        reasons = reasons_of(here)
        cycle = _cycle_that_waits(found, here)
        values = {
            "lines": tuple(letter_line(letter, here, reasons, cycle) for letter in found),
            "pages": pages,
            "all_held": here.viewer.sees_everything and here.ledger.letters.held(),
            "may_hold": here.may(Act.HOLD),
        }
        return Page(template="pages/letters.j2", title=here.words["places"]["letters"], values=values, place="letters")


def paged(asked: str, count: int, place: str) -> Pages | None:
    """Return where in a list a page lies; None: it has no such page."""
    last = max(1, -(-count // PER_PAGE))
    if not asked.isascii() or not asked.isdigit() or not 1 <= int(asked) <= last:
        return None
    number = int(asked)
    return Pages(
        here=number,
        last=last,
        earlier=page_link(place, number - 1) if number > 1 else "",
        later=page_link(place, number + 1) if number < last else "",
    )


def page_link(place: str, number: int) -> str:
    """Return the address of a page of a list."""
    return path(place) if number == 1 else path(place, "page", number)


def reasons_of(here: Here) -> Reasons:
    """Return what says why letters were sent, in the viewer's language."""
    return Reasons(here.office, in_language(here.board.template_folders, here.viewer.language))


def mail_mark(mail: MailSeen, here: Here, fate: tuple[Tone, str] | None = None) -> Mark:
    """Return the one final state of a mail, or that it waits for it; where that says too little, what came of it."""
    if fate is not None:
        return fate_mark(fate, here)
    tone = _MAIL_TONES.get(mail.outcome, Tone.NOTHING)
    return Mark(tone=tone, word=here.told("outcomes", mail.outcome.value if mail.outcome else "waits"))


def letter_mark(letter: LetterSeen, here: Here) -> Mark:
    """Return where a letter stands; one that came back for good is as good as not sent."""
    if letter.bounce.startswith("5"):
        return Mark(tone=Tone.LATE, word=here.told("letter_states", "bounced"))
    return Mark(tone=_LETTER_TONES.get(letter.state, Tone.WAITS), word=here.told("letter_states", letter.state.value))


def mail_line(mail: MailSeen, here: Here, fate: tuple[Tone, str] | None = None) -> MailLine:
    """Return one mail's line."""
    return MailLine(
        number=mail.id,
        link=path("mails", mail.id),
        came=moment(mail.received_at, here),
        who=sender_words(mail.sender, here),
        subject=subject_of(mail.head) or here.told("mail", "no_subject"),
        mark=mail_mark(mail, here, fate),
        detail=mail.detail if mail.detail.isupper() else "",
    )


def _cycle_that_waits(letters: tuple[LetterSeen, ...], here: Here) -> Cycle | None:
    """Return the cycle of the newest letter that waits to leave; what waits beside it is nearly always of the same."""
    key = next((letter.cycle for letter in letters if letter.waits and letter.cycle), "")
    return here.ledger.cycles.get(key) if key else None


def letter_line(letter: LetterSeen, here: Here, reasons: Reasons, cycle: Cycle | None = None) -> LetterLine:
    """Return one letter's line; of one that waits to leave, and is of that cycle, with the reason."""
    why = ""
    if letter.waits and cycle is not None and cycle.key == letter.cycle:
        sent = SentLetter(kind=letter.kind, person=letter.person, unit=letter.unit, at=letter.queued_at)
        why = reasons.because(sent, cycle)
    return LetterLine(
        number=letter.id,
        key=letter.key,
        link=path("letters", letter.id),
        when=moment(letter.sent_at or letter.due_at, here),
        who=reasons.who(letter.person),
        subject=subject_of(letter.head),
        kind=reasons.letter(letter.kind),
        mark=letter_mark(letter, here),
        waits=letter.waits,
        held=letter.state is LetterState.HELD,
        why=why,
    )


def sender_words(sender: str, here: Here) -> str:
    """Return who wrote: the title of a person of the list, with his address; else the address alone."""
    people = here.office.roster.people
    title = next((person.title for person in people if person.owns(sender)), "")
    return f"{title} ({sender})" if title else sender or here.told("mail", "no_sender")


def moment(at: datetime, here: Here) -> str:
    """Return a moment for a list: `7 Jan 2026 12.00`."""
    local = here.office.calendar.local(at)
    return f"{here.phrases.short_date(local.date())} {local:%H.%M}"
