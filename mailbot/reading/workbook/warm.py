"""How many processes read at once, and are kept warm, where one process works for several offices: a turn for each."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Condition
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

AT_MOST = 8
"""Each takes some 35 MB; an office alone has one."""


class Rests(Protocol):
    """What has a process that may be ended while it does nothing."""

    def rest(self) -> None:
        """End the process unless it is at work."""

    def __hash__(self) -> int:
        """It is known by itself."""


_TURNS = Condition()
_WARM: dict[Rests, bool] = {}
"""Those that have a process, the one that read last behind; whether each reads just now."""


@contextmanager
def turn(reader: Rests) -> Iterator[None]:
    """Wait until a reader may have a process, and let it read; whoever has rested longest gives its own up.

    One office reads one file at a time, so however much comes to it, it takes one turn of several.
    """
    with _TURNS:
        _TURNS.wait_for(lambda: _has_room(reader))
        given_up = None if reader in _WARM or len(_WARM) < AT_MOST else _idle()
        for one in (given_up, reader):
            if one is not None:
                _WARM.pop(one, None)
        _WARM[reader] = True
    if given_up is not None:
        given_up.rest()
    try:
        yield
    finally:
        with _TURNS:
            if reader in _WARM:
                _WARM[reader] = False
            _TURNS.notify()


def is_cold(reader: Rests) -> None:
    """Note that a reader has no process any more."""
    with _TURNS:
        _WARM.pop(reader, None)
        _TURNS.notify()


def _has_room(reader: Rests) -> bool:
    """Say whether a reader has a process, or may have one."""
    return reader in _WARM or len(_WARM) < AT_MOST or _idle() is not None


def _idle() -> Rests | None:
    """Return the one that has rested for the longest time, None while all read."""
    return next((one for one, reads in _WARM.items() if not reads), None)
