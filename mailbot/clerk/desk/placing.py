"""Step 5 of the walk: what is laid beside a mail to sort it: our letters, the cycles, a code that comes back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from mailbot.clerk.configuration.waiting import waiting_edit
from mailbot.clerk.desk.by_subject import answered_by_subject, cycle_in_subject, with_subject
from mailbot.clerk.desk.coming_back import come_back
from mailbot.clerk.desk.own_footers import confirmed_block, ended, with_footer
from mailbot.clerk.desk.remembering import last_values
from mailbot.core.configuration.answering import CHALLENGED
from mailbot.core.language.reply_words import Word
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.mail import Proof
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.procedure.addressing import line
from mailbot.core.procedure.word_asked import current
from mailbot.core.sorting.placing import Desk, SentLetter

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mailbot.clerk.parts import Books
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.mail import Mail
    from mailbot.core.model.office import Office
    from mailbot.core.model.outcome import JournalLine
    from mailbot.core.sorting.placing import Sorted
    from mailbot.ledger.ledger import Ledger
    from mailbot.ledger.values import InboxMail, OutboxLetter

OURS = "<mb1."
"""How the Message-IDs of our letters begin."""
GUESSES = 5
"""So many wrong codes make a challenge void: a code of six digits must not be found by trying."""
_ACTED = frozenset({MailOutcome.VERDICT, MailOutcome.COMMAND, MailOutcome.FORM})
"""Final states in which a word was acted on, so that the code beside it, or behind it, is used up."""


def desk_for(books: Books, mail: Mail, at: datetime, read: Callable[[InboxMail], Mail]) -> Desk:
    """Lay beside a mail all that is needed to say what it is; `read` reads a kept mail."""
    ledger = books.ledger
    letters = _letters_of(books, mail)
    running = tuple(sorted(ledger.cycles.open(), key=lambda cycle: cycle.opened_at))
    named = "" if letters else cycle_in_subject(mail, books.office, running)
    if asked := next((cycle for cycle in running if cycle.key == named), None):
        letters = tuple(map(_as_sent, answered_by_subject(books, mail, asked)))
    cycles = (*running, *_closed(ledger, running, letters, mail, named=named))
    desk = Desk(
        mail=with_subject(books, mail, letters),
        at=at,
        office=books.office,
        about=letters,
        letter_gone=not letters and any(one.startswith(OURS) for one in _ids(books.office, mail)),
        bounced=tuple(_as_sent(letter) if letter else None for letter in map(partial(come_back, ledger), mail.bounces)),
        cycles=cycles,
        named=named,
        last={cycle.key: last_values(ledger, cycle) for cycle in cycles if _asks_for_figures(mail, cycle)},
        asked=_asked_about(ledger, letters, read),
        edit=waiting_edit(ledger),
    )
    return with_footer(ledger, desk)


def _asked_about(ledger: Ledger, letters: tuple[SentLetter, ...], read: Callable[[InboxMail], Mail]) -> Mail | None:
    """Return the earlier mail that our question is about which a mail answers, None if it answers no question."""
    asked = letters[0].answers_mail if letters and letters[0].kind == LetterKind.UNCLEAR else ""
    kept = ledger.inbox.by_sha256(asked) if asked else None
    return read(kept) if kept is not None else None


def spoken_of(office: Office, mail: Mail) -> tuple[str, ...]:
    """Return the Message-IDs that a mail could only know from a letter that arrived: answered, quoted or reported."""
    reported = (bounce.message_id for bounce in mail.bounces if bounce.message_id)
    return (*_ids(office, mail), *reported)


def _letters_of(books: Books, mail: Mail) -> tuple[SentLetter, ...]:
    """Return our letters that a mail refers to, nearest first: by its thread, then by what it quotes."""
    found = (_sent(books.ledger, message_id) for message_id in _ids(books.office, mail))
    return tuple(letter for letter in found if letter is not None)


def _ids(office: Office, mail: Mail) -> tuple[str, ...]:
    """Return the Message-IDs a mail answers or quotes, ours or not, nearest first."""
    domain = office.mailbox.rpartition("@")[2]
    return tuple(dict.fromkeys((*mail.in_reply_to, *(f"<{token}@{domain}>" for token in mail.tokens))))


def _sent(ledger: Ledger, message_id: str) -> SentLetter | None:
    """Return a letter of ours by its Message-ID, or None."""
    letter: OutboxLetter | None = ledger.letters.by_message_id((message_id,))
    return _as_sent(letter) if letter is not None else None


def _as_sent(letter: OutboxLetter) -> SentLetter:
    """Return a letter of the outbox as a desk has it."""
    return SentLetter(
        key=letter.key,
        kind=letter.kind,
        cycle=letter.cycle,
        unit=letter.unit,
        person=letter.person,
        address=letter.address,
        asks=letter.asks,
        number=letter.number,
        answers_mail=letter.answers_mail,
    )


def _closed(
    ledger: Ledger, running: tuple[Cycle, ...], letters: tuple[SentLetter, ...], *mails: Mail, named: str = ""
) -> tuple[Cycle, ...]:
    """Return the closed cycles that mails speak of, the latest first; where none is open, the latest of all with them.

    A mail speaks of a cycle by the letters it answers, by the stamps of its forms, and by its subject (`named`).
    """
    stamps = (form.stamp.cycle for mail in mails for form in mail.forms if form.stamp is not None)
    spoken = {*(letter.cycle for letter in letters), *stamps, named} - {"", *(cycle.key for cycle in running)}
    latest = () if running else (ledger.cycles.latest_closed(),)
    found = {cycle.key: cycle for cycle in (*map(ledger.cycles.get, sorted(spoken)), *latest) if cycle is not None}
    return tuple(sorted(found.values(), key=lambda cycle: cycle.opened_at, reverse=True))


def _asks_for_figures(mail: Mail, cycle: Cycle) -> bool:
    """Say whether figures of a cycle may be judged: a form came, or lines, or a word about lines that wait."""
    waiting = any(form.waiting is not None or form.waiting_forms for form in cycle.units)
    return not cycle.closed and (bool(mail.forms) or mail.lines is not None or waiting)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proving:
    """A desk as it stands once the code in its mail was looked at, and what is to be remembered of that."""

    desk: Desk
    bearer: str = ""
    """Digest of the mail that brought the code."""
    fitted: OutboxLetter | None = None
    """The challenge whose code it is."""
    affirmed: SentLetter | None = None
    """The letter to which the mail says BENAR, where it asked about something beside an approving word."""
    footers: tuple[tuple[str, str], ...] = ()
    """What is remembered of the sender's own footer."""
    missed: tuple[tuple[str, int], ...] = ()
    """Key of each challenge that still waits and that the code is not of, with the wrong codes it has now seen."""

    def notes(self, found: Sorted) -> tuple[tuple[str, str], ...]:
        """Return what the ledger keeps beside the decision: a code used up, and codes that were wrong."""
        wrong = tuple((wrong_note(key), str(count)) for key, count in self.missed)
        if found.outcome not in _ACTED:
            return wrong
        used = ((used_note(self.fitted.key), self.bearer),) if self.fitted is not None else wrong
        return (*used, *self.footers)

    def journal(self, found: Sorted) -> tuple[tuple[str, JournalLine], ...]:
        """Return the journal's line of a code, or of BENAR, that came back: whose, of which letter, in which mail."""
        if found.outcome not in _ACTED:
            return ()
        returned = (("code_returned", self.fitted), ("benar_returned", self.affirmed))
        return tuple(
            (letter.cycle, line(self.desk.at, event, letter.person, letter=letter.key, mail=self.bearer))
            for event, letter in returned
            if letter is not None
        )


