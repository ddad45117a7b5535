"""Who wrote a mail, as far as anybody can tell: what a signature leaves open, and who held a post before (S3, S5)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.model.letters import Letter, letter_key
from mailbot.core.model.letters_in_answer import NoLonger
from mailbot.core.model.mail import Proof
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.sorting.placing import Sorted, answers_to

if TYPE_CHECKING:
    from mailbot.core.sorting.placing import Desk


def as_signed(desk: Desk) -> Desk:
    """Return the desk with a mail that proves nothing, where its signed body by itself says another word.

    What part of a body is the text, and how that is written, is said by the header; where nothing proves that, somebody
    else may have said it. Nor does a mail prove anything that somebody else has sent in his name, however honestly.
    """
    mail = desk.mail
    if mail.proof is not Proof.AUTHENTICATED:
        return desk
    if mail.sent_by and not any(person.owns(mail.sent_by) for person in desk.people):
        return replace(desk, mail=replace(mail, proof=Proof.NONE))
    if mail.words_of_body is None:
        return desk
    alone = replace(desk, mail=replace(mail, own_words=mail.words_of_body, own_texts=(), renderings_agree=True)).said
    same = (alone.word, alone.arguments) == (desk.said.word, desk.said.arguments)
    return desk if same else replace(desk, mail=replace(mail, proof=Proof.NONE))


def out_of_office(desk: Desk) -> Sorted | None:
    """Is it from somebody who held a post before, or will hold it? He is told whose word it is on that day."""
    if desk.people or not desk.mail.sender or desk.mail.proof is Proof.FAILED:
        return None
    roster, calendar = desk.office.roster, desk.office.calendar
    day = calendar.local(desk.mail.received_at).date()
    known = [person for person in roster.people if person.owns(desk.mail.sender)]
    if not known:
        return None
    person = max(known, key=lambda person: (person.until is not None and person.until < day, person.until or day))
    over = person.until if person.until is not None and person.until < day else None
    holder = roster.holder(person.role, day, person.unit)
    letter = Letter(
        key=letter_key(NoLonger.letter_kind, desk.mail.sha256[:16]),
        about=NoLonger(
            person=holder.key if holder is not None else "",
            until=calendar.closing(over) if over is not None else None,
        ),
        to=person.key,
        address=desk.mail.sender,
        answers=answers_to(desk.mail),
    )
    return Sorted(outcome=MailOutcome.STRANGER, detail=desk.mail.sender, letters=(letter,))
