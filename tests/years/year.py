"""One office-year: what arrives and when, when the daemon looks, what leaves; and what the judge has to say of it."""

from __future__ import annotations

import gc
import heapq
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

from mailbot.clerk.passing import one_pass
from mailbot.ledger.values import LetterState
from tests.simulation.dice import Dice
from tests.simulation.letter_maker import ListenedLetterMaker
from tests.simulation.light_ledger import LightDisk
from tests.simulation.machine import Machine, Parts
from tests.simulation.mails import report, written
from tests.simulation.run import OPENS
from tests.simulation.seams import Killed, Seam
from tests.simulation.server import OnWire, Server
from tests.simulation.swarm import Swarm
from tests.years.account import Account
from tests.years.desk import Desk
from tests.years.drawing import LONG, calendar_of, drawn_office
from tests.years.mishaps import NothingLost, draw_mishaps
from tests.years.orders import Orders
from tests.years.result import Result
from tests.years.rules import Judge
from tests.years.staff import Staff
from tests.years.wire import told

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from mailbot.core.model.office import Office
    from mailbot.settings.settings import Settings
    from tests.simulation.mails import Sheet, Truth
    from tests.years.days import Days
    from tests.years.wire import Matter

SMALL = 100
"""So many years, which are played on every change, are those of small offices."""
_AFTER_TROUBLE = timedelta(minutes=30)