def prove(books: Books, secret: bytes, desk: Desk, read: Callable[[InboxMail], Mail]) -> Proving:
    """Look at the code in a mail: its own bearer's, of a challenge about the present row and version, unused, in time.

    A mail with several codes proves nothing: it would be many guesses in one.

    Args:
        books: where challenges, codes and the earlier mail stand.
        secret: the office's; a challenge's code is made of it.
        desk: the mail with what lies beside it.
        read: reads a kept mail.
    """
    if desk.mail.automatic is not None:
        return Proving(desk=desk)
    if len(desk.mail.codes) != 1:
        return _affirming(books, desk, read)
    from mailbot.writing.letters.letter import one_time_code  # noqa: PLC0415 - a quiet pass reads no mail

    (code,) = desk.mail.codes
    waiting = _waiting(books, desk)
    fitted = next((letter for letter in waiting if one_time_code(secret, letter.key) == code), None)
    if fitted is None:
        missed = tuple((letter.key, 1 + wrong_codes(books.ledger, letter.key)) for letter in waiting)
        return Proving(desk=desk, missed=missed)
    kept = books.ledger.inbox.by_sha256(fitted.answers_mail)
    earlier = read(kept) if kept is not None else None
    told = _letters_of(books, earlier) if earlier is not None else ()
    earlier = with_subject(books, earlier, told) if earlier is not None else None
    about = (_as_sent(fitted), *desk.about, *told)
    letters = tuple({letter.key: letter for letter in about}.values())
    running = tuple(cycle for cycle in desk.cycles if not cycle.closed)
    mails = (desk.mail,) if earlier is None else (desk.mail, earlier)
    proved = replace(
        desk,
        mail=replace(desk.mail, proof=Proof.CODE),
        about=letters,
        cycles=(*running, *_closed(books.ledger, running, letters, *mails)),
        confirms=earlier,
    )
    return Proving(desk=proved, bearer=desk.mail.sha256, fitted=fitted)


