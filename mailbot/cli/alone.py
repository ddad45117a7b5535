"""One daemon for one data folder: a lock that the system lets go of when the process ends, however it ends."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mailbot.errors import LedgerProblem
from mailbot.settings.sayings.said import said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK = "mailbot.lock"


def is_held(folder: Path) -> bool:
    """Say whether a process works on a data folder at this moment."""
    try:
        file = os.open(folder / LOCK, os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False


@contextmanager
def beside_others(folder: Path) -> Iterator[None]:
    """Be one of several workers on a data folder, and no daemon beside them, as long as the block lasts.

    Raises:
        LedgerProblem: a daemon works on it; the message names it.
    """
    with _held(folder, fcntl.LOCK_SH):
        yield


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Be the only one that works on a data folder, as long as the block lasts.

    Two daemons would do no harm to each other's decisions, but each takes back at its start what a dead one of the same
    name left half sent; a letter that the other is just handing over would leave twice.

    Raises:
        LedgerProblem: another process works on it; the message names it.
    """
    with _held(folder, fcntl.LOCK_EX) as file:
        os.truncate(file, 0)
        os.write(file, f"{os.getpid()}\n".encode())
        yield


@contextmanager
def _held(folder: Path, how: int) -> Iterator[int]:
    """Hold the lock of a data folder; raises as `alone`."""
    path = folder / LOCK
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise LedgerProblem(
            f"{path} cannot be made: {error.strerror}. The folder must be writable.",
            told=said("lp_no_lock", path=path, why=error.strerror),
        ) from error
    try:
        try:
            fcntl.flock(file, how | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(file, 20).decode("ascii", "replace").strip() or "unknown"
            raise LedgerProblem(
                f"mailbot runs already on {folder} (process {holder}). Nothing was done: two cannot work on one "
                "folder. For this command stop that one first; if it was only to be started, there is nothing to do.",
                told=said("lp_two", folder=folder, holder=holder),
            ) from error
        yield file
    finally:
        os.close(file)
