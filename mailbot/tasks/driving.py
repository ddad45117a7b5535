"""The one module that knows procrastinate drives: each unit of work is a task, and what it moved calls for the next.

A task brings nothing but the key of an office and says nothing but "look": what is to be done stands in the ledger, and
is claimed there. So one that is lost, doubled, or run by a worker that was paused and replaced, changes nothing; the
rounds call for everything again.
"""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol
from zlib import crc32

from procrastinate import App
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Status

from mailbot.clerk.units import FOLLOWS, Done, Gone, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping, Sequence

    from procrastinate.connector import BaseAsyncConnector
    from procrastinate.jobs import Job

_log = logging.getLogger("mailbot")

FRESH, BACKLOG, AGAIN = 50, 10, 0
"""Priorities: what has just come to be done; what one office has too much of; what failed and waits for its pause."""
AT_THE_DESK = frozenset({Unit.WORK, Unit.TICK})
"""What decides about an office's cycles, one process at a time."""
AGAIN_IN_TROUBLE = frozenset({Unit.SEND, Unit.RENDER})
"""What is tried again after a pause where a server or a template would not do it; the others have a turn each round."""
PAUSES = (1, 5, 15, 60)
"""Seconds until what failed is tried again: the first time, the second, ..."""
ROUND_SECONDS = 5
"""So often it is looked whose turn it is, and which worker is gone."""
EACH_TURN = (Unit.WATCH, Unit.TICK)
"""What is called for at each turn of an office: these call for the rest where it is wanted."""
NOW_AND_THEN, SELDOM = (Unit.SEND, Unit.RENDER), 10
"""What is called for all the same, each tenth turn: a call may have been lost."""
HEARTBEAT_SECONDS = 5.0
STALLED_SECONDS = 15.0
"""A worker that gave no sign of life for so long is gone: with a round, another has its work after 21 seconds."""
HOUSEKEEPING = "housekeeping"
"""The queue of the rounds, and of the rescue of what stalled."""


class Offices(Protocol):
    """The offices that are driven, by key."""

    def rhythm(self) -> Mapping[str, int]:
        """Return every office, with how many seconds lie between two looks into its mailbox."""

    def further(self, key: str) -> Sequence[str]:
        """Return the accounts of an office's mailboxes but the first one.

        Raises:
            Gone: there is no such office any more.
        """

    def do(self, key: str, unit: Unit, account: str) -> Done:
        """Do one unit of an office's work; `account` says which mailbox is looked into, empty being the first one.

        Raises:
            Gone: there is no such office any more.
            LedgerProblem: the database cannot be used.
        """


class Driver:
    """The tasks, on one queue."""

    def __init__(self, connector: BaseAsyncConnector, offices: Offices, threads: Executor | None = None) -> None:
        """Name the tasks.

        Args:
            connector: where the queue is kept.
            offices: whose work it is.
            threads: in which the work is done, so that signs of life are given meanwhile.
        """
        self.app = App(connector=connector)
        self._offices = offices
        self._threads = threads or ThreadPoolExecutor(thread_name_prefix="unit")
        for unit in Unit:
            self.app.task(name=unit.value, queue=unit.value)(self._task_of(unit))
        for name, beat in (("round", self._round), ("rescue", self._rescue)):
            task = self.app.task(name=name, queue=HOUSEKEEPING, queueing_lock=name)(beat)
            self.app.periodic(cron=f"* * * * * */{ROUND_SECONDS}")(task)

    async def call(self, unit: Unit, office: str, account: str = "", *, priority: int = FRESH, failed: int = 0) -> None:
        """Let a unit be done; where that is called for already, once is enough.

        Args:
            unit: what.
            office: whose, by key.
            account: which mailbox, where one is watched; empty: the first one.
            priority: how soon, beside what else waits.
            failed: how often it failed in a row; it waits accordingly.
        """
        named = f"{unit}/{office}/{account}".rstrip("/")
        task = self.app.configure_task(
            unit.value,
            lock=f"desk/{office}" if unit in AT_THE_DESK else named,
            queueing_lock=f"again/{named}" if failed else named,
            priority=priority,
            schedule_in={"seconds": PAUSES[min(failed, len(PAUSES)) - 1]} if failed else None,
        )
        with suppress(AlreadyEnqueued):
            await task.defer_async(office=office, account=account, failed=failed)

    def _task_of(self, unit: Unit) -> Callable[..., Coroutine[Any, Any, None]]:
        """Return the task of a unit."""

        async def task(office: str, account: str = "", failed: int = 0) -> None:
            await self._run(unit, office, account, failed)

        return task

    async def _run(self, unit: Unit, office: str, account: str, failed: int) -> None:
        """Do a unit, and call for what it may have left to be done; one that fails is called for after a pause."""
        try:
            if unit is Unit.WATCH and not account:
                for further in await self._beside(self._offices.further, office):
                    await self.call(Unit.WATCH, office, further)
            done = await self._beside(self._offices.do, office, unit, account)
        except Gone:
            _log.info("office %s is not ours any more; %s is left", office or "(the one)", unit)
        except Exception:  # noqa: BLE001 - whatever it is, it holds up no other office
            _log.exception("%s of office %s failed", unit, office or "(the one)")
            await self.call(unit, office, account, priority=AGAIN, failed=failed + 1)
        else:
            await self._go_on(unit, office, account, done)
            if done.trouble and unit in AGAIN_IN_TROUBLE:
                await self.call(unit, office, priority=AGAIN, failed=failed + 1)

    async def _beside(self, does: Callable[..., Any], *about: object) -> Any:  # noqa: ANN401 - as what is done returns
        """Do it in a thread, so that signs of life are given meanwhile."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, does, *about)

    async def _go_on(self, unit: Unit, office: str, account: str, done: Done) -> None:
        """Call for what a unit may have left to be done."""
        for trouble in done.trouble:
            _log.warning("%s%s", f"{office}: " if office else "", trouble)
        if done.left:
            await self.call(unit, office, account, priority=BACKLOG if unit is Unit.WORK else FRESH)
        follows = (Unit.SEND,) if done.left and unit is Unit.WORK else FOLLOWS[unit]
        for then in dict.fromkeys((*done.calls, *(follows if done.moved else ()))):
            await self.call(then, office)

    async def _round(self, timestamp: int) -> None:
        """Call for a look into the mailbox and at the clock of every office whose turn it is, spread over time."""
        for key, seconds in self._offices.rhythm().items():
            turns = max(1, seconds // ROUND_SECONDS)
            turn = timestamp // ROUND_SECONDS - crc32(key.encode()) % turns
            if turn % turns == 0:
                for unit in EACH_TURN if turn // turns % SELDOM else (*EACH_TURN, *NOW_AND_THEN):
                    await self.call(unit, key)

    async def _rescue(self, timestamp: int) -> None:  # noqa: ARG002 - procrastinate gives it
        """Let others do what workers had in hand that gave no sign of life."""
        jobs = self.app.job_manager
        for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS):
            _log.warning("a worker is gone; another takes over %s", job.call_string)
            await self._taken_over(job)

    async def _taken_over(self, job: Job) -> None:
        """Queue a job anew; where the same is called for already, it is forgotten."""
        jobs = self.app.job_manager
        try:
            await jobs.retry_job(job)
        except ConnectorException:  # its queueing lock is taken: what it would do will be done
            await jobs.finish_job(job, status=Status.FAILED, delete_job=True)
