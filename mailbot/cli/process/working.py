"""`mailbot worker` as a process: one of as many as are wanted, on one PostgreSQL."""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING

from mailbot.cli.configuration.ledger_place import ledger_in_use
from mailbot.cli.log.beginning import introduce, logging_by
from mailbot.cli.options import environment, now
from mailbot.cli.process.warm import WarmOffices
from mailbot.errors import LedgerProblem
from mailbot.ledger.place import is_sqlite, postgres_address
from mailbot.settings.loading import load

if TYPE_CHECKING:
    from pathlib import Path

    from mailbot.clerk.units import Unit


def run_worker(folder: Path, only: Unit | None, concurrency: int | None) -> None:
    """Work until told to stop.

    Args:
        folder: the configuration folder.
        only: one unit of work; None: all.
        concurrency: how many of a unit at once; None: as many as suit it.

    Raises:
        ConfigProblem: the configuration is wrong; it does not start.
        LedgerProblem: the ledger is a SQLite file, which is one process's; or procrastinate is not installed.
    """
    settings = load(folder, environment())
    url = ledger_in_use(settings)
    if is_sqlite(url):
        raise LedgerProblem(
            "mailbot worker needs a ledger on PostgreSQL (database_url); a SQLite ledger is one process's: mailbot run."
        )
    try:
        from mailbot.tasks.lanes import lanes_of, run_lanes
    except ImportError as missing:
        raise LedgerProblem(
            f"mailbot worker needs procrastinate, which is not installed ({missing}); `make install` in mailbot's "
            "checkout installs it with the rest."
        ) from missing
    with logging_by(settings):
        introduce(settings, now())
        offices = WarmOffices(lambda: {settings.office_key: folder}, secrets.token_hex(4), settings.poll_seconds)
        try:
            asyncio.run(run_lanes(postgres_address(url), offices, lanes_of(only, concurrency), now))
        finally:
            offices.close()
