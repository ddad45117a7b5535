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


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """Something a person means to do at a moment, once office hours allow it."""

    at: datetime
    act: Callable[[], None]


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
    letters: list[Got] = field(default_factory=list)
    """Every mail received, for the folder that the demo leaves behind."""

    def look(self, now: datetime, *, reads: bool = True) -> int:
        """Read new mail, then do what is due; return how many things were done."""
        for got in self.keyboard.new_mail() if reads else ():
            self.letters.append(got)
            self.habit(self, got)
        due = [planned for planned in self.agenda if planned.at <= now]
        self.agenda = [planned for planned in self.agenda if planned.at > now]
        for planned in due:
            planned.act()
        return len(due)

    def later(self, act: Callable[[], None], delay: timedelta | None = None) -> None:
        """Plan something for after the usual delay, inside office hours."""
        at = self.calendar.next_office_moment(self.keyboard.now() + (self.delay if delay is None else delay))
        self.agenda.append(Planned(at=at, act=act))

    def send_form(self, got: Got, reply: str, *, mistakes: int = 0) -> None:
        """Fill the form enclosed in a mail and answer with it."""
        form = got.file(".xlsx")
        if form is None:
            return
        self.forms_sent += 1
        filled = fill(form[1], self.script, mistakes=mistakes)
        self.keyboard.answer(got, self.script.reply(reply, unit=self.unit_name), (form[0], filled))

    def send_draft(self, got: Got, draft: tuple[str, bytes]) -> None:
        """Pass a draft on with a sentence added to it, the edited file beside the word."""
        from mailbot.rehearsal.editing import edited  # noqa: PLC0415 - the demo edits nothing

        name, content = draft
        addition = self.script.reply("suntingan", nomor=str(self.reviews))
        answers = "".join(f"{number}: {self.script.reply('jawaban')}\n" for number in remarked(got))
        self.keyboard.answer(got, f"{answers}{self.script.reply('teruskan')}", (name, edited(content, addition)))

    def gives_number(self, got: Got, example: str) -> None:
        """Answer with a number of the register, put together as the letter shows it."""
        self.keyboard.answer(got, self.script.reply("nomor", nomor=example.replace(GAP, "118")))

    def says(self, got: Got, reply: str) -> None:
        """Answer with a word."""
        self.keyboard.answer(got, self.script.reply(reply))


def remarked(got: Got) -> tuple[int, ...]:
    """Return the numbers of the remarks in a letter that asks for answers by number, as its example shows."""
    example = re.search(r"^ {4}(\d+): ", got.text, re.MULTILINE)
    if example is None:
        return ()
    listed = got.text[: example.start()]
    numbers, number = [], int(example[1])
    while re.search(rf"^{number}\. ", listed, re.MULTILINE):
        numbers.append(number)
        number += 1
    return tuple(numbers)


def number_asked(got: Got) -> str:
    """Return the number with a gap that a letter asks to be filled in; empty where it asks for none."""
    lines = (line.strip().partition(" ") for line in got.text.splitlines())
    return next((number for word, _, number in lines if word == Word.NOMOR and GAP in number), "")


def words_offered(got: Got) -> frozenset[str]:
    """Return the words that stand on a line by themselves in a letter: those its reader is asked to answer with."""
    return frozenset(line.strip() for line in got.text.splitlines() if line.strip().isupper())
