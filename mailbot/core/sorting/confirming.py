"""What asks to be confirmed, and what confirms: a word that is not plain, a one-time code, BENAR (rows 1, 6 to 8)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.language.reply_words import Said, Word
from mailbot.core.language.reservations import asks, denies
from mailbot.core.model.facts import AnswerUnclear
from mailbot.core.model.letters import LetterKind, Reason
from mailbot.core.model.mail import Paper, Proof
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.people import Role
from mailbot.core.procedure.speakers import decides, may_say
from mailbot.core.recall.deputy_facts import DeputyConfirmed
from mailbot.core.sorting.marked_in import verdict
from mailbot.core.sorting.placing import Sorted, cycle_meant, enclosed, source_of, speaker, word_wanted

if TYPE_CHECKING:
    from mailbot.core.model.mail import Mail
    from mailbot.core.model.people import Person
    from mailbot.core.sorting.placing import Desk


def confirmed(desk: Desk) -> Desk:
    """Return the desk of the earlier mail that this one confirms, by its one-time code or by BENAR to our question.

    Only where both mails are the same person's: a code proves its own bearer, not whom he answers.
    """
    if desk.mail.automatic is not None:
        return desk
    if desk.confirms is not None and desk.mail.proof is Proof.CODE:
        return _by_code(desk, desk.confirms)
    return _by_word(desk, desk.affirms) if desk.affirms is not None else desk


def _by_code(desk: Desk, mail: Mail) -> Desk:
    """Return the desk of the mail that a code confirms, where this mail brings the code and nothing else of its own.

    The word said once more beside the code is the same word, and the earlier mail has all that belongs to it. BENAR
    beside the code says no more than the code; where something stood beside that word, it answers that, too.
    """
    earlier = replace(desk, mail=replace(mail, proof=Proof.CODE), confirms=None)
    said, before = desk.said, earlier.said
    alone = said.word is None and not said.unclear
    again = said.word in {before.word, Word.BENAR} and not (said.remarks or said.arguments or desk.mail.attachments)
    affirms = before.meant is not None and said.word in {Word.BENAR, before.meant} and not desk.mail.attachments
    if not _same_person(earlier, desk) or not (alone or again or affirms):
        return desk
    return replace(earlier, affirmed=affirms)


def _by_word(desk: Desk, mail: Mail) -> Desk:
    """Return the desk of the mail that was asked about; what proves BENAR proves the word it lets count."""
    earlier = replace(desk, mail=replace(mail, proof=desk.mail.proof), affirms=None, affirmed=True)
    return earlier if _same_person(earlier, desk) and desk.said.word is Word.BENAR else desk


def _same_person(first: Desk, second: Desk) -> bool:
    """Say whether somebody wrote both mails."""
    return bool({person.key for person in first.people} & {person.key for person in second.people})


def deputy_confirmed(desk: Desk) -> Sorted | None:
    """Does it say BENAR to our question who stands in for the sender?"""
    asking = next((letter for letter in desk.about if letter.kind == LetterKind.DEPUTY_ECHO), None)
    cycle = cycle_meant(desk)
    if asking is None or cycle is None or desk.said.word is not Word.BENAR:
        return None

    def rank(person: Person) -> int:
        return 0 if person.key == asking.person else 1

    source = source_of(desk, speaker(desk, cycle, rank))
    fact = DeputyConfirmed(at=desk.at, source=source, asked_about=asking.answers_mail)
    return Sorted(outcome=MailOutcome.COMMAND, facts=((cycle.key, fact),), detail=Word.BENAR.value)


def benar_to_nothing(desk: Desk) -> Sorted | None:
    """Does it say BENAR while letters to the sender ask for it, and in answer to none of them?"""
    cycle = cycle_meant(desk)
    if cycle is None or not desk.doubts or desk.said.word is not Word.BENAR:
        return None
    source = source_of(desk, speaker(desk, cycle))
    fact = AnswerUnclear(at=desk.at, source=source, said=Said(), reason=Reason.WHICH)
    return Sorted(outcome=MailOutcome.UNCLEAR, facts=((cycle.key, fact),), detail=Reason.WHICH.value)


def vouched(desk: Desk) -> Sorted | None:
    """Does Subbag Program say DITERIMA in Bappeda's place, and beside it how that is known (row 8)?

    That is told to whoever reads the record, so nothing in it need be understood; only where it is a question, or
    denies, it is asked for once more.
    """
    said, cycle = desk.said, cycle_meant(desk)
    if said.word is not None or said.meant is not Word.DITERIMA or cycle is None:
        return None
    if not any(person.role is Role.PLANNING and may_say(person.role, said.meant, cycle.step) for person in desk.people):
        return None
    told = said.in_the_way if not (asks(said.in_the_way) or any(map(denies, said.in_the_way))) else ()
    fact = verdict(desk, cycle, Said(word=said.meant, remarks=told), said.meant)
    return Sorted(outcome=MailOutcome.VERDICT, facts=((cycle.key, fact),), detail=said.meant.value)


def code_beside_benar(desk: Desk) -> Sorted | None:
    """Does it say BENAR beside a one-time code, in answer to our question, but not the code that was asked for?"""
    return unknown_code(desk) if desk.said.word is Word.BENAR and not desk.mail.attachments else None


def unknown_code(desk: Desk) -> Sorted | None:
    """Does it bring a one-time code, and no word, in answer to our question, but not the one that was asked for?"""
    cycle = cycle_meant(desk)
    if cycle is None or not desk.mail.codes or not any(letter.kind == LetterKind.CHALLENGE for letter in desk.about):
        return None
    source = source_of(desk, speaker(desk, cycle))
    about = word_wanted(desk, cycle)
    fact = AnswerUnclear(at=desk.at, source=source, said=Said(), about=about, reason=Reason.BAD_CODE)
    return Sorted(outcome=MailOutcome.UNCLEAR, facts=((cycle.key, fact),), detail=Reason.BAD_CODE.value)


def doubtful(desk: Desk) -> Sorted | None:
    """Does it sound like a decision of somebody who decides, or bring back a signed file, without saying the word?"""
    cycle = cycle_meant(desk)
    if cycle is None or not any(decides(person.role) for person in desk.people):
        return None
    about = word_wanted(desk, cycle)
    if not desk.said.unclear and not (about is not None and enclosed(desk, cycle, Paper.PDF) is not None):
        return None
    person = speaker(desk, cycle, lambda person: 0 if decides(person.role) else 1)
    said = desk.said
    if said.meant is not None and not may_say(person.role, said.meant, cycle.step):
        said = replace(said, meant=None)  # a word that is not his now would not count with BENAR either
    fact = AnswerUnclear(at=desk.at, source=source_of(desk, person), said=said, about=about)
    return Sorted(outcome=MailOutcome.UNCLEAR, facts=((cycle.key, fact),))
