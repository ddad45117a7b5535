"""A mail's page: as it came beside as it was read, its one final state and why, what it brought, what answered it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.language.nik import masked
from mailbot.core.model.outcome import MailOutcome
from mailbot.ledger.board.boxes import Boxes
from mailbot.ledger.engine import one_moment
from mailbot.web.pages.boxes.fates import fates_of
from mailbot.web.pages.boxes.lists import letter_line, mail_mark, moment, reasons_of, sender_words
from mailbot.web.pages.boxes.reading_mail import Read, read_whole, without_codes
from mailbot.web.pages.page import Page, path
from mailbot.web.pages.sight import SECRET_KINDS, sees_letter, sees_mail
from mailbot.web.viewer import Act

if TYPE_CHECKING:
    from mailbot.ledger.board.boxes import MailSeen
    from mailbot.web.pages.marks import Tone
    from mailbot.web.pages.page import Here


def mail_page(here: Here, number: str) -> Page | None:
    """Return the page of one mail; None: there is none of that number, or the viewer may not see it."""
    if not number.isascii() or not number.isdigit():
        return None
    with one_moment(here.ledger.engine):
        boxes = Boxes(here.ledger.engine)
        mail = boxes.mail(int(number))
        if mail is None:
            return None
        brought = boxes.units_brought([mail.message_id]).get(mail.message_id, frozenset())
        if not sees_mail(mail, {unit for _, unit in brought}, here):
            return None
        kept = boxes.file(mail.sha256) if mail.sha256 else None
        read = read_whole(kept[1]) if kept is not None else None
        if read is not None and _answers_a_code(read, here):
            read = without_codes(read)
        answers = [letter for letter in boxes.answers_to(mail.message_id) if sees_letter(letter, here)]
        reasons = reasons_of(here)
        roster = here.office.roster
        fate = fates_of([mail], here).get(mail.id)
        values = {
            "mail": mail,
            "mark": mail_mark(mail, here, fate),
            "why": why_words(mail, here, fate),
            "came": here.phrases.moment(mail.received_at),
            "settled": moment(mail.settled_at, here) if mail.settled_at is not None else "",
            "who": sender_words(mail.sender, here),
            "read": read,
            "error": masked(mail.error) if here.viewer.may(Act.REPLAY) else "",
            "original": path("mails", mail.same_as) if mail.same_as is not None else "",
            "brought": tuple(
                (path("units", unit, cycle), f"{roster.unit(unit).name}, {cycle}") for cycle, unit in sorted(brought)
            ),
            "answers": tuple(letter_line(letter, here, reasons) for letter in answers),
            "may_replay": here.may(Act.REPLAY) and mail.same_as is None and bool(mail.sha256),
        }
        return Page(template="pages/mail.j2", title=_title(read, here), values=values, place="mails")


def _answers_a_code(read: Read, here: Here) -> bool:
    """Say whether a mail answers a letter with a code: it repeats the code, or quotes it."""
    letter = here.ledger.letters.by_message_id((read.answers,)) if read.answers else None
    return letter is not None and letter.kind in SECRET_KINDS


def why_words(mail: MailSeen, here: Here, fate: tuple[Tone, str] | None = None) -> str:
    """Return in a sentence what became of a mail, and why."""
    if mail.outcome is None:
        return here.told("why_mail", "tried" if mail.error else "waits", count=mail.attempts)
    words = here.told("why_mail", mail.outcome.value, word=mail.detail)
    if fate is not None:
        return f"{words} {here.told('why_came_of', fate[1])}"
    reason = here.words["mail_reasons"].get(mail.detail, "") if mail.outcome is not MailOutcome.SET_ASIDE else ""
    return f"{words} {reason}".strip()


def _title(read: Read | None, here: Here) -> str:
    """Return the subject; what stands there where there is none."""
    return (read.subject if read is not None else "") or here.told("mail", "no_subject")
