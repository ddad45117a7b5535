"""What the people of an office-year and their mail programs write; what settles a debt is entered as it arrives."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from mailbot.core.model.letters import AlarmCode, LetterKind
from mailbot.core.model.letters_in_answer import Challenge
from mailbot.core.model.letters_to_operator import Alarm
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from tests.simulation.forms import XLSX, Slip, blank_form
from tests.simulation.letter_maker import code_of
from tests.simulation.machine import SECRET
from tests.simulation.mails import Sheet
from tests.simulation.mischief import CONSENT
from tests.years.drawing import spent_pct
from tests.years.habits import Habit, answers_at, drawn_habit
from tests.years.wire import ASKS_FOR_FORM, ASKS_FOR_WORD, Matter, Told

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person
    from tests.simulation.dice import Dice
    from tests.simulation.forms import Forms
    from tests.simulation.server import OnWire
    from tests.years.account import Account
    from tests.years.orders import Orders

_WANTS_FORM_AGAIN = frozenset({LetterKind.RETURNED, LetterKind.PARTIAL, LetterKind.UNREADABLE})
_ROBOT = ("Auto-Submitted: auto-replied",)
_REFUSALS = {Step.REVIEW: "PERBAIKI\r\n1. Lengkapi bab III.", Step.RATIFY: "PERBAIKI\r\n1. Angka IKU diperiksa."}
_MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
_MOST_REFUSALS = 3


class World(Protocol):
    """What people need of a year."""

    office: Office
    account: Account
    dice: Dice
    forms: Forms
    silent: bool
    whims: Dice
    orders: Orders

    @property
    def time(self) -> datetime:
        """The true time."""

    def at(self, moment: datetime, act: Callable[[], None]) -> None:
        """Do something at that moment."""

    def post(self, sheet: Sheet, matter: Matter | None = None, answers: str = "") -> None:
        """Let a mail arrive now; `matter`: what it settles, if it is proved."""

    def released(self, key: str) -> None:
        """Let a letter go that is held in doubt."""


@dataclass(slots=True)
class Asked:
    """What somebody was asked last, and what he makes of it."""

    wire: OnWire
    letter: Letter
    person: str
    habit: Habit
    reminders: int = 0
    patience: int = 0
    """Reminders after which he answers."""
    answered: bool = False


@dataclass(slots=True)
class Staff:
    """Everybody of the office, and Bappeda's."""

    world: World
    asked: dict[Matter, Asked] = field(default_factory=dict)
    said: dict[tuple[str, str, str], tuple[Matter, str]] = field(default_factory=dict)
    """What a word without proof was about: by person, word and cycle, with the letter it answered."""
    away: dict[str, tuple[date, date]] = field(default_factory=dict)
    """First and last day of somebody's leave, by his key."""
    refusals: int = 0

    def gets(self, person: Person, letter: Letter, wire: OnWire, told: Told) -> None:
        """Let somebody read a letter, and do something about it at some time or never."""
        self._robot(person, letter, wire)
        if isinstance(letter.about, Alarm) and letter.about.what is AlarmCode.IN_DOUBT:
            self.world.at(self.world.time + timedelta(hours=1), lambda: self.world.released(letter.about.detail))  # type: ignore[attr-defined]  # an alarm
        elif letter.kind is LetterKind.CHALLENGE:
            self._code(person, letter, wire)
        elif letter.kind in ASKS_FOR_FORM | _WANTS_FORM_AGAIN or letter.kind in ASKS_FOR_WORD:
            self._is_asked(person, letter, wire, told)
        elif letter.kind is LetterKind.DATA_NEEDS:
            self._row_1(person, wire)
        elif told.reminds:
            self._is_reminded(person, told, wire)
        elif letter.kind is LetterKind.ESCALATION:
            for matter in sorted(told.names):
                self._presses(matter)
        elif letter.kind is LetterKind.OPENING_AHEAD:
            self._opening(person, told, wire)
        elif letter.kind is LetterKind.CONFIG_WAITS:
            self._edit(person, wire)
        elif letter.kind is LetterKind.RECEIPT and self.world.dice.chance(0.04):
            self._later(2, lambda: self._says(person, wire, "SALAH: angka anggaran tertukar"))

    def _is_asked(self, person: Person, letter: Letter, wire: OnWire, told: Told) -> None:
        """Take note of what is asked, and answer some day or never."""
        world, matter = self.world, told.about
        if matter is None:
            return
        due_at = letter.due_at or world.time
        word = ASKS_FOR_WORD.get(letter.kind)
        heads = word is not None or person.role is Role.DIVISION_HEAD
        if not heads and letter.kind not in _WANTS_FORM_AGAIN:
            return
        again = letter.kind in _WANTS_FORM_AGAIN
        habit = Habit.AT_ONCE if again and world.dice.chance(0.7) else drawn_habit(world.dice, silent=world.silent)
        asked = Asked(
            wire, letter, person.key, habit, patience=world.dice.number(1, min(4, world.office.policy.most_per_debt))
        )
        self.asked[matter] = asked
        moment = answers_at(habit, world.time, world.account.today(due_at), world.account.days, world.dice)
        if moment is not None:
            world.at(moment, lambda: self._answers(matter, asked))

    def _is_reminded(self, person: Person, told: Told, wire: OnWire) -> None:
        """Answer what he is reminded of, ask for time, or put it aside."""
        for matter in sorted(told.names):
            asked = self.asked.get(matter)
            if asked is None:
                continue
            asked.reminders += 1
            if asked.habit is Habit.REMINDED and asked.reminders >= asked.patience:
                self._later(6, lambda matter=matter, asked=asked: self._answers(matter, asked))  # type: ignore[misc]  # bound in the turn
            elif matter == told.about and matter[1].startswith("U") and self.world.dice.chance(0.12):
                days = self.world.dice.number(1, 6)
                self._later(3, lambda days=days: self._says(person, wire, f"TUNDA {days} HARI"))  # type: ignore[misc]  # the same

    def _presses(self, matter: Matter) -> None:
        """Let a superior speak to his people: some answer then."""
        asked = self.asked.get(matter)
        if asked is not None and self.world.dice.chance(0.0 if self.world.silent else 0.4):
            self._later(20, lambda: self._answers(matter, asked))

    def _answers(self, matter: Matter, asked: Asked) -> None:
        """Answer what was asked, if it still is and he still holds the post and is there."""
        world, today = self.world, self.world.account.today(self.world.time)
        if asked.answered or self.asked.get(matter) is not asked:
            return
        person = next((one for one in world.office.roster.people if one.key == asked.person), None)
        if person is None or not person.in_office(today):
            holder = world.account.holder(matter, today)
            if holder is None or matter[1] not in {unit.key for unit in world.office.roster.units}:
                return
            person = holder
        away = self.away.get(person.key)
        if away is not None and away[0] <= today <= away[1]:
            world.at(world.time + timedelta(days=(away[1] - today).days + 1), lambda: self._answers(matter, asked))
            return
        asked.answered = True
        if asked.letter.kind in ASKS_FOR_WORD:
            self._word(person, matter, asked)
        else:
            self._form(person, matter, asked)

    def _form(self, person: Person, matter: Matter, asked: Asked) -> None:
        """Send the form: right, or with a slip, by himself or by somebody of his unit."""
        world, (cycle, unit) = self.world, matter
        blank = blank_form(world.office, cycle, unit, SECRET)
        slip = (
            world.dice.one_of((Slip.IN_WORDS, Slip.OVER_BUDGET, Slip.UNFILLED)) if world.dice.chance(0.2) else Slip.NONE
        )
        period = world.office.plan(cycle).period
        content = world.forms.filled(blank, unit, slip, spent_pct(period))
        today = world.account.today(world.time)
        seconds = [one for one in world.office.roster.people if one.unit == unit and one.in_office(today)]
        writer = world.dice.one_of(seconds) if seconds and world.dice.chance(0.2) else person
        sheet = replace(self._sheet(writer, asked.wire, "Terlampir form isian."), files=(("form.xlsx", XLSX, content),))
        world.post(sheet, matter if slip is Slip.NONE else None)

    def _word(self, person: Person, matter: Matter, asked: Asked) -> None:
        """Say the word that is asked for, or refuse; some mails carry no proof, and some are another's."""
        world, step = self.world, ASKS_FOR_WORD[asked.letter.kind]
        word = "TERUSKAN" if person.role is Role.PLANNING else CONSENT[step]
        if step in _REFUSALS and self.refusals < _MOST_REFUSALS and world.dice.chance(0.2):
            self.refusals += 1
            word = _REFUSALS[step]
        sheet = self._sheet(person, asked.wire, word)
        if world.dice.chance(0.05):
            world.post(replace(sheet, author="", proved=False, failed=world.dice.chance(0.5)))
            asked.answered = False
            self._later(40, lambda: self._answers(matter, asked))
            return
        proved = not world.dice.chance(0.08)
        if not proved:
            self.said[person.key, word.split()[0], matter[0]] = (matter, asked.wire.message_id)
        world.post(replace(sheet, proved=proved), matter if proved else None, asked.wire.message_id)

    def _code(self, person: Person, letter: Letter, wire: OnWire) -> None:
        """Bring the code back that makes one's own word count; whose word another said keeps the code to himself."""
        about = letter.about
        said = (person.key, str(about.word), letter.cycle) if isinstance(about, Challenge) else ("", "", "")
        known = self.said.pop(said, None)
        if known is None or not isinstance(about, Challenge):
            return
        sheet = self._sheet(person, wire, f"{about.word}\r\n{code_of(wire.raw)}")
        self._later(5, lambda: self.world.post(sheet, *known))

    def _row_1(self, person: Person, wire: OnWire) -> None:
        """Agree to what is to be asked, object, or say nothing."""
        said = self.world.dice.one_of(("", "", "SETUJU", "SETUJU", "KEBERATAN\r\nData anggaran belum diminta."))
        if said and not self.world.silent:
            self._later(5, lambda: self._says(person, wire, said))

    def _opening(self, person: Person, told: Told, wire: OnWire) -> None:
        """Put off what is to open, or call it off, or let it open."""
        whims = self.world.whims
        if not told.opens or self.world.silent or not whims.chance(0.35):
            return
        days = 0 if whims.chance(0.3) else whims.number(1, 6)

        def says() -> None:
            if all(self.world.account.today(at) > self.world.account.today(self.world.time) for _, at in told.opens):
                self.world.orders.says(told, days)
                self._says(person, wire, f"TUNDA {days} HARI" if days else "BATAL")

        self.world.at(self.world.time + whims.hours(0.1, 12), says)

    def _edit(self, person: Person, wire: OnWire) -> None:
        """Let the operator allow what was edited, refuse it, or leave it lying."""
        whims = self.world.whims
        word = whims.one_of(("BENAR", "BENAR", "BENAR", "BATAL", ""))

        def says() -> None:
            if word == "BENAR":
                self.world.orders.allows()
            self._says(person, wire, word)

        if word:
            self.world.at(self.world.time + whims.hours(0.1, 60), says)

    def _robot(self, person: Person, letter: Letter, wire: OnWire) -> None:
        """Let his mail program say that he is on leave; or let somebody say so in his name."""
        world, away = self.world, self.away.get(person.key)
        today = world.account.today(world.time)
        forged = world.dice.chance(0.01)
        if letter.answers is not None or not (forged or (away is not None and away[0] <= today <= away[1])):
            return
        last = today + timedelta(days=9) if away is None else away[1]
        until = f"{last.day} {_MONTHS[last.month - 1]} {last.year}"
        sheet = self._sheet(person, wire, f"Saya sedang cuti sampai dengan {until}.")
        true = away is not None and not forged
        sheet = replace(sheet, author="", marks=_ROBOT, envelope="", proved=true)
        world.at(world.time + timedelta(minutes=1), lambda: world.post(sheet))

    def extends(self, cycle: str, unit: str) -> None:
        """Let Subbag Program give a unit more time."""
        world, today = self.world, self.world.account.today(self.world.time)
        planning = world.office.roster.holder(Role.PLANNING, today)
        if planning is None:
            return
        day = world.account.days.after(today, world.dice.number(1, 12))
        words = f"PERPANJANG {unit} {day.day} {_MONTHS[day.month - 1]} {day.year}"
        world.account.gives_more_time((cycle, unit))
        about = f"Waktu [{world.office.letterhead.agency_short}-LKJIP/{cycle}]"
        world.post(replace(self._sheet(planning, None, words), subject=about))

    def _later(self, hours: float, act: Callable[[], None]) -> None:
        """Do something within so many hours."""
        self.world.at(self.world.time + self.world.dice.hours(0.1, hours), act)

    def _says(self, person: Person, wire: OnWire, words: str) -> None:
        """Answer a letter with words that settle nothing."""
        self.world.post(self._sheet(person, wire, words))

    def _sheet(self, person: Person, wire: OnWire | None, words: str) -> Sheet:
        """Return an answer to a letter, proved."""
        return Sheet(
            sender=person.addresses[0],
            to=self.world.office.mailbox,
            words=words,
            author=person.key,
            answers=wire.message_id if wire is not None else "",
            subject=f"Re: {wire.subject}" if wire is not None else "",
            proved=True,
        )
