"""What everybody does with the letters he gets; everything they know, they know by mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from mailbot.core.chasing.debt import Why
from mailbot.core.codes.awaited import Awaited
from mailbot.core.model.letters import AlarmCode, EnclosureKind, Letter, LetterKind, Reason
from mailbot.core.model.letters_in_answer import Challenge, VerdictNoted
from mailbot.core.model.letters_of_rows import Escalation
from mailbot.core.model.letters_to_operator import Alarm
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from tests.reading.marks.pdf_files import marked_pdf
from tests.simulation.forms import Slip
from tests.simulation.letter_maker import code_of, files_of
from tests.simulation.mails import Sheet
from tests.simulation.mischief import ASKS_FOR_A_WORD, CONSENT, Mischief, spoiled_file
from tests.simulation.row_8 import done_by_hand, paper_back

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from mailbot.core.chasing.debt import Debt
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person
    from tests.simulation.dice import Dice
    from tests.simulation.forms import Forms
    from tests.simulation.phrases import Phrases
    from tests.simulation.server import OnWire

WANTS_FORM = frozenset(
    {
        *(LetterKind.REQUEST, LetterKind.RETURNED, LetterKind.PARTIAL, LetterKind.UNREADABLE, LetterKind.REOPENED),
        *(LetterKind.RETURNED_BY_PLANNING, LetterKind.REMINDER, LetterKind.REMINDER_TODAY, LetterKind.CONFLICT),
    }
)
"""Kinds of letter that bring a unit's form, or ask for it once more."""
WANTS_WORD = frozenset({*ASKS_FOR_A_WORD, LetterKind.REMINDER, LetterKind.REMINDER_TODAY, LetterKind.UNCLEAR})
_AFTERWARDS = frozenset({LetterKind.COPY_SENT, LetterKind.HARD_COPY_WANTED, LetterKind.PUBLICATION_WANTED})
"""Letters that nothing waits for, and that are answered all the same."""
_AFTER_THE_FORMS = frozenset(
    {
        *(LetterKind.DRAFT, LetterKind.REVIEW, LetterKind.RATIFY),
        *(LetterKind.NUMBER_WANTED, LetterKind.PAPER_WANTED, LetterKind.SUBMISSION),
    }
)
_CAN_REFUSE = frozenset({Step.INFORM, Step.REVIEW, Step.RATIFY})
_LAID_BEFORE = frozenset({Step.REVIEW, Step.RATIFY})
_MOST_REFUSALS = 2


class Desk(Protocol):
    """What people need of the world: the post, the clock, chance."""

    office: Office
    dice: Dice
    forms: Forms
    phrases: Phrases

    @property
    def calm(self) -> bool:
        """Say whether everybody now does what he should."""

    @property
    def time(self) -> datetime:
        """The true time."""

    def slip(self, name: str, chance: float) -> bool:
        """Say whether somebody goes wrong in this way now; if so, it is counted."""

    def post(self, sheet: Sheet, *, after: timedelta, in_office: bool = True) -> None:
        """Let a mail arrive after that time."""

    def release(self, key: str) -> None:
        """Free a letter that is held in doubt."""


