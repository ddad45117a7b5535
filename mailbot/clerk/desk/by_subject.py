"""Which cycle, and which letter of ours, a mail is about that has neither thread nor quotation: what its subject says.

Some mail programs answer without the fields that make a thread, and people delete what is quoted. Every subject of ours
names its cycle. A word is taken as said to the letter that asks for it only where nothing else can be meant: its sender
is proved, the subject is that letter's own, and every letter to him under that subject asks the present question.
"""

from __future__ import annotations

import re
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from functools import lru_cache
from typing import TYPE_CHECKING

from mailbot.core.model.letters import LetterKind
from mailbot.core.procedure.word_asked import current

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailbot.clerk.parts import Books
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.mail import Mail
    from mailbot.core.model.office import Office
    from mailbot.core.sorting.placing import SentLetter
    from mailbot.ledger.values import OutboxLetter

_BEFORE = re.compile(
    r"(?:\s*(?:re|aw|sv|vs|antw|bls|balas|balasan|jawab|jawaban)\s*(?:\[\d{1,3}\]|\(\d{1,3}\))?\s*:"
    r"|\s*\[(?:ext|external|eksternal|luar)\])*\s*",
    re.IGNORECASE,
)
"""What answering puts before a subject; what is passed on answers somebody else."""
_TAGGED = r"[^\]})*]{0,16}(?:spam|junk|ext|eks|luar|suspect|phish|caution|verif|bulk|virus|scan)[^\]})*]{0,16}"
_BEFORE_ANY = re.compile(
    rf"(?:{_BEFORE.pattern}(?:(?:fw|fwd|wg|tr|trs|terusan|diteruskan)\s*:|[\[{{(*]+{_TAGGED}[\]}})*]+:?))*{_BEFORE.pattern}",
    re.IGNORECASE,
)
"""The same with what passing on and gateways put there (`***SPAM***`), which says nothing of what the mail says."""
_REFERENCE = re.compile(r"[(\[]?\bmb1\.[0-9a-f]{16}\b[)\]]?", re.IGNORECASE)
"""How a letter of ours is named, which a link in it puts last."""
_LETTERS = 4
"""So many of the letters in a thread are looked at for their subject."""
_CUT_CHARS = 24
"""A subject of that length may be the beginning of one that a mail program has cut."""
_HEAD_BYTES = 8_192
_HEADS = 256
"""The subjects of so many letters are remembered."""
_ABOUT_ONE_MAIL = frozenset({LetterKind.UNCLEAR.value, LetterKind.DOUBTED.value, LetterKind.CHALLENGE.value})
"""Letters that ask about one mail: of two of them nobody can tell which is answered."""


def cycle_in_subject(mail: Mail, office: Office, running: Sequence[Cycle]) -> str:
    """Return the key of the one cycle that a mail's subject names as ours do; empty if it names none, or several."""
    named = {match[1].casefold() for match in _token(office).finditer(mail.subject)}
    if len(named) != 1:
        return ""
    (key,) = named
    known = (*(cycle.key for cycle in running), *(plan.key for plan in office.cycles))
    return next((one for one in known if one.casefold() == key), key)


def answered_by_subject(books: Books, mail: Mail, cycle: Cycle) -> tuple[OutboxLetter, ...]:
    """Return the one letter whose question a mail answers by its subject alone; none where another may be meant."""
    office = books.office
    if mail.in_reply_to or mail.tokens or mail.quotes or mail.automatic is not None or mail.attachments:
        return ()
    if cycle.closed or not mail.proof.holds or (matter := _matter(mail.subject, office)) is None:
        return ()
    day = office.calendar.local(mail.received_at).date()
    people = {person.key for person in office.roster.senders(mail.sender, day)} if mail.sender else set()
    asking = (
        letter
        for letter in books.ledger.letters.of_cycle(cycle.key)
        if letter.person in people and letter.asks is not None and letter.queued_at <= mail.received_at
    )
    same = [one for one in asking if _matter(_subject_of(books.ledger.letters.raw(one.key)), office) == matter]
    if not all(current(cycle, letter.asks) for letter in same):
        return ()
    if len(same) > 1 and any(letter.kind in _ABOUT_ONE_MAIL for letter in same):
        return ()
    return tuple(same[-1:])


def with_subject(books: Books, mail: Mail, letters: Sequence[SentLetter]) -> Mail:
    """Return a mail that answers a letter which asks for a deciding word, with what stands in its subject beside ours.

    Nothing does where the subject is that of a letter it answers, whatever answering and gateways put before it. Where
    it is another one altogether, all of it was written by whoever sent it.
    """
    if mail.automatic is not None or not any(letter.asks is not None for letter in letters):
        return mail
    line = _without_before(mail.subject)
    ours = [_without_before(_subject_of(books.ledger.letters.raw(letter.key))) for letter in letters[:_LETTERS]]
    said = line.lower()
    if any(
        said == one.lower() or (len(line) >= _CUT_CHARS and one.lower().startswith(said.rstrip(".\u2026 ")))
        for one in ours
    ):
        return mail
    within = next((one for one in ours if one and one.lower() in said), "")
    place = said.index(within.lower())
    rest = f"{line[:place]} {line[place + len(within) :]}" if within else _token(books.office).sub(" ", line)
    return replace(mail, subject_beside=" ".join(rest.split()))


def _without_before(subject: str) -> str:
    """Return a subject without what answering, passing on and gateways put before it, and without our reference."""
    line = " ".join(_REFERENCE.sub(" ", subject).split())
    before = _BEFORE_ANY.match(line)
    return line[before.end() :] if before is not None else line


def _token(office: Office) -> re.Pattern[str]:
    """Return the pattern of what stands in brackets in every subject of ours that belongs to a cycle."""
    return re.compile(rf"\[{re.escape(office.letterhead.agency_short)}-LKJIP/([^\]\s/]{{1,60}})\]", re.IGNORECASE)


def _matter(subject: str, office: Office) -> str | None:
    """Return what a subject of ours says, as it is compared; None of one that is none, or was not answered plainly.

    The cycle stands at its end; in letters of earlier versions it stood at the head.
    """
    line = " ".join(subject.split())
    token = _token(office).search(line)
    if token is None:
        return None
    head, tail = line[: token.start()], line[token.end() :].strip()
    before = _BEFORE.match(head)
    matter = head[before.end() if before is not None else 0 :].strip()
    if matter and tail:
        return None
    return f"{matter or tail} {token[0]}".casefold()


def _subject_of(raw: bytes) -> str:
    """Return the subject of a letter of ours."""
    return _subject_in(raw[:_HEAD_BYTES].partition(b"\r\n\r\n")[0])


@lru_cache(maxsize=_HEADS)
def _subject_in(head: bytes) -> str:
    """Return the subject that stands in the header of a letter: a letter is answered by many mails."""
    return str(message_from_bytes(head, policy=default).get("subject", ""))