def _affirming(books: Books, desk: Desk, read: Callable[[InboxMail], Mail]) -> Proving:
    """Look whether a mail says BENAR, and to which letter that asked about something beside an approving word.

    Where it answers none, the desk knows those that still ask, so that it can be asked which is meant.
    """
    if desk.said.word is not Word.BENAR:
        return Proving(desk=desk, footers=ended(books.ledger, desk))
    people = {person.key for person in desk.people}
    asking = next((letter for letter in desk.about if letter.kind == LetterKind.DOUBTED), None)
    if asking is None or asking.person not in people:
        return Proving(desk=replace(desk, doubts=_doubts(books, desk)))
    kept = books.ledger.inbox.by_sha256(asking.answers_mail)
    if kept is None:
        return Proving(desk=desk)
    about = (asking, *(letter for letter in desk.about if letter.key != asking.key))
    mail = read(kept)
    mail = with_subject(books, mail, _letters_of(books, mail))
    return Proving(
        desk=replace(desk, affirms=mail, about=about),
        bearer=desk.mail.sha256,
        affirmed=asking,
        footers=confirmed_block(books.ledger, desk, mail, asking),
    )


def _doubts(books: Books, desk: Desk) -> tuple[SentLetter, ...]:
    """Return the letters to whoever wrote that still ask for BENAR beside an approving word."""
    open_cycles = {cycle.key: cycle for cycle in desk.cycles if not cycle.closed}
    since = desk.mail.received_at - timedelta(days=books.office.policy.code_valid_days)
    return tuple(
        _as_sent(letter)
        for person in desk.people
        for letter in books.ledger.letters.to_person(LetterKind.DOUBTED.value, person.key, since)
        if letter.cycle in open_cycles and current(open_cycles[letter.cycle], letter.asks)
    )


def _waiting(books: Books, desk: Desk) -> tuple[OutboxLetter, ...]:
    """Return the challenges to whoever wrote that can still be answered, those this mail answers first.

    A code that comes after the end proves its word like any other: that word is answered as one that came too late.
    """
    cycles = {cycle.key: cycle for cycle in desk.cycles}
    since = desk.mail.received_at - timedelta(days=books.office.policy.code_valid_days)
    ledger = books.ledger
    sent = [
        letter
        for person in desk.people
        for letter in ledger.letters.to_person(LetterKind.CHALLENGE.value, person.key, since)
        if _still_asks(letter, cycles, desk)
    ]
    live = [
        letter
        for letter in sent
        if ledger.notes.read(used_note(letter.key)) in {"", desk.mail.sha256}
        and wrong_codes(ledger, letter.key) < GUESSES
    ]
    answered = [letter.key for letter in desk.about]
    return tuple(sorted(live, key=lambda letter: letter.key not in answered))


def _still_asks(letter: OutboxLetter, cycles: dict[str, Cycle], desk: Desk) -> bool:
    """Say whether a challenge is about what may still be decided: of a cycle, or the configuration that waits."""
    if letter.key.split("/")[1] == CHALLENGED:
        return desk.edit is not None and letter.key.endswith(f"/{desk.edit.digest}")
    if not letter.cycle:
        return True  # it is about a cycle that is still to open, or a file that is held back
    cycle = cycles.get(letter.cycle)
    return cycle is not None and (cycle.closed or current(cycle, letter.asks))


def wrong_codes(ledger: Ledger, key: str) -> int:
    """Return how many wrong codes a challenge has seen."""
    return int(ledger.notes.read(wrong_note(key)) or 0)


def used_note(key: str) -> str:
    """Return the name of the note that says which mail used up a challenge's code."""
    return f"code_used/{key}"


def wrong_note(key: str) -> str:
    """Return the name of the note that counts a challenge's wrong codes."""
    return f"code_wrong/{key}"
