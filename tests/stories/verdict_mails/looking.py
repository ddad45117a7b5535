"""What a mail comes to in rows 6b, 7 and 8: read, laid on the desk, sorted and decided as ever; nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial

from mailbot.clerk.desk.kept_mail import form_files, read_kept
from mailbot.clerk.desk.placing import desk_for, prove
from mailbot.core.decide import decide
from mailbot.core.model.mail import Mail
from mailbot.core.procedure.one_answer import one_answer
from mailbot.core.sorting.sorting import sort
from mailbot.reading.lines.lines import read_lines
from mailbot.reading.mail import read_mail
from tests.office import AUTHSERV_ID, SECRET, ToyOffice
from tests.stories.test_19_answers_reach_people import asked
from tests.stories.verdict_mails.envelopes import Envelope, posted
from tests.stories.verdict_mails.letters import ID, Letter, Words, letter_of
from tests.stories.verdict_mails.replies import Reply

Client = Callable[[tuple[str, ...], Letter, Words], Reply]
MOVERS = {"review": "sekretaris", "ratify": "kadis", "submission": "bappeda"}
"""The letter that asks for a row's word, and who says it."""
_QUESTIONS = frozenset({"unclear", "doubted", "challenge"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a mail."""

    words: tuple[str, ...]
    """The deciding words that were recorded."""
    answers: tuple[str, ...]
    """The kinds of the letters that its sender gets."""
    told: bool
    """Whether Subbag Program reads of it at once."""
    state: str

    @property
    def comes_to(self) -> str:
        """Return it in a word: the word that was recorded, `asks`, the answer that it got, or `ignored`."""
        if self.words:
            return " ".join(self.words)
        if _QUESTIONS.intersection(self.answers):
            return "asks"
        return " ".join(self.answers) or "ignored"


@cache
def begun(row: str) -> tuple[ToyOffice, Letter]:
    """Return the office where the letter of that kind waits for its word, and that letter."""
    office = asked(row)
    return office, letter_of(office.letter(MOVERS[row], row))


def reply(row: str, client: Client, typed: str, words: Words = ID) -> tuple[Letter, Reply]:
    """Return a reply of that program to the letter of the row."""
    letter = begun(row)[1]
    return letter, client(tuple(typed.split("\n")), letter, words)


def comes_to(row: str, written: Reply, envelope: Envelope = Envelope(), by: str = "") -> Outcome:  # noqa: B008 - never changes
    """Say what a reply comes to that somebody sends: whose move it is, if nobody else is named."""
    office, letter = begun(row)
    sender = office.person(by or MOVERS[row]).addresses[0]
    return looked_at(office, posted(sender, office.office.mailbox, letter, written, envelope))


def looked_at(office: ToyOffice, raw: bytes) -> Outcome:
    """Say what a mail comes to in an office as it stands; the office stays as it is."""
    books, reader = office.clerk.books, office.clerk.reader
    mail = read_mail(
        raw,
        received_at=office.clock(),
        own_addresses=office.office.own_addresses,
        authserv_ids=(AUTHSERV_ID,),
        limits=reader.limits,
    )
    if mail.automatic is None:
        forms = reader.read_forms(form_files(mail))
        mail = replace(mail, lines=read_lines(mail.own_words, office.office), forms=forms)
    read: Callable[..., Mail] = partial(read_kept, books, reader)
    desk = prove(books, SECRET, desk_for(books, mail, office.clock(), read), read).desk
    found = sort(desk)
    cycles, letters, words = {cycle.key: cycle for cycle in desk.cycles}, list(found.letters), list[str]()
    for key, fact in found.facts:
        before = cycles[key]
        outcome = decide(before, fact, office.office)
        cycles[key] = outcome.cycle
        words += [str(verdict.word) for verdict in outcome.cycle.verdicts[len(before.verdicts) :]]
        letters += outcome.letters
    left = one_answer(letters)
    sender = desk.mail.sender.casefold()
    return Outcome(
        words=tuple(words),
        answers=tuple(
            letter.kind.value for letter in left if letter.answers is not None and letter.address.casefold() == sender
        ),
        told=any(letter.to == "perencanaan" and letter.kind.value in {"heard", "revision"} for letter in left),
        state=found.outcome.value,
    )
