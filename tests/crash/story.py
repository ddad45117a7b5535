"""Story 01 with one unit, played by staff who answer each letter once, on a machine that may die and start anew."""

from __future__ import annotations

import email
import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

from mailbot.clerk.sending import take_back
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.office import Office
from mailbot.ledger.ledger import Ledger
from mailbot.ledger.values import LetterState
from mailbot.rehearsal.clock import HandClock
from tests.crash.seams import Countdown, Killed, seamed
from tests.office import CYCLE, ToyOffice, ToyPost

_UNIT = "PIAK"
_DIGEST = re.compile(r"[0-9a-f]{16}$")
_STEP = timedelta(hours=4)
_MOST_STEPS = 120
_ANSWERS = {
    "draft": ("perencanaan", "TERUSKAN"),
    "review": ("sekretaris", "SETUJU"),
    "ratify": ("kadis", "DISAHKAN"),
    "submission": ("bappeda", "DITERIMA"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """How a story ended, as far as it must be the same whatever died on the way."""

    closed: bool
    units: tuple[tuple[str, str, int], ...]
    verdicts: tuple[tuple[str, str, bool], ...]
    letters: tuple[str, ...]
    inbox: tuple[tuple[str, int], ...]
    journal_in_order: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """The end of a story, how often each letter was delivered, and how many seams were passed."""

    end: End
    copies: Counter[str]
    different_bytes: frozenset[str]
    """Message-IDs under which two different letters were delivered."""
    seams: int
    died_at: str
    names: tuple[str, ...]
    """Every seam passed, in order."""


class Machine:
    """The office on a machine that starts anew after each death; ledger, post and clock are what outlives it."""

    def __init__(self, ledger: Ledger, archive: Path, countdown: Countdown) -> None:
        """Start for the first time."""
        self._bare = ledger
        self._countdown = countdown
        self._archive = archive
        first = ToyOffice(ledger=self._bare)
        self.clock: HandClock = first.clock
        self.post = ToyPost(self.clock, seam=countdown)
        self._made: set[tuple[str, ...]] = set()
        self.office = self._start()

    def _start(self) -> ToyOffice:
        """Start, and take back what a former life had in its hands; what it had printed is printed anew.

        What it kept in the process beside the ledger is gone with it.
        """
        self._bare = Ledger(self._bare.engine)
        anew, self._made = frozenset(self._made), set()
        office = ToyOffice(ledger=seamed(self._bare, self._countdown), post=self.post, clock=self.clock)
        office.office = _with_one_unit(office.office)
        office.has(office=office.office, archive_folder=self._archive, anew=anew, made=self._made)
        take_back(self._bare, self.clock(), office.clerk.post.name)
        return office

    def works(self) -> None:
        """Make one pass; if the machine dies, start anew and go on."""
        try:
            self.office.works()
        except Killed:
            self.office = self._start()
            self.office.works()
        for letter in self._bare.letters.listing(LetterState.HELD):
            # The report in doubt is never sent again by itself; the operator is told, looks, and lets it go.
            self._bare.outbox.release(letter.key)


def play(ledger: Ledger, archive: Path, kill_at: int = 0) -> Played:
    """Play the story, dying once at that seam (0: never)."""
    ledger = Ledger(ledger.engine)
    countdown = Countdown(kill_at)
    machine = Machine(ledger, archive, countdown)
    answered: set[str] = set()
    for _ in range(_MOST_STEPS):
        machine.works()
        _staff_answer(machine, answered)
        if ledger.notes.read(f"archived/{CYCLE}") and not ledger.letters.unsent(CYCLE):
            break
        machine.clock.set_to(machine.office.office.calendar.next_office_moment(machine.clock() + _STEP))
    return Played(
        end=_end(ledger),
        copies=Counter(_id(raw) for _, raw in machine.post.delivered),
        different_bytes=frozenset(_ids_of_several({raw for _, raw in machine.post.delivered})),
        seams=countdown.passed,
        died_at=countdown.where,
        names=tuple(countdown.names),
    )


def _staff_answer(machine: Machine, answered: set[str]) -> None:
    """Let everybody answer what he has not answered yet; a repeat is folded by its Message-ID, as mail programs do."""
    office = machine.office
    for address, raw in list(machine.post.delivered):
        message_id = _id(raw)
        if message_id in answered:
            continue
        answered.add(message_id)
        seen = office.seen(address, raw)
        if seen.kind == "request":
            machine.post.arrive(office.mail("kabid-piak", seen, "Terlampir.", office.filled(_UNIT)))
        elif seen.kind in _ANSWERS:
            person, word = _ANSWERS[seen.kind]
            machine.post.arrive(office.mail(person, seen, word))


def _ids_of_several(letters: set[bytes]) -> set[str]:
    """Return the Message-IDs that more than one of these letters bears."""
    return {name for name, count in Counter(map(_id, letters)).items() if count > 1}


_OFFICES: dict[int, tuple[Office, Office]] = {}
"""By identity, each office with the one that has only our unit: every life of every machine is in the same one."""


def _with_one_unit(office: Office) -> Office:
    """Return the office whose cycle asks one unit."""
    plan = replace(office.plan(CYCLE), units=(_UNIT,))
    return _OFFICES.setdefault(id(office), (office, replace(office, cycles=(plan,))))[1]


@lru_cache(maxsize=1024)
def _id(raw: bytes) -> str:
    """Return a letter's Message-ID; the letters of one story are looked at again and again."""
    return str(email.message_from_bytes(raw.partition(b"\r\n\r\n")[0])["Message-ID"])


def _end(ledger: Ledger) -> End:
    """Look at how it ended."""
    cycle = ledger.cycles.get(CYCLE)
    assert cycle is not None
    return End(
        closed=cycle.closed,
        units=tuple((form.unit, form.state.value, form.counted) for form in cycle.units),
        verdicts=tuple((verdict.step.value, verdict.word, verdict.approved) for verdict in cycle.verdicts),
        letters=_letters(ledger),
        inbox=tuple(sorted(ledger.inbox.counts().by_outcome.items())),
        journal_in_order=ledger.journal.verify() is None,
    )


def _letters(ledger: Ledger) -> tuple[str, ...]:
    """Return the keys of all letters, as far as they must be the same.

    A death may cost half a day while a letter in doubt is looked for. The operator's daily mail tells of that day too,
    and an answer that quotes a later deadline has another digest, which stands in the key of our answer to it.
    """
    keys = (
        one.key for one in ledger.letters.listing(limit=1000) if one.kind not in {LetterKind.MORNING, LetterKind.ALARM}
    )
    return tuple(sorted(_DIGEST.sub("...", key) for key in keys))
