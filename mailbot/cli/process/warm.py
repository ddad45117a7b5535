"""The offices of a worker process: the clerks that worked last are kept warm, and memory stays flat."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mailbot.clerk.units import Done, Gone, Unit
from mailbot.cli.configuration.last_accepted import last_accepted
from mailbot.cli.offices.running import SharedPdf
from mailbot.cli.options import environment
from mailbot.cli.process.at_work import OfficeAtWork
from mailbot.errors import ConfigProblem
from mailbot.settings.loading import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from mailbot.settings.settings import Settings

MOST_WARM = 8
"""So many clerks are kept: each that reads mail has a reading process beside it."""


class WarmOffices:
    """Does units of work for offices, each by a clerk that nobody else in this process has in hand meanwhile."""

    def __init__(
        self, folders: Callable[[], Mapping[str, Path]], who: str, poll_seconds: int, most: int = MOST_WARM
    ) -> None:
        """Begin with none.

        Args:
            folders: gives every office that there is now, by key, with its configuration folder.
            who: under which name letters are claimed; no other process has it.
            poll_seconds: how many lie between two looks into an office's mailbox, until its own settings were read.
            most: how many clerks are kept.
        """
        self._folders, self._who, self._poll_seconds, self._most = folders, who, poll_seconds, most
        self._warm: list[tuple[str, OfficeAtWork]] = []
        """Those that nobody has in hand, the last one that worked at the end."""
        self._lock = threading.Lock()
        self._pdf = SharedPdf()
        self._rhythm: dict[str, int] = {}

    def rhythm(self) -> Mapping[str, int]:
        """Return every office, with how many seconds lie between two looks into its mailbox."""
        return {key: self._rhythm.get(key, self._poll_seconds) for key in self._folders()}

    def further(self, key: str) -> tuple[str, ...]:
        """Return the accounts of an office's mailboxes but the first one; raises as `do`."""
        with self._in_hand(key) as office:
            return office.further()

    def do(self, key: str, unit: Unit, account: str) -> Done:
        """Do one unit of an office's work.

        Raises:
            Gone: there is no such office any more.
            LedgerProblem: the database cannot be used.
            ConfigProblem: its configuration is wrong, and none was accepted before.
        """
        with self._in_hand(key) as office:
            done = office.do(unit, account)
            self._rhythm[key] = office.settings.poll_seconds
            return done

    def close(self) -> None:
        """Close everything."""
        with self._lock:
            closing, self._warm = self._warm, []
        for _, office in closing:
            office.close()
        self._pdf.close()

    @contextmanager
    def _in_hand(self, key: str) -> Iterator[OfficeAtWork]:
        """Give a clerk; one that failed is closed, for nobody knows what it holds, and the next is built anew."""
        folder = self._folders().get(key)
        if folder is None:
            raise Gone(key)
        office = self._taken(key) or OfficeAtWork(folder, _settings(folder), self._who, self._pdf)
        try:
            yield office
        except BaseException:
            office.close()
            raise
        with self._lock:
            self._warm.append((key, office))
            over = max(0, len(self._warm) - self._most)
            closing, self._warm = self._warm[:over], self._warm[over:]
        for _, each in closing:
            each.close()

    def _taken(self, key: str) -> OfficeAtWork | None:
        """Take the warm clerk of an office, if there is one that nobody has in hand."""
        with self._lock:
            for place, (of, office) in enumerate(self._warm):
                if of == key:
                    del self._warm[place]
                    return office
        return None


def _settings(folder: Path) -> Settings:
    """Return the settings that lie in a folder; where they are wrong, those last accepted.

    Raises:
        ConfigProblem: they are wrong, and none was accepted.
    """
    try:
        return load(folder, environment())
    except ConfigProblem:
        accepted = last_accepted(folder, environment())
        if accepted is None:
            raise
        return accepted
