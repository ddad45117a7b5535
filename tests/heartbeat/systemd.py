"""systemd's ear: a socket that takes the datagrams of a service, in a folder or in none."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_LARGEST = 4096
_OVER = b"over"


@contextmanager
def listening(place: str) -> Iterator[Callable[[], list[str]]]:
    """Listen at a place (`@name`: abstract); give a function that returns what was said since it was asked last."""
    name, heard = "\0" + place[1:] if place.startswith("@") else place, list[str]()

    def listen() -> None:
        """Take up every datagram: as few as ten that wait would keep the next one out."""
        while (datagram := ear.recv(_LARGEST)) != _OVER:
            heard.append(datagram.decode())

    def said() -> list[str]:
        """Return what was said, in order."""
        found = heard[:]
        del heard[: len(found)]
        return found

    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(name)
        listener = threading.Thread(target=listen)
        listener.start()
        try:
            yield said
        finally:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as last:
                last.sendto(_OVER, name)
            listener.join()
