"""One seed, played from the first morning to the archive: an office, its people, its post, its machine, its mishaps."""

from __future__ import annotations

import heapq
from collections import Counter, deque
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

from mailbot.clerk.passing import one_pass
from mailbot.clerk.ticking import under_way
from mailbot.core.chasing.debts import debts
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.procedure.compare import compare
from mailbot.ledger.files_and_notes import BY_HAND
from mailbot.ledger.values import LetterState
from tests.simulation.cancelling import cancel, draw_cancelling
from tests.simulation.dice import Dice
from tests.simulation.drawing import drawn_folders, drawn_office
from tests.simulation.invariants import Watch
from tests.simulation.letter_maker import ListenedLetterMaker
from tests.simulation.machine import Machine, Parts
from tests.simulation.mails import Sheet, Truth, report, written
from tests.simulation.mishaps import draw_mishaps
from tests.simulation.people import Staff
from tests.simulation.seams import Killed, Seam
from tests.simulation.server import OnWire, Server
from tests.simulation.sometimes import Reached, reached
from tests.simulation.swarm import Swarm
from tests.simulation.weather import Weather

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office
    from mailbot.settings.settings import Settings
    from tests.examiner.tape import Charge
    from tests.simulation.disk import AnyDisk
    from tests.simulation.phrases import Phrases

