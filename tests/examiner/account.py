"""Nothing lost, doubled, sent at night, to strangers or to robots: every mail and letter is accounted for."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.examiner.forms import vouched
from tests.examiner.letter import FRUITLESS
from tests.examiner.tape import Charge
from tests.examiner.thread import WANTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tests.examiner.letter import Letter
    from tests.examiner.mail import Mail
    from tests.examiner.thread import Docket, Word

_A_DAY = timedelta(days=1)
_BY_A_WRONG_CLOCK = timedelta(days=4)
"""What a clock that was wrong by two days, and right again, may take for one day."""
_WORKED_WITHIN = timedelta(days=14)
_MOST_FRUITLESS = 3
_AT_ONE_TIME = timedelta(minutes=30)
_OF_THE_OFFICE = frozenset(
    {"data_needs", "recap", "draft", "review", "ratify", "submission", "closed", "morning", "digest"}
)
"""What no stranger gets, though he sent a form and is told what becomes of it."""
_REMINDS = frozenset({"reminder", "reminder_today"})
_BESIDE = frozenset({"challenge", "unclear", "paper_noted"})
"""Questions back, for what the mail came to is told once they are answered; and what a paper beside a word is."""
_NOT_COUNTED = frozenset({"unclear", "out_of_turn"})
_BRINGS_FORMS = frozenset({"data_needs", "request", "request_copy"})
_SIGNED = frozenset({"submission", "copy_sent", "paper_shown", "closed", "reminder", "reminder_today", "escalation"})
"""Letters that a signed paper goes on with."""
_READING_TAKES = timedelta(hours=1)


def answered(docket: Docket) -> Iterator[Charge]:
    """Every mail of a person on the list has its answer, and one only."""
    for mail in docket.mails:
        answers = [one for one in docket.answers.get(mail.message_id, ()) if not one.left.doubted]
        kinds = Counter(one.kind for one in answers if one.kind not in _BESIDE)
        if sum(kinds.values()) > 1 and len(mail.files) < 2:
            told = " and ".join(sorted(kind or "another" for kind in kinds.elements()))
            yield Charge(law="answered twice", what=f"{mail.message_id} of {mail.sender}: {told}")
        if docket.over(mail) and mail.came.seen and not _has_answer(docket, mail):
            yield Charge(law="lost", what=f"{mail.message_id} of {mail.sender} ({_shown(mail)}) was never answered")
        for answer in answers:
            if not docket.office.same_person(answer.to, mail.sender):
                yield Charge(law="answered wrongly", what=f"the answer to {mail.sender} went to {answer.to}")


def _has_answer(docket: Docket, mail: Mail) -> bool:
    """Say whether somebody was told what his mail came to, or may go without."""
    tried = (*docket.answers.get(mail.message_id, ()), *docket.refused)
    if any(one.answers == mail.message_id for one in tried) or _head_is_asked(docket, mail):
        return True
    if _told_of_the_end(docket, mail):
        return True
    asked = docket.answered_by(mail)
    if asked is not None and asked.code and asked.code in mail.codes:
        # A code makes an earlier mail count; that one is answered.
        later = (*docket.answers.get(asked.answers, ()), *docket.refused)
        if any(one.answers == asked.answers and one.at >= mail.at and one is not asked for one in later):
            return True
    return _may_be_withheld(docket, mail)


def _told_of_the_end(docket: Docket, mail: Mail) -> bool:
    """Say whether the cycle was cancelled while his answer waited: it leaves no more, and he is told that instead."""
    for one in (*docket.letters, *docket.refused):
        cancelled = one.at if docket.tape.clock_wrong else one.written
        after = mail.at <= cancelled <= mail.at + _WORKED_WITHIN
        if one.kind == "cycle_cancelled" and after and docket.office.same_person(one.to, mail.sender):
            return True
    return False


def _head_is_asked(docket: Docket, mail: Mail) -> bool:
    """Say whether the head of the sender's unit was asked which of two forms counts: that is the answer to a form."""
    unit = docket.office.unit_of(mail.sender)
    asked = (*docket.letters, *docket.refused)
    return bool(mail.files) and any(
        one.kind == "conflict" and (one.at >= mail.at or not mail.came.proved) and docket.office.unit_of(one.to) == unit
        for one in asked
    )


