"""The invented office: who answers what, when, and with which weakness; they act by mail alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.core.delivery.letter_numbers import GAP
from mailbot.core.language.reply_words import Word
from mailbot.rehearsal.filling import fill

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mailbot.core.calendar.work_calendar import WorkCalendar
    from mailbot.core.model.people import Person
    from mailbot.rehearsal.filling import Script
    from mailbot.rehearsal.keyboard import Got, Keyboard


_IN_BRACKETS = re.compile(r"\(.*\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """Something a person means to do at a moment, once office hours allow it."""

    at: datetime
    act: Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something that somebody did, or left undone, beside answering at once."""

    at: datetime
    person: str
    cycle: str
    unit: str
    what: str
    """Its code in `templates/rehearsal.yaml`."""


@dataclass(slots=True, kw_only=True)
class Case:
    """What the people of one unit know of each other's doings in one cycle."""

    cycle: str = ""
    filled: bool = False
    """A form without a mistake was sent."""
    deeds: list[Deed] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Member:
    """One member of staff: reads new mail, remembers what he means to do, and does it when its time has come."""

    person: Person
    keyboard: Keyboard
    script: Script
    calendar: WorkCalendar
    unit_name: str = ""
    colleague: str = ""
    """Address of the Kasi to whom this head forwards things."""
    habit: Callable[[Member, Got], None] = lambda _member, _got: None
    delay: timedelta = timedelta(hours=2)
    agenda: list[Planned] = field(default_factory=list)
    forms_sent: int = 0
    reviews: int = 0
    numbered: bool = False
    """The cover letter's number was given."""
    letters: list[Got] = field(default_factory=list)
    """Every mail received, for the folder that the demo leaves behind."""
    case: Case = field(default_factory=Case)
    register_number: int = 118
    """What the register gives the next letter."""
    saving: Callable[[bytes], bytes] = bytes
    """What becomes of a workbook or a text when it is saved."""
    form_days: int = 3
    """Working days that a unit has for its form."""

    def look(self, now: datetime, *, reads: bool = True) -> int:
        """Read new mail, then do what is due; return how many things were done."""
        for got in self.keyboard.new_mail() if reads else ():
            self.read(got)
        return self.act(now)

    def read(self, got: Got) -> None:
        """Read one mail, and mean to do what one is in the habit of."""
        self.letters.append(got)
        self.habit(self, got)

    def act(self, now: datetime) -> int:
        """Do what is due; return how many things were done."""
        due = [planned for planned in self.agenda if planned.at <= now]
        self.agenda = [planned for planned in self.agenda if planned.at > now]
        for planned in due:
            planned.act()
        return len(due)

    def later(self, act: Callable[[], None], delay: timedelta | None = None) -> None:
        """Plan something for after the usual delay, inside office hours."""
        at = self.calendar.next_office_moment(self.keyboard.now() + (self.delay if delay is None else delay))
        self.agenda.append(Planned(at=at, act=act))

    def at(self, moment: datetime, act: Callable[[], None]) -> None:
        """Plan something for a moment."""
        self.agenda.append(Planned(at=moment, act=act))

    def after_working_days(self, days: int) -> datetime:
        """Return when the office opens that many working days after today."""
        calendar = self.calendar
        day = calendar.local(self.keyboard.now()).date()
        for _ in range(days):
            day = calendar.next_working_day(day)
        return calendar.opening(day)

    def day_words(self, moment: datetime) -> str:
        """Return a day as people write it, `12 Januari 2026`."""
        from babel.dates import format_date  # noqa: PLC0415 - most staff name no day

        return format_date(self.calendar.local(moment).date(), "d MMMM y", locale="id")

    def notes(self, what: str) -> None:
        """Take down what one is about to do, or to leave undone, once a cycle."""
        known = any((deed.person, deed.what) == (self.person.key, what) for deed in self.case.deeds)
        if not known:
            unit = self.person.unit or ""
            self.case.deeds.append(
                Deed(at=self.keyboard.now(), person=self.person.key, cycle=self.case.cycle, unit=unit, what=what)
            )

    def latest_form(self, got: Got) -> Got:
        """Return the latest mail that brought a form, else the one given."""
        return next((one for one in reversed(self.letters) if one.file(".xlsx") is not None), got)

    def send_form(self, got: Got, reply: str, *, mistakes: int = 0) -> None:
        """Fill the form enclosed in a mail and answer with it."""
        form = got.file(".xlsx")
        if form is None:
            return
        self.forms_sent += 1
        self.case.filled |= not mistakes
        filled = self.saving(fill(form[1], self.script, mistakes=mistakes))
        self.keyboard.answer(got, self.script.reply(reply, unit=self.unit_name), (form[0], filled))

    def send_draft(self, got: Got, draft: tuple[str, bytes]) -> None:
        """Pass a draft on with a sentence added to it, the edited file beside the word."""
        from mailbot.rehearsal.editing import edited  # noqa: PLC0415 - the demo edits nothing

        name, content = draft
        addition = self.script.reply("suntingan", nomor=str(self.reviews))
        self.keyboard.answer(got, self._passed_on(got), (name, self.saving(edited(content, addition))))

    def passes_draft(self, got: Got) -> None:
        """Pass a draft on as it is, each remark on it answered."""
        self.keyboard.answer(got, self._passed_on(got))

    def _passed_on(self, got: Got) -> str:
        """Return what is written when a draft is passed on: an answer to each remark, then the word."""
        answers = "".join(f"{number}: {self.script.reply('jawaban')}\n" for number in remarked(got))
        return f"{answers}{self.script.reply('teruskan')}"

    def published(self, got: Got, example: str) -> None:
        """Say where the report was published, put together as the letter shows it."""
        self.keyboard.answer(got, _IN_BRACKETS.sub(self.script.reply("laman"), example))

    def gives_number(self, got: Got, example: str) -> None:
        """Answer with a number of the register, put together as the letter shows it."""
        self.keyboard.answer(got, self.script.reply("nomor", nomor=example.replace(GAP, str(self.register_number))))

    def writes(self, got: Got, words: str) -> None:
        """Answer with words of one's own."""
        self.keyboard.answer(got, words)

    def says(self, got: Got, reply: str) -> None:
        """Answer with a word."""
        self.keyboard.answer(got, self.script.reply(reply))


def remarked(got: Got) -> tuple[int, ...]:
    """Return the numbers of the remarks in a letter that asks for answers by number, as its example shows."""
    example = re.search(r"^ {4}(\d+): ", got.text, re.MULTILINE)
    if example is None:
        return ()
    first, numbers = int(example[1]), list[int]()
    for line in re.finditer(r"^(\d+)\. ", got.text[: example.start()], re.MULTILINE):
        number = int(line[1])
        if number == first + len(numbers):
            numbers.append(number)
        elif numbers:
            break  # another list begins
    return tuple(numbers)


def number_asked(got: Got) -> str:
    """Return the number with a gap that a letter asks to be filled in; empty where it asks for none."""
    lines = (line.strip().partition(" ") for line in got.text.splitlines())
    return next((number for word, _, number in lines if word == Word.NOMOR and GAP in number), "")


def line_shown(got: Got, word: Word) -> str:
    """Return the line of a letter that begins with a word and goes on, as an example of an answer; else empty."""
    lines = (line.strip() for line in got.text.splitlines())
    return next((line for line in lines if line.startswith(f"{word} ")), "")


def words_offered(got: Got) -> frozenset[str]:
    """Return the words that stand on a line by themselves in a letter: those its reader is asked to answer with."""
    return frozenset(line.strip() for line in got.text.splitlines() if line.strip().isupper())
