"""A private PostgreSQL on loopback, without fsync, with a new empty database for each test."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from contextlib import ExitStack
from pathlib import Path
from threading import Event
from time import monotonic
from types import TracebackType
from typing import Self

import psycopg
from psycopg import sql

from tests.servers.processes import BOOT_SECONDS, held_ports, run, wait_for_port

USER = "postgres"


def programs() -> Path | None:
    """Find the newest PostgreSQL that Debian has installed; None if there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def missing() -> str | None:
    """Say why PostgreSQL cannot be started here; None if it can."""
    if programs() is None:
        return "PostgreSQL is not installed (no /usr/lib/postgresql/*/bin); run .ci/packages as root"
    return None


class RealPostgres:
    """A running server, as a context manager; started as the user postgres when we are root, for it refuses root."""

    def __init__(self) -> None:
        """Choose a folder."""
        self.folder = Path(tempfile.mkdtemp(prefix="mailbot-postgres-"))
        self.port = 0
        self._user = USER if os.geteuid() == 0 else None
        self._stack = ExitStack()
        self._made = 0

    def __enter__(self) -> Self:
        """Make a cluster and start it."""
        with ExitStack() as undo:
            undo.callback(shutil.rmtree, self.folder, ignore_errors=True)
            (self.port,) = undo.enter_context(held_ports(1))
            if self._user:
                shutil.chown(self.folder, self._user)
            data, log = self.folder / "data", self.folder / "log"
            self._run("initdb", "-D", data, "-U", USER, "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C")
            with (data / "postgresql.conf").open("a") as configuration:
                configuration.write(
                    f"listen_addresses = '127.0.0.1'\nport = {self.port}\nunix_socket_directories = '{self.folder}'\n"
                    "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
                )
            self._run("pg_ctl", "-D", data, "-l", log, "-w", "-t", str(int(BOOT_SECONDS)), "start")
            undo.callback(self._run, "pg_ctl", "-D", data, "-m", "immediate", "stop")
            wait_for_port(self.port, log=log)
            self._stack = undo.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Stop at once and remove everything."""
        self._stack.close()

    def new_database(self, like: str = "template1") -> str:
        """Make a database, empty or a copy of the one named, and give its URL for SQLAlchemy with psycopg."""
        self._made += 1
        name = f"mailbot_{self._made}"
        with self._connect() as connection:
            made = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(like))
            connection.execute(made)
        return f"postgresql+psycopg://{USER}@127.0.0.1:{self.port}/{name}"

    def drop_database(self, url: str) -> None:
        """Take a database away, with whoever is still connected to it."""
        name = url.rpartition("/")[2]
        with self._connect() as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def killed(self) -> None:
        """Kill the server with -9, as the kernel does when memory runs out; whoever talks to it is cut off."""
        pid = int((self.folder / "data/postmaster.pid").read_text().partition("\n")[0])
        os.kill(pid, signal.SIGKILL)

    def starts_again(self) -> None:
        """Start it on what it had written; its orphans must be gone first, which it says itself."""
        data, log = self.folder / "data", self.folder / "log"
        deadline, pause = monotonic() + BOOT_SECONDS, Event()
        while True:
            try:
                self._run("pg_ctl", "-D", data, "-l", log, "-w", "-t", str(int(BOOT_SECONDS)), "start")
            except RuntimeError:
                if monotonic() > deadline:
                    raise
                pause.wait(0.1)
            else:
                return

    def dumped(self, url: str, copy: Path) -> None:
        """Let pg_dump copy a database into a file."""
        self._run("pg_dump", "--format=custom", f"--file={copy}", f"--dbname={self._plain(url)}")

    def played_back(self, url: str, copy: Path) -> None:
        """Let pg_restore put a dump in a database's place."""
        self._run("pg_restore", "--clean", f"--dbname={self._plain(url)}", copy)

    def _plain(self, url: str) -> str:
        """Return a URL as PostgreSQL's own programs want it."""
        return url.replace("+psycopg", "", 1)

    def _connect(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(host="127.0.0.1", port=self.port, user=USER, dbname=USER, autocommit=True)

    def _run(self, program: str, *words: str | Path) -> None:
        found = programs()
        assert found is not None, missing()
        run(found / program, *words, user=self._user)
