"""Nobody waits for another office's trouble: by the order in which tasks are done, not by time."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from procrastinate.testing import InMemoryConnector

from mailbot.clerk.units import AT_A_TIME, Done, Gone, Unit
from mailbot.tasks.driving import Driver
from tests.tasks.by_tasks import AtOnce

FLOODED, POISONED, QUIET = "banjir", "racun", "tenang"


class City:
    """Offices that have mail to keep and to work, and a list of what was done, in order."""

    def __init__(self, mails: dict[str, int]) -> None:
        """Let so many mails lie in each office's mailbox."""
        self.arriving, self.kept = dict(mails), Counter[str]()
        self.done: list[tuple[Unit, str]] = []

    def rhythm(self) -> Mapping[str, int]:
        """Give each a turn in every round."""
        return dict.fromkeys(self.arriving, 1)

    def further(self, key: str) -> tuple[str, ...]:
        """Return no further mailbox."""
        return ()

    def do(self, key: str, unit: Unit, account: str) -> Done:
        """Do one unit."""
        self.done.append((unit, key))
        if key not in self.arriving:
            raise Gone(key)
        if key == POISONED and unit is Unit.WORK:
            raise ValueError("a mail that nobody can read")
        if unit is Unit.WATCH:
            new, self.arriving[key] = self.arriving[key], 0
            self.kept[key] += new
            return Done(moved=new)
        if unit is Unit.WORK:
            worked = min(self.kept[key], AT_A_TIME)
            self.kept[key] -= worked
            return Done(moved=worked, left=worked == AT_A_TIME)
        return Done()

    def before(self, unit: Unit) -> Counter[str]:
        """Say how often each other office was served by that unit before the quiet one was."""
        turns = [key for which, key in self.done if which is unit]
        return Counter(turns[: turns.index(QUIET)])


def played(city: City, *others: str) -> City:
    """Let a round call for all offices, the quiet one last, until nothing is left to do now."""
    driver = Driver(InMemoryConnector(), city, AtOnce())

    async def play() -> None:
        async with driver.app.open_async():
            for key in (*others, QUIET):
                for unit in (Unit.WATCH, Unit.TICK):
                    await driver.call(unit, key)
            await driver.app.run_worker_async(
                wait=False, install_signal_handlers=False, listen_notify=False, delete_jobs="always"
            )

    asyncio.run(play())
    return city


def test_a_flood_and_a_poisonous_mailbox_are_served_once_before_whoever_comes_after_them() -> None:
    """Five thousand mails of one office, and a mail that kills the work of another, are one turn each."""
    city = played(City({FLOODED: 5000, POISONED: 1, QUIET: 3}), FLOODED, POISONED)
    for unit in (Unit.WORK, Unit.TICK):
        assert city.before(unit) <= Counter({FLOODED: 1, POISONED: 1})
    assert not city.kept[QUIET]
    assert not city.kept[FLOODED]
    assert Counter(city.done)[Unit.WORK, FLOODED] == 5000 / AT_A_TIME + 1


def test_an_office_that_is_gone_stops_nobody() -> None:
    """Its folder was removed while its mail was being read."""
    assert not played(City({QUIET: 1}), "dihapus").kept[QUIET]


def test_a_server_that_hangs_holds_up_its_own_office_alone() -> None:
    """As long as it hangs, the other is watched, worked and reminded; only then it is let go."""
    served = Event()

    class Hanging(City):
        def do(self, key: str, unit: Unit, account: str) -> Done:
            if key == FLOODED and unit is Unit.WATCH:
                assert served.wait(60)
            done = super().do(key, unit, account)
            if {(Unit.WORK, QUIET), (Unit.TICK, QUIET)} <= set(self.done):
                served.set()
            return done

    city = Hanging({FLOODED: 1, QUIET: 1})
    with ThreadPoolExecutor() as threads:
        driver = Driver(InMemoryConnector(), city, threads)

        async def play() -> None:
            async with driver.app.open_async():
                for key in (FLOODED, QUIET):
                    for unit in (Unit.WATCH, Unit.TICK):
                        await driver.call(unit, key)
                await driver.app.run_worker_async(
                    wait=False, concurrency=4, install_signal_handlers=False, listen_notify=False, delete_jobs="always"
                )

        asyncio.run(play())
    watched = city.done.index((Unit.WATCH, FLOODED))
    assert {(Unit.WORK, QUIET), (Unit.TICK, QUIET)} <= set(city.done[:watched])
    assert not city.kept[QUIET]
