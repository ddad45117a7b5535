"""A small honest name server on loopback, over UDP and TCP: it knows the TXT records it is given, or keeps silent."""

from __future__ import annotations

import errno
import socketserver
import struct
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

UDP_BYTES = 1_232


@dataclass(slots=True)
class NameServer:
    """What it knows, and what it was asked."""

    records: Mapping[str, tuple[str, ...]]
    silent: bool = False
    port: int = 0
    asked: list[str] = field(default_factory=list)

    def answer(self, question: bytes) -> dns.message.Message | None:
        """Answer one question; None: not at all."""
        asked = dns.message.from_wire(question)
        name = asked.question[0].name
        self.asked.append(name.to_text().rstrip("."))
        if self.silent:
            return None
        response = dns.message.make_response(asked)
        texts = self.records.get(name.to_text().rstrip("."))
        if texts is None:
            response.set_rcode(dns.rcode.NXDOMAIN)
        elif asked.question[0].rdtype == dns.rdatatype.TXT and texts:
            # A record holds strings of at most 255 signs; a key is longer.
            quoted = (" ".join(f'"{text[at : at + 250]}"' for at in range(0, len(text), 250)) for text in texts)
            response.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", *quoted))
        return response


@contextmanager
def serving(server: NameServer, *, ports: Iterable[int] = repeat(0)) -> Iterator[NameServer]:
    """Let it serve on a port of its own: the first of these that is free for both protocols; 0 is any."""

    class Datagram(socketserver.BaseRequestHandler):
        """One question by UDP; an answer too long for it is cut, and marked so."""

        def handle(self) -> None:
            """Answer it."""
            question, line = self.request
            response = server.answer(question)
            if response is None:
                return
            wire = response.to_wire(max_size=65_535)
            if len(wire) > UDP_BYTES:
                response.answer.clear()
                response.flags |= dns.flags.TC
                wire = response.to_wire(max_size=65_535)
            line.sendto(wire, self.client_address)

    class Stream(socketserver.StreamRequestHandler):
        """One question by TCP, with its length before it."""

        def handle(self) -> None:
            """Answer it."""
            (length,) = struct.unpack("!H", self.rfile.read(2))
            response = server.answer(self.rfile.read(length))
            if response is not None:
                wire = response.to_wire(max_size=65_535)
                self.wfile.write(struct.pack("!H", len(wire)) + wire)

    both = _on_one_port(ports, Datagram, Stream)
    server.port = both[0].server_address[1]
    for one in both:
        one.daemon_threads = True
        threading.Thread(target=one.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield server
    finally:
        for one in both:
            one.shutdown()
            one.server_close()


def _on_one_port(
    ports: Iterable[int],
    datagram: type[socketserver.BaseRequestHandler],
    stream: type[socketserver.BaseRequestHandler],
) -> tuple[Any, ...]:
    """Open one port number for both protocols.

    The kernel gives a number that is free for one of them only: any connection here may hold it for the other.
    """
    for port in ports:
        by_udp = socketserver.ThreadingUDPServer(("127.0.0.1", port), datagram)
        try:
            return by_udp, socketserver.ThreadingTCPServer(("127.0.0.1", by_udp.server_address[1]), stream)
        except OSError as error:
            by_udp.server_close()
            if error.errno != errno.EADDRINUSE:
                raise
    raise OSError(errno.EADDRINUSE, "none of these ports is free for both protocols")
