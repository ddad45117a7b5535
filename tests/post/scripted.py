"""Servers that follow a script: for what real servers will not do on demand, such as hanging up after the last dot."""

from __future__ import annotations

import socket
import ssl
import struct
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from types import TracebackType
from typing import Self

from mailbot.post.account import Account

PATIENCE_SECONDS = 60.0
"""How long either side waits for the other, unless a test is about the waiting; it never should."""


class Line:
    """The server's end of one connection."""

    def __init__(self, connection: socket.socket) -> None:
        """Take an accepted connection."""
        self._socket = connection
        self._file = connection.makefile("rb")
        self.heard: list[str] = []

    def say(self, *lines: str | bytes) -> None:
        """Send lines in one segment; bytes go as they are, text gets its line end."""
        parts = [line if isinstance(line, bytes) else f"{line}\r\n".encode() for line in lines]
        self._socket.sendall(b"".join(parts))

    def hear(self) -> str:
        """Read one line and remember it; empty when one of the two has hung up."""
        line = "" if self._file.closed else self._file.readline().decode().rstrip("\r\n")
        if line:
            self.heard.append(line)
        return line

    def hear_letter(self) -> bytes:
        """Read a letter up to and with its final dot, still dot-stuffed."""
        lines = iter(self._file.readline, b".\r\n")
        return b"".join(lines)

    def hear_letter_or_end(self) -> bytes:
        """Read whatever comes until the client hangs up."""
        return self._file.read()

    def hear_bytes(self, count: int) -> bytes:
        """Read exactly so many bytes."""
        return self._file.read(count)

    def reset(self) -> None:
        """Hang up rudely, as a machine does that loses its power."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.hang_up()

    def hang_up(self) -> None:
        """Close the connection."""
        self._file.close()
        self._socket.close()


Script = Callable[[Line], None]


class ScriptedServer:
    """A context manager that gives each connection in turn to the next script; a script that fails fails the test."""

    def __init__(self, *scripts: Script, tls: ssl.SSLContext | None = None) -> None:
        """Open a port on loopback.

        Args:
            scripts: what to do on the first connection, the second, and so on; more connections are not accepted.
            tls: wrap each connection in TLS at once.
        """
        self.lines: list[Line] = []
        self._scripts = scripts
        self._tls = tls
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(PATIENCE_SECONDS)
        self._failure: BaseException | None = None
        self._thread = Thread(target=self._serve, daemon=True)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._socket.getsockname()[1])

    def account(self, *, password: str = "rahasia", timeout_seconds: float = PATIENCE_SECONDS) -> Account:
        """Give an account at this server."""
        return Account(
            host="127.0.0.1",
            port=self.port,
            security="plain",
            user="mailbot@example.go.id",
            password=password,
            timeout_seconds=timeout_seconds,
        )

    def __enter__(self) -> Self:
        """Begin to accept."""
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Wait for the scripts to end, and raise what went wrong in one: it explains whatever the client met."""
        self._thread.join(PATIENCE_SECONDS)
        self._socket.close()
        if self._failure is not None:
            raise self._failure from error

    def _serve(self) -> None:
        try:
            for script in self._scripts:
                self._follow(script)
        except BaseException as failure:  # noqa: BLE001  # raised again in the test's own thread
            self._failure = failure

    def _follow(self, script: Script) -> None:
        connection, _ = self._socket.accept()
        connection.settimeout(PATIENCE_SECONDS)
        if self._tls is not None:
            # A client that does not trust us ends the handshake; that is what the test is about.
            with suppress(OSError):
                connection = self._tls.wrap_socket(connection, server_side=True)
        line = Line(connection)
        self.lines.append(line)
        try:
            script(line)
        finally:
            with suppress(OSError):
                line.hang_up()
