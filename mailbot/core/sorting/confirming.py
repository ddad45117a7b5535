"""What a one-time code in a mail does: it makes the word of an earlier mail count, or is asked back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.language.reply_words import Said
from mailbot.core.model.facts import AnswerUnclear
from mailbot.core.model.letters import LetterKind, Reason
from mailbot.core.model.mail import Proof
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.sorting.placing import Sorted, cycle_meant, source_of, speaker, word_wanted

if TYPE_CHECKING:
    from mailbot.core.sorting.placing import Desk


def confirmed(desk: Desk) -> Desk:
    """Return the desk of the mail that a one-time code confirms, where this mail brings the code and nothing else.

    Only where both mails are the same person's: a code proves its own bearer, not whom he answers. The word said once
    more beside the code is the same word, and the earlier mail has all that belongs to it.
    """
    if desk.confirms is None or desk.mail.proof is not Proof.CODE or desk.mail.automatic is not None:
        return desk
    earlier = replace(desk, mail=replace(desk.confirms, proof=Proof.CODE), confirms=None)
    same = {person.key for person in earlier.people} & {person.key for person in desk.people}
    said = desk.said
    again = said.word is earlier.said.word and not (said.remarks or said.arguments or desk.mail.attachments)
    alone = said.word is None and not said.unclear
    return earlier if same and (alone or again) else desk


def unknown_code(desk: Desk) -> Sorted | None:
    """Does it bring a one-time code, and no word, in answer to our question, but not the one that was asked for?"""
    cycle = cycle_meant(desk)
    if cycle is None or not desk.mail.codes or not any(letter.kind == LetterKind.CHALLENGE for letter in desk.about):
        return None
    source = source_of(desk, speaker(desk, cycle))
    about = word_wanted(desk, cycle)
    fact = AnswerUnclear(at=desk.at, source=source, said=Said(), about=about, reason=Reason.BAD_CODE)
    return Sorted(outcome=MailOutcome.UNCLEAR, facts=((cycle.key, fact),), detail=Reason.BAD_CODE.value)