_BOUND = timedelta(days=60)
"""Within this time after the last fault the cycle has to be over (I10)."""
_MOST_PASSES = 1000
_LAST_EVENTS = 40
OPENS: dict[str, tuple[Step, ...]] = {
    "data_needs": (Step.INFORM,),
    "data_needs_objected": (Step.INFORM,),
    "request": (Step.REQUEST, Step.COLLECT),
    "request_copy": (Step.REQUEST, Step.COLLECT),
    "draft": (Step.DRAFT,),
    "revision": (Step.DRAFT,),
    "draft_held": (Step.DRAFT,),
    "review": (Step.REVIEW,),
    "ratify": (Step.RATIFY,),
    "submission": (Step.SUBMIT,),
}
"""Which row waits for the answer to which kind of letter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one seed came to."""

    seed: int
    broken: tuple[str, ...]
    closed: bool
    passes: int
    seams: int
    mails_in: int
    letters_out: int
    befell: Counter[str]
    events: tuple[str, ...]
    """The last things that happened."""
    calm_for: timedelta
    """How long it took from the last fault to the end."""
    reached: frozenset[Reached] = frozenset()
    """What its mails came to, in which row, with which letter."""
    charges: tuple[Charge, ...] = ()
    """What somebody outside, who saw the mails alone, has to say of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """One mail as it came, with the truth about it."""

    at: datetime
    raw: bytes
    truth: Truth


class World:
    """One run; `play` plays it."""

    def __init__(
        self, seed: int, settings: Settings, disk: AnyDisk, phrases: Phrases, parts: Parts | None = None
    ) -> None:
        """Draw an office and its luck from the seed, on an empty ledger."""
        self.seed = seed
        self.phrases = phrases
        self.dice = Dice(seed)
        self.office, self.key = drawn_office(settings, self.dice)
        self.people = {person.key: person for person in self.office.roster.people}
        """Everybody who was ever on the list, as he stood there last."""
        self.swarm = Swarm(seed)
        self.weather = Weather(self.dice, self.swarm, severity=self.dice.one_of((0, 1, 1, 1, 2)))
        calendar = self.office.calendar
        self.time = calendar.at(self.office.plan(self.key).starts_on, calendar.opens)
        # Half of the storms last until rows 6 to 8 are reached.
        days = self.dice.number(3, 12) if self.dice.chance(0.5) else self.dice.number(12, 35)
        self.calm_at = self.time + timedelta(days=days)
        self._queue: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = count()
        self._pass_at: datetime | None = None
        self._passes, self._mails = 0, 0
        self.events: deque[str] = deque(maxlen=_LAST_EVENTS)
        self.truths: dict[str, Truth] = {}
        self.arrived: list[Arrived] = []
        self.released: Counter[str] = Counter()
        self.forgotten = 0
        """So many of the letters that left may be unknown to an old copy of the ledger, put back since."""
        self.machine = self._machine(settings, disk.wiped(), parts or Parts())
        self.server, self.forms = self.machine.server, self.machine.forms
        self.printed: dict[str, Letter] = self.machine.maker.printed
        folders = self.machine.folders
        self.watch = Watch(self, watched=(folders.inbox, *folders.extra))
        self._staff = Staff(self, {})

    def _machine(self, settings: Settings, disk: AnyDisk, parts: Parts) -> Machine:
        """Draw the server's ways, and put the machine together."""
        seam = Seam()
        server = Server(
            now=lambda: self.time,
            weather=self.weather,
            seam=seam,
            files_copies=self.dice.chance(0.5),
            moves=self.dice.chance(0.7),
            greylists=self.dice.chance(0.2),
            delivered=self._delivered,
        )
        return Machine(
            settings=settings,
            office=self.office,
            folders=drawn_folders(settings, self.dice),
            disk=disk,
            parts=parts,
            seam=seam,
            server=server,
            maker=ListenedLetterMaker(parts.maker),
            forms=parts.forms(self.office),
            now=lambda: self.time,
            off_until=self.time,
        )

    @property
    def seen(self) -> set[str]:
        """Return the digests of all mails that lay in a watched folder at a finished look."""
        return self.watch.seen

    @property
    def calm(self) -> bool:
        """Say whether the time of faults is over."""
        return not self.weather.bad

    @property
    def confirmed(self) -> set[tuple[str, str]]:
        """Who has brought a code back for which word."""
        return self._staff.confirmed

    def play(self) -> Result:
        """Play until the cycle is archived and nothing waits, or until time is up."""
        draw_mishaps(self, self.time, self.calm_at)
        draw_cancelling(self, self.time, self.calm_at)
        self.at(self.calm_at, self._calm_down)
        self._look_daily()
        over, goes_on = False, self.machine.parts.goes_on
        while self._queue and not over and (goes_on or not self.watch.broken):
            moment, _, act = heapq.heappop(self._queue)
            self.time = max(self.time, moment)
            act()
            over = self._over()
            if self.time > self.calm_at + _BOUND or self._passes > _MOST_PASSES:
                break
        if not self.watch.broken:
            self.watch.ended(in_time=over)
        return Result(
            seed=self.seed,
            broken=tuple(self.watch.broken),
            closed=over,
            passes=self._passes,
            seams=self.machine.seam.passed,
            mails_in=self._mails,
            letters_out=len(self.server.wire),
            befell=self.weather.befell,
            events=tuple(self.events),
            calm_for=max(self.time - self.calm_at, timedelta()),
            reached=reached(self),
        )

    def _over(self) -> bool:
        """Say whether the cycle is archived, everything has left, and what is done by hand is done or given up."""
        ledger = self.machine.clerk.books.ledger
        cycle = ledger.cycles.get(self.key)
        archived = cycle is not None and bool(ledger.notes.read(f"archived/{cycle.archive_key}"))
        return archived and not ledger.notes.read(BY_HAND) and not ledger.letters.unsent(self.key)

    def at(self, moment: datetime, act: Callable[[], None]) -> None:
        """Do something at that moment."""
        heapq.heappush(self._queue, (moment, next(self._order), act))

    def tell(self, what: str) -> None:
        """Note an event, for the report of a run that failed."""
        self.events.append(f"{self.office.calendar.local(self.time):%a %d %b %H.%M}  {what}")

    def slip(self, name: str, chance: float) -> bool:
        """Say whether somebody goes wrong in this way now; if so, it is counted."""
        if self.calm or not self.dice.chance(self.swarm.chance(name, chance)):
            return False
        self.weather.befell[name] += 1
        return True

    def post(self, sheet: Sheet, *, after: timedelta, in_office: bool = True) -> None:
        """Let a mail arrive after that time, in office hours if a person writes it."""
        self._mails += 1
        moment = self.time + after
        moment = self.office.calendar.next_office_moment(moment) if in_office else moment
        numbered = replace(sheet, number=self._mails)
        self.at(moment, lambda: self._arrives(*written(numbered, self.time)))

    def _arrives(self, raw: bytes, truth: Truth) -> None:
        """Let a mail lie in INBOX."""
        self.truths[truth.sha256] = truth
        self.arrived.append(Arrived(at=self.time, raw=raw, truth=truth))
        self.server.box("INBOX").put(raw, self.time)
        who = truth.author or ("robot" if truth.automatic else "somebody")
        self.tell(f"mail {truth.message_id} of {who}: {' / '.join(truth.words.splitlines())[:60]}")
        self._look_at(self.time + timedelta(minutes=1))

    def _delivered(self, wire: OnWire) -> None:
        """Let a letter that was taken reach its reader, or come back."""
        self.watch.letter_left(wire)
        letter = self.printed.get(wire.message_id)
        self.tell(f"letter {letter.key if letter else wire.message_id} to {wire.recipient}")
        bounced, came_back = self.weather.strikes("bounced_later"), self.server.came_back
        came_back[wire.message_id, wire.recipient] += bounced
        if bounced or self.weather.strikes("delayed_later"):
            self._mails += 1
            status = "5.1.1" if bounced else "4.4.1"
            told = report(self.office.mailbox, wire.message_id, wire.recipient, status, self.time, self._mails)
            self.at(self.time + self.dice.hours(0, 30), lambda: self._arrives(*told))
        people = [one for one in self.office.roster.people if letter is not None and one.key == letter.to]
        lost = sum(times for (one, _), times in came_back.items() if one == wire.message_id)
        first_copy = self.server.taken[wire.message_id] - lost == 1
        if letter is not None and people and not bounced and first_copy:
            self._staff.gets(people[0], letter, wire)

    def _look_daily(self) -> None:
        """Let the daemon look at the clock on its own, twice on a working day."""
        calendar = self.office.calendar
        moment = calendar.next_office_moment(self.time)
        self._look_at(moment)
        if self.calm or all(person.role is not Role.OPERATOR for person in self.office.roster.people):
            # Nobody is told of a letter held in doubt, or the telling is itself in doubt: somebody looks by himself.
            for letter in self.machine.ledger.letters.listing(LetterState.HELD):
                self._released(letter.key)
        if self.calm:
            self._sends_again()
        self.at(calendar.next_office_moment(moment + timedelta(hours=5)), self._look_daily)

    def _sends_again(self) -> None:
        """Let somebody who was told of it send the letters again that were given up and that a row waits for."""
        ledger = self.machine.clerk.books.ledger
        cycle = ledger.cycles.get(self.key)
        for letter in ledger.letters.listing(LetterState.GIVEN_UP):
            if cycle is not None and not letter.withdrawn and cycle.step in OPENS.get(letter.kind, ()):
                ledger.outbox.retry(letter.key, self.machine.clerk.books.clock())
                self._look_at(self.time)

    def _look_at(self, moment: datetime) -> None:
        """Make a pass at that moment, unless there is one sooner."""
        if self._pass_at is None or self._pass_at > moment:
            self._pass_at = moment
            self.at(moment, self._passes_by)

    def _passes_by(self) -> None:
        """Make the pass that is due, if the daemon runs."""
        if self._pass_at is None or self._pass_at > self.time:
            return
        self._pass_at = None
        if self.time < self.machine.off_until:
            self._look_at(self.machine.off_until)
            return
        self._passes += 1
        self.server.trouble, self.server.in_hand, self.server.listed = 0, "", set()
        try:
            passed = one_pass(self.machine.clerk)
        except Killed:
            self.tell(f"the machine died at {self.machine.seam.where}")
            self.machine.starts_anew()
            self._look_at(self.time + timedelta(minutes=self.dice.number(0, 20)))
            return
        if passed.trouble:
            self.tell(f"trouble: {'; '.join(passed.trouble)[:90]}")
        self.watch.pass_done(looked=not self.server.trouble and set(self.watch.watched) <= self.server.listed)
        counts = self.machine.clerk.books.ledger.letters.counts()
        if self.server.trouble or counts.queued or counts.put_off or counts.in_doubt:
            self._look_at(self.office.calendar.next_office_moment(self.time + timedelta(minutes=30)))

    def _calm_down(self) -> None:
        """Let everything be well from now on."""
        self.tell("from here on nothing goes wrong")
        self.weather.bad = False
        self.machine.is_well()
        ledger = self.machine.clerk.books.ledger
        for lost in ledger.letters.never_left(self.key):
            # Given up is not sent: the operator, who was told, lets it leave once the address takes mail again.
            ledger.outbox.retry(lost.key, self.time)
        cycle, most = ledger.cycles.get(self.key), self.office.policy.most_per_debt
        owed = debts(cycle, self.time, self.office) if cycle is not None else ()
        # After the last reminder mailbot is silent: it is for the superior, who was told so.
        self._staff.decides(debt for debt in owed if debt.reminders >= most)
        self._look_at(self.time)

    def release(self, key: str) -> None:
        """Let the operator free a letter that is held in doubt, when he has looked."""
        self.at(self.time + timedelta(hours=1), lambda: self._released(key))

    def _released(self, key: str) -> None:
        self.released[key] += 1
        try:
            self.machine.clerk.books.ledger.outbox.release(key)
        except Killed:
            self.machine.starts_anew()
        self._look_at(self.time)

    def edited(self, office: Office) -> None:
        """Let the daemon read another configuration, which it takes if the cycle under way can go on by it."""
        lacks = compare(self.office, office, under_way(self.machine.ledger))
        self.tell(f"the configuration was edited{', and is not taken' if lacks else ''}")
        if not lacks:
            self.office = self.machine.office = office
            self.people |= {person.key: person for person in office.roster.people}
            self.machine.start()
        self._look_at(self.time)

    def cancelled(self, former: str, anew: str) -> None:
        """Take note that the cycle was cancelled, and opened anew under another key."""
        self.tell(f"{former} was cancelled, and opened anew as {anew}")
        self.weather.befell["cycle_cancelled"] += self.key == former
        self.key = anew
        self.watch.cancelled(former)
        self._staff.forgets_forms()
        self._look_at(self.time)

    def restored(self) -> None:
        """Take note that the ledger is now an old one; a cycle that is under way in it again is cancelled again."""
        self.forgotten = len(self.server.wire)
        self.watch.restored()
        former, anew, _ = self.key.partition("-ulang")
        if anew and self.machine.ledger.cycles.get(self.key) is None:
            self.key = former
            self._staff.forgets_forms()
            self.at(self.time + timedelta(hours=1), lambda: cancel(self, former))
        self._look_at(self.time)