class Staff:
    """All people of the office, and Bappeda's."""

    def __init__(self, world: Desk, blanks: dict[str, bytes]) -> None:
        """Let them sit down. `blanks` fills with the forms that came, by unit."""
        self._world = world
        self._mischief = Mischief(world)
        self._blanks = blanks
        self._refusals = 0
        self._asked: dict[tuple[str, str], tuple[Person, Letter, OnWire]] = {}
        """What each was asked last, of each unit or (empty) of a row."""
        self._ended: set[tuple[str, Step]] = set()
        """Of which unit's form, or (empty) of which row's word, a superior has read that its reminders have ended."""
        self._shown: OnWire | None = None
        """The letter that showed a paper last."""
        self._agenda = 118
        """The number that the register gives next."""
        self._said: dict[tuple[str, str], str] = {}
        """Who has written which word, and all that stood with it, so that nobody confirms what a forger wrote."""
        self.confirmed: set[tuple[str, str]] = set()
        """Who has brought a code back for which word."""

    def gets(self, person: Person, letter: Letter, wire: OnWire) -> None:
        """Let somebody read a letter, and do something about it or not."""
        world = self._world
        self._keep_forms(letter, wire)
        self._mischief.around(person, letter, wire)
        if letter.kind is LetterKind.PAPER_SHOWN:
            self._shown = wire
        if letter.kind in _AFTER_THE_FORMS and self._blanks and world.slip("unit_writes_late", 0.3):
            self._late(letter, wire)
        if letter.kind in WANTS_FORM | WANTS_WORD:
            self._asked[letter.to, letter.unit] = (person, letter, wire)
        if isinstance(letter.about, Escalation):
            told = letter.about.told
            self._ended |= {(one.debt.unit, one.debt.step) for one in told if Why.STOPPED in one.why}
        if world.slip("silence", 0.13) and letter.kind is not LetterKind.ALARM:
            return
        if isinstance(letter.about, Escalation):
            self._spoken_to(one.debt for one in letter.about.told)
            return
        if isinstance(letter.about, Alarm) and letter.about.what is AlarmCode.IN_DOUBT:
            world.release(letter.about.detail)
        elif letter.kind is LetterKind.CHALLENGE:
            self._code(person, letter, wire)
        elif letter.kind in WANTS_FORM and letter.unit:
            self._form(person, letter, wire)
        elif self._takes_back(person, letter, wire) or self._papers(person, letter, wire):
            return
        elif letter.kind is LetterKind.NUMBER_WANTED or getattr(letter.about, "wanting", None) is Awaited.NUMBER:
            self._says(person, wire, "NOMOR 118/KEP" if world.slip("wrong_number", 0.2) else f"NOMOR {self._agenda}")
        elif getattr(letter.about, "reason", None) is Reason.NUMBER_USED:
            self._agenda += 1
            self._says(person, wire, f"NOMOR {self._agenda}")
        elif letter.kind is LetterKind.RECEIPT_UNPROVED:
            self._says(person, wire, "DITERIMA\r\nDitelepon.")
        elif letter.kind in _AFTERWARDS or getattr(letter.about, "prints", False):
            self._says(person, wire, done_by_hand(letter, world.office, world.time))
        elif letter.kind in WANTS_WORD and person.role is not Role.OPERATOR:
            self._word(person, letter, wire)
        elif letter.kind is LetterKind.RECEIPT and world.slip("salah", 0.06):
            self._says(person, wire, world.phrases.one("salah"))
        elif letter.kind is LetterKind.UNIT_ACCEPTED and world.slip("kembalikan", 0.03):
            self._says(person, wire, world.phrases.one("kembalikan", unit=letter.unit))

    def forgets_forms(self) -> None:
        """Throw the forms away of a cycle that was cancelled: the next ones that come are filled in."""
        self._blanks.clear()

    def decides(self, owed: Iterable[Debt]) -> None:
        """Let superiors take up what is owed still, and of which they have read that nobody is reminded any more."""
        self._spoken_to(debt for debt in owed if (debt.unit, debt.step) in self._ended)

    def _spoken_to(self, owed: Iterable[Debt]) -> None:
        """Let a superior speak to whoever owes something; he takes up what he was asked last."""
        asked = [self._asked.get((debt.person.key, debt.unit)) for debt in owed]
        for owing, last, of in filter(None, asked):
            self.gets(owing, last, of)

    def _takes_back(self, person: Person, letter: Letter, wire: OnWire) -> bool:
        """Take back what an echo repeats, if he has second thoughts; and say it anew once it is taken back."""
        said = getattr(letter.about, "said", "")
        if isinstance(letter.about, VerdictNoted) and letter.about.until is not None:
            if self._world.slip("second_thoughts", 0.12):
                self._says(person, wire, "BATAL")
            return True
        if letter.kind is LetterKind.RECALLED and said == "NOMOR":
            self._says(person, wire, f"NOMOR {self._agenda}")
            return True
        if letter.kind is LetterKind.RECALLED and letter.asks is not None:
            self._word(person, letter, wire)
            return True
        return False

    def _papers(self, person: Person, letter: Letter, wire: OnWire) -> bool:
        """Send the paper back that a letter wants signed, or say whether one that was shown is it."""
        world = self._world
        wanting = getattr(letter.about, "wanting", None)
        if letter.kind is LetterKind.PAPER_SHOWN or wanting is Awaited.LOOK:
            # A reminder sends him back to the letter that showed it.
            self._says(person, self._shown or wire, "SALAH" if world.slip("not_the_paper", 0.2) else "BENAR")
            return True
        wanted = letter.kind is LetterKind.PAPER_WANTED or wanting in {Awaited.SIGNED_REPORT, Awaited.SIGNED_COVER}
        if not wanted or person.role is not Role.AGENCY_HEAD:
            return False
        if world.slip("will_not_sign", 0.1) and wanting is not Awaited.SIGNED_COVER:
            self._says(person, wire, world.phrases.refusal(Step.RATIFY))
            return True
        content = paper_back(letter, world)
        sheet = replace(self._sheet(person, wire, "Terlampir."), files=(("ttd.pdf", "application/pdf", content),))
        world.post(sheet, after=self._delay())
        if world.slip("paper_twice", 0.06):
            world.post(sheet, after=self._delay())
        return True

    def _keep_forms(self, letter: Letter, wire: OnWire) -> None:
        """Keep the open forms that a letter carries."""
        open_forms = [
            one for one in letter.enclosures if one.kind is EnclosureKind.FORM and one.unit not in self._blanks
        ]
        if open_forms:
            books = [content for name, content in files_of(wire.raw) if name.lower().endswith(".xlsx")]
            self._blanks.update(zip((one.unit for one in open_forms), books, strict=False))

    def _form(self, person: Person, letter: Letter, wire: OnWire) -> None:
        """Send the unit's form: right, wrong, by a colleague, from another address, twice."""
        world = self._world
        if letter.kind is LetterKind.CONFLICT and world.dice.chance(0.7):
            self._says(person, wire, "BENAR")
            return
        blank = self._blanks.get(letter.unit)
        if blank is None:
            self._says(person, wire, "FORM")
            return
        for _ in range(1 + world.slip("form_twice", 0.07)):
            self._sends(person, letter, wire, blank)
        colleagues = [one for one in world.office.roster.people if one.unit == letter.unit and one.key != person.key]
        if colleagues and world.slip("colleague_sends_too", 0.06):
            self._sends(world.dice.one_of(colleagues), letter, wire, blank)

    def _late(self, letter: Letter, wire: OnWire) -> None:
        """Let the head of a unit write once more when all forms are there: the form again, or something else."""
        world = self._world
        unit = world.dice.one_of(sorted(self._blanks))
        heads = [one for one in world.office.roster.people if one.unit == unit and one.role is Role.DIVISION_HEAD]
        if not heads:
            return
        sheet = replace(self._sheet(heads[0], wire, world.phrases.one("form")), answers="", quoted="")
        if world.dice.chance(0.6):
            other = replace(sheet, beyond_reading=True) if world.dice.chance(0.3) else spoiled_file(sheet, world)
            world.post(other, after=world.dice.hours(0, 2))
            return
        content = world.forms.filled(self._blanks[unit], unit, Slip.NONE, world.dice.number(88, 99))
        file = ("form.xlsx", "application/octet-stream", content)
        world.post(replace(sheet, files=(file,)), after=world.dice.hours(0, 2))

    def _sends(self, person: Person, letter: Letter, wire: OnWire, blank: bytes) -> None:
        """Send one form."""
        world = self._world
        sheet = self._sheet(person, wire, world.phrases.one("form"))
        if world.slip("beyond_reading", 0.04):
            world.post(replace(sheet, beyond_reading=True), after=self._delay())
            return
        if world.slip("file_is_no_form", 0.12):
            world.post(spoiled_file(sheet, world), after=self._delay())
            return
        if world.slip("other_units_form", 0.03):
            blank = world.dice.one_of([self._blanks[unit] for unit in sorted(self._blanks)])
        slips = [one for one in Slip if one is not Slip.NONE]
        slip = world.dice.one_of(slips) if world.slip("slip_in_form", 0.3) else Slip.NONE
        content = world.forms.filled(blank, letter.unit, slip, world.dice.number(88, 99))
        if world.slip("private_address", 0.05):
            sheet = replace(sheet, sender=f"{person.key}@surel.example", proved=False, author="")
        file = ("form.xlsx", "application/octet-stream", content)
        world.post(replace(sheet, files=(file,)), after=self._delay())
        if world.slip("forged_form_beside", 0.06):
            other = world.forms.filled(blank, letter.unit, Slip.NONE, world.dice.number(60, 87))
            self._mischief.beside(replace(sheet, files=(("form.xlsx", "application/octet-stream", other),)))

    def _word(self, person: Person, letter: Letter, wire: OnWire) -> None:
        """Say the word that a letter asks for, or something like it."""
        world = self._world
        step = letter.asks.step if letter.asks is not None else None
        if step is None or step not in CONSENT:
            return
        word = "TERUSKAN" if person.role is Role.PLANNING and step is not Step.SUBMIT else CONSENT[step]
        if world.slip("unclear_word", 0.06):
            word = world.phrases.one("tidak_tegas")
        elif step in _CAN_REFUSE and self._refusals < _MOST_REFUSALS and world.slip("refusal", 0.25):
            self._refusals += 1
            word = world.phrases.refusal(step)
        if world.slip("beyond_reading", 0.04):
            words = world.phrases.refusal(step) if step in _CAN_REFUSE else world.phrases.one("form")
            world.post(replace(self._sheet(person, wire, words), beyond_reading=True), after=self._delay())
            return
        if letter.numbers and step is Step.DRAFT and world.slip("remarks_answered", 0.8):
            word = self._answered(person, letter, wire, word)
        sheet = self._sheet(person, wire, word)
        if step is Step.RATIFY and world.slip("signed_pdf", 0.15):
            sheet = replace(sheet, files=(("ttd.pdf", "application/pdf", b"%PDF-1.4 signed"),))
        if step in _LAID_BEFORE and world.slip("marked_file", 0.08):
            sheet = replace(sheet, files=(*sheet.files, ("catatan.pdf", "application/pdf", marked_pdf())))
        world.post(sheet, after=self._delay())
        if world.slip("forged_beside", 0.08):
            self._mischief.beside(sheet)
        if world.slip("word_twice", 0.06):
            world.post(sheet, after=self._delay())

    def _answered(self, person: Person, letter: Letter, wire: OnWire, word: str) -> str:
        """Answer remarks by their numbers: in a mail before the word, or beside it; return what is written with it."""
        lines = [f"{number}: {self._world.phrases.one('jawaban')}" for number in letter.numbers]
        if self._world.dice.chance(0.5):
            self._world.post(self._sheet(person, wire, "\r\n".join(lines)), after=self._delay())
            return word
        return "\r\n".join((*lines, "", word))

    def _code(self, person: Person, letter: Letter, wire: OnWire) -> None:
        """Bring the one-time code back, with the word it stands for, if the word was one's own."""
        if not isinstance(letter.about, Challenge):
            return
        own = (person.key, str(letter.about.word))
        if own not in self._said or any(remark not in self._said[own] for remark in letter.remarks):
            return
        self.confirmed.add(own)
        code = "000000" if self._world.slip("wrong_code", 0.1) else code_of(wire.raw)
        sheet = self._sheet(person, wire, f"{letter.about.word}\r\n{code}")
        self._world.post(sheet, after=self._delay())

    def _says(self, person: Person, wire: OnWire, words: str) -> None:
        """Answer a letter with words alone."""
        self._world.post(self._sheet(person, wire, words), after=self._delay())

    def _sheet(self, person: Person, wire: OnWire, words: str) -> Sheet:
        """Return an answer to a letter: from one of the person's addresses, in its thread or only quoting it."""
        world = self._world
        word = words.splitlines()[0].partition(":")[0].partition(" ")[0]
        self._said[person.key, word] = words
        addresses = [one for one in (*person.addresses, person.second_address) if one]
        alias = world.dice.one_of(addresses) if world.slip("alias", 0.15) else addresses[0]
        loose = world.slip("answer_outside_thread", 0.06)
        return Sheet(
            sender=alias,
            to=world.office.mailbox,
            words=words,
            author=person.key,
            answers="" if loose else wire.message_id,
            subject=f"Re: {wire.subject}",
            quoted=f"Rujukan: {wire.message_id[1:].partition('@')[0]}",
            proved=not world.slip("no_proof_of_sender", 0.12),
        )

    def _delay(self) -> timedelta:
        """Return how long somebody takes."""
        return self._world.dice.hours(0.2, 3) if self._world.calm else self._world.dice.hours(0.1, 26)
