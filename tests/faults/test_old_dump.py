"""F21 on PostgreSQL: an old dump played back into the database, which nobody marks as an old one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.test_old_backup import SENT, Machine, loses_days_and_finds_them
from tests.servers.real_postgres import RealPostgres

pytestmark = pytest.mark.servers


class DumpedMachine(Machine):
    """The ledger in PostgreSQL, backed up with its own programs."""

    def __init__(self, folder: Path, server: RealPostgres, url: str) -> None:
        """Start on the first morning."""
        self.server, self._url = server, url
        super().__init__(folder, SENT)
        # Made by root, written by the server's own user.
        self.copy = server.folder / f"{folder.name}.dump"

    def place(self) -> str:
        """Say where the ledger is."""
        return self._url

    def backs_up(self) -> None:
        """Let pg_dump make a copy."""
        self.server.dumped(self.url, self.copy)

    def puts_back(self) -> None:
        """Let pg_restore play it back."""
        self.server.played_back(self.url, self.copy)


def test_an_old_dump_is_noticed_and_nothing_leaves_twice(
    tmp_path: Path, real_postgres: RealPostgres, postgres_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """By the mark that the data folder keeps; from there on as with `mailbot restore`."""
    loses_days_and_finds_them(DumpedMachine(tmp_path, real_postgres, postgres_url), 1)
    assert caplog.text.count("The ledger has gone back in time") == 1
