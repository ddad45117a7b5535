"""The toy office driven by tasks: each pass is what procrastinate's worker does until its queue is empty."""

from __future__ import annotations

import asyncio
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from procrastinate.testing import InMemoryConnector

from mailbot.clerk.passing import Passed, do_unit
from mailbot.clerk.units import Done, Gone, Unit, left_alone
from mailbot.tasks.driving import EACH_TURN, NOW_AND_THEN, Driver
from tests.office import DRIVES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mailbot.clerk.parts import Clerk


class AtOnce(Executor):
    """Does what it is given in the thread that gives it: a story needs no threads."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401 - as Executor says
        """Do it."""
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as wrong:  # noqa: BLE001 - whoever waits for it gets it
            done.set_exception(wrong)
        return done


class OneOffice:
    """The office of a clerk, which counts what its units came to."""

    def __init__(self, clerk: Clerk) -> None:
        """Begin to count."""
        self.clerk = clerk
        self.done: list[tuple[Unit, Done]] = []
        self.died_of: BaseException | None = None
        """What killed the machine in the midst of a unit; it does nothing any more."""

    def rhythm(self) -> Mapping[str, int]:
        """Give it a turn in each round."""
        return {"": 1}

    def further(self, key: str) -> tuple[str, ...]:
        """Return its further mailboxes."""
        return tuple(box.account for box in self.clerk.post.boxes[1:])

    def do(self, key: str, unit: Unit, account: str) -> Done:
        """Do one unit."""
        if self.died_of is not None:
            raise Gone(key)
        try:
            done = do_unit(self.clerk, unit, account)
        except Exception:
            raise
        except BaseException as death:
            self.died_of = death
            raise Gone(key) from death
        self.done.append((unit, done))
        return done

    def passed(self) -> Passed:
        """Say what all of it came to, as a pass does."""
        moved = {unit: sum(done.moved for which, done in self.done if which is unit) for unit in Unit}
        return Passed(
            received=moved[Unit.WATCH],
            worked=moved[Unit.WORK],
            sent=moved[Unit.SEND],
            trouble=tuple(dict.fromkeys(trouble for _, done in self.done for trouble in done.trouble)),
            paused=left_alone(self.clerk),
        )


@contextmanager
def by_tasks() -> Iterator[None]:
    """Let tasks drive every toy office meanwhile."""
    before = DRIVES.set(one_pass_by_tasks)
    try:
        yield
    finally:
        DRIVES.reset(before)


def one_pass_by_tasks(clerk: Clerk) -> Passed:
    """Call for what a round calls for, and do all that follows."""
    office = OneOffice(clerk)
    driver = Driver(InMemoryConnector(), office, AtOnce())
    asyncio.run(_until_empty(driver))
    if office.died_of is not None:
        raise office.died_of
    return office.passed()


async def _until_empty(driver: Driver) -> None:
    """Run one worker until nothing is left to do now."""
    async with driver.app.open_async():
        for unit in (*EACH_TURN, *NOW_AND_THEN):
            await driver.call(unit, "")
        await driver.app.run_worker_async(
            wait=False, install_signal_handlers=False, listen_notify=False, delete_jobs="always"
        )
