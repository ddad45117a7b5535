"""What runs in `mailbot worker`: a lane for each unit of work, so that no kind of work waits behind another.

A server that hangs holds up its lane's thread alone; a flood of mail fills the lane of work, and the clock goes on.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from procrastinate import PsycopgConnector
from procrastinate.exceptions import ConnectorException

from mailbot.clerk.units import Unit
from mailbot.tasks.driving import HEARTBEAT_SECONDS, HOUSEKEEPING, STALLED_SECONDS, Driver

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from procrastinate.connector import BaseConnector

    from mailbot.tasks.driving import Offices

_log = logging.getLogger("mailbot")

SCHEMA = "queue"
"""The queue's tables lie in a schema of their own, beside the ledger's."""
AT_ONCE: Mapping[Unit, int] = {Unit.WATCH: 4, Unit.WORK: 1, Unit.SEND: 2, Unit.TICK: 1, Unit.RENDER: 1}
"""How many of each are done at the same time: those that wait for servers more than one."""
LONGEST_OFF = timedelta(seconds=30)
"""So far may the clocks of two machines lie apart."""
_ANEW_SECONDS = 5.0
_LOOK_SECONDS = 30.0


def lanes_of(only: Unit | None, concurrency: int | None) -> dict[Unit, int]:
    """Return which units are done, and how many of each at once.

    Args:
        only: one unit; None: all of them.
        concurrency: how many at once; None: as many as suit each.
    """
    return {unit: concurrency or AT_ONCE[unit] for unit in ((only,) if only is not None else Unit)}


async def make_tables(driver: Driver) -> None:
    """Make the queue's tables where they are missing; of two workers that do so at once, one begins anew.

    Raises:
        ConnectorException: the database cannot be used, or somebody else has just made them.
    """
    connector = driver.app.connector
    there = "SELECT to_regclass(%(name)s)::text AS name"
    found = await connector.execute_query_one_async(there, name=f"{SCHEMA}.procrastinate_jobs")
    if found["name"] is None:
        await connector.execute_query_async(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        await driver.app.schema_manager.apply_schema_async()


class ClockOff(Exception):
    """This machine's clock and the database's tell different times; by a wrong one nothing may be decided or sent."""


async def look_at_clocks(connector: BaseConnector, clock: Callable[[], datetime]) -> None:
    """Hold this machine's clock beside the database's, which all workers share.

    Raises:
        ClockOff: they are further apart than deadlines bear.
        ConnectorException: the database cannot be used.
    """
    told = (await connector.execute_query_one_async("SELECT clock_timestamp() AS now"))["now"]
    if abs(off := clock() - told) > LONGEST_OFF:
        raise ClockOff(
            f"this machine's clock is {off.total_seconds():+.0f} seconds off the database's; nothing is done"
        )


async def run_lanes(address: str, offices: Offices, lanes: Mapping[Unit, int], clock: Callable[[], datetime]) -> None:
    """Work until SIGTERM or SIGINT; what is under way is finished first. A database that is away is waited for.

    Args:
        address: `postgresql://...`, of the ledger's database.
        offices: whose work is done.
        lanes: which units, and how many of each at once.
        clock: tells this machine's time.
    """
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    with ThreadPoolExecutor(sum(lanes.values()), thread_name_prefix="unit") as threads:
        while not stopped.is_set():
            try:
                await _run_once(Driver(_connector(address, lanes), offices, threads), lanes, stopped, clock)
            except (ClockOff, ConnectorException, OSError) as away:
                _log.warning("the queue cannot be used, the next try is in %d seconds: %s", _ANEW_SECONDS, away)
            except Exception:  # noqa: BLE001 - a worker that ends serves nobody
                _log.exception("the queue failed; it is begun anew")
            with suppress(TimeoutError):
                await asyncio.wait_for(stopped.wait(), _ANEW_SECONDS)
    _log.info("stopped")


def _connector(address: str, lanes: Mapping[Unit, int]) -> PsycopgConnector:
    """Return the way to the queue: a connection to hear news for each lane, and some to ask by."""
    return PsycopgConnector(
        conninfo=address, kwargs={"options": f"-c search_path={SCHEMA}"}, min_size=1, max_size=len(lanes) + 3
    )


async def _keep_looking(connector: BaseConnector, clock: Callable[[], datetime]) -> None:
    """Look at the clocks every so often; raises as `look_at_clocks`."""
    while True:
        await look_at_clocks(connector, clock)
        await asyncio.sleep(_LOOK_SECONDS)


async def _run_once(
    driver: Driver, lanes: Mapping[Unit, int], stopped: asyncio.Event, clock: Callable[[], datetime]
) -> None:
    """Run all lanes until one ends, or until told to stop.

    Raises:
        ClockOff: this machine's clock is wrong.
        ConnectorException: the database cannot be used.
    """
    connector = driver.app.connector
    at_once: dict[str, int] = {HOUSEKEEPING: 1} | {unit.value: many for unit, many in lanes.items()}
    async with driver.app.open_async():
        await make_tables(driver)
        await look_at_clocks(connector, clock)
        running = [
            asyncio.create_task(
                driver.app.run_worker_async(
                    queues=[queue],
                    name=queue,
                    concurrency=many,
                    install_signal_handlers=False,
                    delete_jobs="always",
                    update_heartbeat_interval=HEARTBEAT_SECONDS,
                    stalled_worker_timeout=STALLED_SECONDS,
                )
            )
            for queue, many in at_once.items()
        ]
        _log.info("working: %s", ", ".join(f"{queue} ({many} at once)" for queue, many in at_once.items()))
        beside = [asyncio.create_task(stopped.wait()), asyncio.create_task(_keep_looking(connector, clock))]
        try:
            await asyncio.wait((*beside, *running), return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in (*beside, *running):
                each.cancel()
            ended = await asyncio.gather(*beside, *running, return_exceptions=True)
        for problem in ended:
            if isinstance(problem, Exception):
                raise problem
