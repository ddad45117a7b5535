"""Files that came by mail are read in a process of their own, with limits; a file can kill it and nothing else.

What a file may cost is counted in computing time, which a busy machine does not change. The clock is only a backstop:
a reading that it ends says nothing about the file, so the mail is worked again, as after any fault of the program.
"""

from __future__ import annotations

import hashlib
import json
import os
import select
import signal
import subprocess
import sys
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, Self

from mailbot.core.model.form import ReadForm, Unreadable
from mailbot.errors import ReadingStalled
from mailbot.reading.files.pdf_text import MAGIC
from mailbot.reading.workbook.answers import known_rows
from mailbot.reading.workbook.form_json import OUT_OF_MEMORY, Task, dump_task, framed, load_form
from mailbot.reading.workbook.workbook import WorkbookLimits

if TYPE_CHECKING:
    from types import TracebackType

    from mailbot.core.model.mail import Attachment
    from mailbot.core.model.office import Office
    from mailbot.settings.files.limits import Limits

_PROGRAM = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from mailbot.reading.workbook.reader_worker import main; main()"
)
"""Only the rooms that reading needs are loaded: not the command that started us, and nothing of its environment."""
_FAREWELL_SECONDS = 2.0
_MILLISECONDS = 1000
_CHUNK_BYTES = 65_536
_TOO_DEAR = frozenset({OUT_OF_MEMORY, -signal.SIGXCPU, -signal.SIGKILL, -signal.SIGABRT})
"""How a process ends that met a limit: compiled readers abort where they are refused memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadApart:
    """One file as read, and what reading it took."""

    form: ReadForm
    defects: tuple[str, ...] = ()
    """Why it was refused, or how the process died of it; for the operator."""
    cpu_seconds: float = 0.0
    peak_mb: float = 0.0
    """Peak memory of the reading process while it read this file, in MiB."""


class FormReader:
    """A process that reads forms, kept warm from file to file, and started anew when a file has killed it."""

    def __init__(self, office: Office, secret: bytes, limits: Limits) -> None:
        """Say whose forms are read and how far a file may go; the process starts with the first file.

        Args:
            office: the codes of its rows and their units of measure; nothing else of it reaches the process.
            secret: the key of the stamp's HMAC.
            limits: sizes of a workbook, and CPU seconds, wall seconds and memory for reading it.
        """
        self._task = Task(
            rows=known_rows(office),
            secret=secret,
            limits=workbook_limits(limits),
            cpu_seconds=limits.cpu_seconds,
            memory_bytes=limits.memory_bytes,
        )
        self._wall_seconds = float(limits.wall_seconds)
        self._lock = Lock()
        self._process: _Process | None = None

    @property
    def pid(self) -> int | None:
        """Return the number of the process that reads, None while there is none."""
        return None if self._process is None else self._process.pid

    def __enter__(self) -> Self:
        """Return the reader itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process."""
        self.close()

    def read(self, files: tuple[Attachment, ...]) -> tuple[ReadForm, ...]:
        """Return what each file says as a form, in order; never raises for anything a file holds.

        Raises:
            ReadingStalled: as `read_one`.
        """
        return tuple(self.read_one(file.name, file.content).form for file in files)

    def read_one(self, name: str, content: bytes) -> ReadApart:
        """Return what one file says as a form, with what reading it took; a file too dear to compute is too large.

        Raises:
            ReadingStalled: the backstop's seconds went by without the process having used its computing time.
        """
        with self._lock:
            try:
                answer = self._asked(name, content)
            except TimeoutError as stalled:
                self._end(now=True)
                words = f"{name} was not read within {self._wall_seconds:g} s: is the machine busy?"
                raise ReadingStalled(words) from stalled
        if isinstance(answer, int):
            return _died(name, content, answer)
        return ReadApart(
            form=load_form(answer["form"]),
            defects=(answer["defect"],) if answer["defect"] else (),
            cpu_seconds=answer["cpu_seconds"],
            peak_mb=answer["peak_mb"],
        )

    def close(self) -> None:
        """End the process, if there is one."""
        self._end()

    def _asked(self, name: str, content: bytes) -> dict[str, Any] | int:
        """Return what the process says of a file, or the code with which it died of it.

        One that was warm may just have ended by itself: then no file is to blame, and a fresh one is asked.

        Raises:
            TimeoutError: it neither took the file nor answered.
        """
        while True:
            is_new = self._process is None
            if self._process is None:
                self._process = _Process(self._task)
            try:
                return self._process.ask(name, content, self._wall_seconds)
            except (BrokenPipeError, EOFError):
                code = self._end()
                if code != 0 or is_new:
                    return code

    def _end(self, *, now: bool = False) -> int:
        """End the process and return its code, 0 if there is none; `now`: whatever state it is in."""
        process, self._process = self._process, None
        return 0 if process is None else process.end(now=now)


class _Process:
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

    def ask(self, name: str, content: bytes, wall_seconds: float) -> dict[str, Any]:
        """Return what it says of one file; `wall_seconds` is how long either line may stand still.

        Raises:
            TimeoutError: it neither took the file nor answered.
            BrokenPipeError, EOFError: it has ended.
        """
        left = memoryview(self._unsent + framed(name.encode("utf-8", "replace"), content))
        self._unsent = b""
        while left:
            _wait(self._to, select.POLLOUT, wall_seconds)
            left = left[os.write(self._to, left) :]
        heard: list[bytes] = []
        while not heard or not heard[-1].endswith(b"\n"):
            _wait(self._from, select.POLLIN, wall_seconds)
            heard.append(os.read(self._from, _CHUNK_BYTES))
            if not heard[-1]:
                raise EOFError
        answer: dict[str, Any] = json.loads(b"".join(heard))
        return answer

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


def _died(name: str, content: bytes, code: int) -> ReadApart:
    """Say that the process died of a file: of its limits, or of a fault in a parser.

    A PDF was only searched: it is no form whatever became of the search.
    """
    defect = "over the memory limit" if code == OUT_OF_MEMORY else f"the reading process ended with {code}"
    reason = Unreadable.TOO_LARGE if code in _TOO_DEAR else Unreadable.BROKEN
    if content.startswith(MAGIC):
        reason = Unreadable.PDF
    form = ReadForm(file_sha256=hashlib.sha256(content).hexdigest(), file_name=name, unreadable=reason)
    return ReadApart(form=form, defects=(defect,))


def workbook_limits(limits: Limits) -> WorkbookLimits:
    """Return the office's limits as the reader of workbooks takes them."""
    return WorkbookLimits(
        file_bytes=limits.workbook_bytes,
        unpacked_bytes=limits.workbook_unpacked_bytes,
        part_bytes=limits.xml_part_bytes,
        members=limits.zip_members,
        ratio=limits.unpack_ratio,
        shared_texts=limits.shared_strings,
        rows=limits.rows,
        columns=limits.columns,
        sheets=limits.sheets,
    )