@dataclass
class Year:
    """One run; `play` plays it."""

    number: int
    settings: Settings
    parts: Parts = field(default_factory=Parts)
    heard_all: bool = False
    """Every event is kept, to be told."""

    def __post_init__(self) -> None:
        """Draw the office, its people's ways, and what goes wrong."""
        self.dice, self.whims = Dice(self.number), Dice(10**6 + self.number)
        drawn = drawn_office(self.settings.office(), self.dice, small=self.number < SMALL)
        self.office: Office = drawn.office
        self.time = datetime.combine(drawn.first, datetime.min.time(), tzinfo=UTC)
        self.end = self.time + LONG
        self.silent = self.dice.chance(0.06)
        self.awake = 0.3 if self.number < SMALL else 1.0  # how often it looks twice a day unasked
        self.weather = NothingLost(self.dice, Swarm(self.number), severity=self.dice.one_of((0.5, 1, 2)), bad=False)
        self.account = Account(days=drawn.days, roster=self.office.roster)
        self.events: list[str] = []
        self.dead: set[str] = set()
        self._queue: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = count()
        self._pass_at: datetime | None = None
        self._passes = self._mails = self._refused = 0
        self._letters: Counter[str] = Counter()
        self._unwell: set[date] = set()
        self._pass_on: Counter[date] = Counter()
        self.machine = self._machine()
        self.server, self.forms = self.machine.server, self.machine.forms
        self.orders = Orders(account=self.account, policy=self.office.policy)
        self.judge = Judge(
            account=self.account, policy=self.office.policy, doubted=self.server.doubted, orders=self.orders
        )
        self.staff = Staff(self)
        self.desk = Desk(self)

    def _machine(self) -> Machine:
        """Put machine and server together."""
        seam = Seam()
        server = Server(
            now=lambda: self.time,
            weather=self.weather,
            seam=seam,
            files_copies=False,
            moves=self.dice.chance(0.7),
            greylists=self.dice.chance(0.2),
            delivered=self._delivered,
        )
        return Machine(
            settings=self.settings,
            office=self.office,
            folders=self.settings.folders.but(extra=(), done="Selesai", sent=""),
            disk=LightDisk(),
            parts=self.parts,
            seam=seam,
            server=server,
            maker=ListenedLetterMaker(self.parts.maker),
            forms=self.parts.forms(self.office),
            now=lambda: self.time,
            off_until=self.time,
            filing="never",
        )

    def play(self) -> Result:
        """Play until the year is over."""
        draw_mishaps(self, self.end)
        self.desk.draw(self.end)
        self._morning()
        while self._queue and self.time < self.end:
            moment, _, act = heapq.heappop(self._queue)
            self.time = max(self.time, moment)
            act()
        cycles = self.machine.ledger.cycles.all()
        return Result(
            number=self.number,
            breaches=tuple(self.judge.breaches),
            letters=self._letters,
            passes=self._passes,
            mails=self._mails,
            closed=sum(cycle.closed for cycle in cycles),
            cycles=len(cycles),
            befell=self.weather.befell,
            events=tuple(self.events),
        )

    def at(self, moment: datetime, act: Callable[[], None]) -> None:
        """Do something at that moment."""
        heapq.heappush(self._queue, (moment, next(self._order), act))

    def tell(self, what: str) -> None:
        """Note an event, for who has this year told."""
        if self.heard_all:
            self.events.append(f"{self.account.days.here(self.time):%a %d %b %Y %H.%M}  {what}")

    def befalls(self, what: str) -> None:
        """Count something that befalls the year; on such a day not all can go as it should."""
        self.weather.befell[what] += 1
        self.tell(f"-- {what}")
        self._not_well()

    def post(self, sheet: Sheet, matter: Matter | None = None, answers: str = "") -> None:
        """Let a mail arrive now; `matter`: what it settles, if it is proved."""
        self._mails += 1
        raw, truth = written(replace(sheet, number=self._mails), self.time)
        if matter is not None:
            self.account.arrives(matter, self.time, answers)
        self._arrives(raw, truth)

    def works_by(self, days: Days) -> None:
        """Let somebody edit the days or the zone; the daemon reads the configuration anew."""
        self.account.days = days
        office = self.machine.office
        self.office = self.machine.office = replace(office, calendar=calendar_of(days, office.calendar.cutoff))
        self.machine.start()
        self._not_well()

    def released(self, key: str) -> None:
        """Let a letter go that is held in doubt, as somebody does who has looked."""
        try:
            self.machine.clerk.books.ledger.outbox.release(key)
        except Killed:
            self.machine.starts_anew()
        self._look_at(self.time)

    def _morning(self) -> None:
        """Lay out a day: when the daemon looks, and the evening on which it is judged."""
        days, today = self.account.days, self.account.today(self.time)
        opens, closes = (self._moment(today, hour) for hour in days.hours(today))
        evening = closes - timedelta(minutes=self.dice.number(2, 180))
        by_chance = self.time + timedelta(minutes=self.dice.number(0, 24 * 60 - 1))
        looks = [opens] * days.works(today)
        if any(not one.over for one in self.account.owed.values()):  # on other days nothing could go wrong then
            looks += [evening] * (days.works(today) and self.dice.chance(self.awake))
            looks += [by_chance] * self.dice.chance(0.3 * self.awake)
        for moment in looks:
            self.at(moment, lambda moment=moment: self._look_at(moment))  # type: ignore[misc]  # bound in the turn
        midnight = self._moment(today, datetime.min.time()) + timedelta(days=1)
        self.at(midnight, lambda: self._midnight(today))

    def _midnight(self, day: date) -> None:
        """Let the evening be judged, and the next day begin; somebody looks after what is held or given up."""
        gone = {one.key for one in self.account.roster.people if self._out_of_reach(one.key, day)}
        self.judge.unreachable = gone
        self.judge.day_over(day, well=self._pass_on[day] > 0 and day not in self._unwell)
        if not self.weather.bad:
            self._looked_after()
        self._morning()

    def _out_of_reach(self, key: str, day: date) -> bool:
        """Say whether no mail reaches somebody on a day, or he is on leave."""
        away = self.staff.away.get(key)
        person = next(one for one in self.account.roster.people if one.key == key)
        lost = person.addresses[0] in self.dead and person.second_address in {"", *self.dead}
        return lost or (away is not None and away[0] <= day <= away[1] + timedelta(days=1))

    def _looked_after(self) -> None:
        """Let go what is held in doubt, and let what was given up and asks for something leave again."""
        ledger = self.machine.clerk.books.ledger
        for letter in ledger.letters.listing(LetterState.HELD):
            self.released(letter.key)
        for letter in ledger.letters.listing(LetterState.GIVEN_UP):
            cycle = ledger.cycles.get(letter.cycle)
            if cycle is not None and not letter.withdrawn and cycle.step in OPENS.get(letter.kind, ()):
                try:
                    ledger.outbox.retry(letter.key, self.time)
                except Killed:
                    self.machine.starts_anew()

    def _moment(self, day: date, hour: object) -> datetime:
        """Return the moment at which the office's clock shows an hour of a day."""
        return self.account.days.there(datetime.combine(day, hour)).replace(tzinfo=UTC)  # type: ignore[arg-type]  # a time

    def _not_well(self) -> None:
        """Note that today not all can go as it should."""
        self._unwell.add(self.account.today(self.time))

    def _arrives(self, raw: bytes, truth: Truth) -> None:
        """Let a mail lie in INBOX; the daemon looks within a minute."""
        self.server.box("INBOX").put(raw, self.time)
        self.tell(f"mail of {truth.author or truth.sender or 'a robot'}: {' / '.join(truth.words.splitlines())[:60]}")
        self._look_at(self.time + timedelta(minutes=1))

    def _delivered(self, wire: OnWire) -> None:
        """Let a letter that was taken be judged, and reach its reader or come back."""
        letter = self.machine.maker.printed[wire.message_id]
        self._letters[letter.kind.value] += 1
        comes_back = wire.recipient in self.dead or self.weather.strikes("bounced_later")
        self.tell(f"letter {letter.key} to {wire.recipient}{', comes back' if comes_back else ''}")
        read = told(wire, letter)
        self.judge.letter_left(read, arrives=not comes_back)
        if comes_back:
            self._not_well()
            self.server.came_back[wire.message_id, wire.recipient] += 1
            self._mails += 1
            back = report(self.office.mailbox, wire.message_id, wire.recipient, "5.1.1", self.time, self._mails)
            self.at(self.time + self.dice.hours(0, 3), lambda: self._arrives(*back))
            return
        person = next((one for one in self.office.roster.people if one.key == letter.to), None)
        lost = sum(times for (one, _), times in self.server.came_back.items() if one == wire.message_id)
        if person is not None and self.server.taken[wire.message_id] - lost == 1:
            self.staff.gets(person, letter, wire, read)

    def _look_at(self, moment: datetime) -> None:
        """Let the daemon look at that moment, unless it looks sooner."""
        if self._pass_at is None or self._pass_at > moment:
            self._pass_at = moment
            self.at(moment, self._passes_by)

    def _passes_by(self) -> None:
        """Make the pass that is due, if the machine is on."""
        if self._pass_at is None or self._pass_at > self.time:
            return
        self._pass_at = None
        if self.time < self.machine.off_until:
            self._not_well()
            self._look_at(self.machine.off_until)
            return
        self._passes += 1
        self.server.trouble, self.server.in_hand, self.server.listed = 0, "", set()
        try:
            passed = one_pass(self.machine.clerk)
        except Killed:
            self.tell(f"the machine died at {self.machine.seam.where}")
            self._not_well()
            self.machine.starts_anew()
            self._look_at(self.time + timedelta(minutes=self.dice.number(0, 20)))
            return
        self._passed(trouble=bool(passed.trouble) or bool(self.server.trouble))
        self.desk.looks()

    def _passed(self, *, trouble: bool) -> None:
        """Take note of a pass: whether all was read, and when to look again."""
        if trouble or self.weather.bad:
            self._not_well()
        if not self.server.trouble and self.server.listed:
            self.account.looked()
        for wire in self.server.refused[self._refused :]:
            self.account.in_vain(lost := told(wire, self.machine.maker.printed[wire.message_id]))
            self.judge.refused(lost)
        self._refused = len(self.server.refused)
        if self.account.days.is_open(self.time):
            self._pass_on[self.account.today(self.time)] += 1
        counts = self.machine.clerk.books.ledger.letters.counts()
        if trouble or counts.queued or counts.put_off or counts.in_doubt:
            self._look_at(self.office.calendar.next_office_moment(self.time + _AFTER_TROUBLE))


def play(number: int, settings: Settings, parts: Parts | None = None, *, heard_all: bool = False) -> Result:
    """Play one office-year by its number; the collector of cyclic garbage, which costs a fifth, works after it."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        return Year(number, settings, parts or Parts(), heard_all).play()
    finally:
        if collecting:
            gc.enable()