def _may_be_withheld(docket: Docket, mail: Mail) -> bool:
    """Say whether an answer may be left out: so many a day, and three that led nowhere in a row (two robots).

    An answer that a server refused for good was written and tried like the others, and is counted among them. Answers
    to mail that is proved and to mail that is not are counted apart.
    """
    since = mail.at - (_BY_A_WRONG_CLOCK if docket.tape.clock_wrong else _A_DAY)
    lately = [
        one
        for one in sorted((*docket.letters, *docket.refused), key=lambda one: one.at)
        if one.answers and since <= one.at <= mail.at + _WORKED_WITHIN and one.to == mail.sender
    ]
    alike = [one for one in lately if _answers_like(docket, one, mail)]
    return len(lately) >= docket.office.answers_per_day or _in_vain(lately) or _in_vain(alike)


def _answers_like(docket: Docket, letter: Letter, mail: Mail) -> bool:
    """Say whether a letter answers a mail that was as much proved as this one."""
    answered = docket.mail_by_id.get(letter.answers)
    return answered is not None and answered.came.proved == mail.came.proved


def _in_vain(answers: list[Letter]) -> bool:
    """Say whether three answers one after the other led nowhere.

    They were decided in the order of their dates, though they may have left in another, unless the clock was set
    meanwhile. Of those within half an hour of each other the wire does not tell in which.
    """
    return _in_a_row([(one.written, one.kind) for one in answers]) or _in_a_row([(one.at, one.kind) for one in answers])


def _in_a_row(answers: list[tuple[datetime, str]]) -> bool:
    """Say whether three of these moments were fruitless, and nothing else stood between them."""
    vain = sorted(at for at, kind in answers if kind in FRUITLESS)
    others = [at for at, kind in answers if kind not in FRUITLESS]
    rows = zip(vain, vain[_MOST_FRUITLESS - 1 :], strict=False)
    return any(not any(first + _AT_ONE_TIME < at <= last for at in others) for first, last in rows)


def left_once(docket: Docket) -> Iterator[Charge]:
    """Each letter leaves once; only one of which nobody knew whether it was taken may leave again, the same bytes."""
    first: dict[tuple[str, str], Letter] = {}
    for letter in docket.letters:
        before = first.setdefault((letter.to, letter.message_id), letter)
        if before is letter:
            continue
        if before.left.forgotten:
            continue
        if not before.left.doubted:
            yield Charge(law="doubled", what=f"{_named(letter)} left twice")
        elif before.left.raw != letter.left.raw:
            yield Charge(law="doubled", what=f"{_named(letter)} left again with other bytes")
    yield from _same_day(docket)


def _same_day(docket: Docket) -> Iterator[Charge]:
    """Nobody is reminded of the same twice on one day."""
    days = Counter(
        (one.to, one.kind, one.subject, docket.office.day_of(one.at))
        for one in {letter.message_id: letter for letter in docket.letters}.values()
        if one.kind in _REMINDS
    )
    for (to, _, subject, day), times in days.items():
        if times > 1:
            yield Charge(law="doubled", what=f"{to} got {times} letters {subject!r} on {day}")


def to_whom(docket: Docket) -> Iterator[Charge]:
    """Letters go to people on the list alone, and no robot is answered."""
    robots = {one.message_id for one in docket.others if one.automatic}
    wrote = {one.sender for one in docket.others if one.files}
    for letter in docket.letters:
        if not docket.office.owners(letter.to) and (letter.to not in wrote or letter.kind in _OF_THE_OFFICE):
            yield Charge(law="to a stranger", what=f"{_named(letter)} went to {letter.to}")
        if letter.answers in robots:
            yield Charge(law="to a robot", what=f"{_named(letter)} answers {letter.answers}")


