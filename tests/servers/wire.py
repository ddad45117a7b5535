"""A wire to a server that can be cut: it forwards TCP, counts the bytes each way, and breaks where it is told."""

from __future__ import annotations

import socket
import struct
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Self


class Way(StrEnum):
    """A direction on the wire, as the client sees it."""

    UP = "up"
    DOWN = "down"


class Break(StrEnum):
    """How a wire breaks."""

    CLOSED = "closed"
    """Both sides are told that the other has hung up."""
    RESET = "reset"
    """Both sides are told that the connection is gone."""
    SILENT = "silent"
    """Nobody is told anything, and nothing comes through any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Where the wire breaks: as soon as so many bytes have gone that way, all connections together."""

    way: Way
    after_bytes: int
    how: Break


class Wire:
    """A context manager over a port of loopback that leads to another one."""

    def __init__(self, port_behind: int, *, piece_bytes: int = 65536, delay_seconds: float = 0.0) -> None:
        """Open a port.

        Args:
            port_behind: the server's own port on loopback.
            piece_bytes: forward at most so many bytes in one piece.
            delay_seconds: wait so long before each piece.
        """
        self._behind = port_behind
        self._piece_bytes = piece_bytes
        self._delay_seconds = delay_seconds
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = int(self._listener.getsockname()[1])
        self._lock = Lock()
        self._cut: Cut | None = None
        self._passed = dict.fromkeys(Way, 0)
        self._thread = Thread(target=self._accept, daemon=True)

    def __enter__(self) -> Self:
        """Begin to forward."""
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Take no more connections; those there are end with their ends."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def arm(self, cut: Cut | None) -> None:
        """Count from zero, and break there, once; None: never."""
        with self._lock:
            self._passed = dict.fromkeys(Way, 0)
            self._cut = cut

    @property
    def passed(self) -> Mapping[Way, int]:
        """How many bytes have gone each way since the wire was armed."""
        with self._lock:
            return dict(self._passed)

    @property
    def is_cut(self) -> bool:
        """Whether it broke since it was armed."""
        with self._lock:
            return self._cut is None

    def allow(self, way: Way, count: int) -> tuple[int, Break | None]:
        """Say how many of these bytes may pass, and how the wire breaks after them, if it does."""
        with self._lock:
            left = count if self._cut is None or self._cut.way is not way else self._cut.after_bytes - self._passed[way]
            broken = self._cut.how if self._cut is not None and self._cut.way is way and left <= count else None
            allowed = max(0, min(count, left))
            self._passed[way] += allowed
            if broken is not None:
                self._cut = None
            return allowed, broken

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self._behind))
            for one in (client, server):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            _Pair(self, client, server, self._piece_bytes, self._delay_seconds).start()


class _Pair:
    """One connection: a thread for each way, and the end of both."""

    def __init__(
        self, wire: Wire, client: socket.socket, server: socket.socket, piece_bytes: int, delay_seconds: float
    ) -> None:
        self._wire = wire
        self._ends = (client, server)
        self._piece_bytes = piece_bytes
        self._delay_seconds = delay_seconds
        self._mute = False
        self._running = 2
        self._lock = Lock()

    def start(self) -> None:
        """Forward both ways."""
        client, server = self._ends
        for source, sink, way in ((client, server, Way.UP), (server, client, Way.DOWN)):
            Thread(target=self._forward, args=(source, sink, way), daemon=True).start()

    def _forward(self, source: socket.socket, sink: socket.socket, way: Way) -> None:
        """Forward one way until its source ends, or the wire breaks; then hear the source out."""
        with suppress(OSError):
            while piece := source.recv(self._piece_bytes):
                if self._mute:
                    continue
                if self._delay_seconds:
                    Event().wait(self._delay_seconds)
                allowed, broken = self._wire.allow(way, len(piece))
                sink.sendall(piece[:allowed])
                if broken is not None:
                    self._mute = True
                    self._break(broken)
            # Whoever hangs up on a broken wire ends it for the other side too, which else would wait for minutes.
            sink.shutdown(socket.SHUT_RDWR if self._mute else socket.SHUT_WR)
        with self._lock:
            self._running -= 1
            if self._running == 0:
                for end in self._ends:
                    end.close()

    def _break(self, how: Break) -> None:
        for end in self._ends:
            with suppress(OSError):
                if how is Break.RESET:
                    # With no time to linger, closing sends RST; ending what comes in wakes whoever waits for it.
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    end.shutdown(socket.SHUT_RD)
                elif how is Break.CLOSED:
                    end.shutdown(socket.SHUT_WR)
