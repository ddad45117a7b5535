"""The bell between the board's process and the daemon: whoever waits for a link gets it in seconds.

It is a pipe in the data folder that brings no word: who rings says only that the outbox is worth a look. Nobody asks
for it every so often; without it a letter leaves with the next pass.
"""

from __future__ import annotations

import os
import select
from contextlib import suppress
from pathlib import Path

from mailbot.cli.alone import LOCK, is_held

BELL = "board.bell"
_LISTENS = os.O_RDWR | os.O_NONBLOCK
_MUCH = 4096


def ring(folder: Path) -> bool:
    """Wake the daemon that works on a data folder; False: none listens there."""
    try:
        pipe = os.open(folder / BELL, os.O_WRONLY | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        os.write(pipe, b"!")
    except BlockingIOError:
        return True  # it was rung so often that the daemon is awake anyway
    except OSError:
        return False
    finally:
        os.close(pipe)
    return True


def somebody_listens(folder: Path) -> bool | None:
    """Say whether a daemon works on a data folder, without waking it: by its bell, else by the folder's lock.

    None: that cannot be told, for none has ever worked here, or this user may not look.
    """
    try:
        os.close(os.open(folder / BELL, os.O_WRONLY | os.O_NONBLOCK))
    except PermissionError:
        return None
    except OSError:
        return is_held(folder) if (folder / LOCK).exists() else None
    return True


class BellWatch:
    """Waits until somebody rings; the daemon's own, one for a data folder."""

    def __init__(self, folder: Path) -> None:
        """Hang the bell up in a data folder; where none can hang, it is never heard."""
        self._path, self._pipe = folder / BELL, -1
        with suppress(FileExistsError, OSError):
            os.mkfifo(self._path, 0o600)
        with suppress(OSError):
            if self._path.is_fifo():
                self._pipe = os.open(self._path, _LISTENS)

    @property
    def hangs(self) -> bool:
        """Say whether it can be heard."""
        return self._pipe >= 0

    def __call__(self, seconds: float) -> bool:
        """Wait that long; say whether it has rung."""
        if not self.hangs:
            return False
        heard, _, _ = select.select([self._pipe], [], [], seconds)
        if heard:
            with suppress(BlockingIOError):
                os.read(self._pipe, _MUCH)
        return bool(heard)

    def let_go(self) -> None:
        """Let a wait under way end, from any thread."""
        with suppress(OSError):
            os.write(self._pipe, b"!")

    def take_down(self) -> None:
        """Let nobody ring any more."""
        pipe, self._pipe = self._pipe, -1
        if pipe >= 0:
            os.close(pipe)
        with suppress(OSError):
            self._path.unlink()
