"""One office in a worker process: the daemon's clerk, asked for one unit of work at a time, beside other processes.

An edit is let count by whichever process ticks, as the daemon does it; the others see in the ledger that it counts.
"""

from __future__ import annotations

from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from mailbot.clerk.configuration.waiting import accepted_digest
from mailbot.clerk.passing import do_unit
from mailbot.clerk.units import Done, Unit
from mailbot.cli.alone import beside_others
from mailbot.cli.configuration.judging import in_force
from mailbot.cli.daemon import Daemon
from mailbot.errors import ConfigProblem
from mailbot.ledger.files_and_notes import BEGAN_RUN, PASSED_AT
from mailbot.settings.loading import as_it_counts, load

if TYPE_CHECKING:
    from pathlib import Path

    from mailbot.clerk.parts import Clerk
    from mailbot.cli.wiring import PdfMakers
    from mailbot.settings.settings import Settings

_STOOD_STILL = timedelta(minutes=10)
"""After so long without a tick whoever works begins anew, as a daemon that starts."""


class OfficeAtWork(Daemon):
    """The clerk of one office, warm."""

    def __init__(self, folder: Path, settings: Settings, who: str, pdf: PdfMakers) -> None:
        """Open the ledger and build the clerk.

        Args:
            folder: the configuration folder.
            settings: what lies there; what was accepted last counts.
            who: under which name letters are claimed; no other process, of now or before, has it.
            pdf: gives what makes PDFs, which all offices of this process share.

        Raises:
            LedgerProblem, ConfigProblem, PostUnavailable: as `Daemon`.
        """
        self._who, self._begun = who, False
        with ExitStack() as held:
            held.enter_context(beside_others(settings.data_folder))
            super().__init__(folder, settings, pdf=pdf)
            self._held = held.pop_all()

    def close(self) -> None:
        """Close everything."""
        super().close()
        self._held.close()

    def do(self, unit: Unit, account: str) -> Done:
        """Do one unit of work, by the configuration as it counts now.

        Raises:
            Gone: the office has no such mailbox.
            LedgerProblem: the database cannot be used.
        """
        self._follow()
        if unit is Unit.TICK:
            self._look_at_configuration()
            self._look_at_clock()
        try:
            done = do_unit(self._clerk, unit, account)
            if unit is Unit.TICK:
                self._keep_up()
        except Exception:
            self._failing.failed(self._clerk)
            raise
        self._failing.worked(self._clerk)
        self._rest()
        return done

    def further(self) -> tuple[str, ...]:
        """Return the accounts of the mailboxes but the first one."""
        return tuple(box.account for box in self._clerk.post.boxes[1:])

    def _follow(self) -> None:
        """Go on by an edit that another process has let count; what cannot be read is told of by whoever ticks."""
        ledger = self._clerk.books.ledger
        if accepted_digest(ledger) not in {"", self._settings.digest}:
            with suppress(ConfigProblem):
                counts = as_it_counts(in_force(ledger, load(self._folder, self._env()), self._env()))
                if counts.digest != self._settings.digest:
                    self._begin(counts, ledger)

    def _take_over(self) -> None:
        """Note that work begins, where it had stood still; what a dead worker had in hand is taken back by `send`."""
        self._begun = True
        books = self._clerk.books
        passed, at = books.ledger.notes.read(PASSED_AT), books.clock()
        if not passed or at - datetime.fromisoformat(passed) > _STOOD_STILL:
            books.ledger.notes.write(BEGAN_RUN, at.isoformat())

    def _named(self, clerk: Clerk) -> Clerk:
        """Return the clerk under this process's own name."""
        return replace(clerk, post=replace(clerk.post, name=f"{clerk.post.name}:{self._who}"))

    def _log_in_again(self, clerk: Clerk) -> None:
        """Knock anew where settings have changed; a clerk that is merely warmed up knows of no mended login."""
        if self._begun:
            super()._log_in_again(clerk)
