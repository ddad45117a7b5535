"""One process that reads, as the daemon sees it, and the two lines to it: a message goes in, one answer comes out."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from mailbot.reading.workbook.form_json import dump_task, framed

if TYPE_CHECKING:
    from mailbot.reading.workbook.form_json import Task

_PROGRAM = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from mailbot.reading.workbook.reader_worker import main; main()"
)
"""Only the rooms that reading needs are loaded: not the command that started us, and nothing of its environment."""
_FAREWELL_SECONDS = 2.0
_MILLISECONDS = 1000
_CHUNK_BYTES = 65_536


class ReaderProcess:
    """One process that reads, and the two lines to it: a file goes in, one line of JSON comes out."""

    def __init__(self, task: Task) -> None:
        """Start it; it is told its task with the first file."""
        their_in, self._to = os.pipe()
        self._from, their_out = os.pipe()
        os.set_blocking(self._to, False)
        places = [os.path.abspath(place) for place in sys.path]  # noqa: PTH100 - names alone, no file is asked
        try:
            self._running = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-I", "-X", "utf8", "-c", _PROGRAM, json.dumps(places)],
                stdin=their_in,
                stdout=their_out,
                env={},
            )
        finally:
            os.close(their_in)
            os.close(their_out)
        self._unsent = framed(b"task", dump_task(task))

    @property
    def pid(self) -> int:
        """Return its number."""
        return self._running.pid

    def ask(self, name: bytes, content: bytes, wall_seconds: float) -> tuple[dict[str, Any], bytes]:
        """Return what it says of one file, or of one mail with the bytes of its files.

        `wall_seconds` is how long either line may stand still.

        Raises:
            TimeoutError: it neither took the file nor answered.
            BrokenPipeError, EOFError: it has ended.
        """
        left = memoryview(self._unsent + framed(name, content))
        self._unsent = b""
        while left:
            _wait(self._to, select.POLLOUT, wall_seconds)
            left = left[os.write(self._to, left) :]
        heard: list[bytes] = []
        while not heard or b"\n" not in heard[-1]:
            heard.append(self._hear(wall_seconds))
        told, _, rest = b"".join(heard).partition(b"\n")
        answer: dict[str, Any] = json.loads(told)
        files = answer["mail"]["attachments"] if "mail" in answer else ()
        contents, missing = [rest], sum(file[3] for file in files) + answer.get("follows", 0) - len(rest)
        while missing > 0:
            contents.append(self._hear(wall_seconds))
            missing -= len(contents[-1])
        return answer, b"".join(contents)

    def _hear(self, wall_seconds: float) -> bytes:
        """Return what comes next; raises as `ask`."""
        _wait(self._from, select.POLLIN, wall_seconds)
        heard = os.read(self._from, _CHUNK_BYTES)
        if not heard:
            raise EOFError
        return heard

    def end(self, *, now: bool) -> int:
        """Let it end, by force where `now` or where it does not; return its code."""
        if now:
            self._running.kill()
        os.close(self._to)
        os.close(self._from)
        try:
            return self._running.wait(_FAREWELL_SECONDS)
        except subprocess.TimeoutExpired:
            self._running.kill()
            return self._running.wait()


def _wait(line: int, event: int, seconds: float) -> None:
    """Wait until a line can be used; raises TimeoutError."""
    poll = select.poll()
    poll.register(line, event)
    if not poll.poll(seconds * _MILLISECONDS):
        raise TimeoutError