def in_hours(docket: Docket) -> Iterator[Charge]:
    """What nobody asked for just now leaves in office hours; the operator is told of machinery at any time."""
    for letter in docket.letters if not docket.tape.clock_wrong else ():
        if letter.answers or docket.office.has_role(letter.to, "operator") or docket.office.is_open(letter.at):
            continue
        before = ", put off before" if letter.left.put_off else ""
        yield Charge(
            law="at night", what=f"{_named(letter)} left at {letter.at:%d %b %H.%M} UTC to {letter.to}{before}"
        )


def reminded(docket: Docket) -> Iterator[Charge]:
    """Nobody is reminded whose answer lies in the mailbox, or was noted already."""
    for letter in docket.letters if not docket.tape.clock_wrong else ():
        if letter.kind not in _REMINDS:
            continue
        asked = (docket.asked(letter), docket.last_asked(letter))
        for word in docket.words:
            if (
                docket.office.same_person(word.mail.sender, letter.to)
                and word.ends_its_row(docket.office)
                and any(one is word.root for one in asked)
                and word.mail.bare
                and word.since + _READING_TAKES < letter.at
                and word.lay_there
                and not _asked_anew(docket, word, letter)
                and not _signature_lacks(docket, letter)
            ):
                yield Charge(law="reminded in vain", what=f"{_named(letter)}, and {word.mail.message_id} had come")


def _asked_anew(docket: Docket, word: Word, letter: Letter) -> bool:
    """Say whether his word was taken back, or the books were, and he was told since that it does not stand in them."""
    if any(
        one.kind == "recalled" and one.to == letter.to and word.mail.at <= one.at <= letter.at for one in docket.letters
    ):
        return True
    told = [one for one in docket.answers.get(word.mail.message_id, ()) if one.at <= letter.at]
    put_back = any(one.left.forgotten for one in docket.letters)
    return put_back and bool(told) and told[-1].kind in _NOT_COUNTED


def _signature_lacks(docket: Docket, letter: Letter) -> bool:
    """Say whether he was asked for a signature beside his word, or shown a paper to look at: he is reminded of that."""
    return any(
        one.kind in {*WANTS, "paper_shown"} and one.at <= letter.at and docket.office.same_person(one.to, letter.to)
        for one in docket.letters
    )


def quoted(docket: Docket) -> Iterator[Charge]:
    """Nothing of an unproved mail is handed on: no line of its words, no file."""
    proved = {line for one in docket.mails if docket.counts_since(one) is not None for line in one.own}
    foreign = [
        one for one in (*docket.mails, *docket.others) if not one.came.proved and docket.counts_since(one) is None
    ]
    lines = {line: one for one in foreign for line in one.own if len(line) >= 16 and line not in proved}
    files = {content: one for one in foreign for _, content in one.files if len(content) > 32}
    for content in [content for one in docket.mails if one.came.proved for _, content in one.files]:
        files.pop(content, None)
    for content in [content for one in docket.letters if one.kind in _BRINGS_FORMS for _, content in one.files]:
        files.pop(content, None)
    for letter in docket.letters:
        said = next((line for line in lines if line in letter.text), "")
        if said and lines[said].at <= letter.at:
            yield Charge(law="handed on", what=f"{_named(letter)} quotes {said!r} of {lines[said].sender}, unproved")
        for name, content in letter.files:
            if content not in files or docket.office.same_person(files[content].sender, letter.to):
                continue
            if letter.kind in _SIGNED and any(one.kind == "paper_wanted" for one in docket.letters):
                continue  # a signed paper that was asked for: it proves itself, or Subbag Program has to look at it
            if not vouched(docket, files[content], letter.at):
                yield Charge(
                    law="handed on", what=f"{_named(letter)} encloses {name} of {files[content].sender}, unproved"
                )


def _named(letter: Letter) -> str:
    return f"{letter.kind or 'a letter'} {letter.message_id} ({letter.subject})"


def _shown(mail: Mail) -> str:
    return f"{' / '.join(mail.own)[:50]}{', with a file' if mail.files else ''}"
