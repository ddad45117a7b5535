"""A letter's page: to whom and why it leaves, where it stands, what it says, what it encloses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.codes.letter_kinds import LetterKind
from mailbot.core.model.form import FaultCode
from mailbot.ledger.board.boxes import Boxes
from mailbot.ledger.engine import one_moment
from mailbot.reading.limits import MailLimits
from mailbot.reading.mime.parts import split
from mailbot.web.pages.boxes.lists import letter_mark, moment, reasons_of
from mailbot.web.pages.boxes.reading_mail import attached, read_whole, subject_of
from mailbot.web.pages.page import File, Page, path
from mailbot.web.pages.sight import SECRET_KINDS, sees_letter
from mailbot.web.viewer import Act
from mailbot.writing.plan.why import SentLetter
from mailbot.writing.words.phrases import media_type_of, safe_name

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.ledger.board.boxes import LetterSeen
    from mailbot.web.pages.page import Here
    from mailbot.writing.plan.why import Reasons

_OF_A_UNIT: frozenset[str] = frozenset({LetterKind.REQUEST, LetterKind.REQUEST_COPY, LetterKind.RETURNED})
_OF_THE_OFFICE: frozenset[str] = frozenset(
    {
        LetterKind.DATA_NEEDS,
        LetterKind.RECAP,
        LetterKind.DRAFT,
        LetterKind.REVIEW,
        LetterKind.RATIFY,
        LetterKind.SUBMISSION,
        LetterKind.COPY_SENT,
    }
)
"""Letters whose files are ours; others may enclose what came from people, and that is handed out by nobody's letter.

Those of the office hold every unit's figures, and are for whoever sees the whole of it.
"""
PERSONAL = frozenset({FaultCode.PERSONAL_DATA, FaultCode.EVIDENCE_PERSONAL_DATA})
"""What is found in a form that is seen by nobody on the board."""


def letter_page(here: Here, number: str) -> Page | None:
    """Return the page of one letter; None: there is none of that number, or the viewer may not see it."""
    with one_moment(here.ledger.engine):
        letter = _seen(here, number)
        if letter is None:
            return None
        cycle = here.ledger.cycles.get(letter.cycle) if letter.cycle else None
        secret = letter.kind in SECRET_KINDS or letter.sealed
        read = None if secret else read_whole(here.ledger.letters.raw(letter.key))
        reasons = reasons_of(here)
        files = read.files if read is not None and _hands_out(letter, cycle, here) else ()
        mails = here.ledger.inbox.by_message_id(read.answers) if read is not None and letter.is_answer else ()
        values = {
            "letter": letter,
            "mark": letter_mark(letter, here),
            "who": reasons.who(letter.person),
            "kind": reasons.letter(letter.kind),
            "why": _why(letter, cycle, reasons),
            "queued": moment(letter.queued_at, here),
            "due": moment(letter.due_at, here) if letter.sent_at is None else "",
            "sent": moment(letter.sent_at, here) if letter.sent_at is not None else "",
            "read": read,
            "secret": secret,
            "files": tuple((name, path("letters", letter.id, "files", place)) for place, name in enumerate(files, 1)),
            "closed_files": () if files or read is None else read.files,
            "answers": tuple((path("mails", mail.id), moment(mail.received_at, here)) for mail in mails[:1]),
            "unit_link": path("units", letter.unit, letter.cycle) if letter.unit and letter.cycle else "",
            "unit": here.office.roster.unit(letter.unit).name if letter.unit else "",
            "may_hold": here.may(Act.HOLD) and letter.waits,
            "held": letter.state.value == "held",
        }
        title = subject_of(letter.head) or reasons.letter(letter.kind)
        return Page(template="pages/letter.j2", title=title, values=values, place="letters")


def letter_file(here: Here, number: str, place: str) -> File | None:
    """Return a file that a letter of ours encloses; None: there is none, or it is not for this viewer."""
    with one_moment(here.ledger.engine):
        letter = _seen(here, number)
        if letter is None or not place.isascii() or not place.isdigit():
            return None
        cycle = here.ledger.cycles.get(letter.cycle) if letter.cycle else None
        if letter.kind in SECRET_KINDS or letter.sealed or not _hands_out(letter, cycle, here):
            return None
        files = attached(split(here.ledger.letters.raw(letter.key), MailLimits(), set()))
    if not 1 <= int(place) <= len(files):
        return None
    part = files[int(place) - 1]
    content = part.content(set())
    return File(name=safe_name(part.file_name), media_type=media_type_of(content), content=content)


def _seen(here: Here, number: str) -> LetterSeen | None:
    """Return a letter by its number, where the viewer sees it."""
    if not number.isascii() or not number.isdigit():
        return None
    letter = Boxes(here.ledger.engine).letter(int(number))
    return letter if letter is not None and sees_letter(letter, here) else None


def _hands_out(letter: LetterSeen, cycle: Cycle | None, here: Here) -> bool:
    """Say whether the files of a letter may be taken home: ours, and no form in which somebody's NIK was found."""
    if letter.kind not in _OF_A_UNIT:
        return letter.kind in _OF_THE_OFFICE and here.viewer.sees_everything
    form = cycle.form_of(letter.unit) if cycle is not None and letter.unit else None
    if form is None or letter.kind != LetterKind.RETURNED:
        return True
    return not any(fault.code in PERSONAL for sent in form.submissions for fault in sent.faults)


def _why(letter: LetterSeen, cycle: Cycle | None, reasons: Reasons) -> str:
    """Return why a letter leaves, as `mailbot why` says it."""
    at = letter.sent_at or letter.queued_at
    return reasons.sentence(SentLetter(kind=letter.kind, person=letter.person, unit=letter.unit, at=at), cycle)
