"""Files that came by mail are read in a process of their own, with limits; a file can kill it and nothing else.

What a file may cost is counted in computing time, which a busy machine does not change. The clock is only a backstop:
a reading that it ends says nothing about the file, so the mail is worked again, as after any fault of the program.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import multiprocessing
import signal
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, Self

from mailbot.core.model.form import ReadForm, Unreadable
from mailbot.errors import ReadingStalled
from mailbot.reading.files.pdf_text import MAGIC
from mailbot.reading.workbook.form_json import load_form
from mailbot.reading.workbook.grid import WorkbookLimits
from mailbot.reading.workbook.reader_worker import OUT_OF_MEMORY, Task, serve

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess
    from types import TracebackType

    from mailbot.core.model.mail import Attachment
    from mailbot.core.model.office import Office
    from mailbot.settings.settings import Limits

_FAREWELL_SECONDS = 2.0
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
            office: its indicators give the units of measure of a form without a stamp.
            secret: the key of the stamp's HMAC.
            limits: sizes of a workbook, and CPU seconds, wall seconds and memory for reading it.
        """
        self._task = Task(
            office=office,
            secret=secret,
            workbook_limits=workbook_limits(limits),
            cpu_seconds=limits.cpu_seconds,
            memory_bytes=limits.memory_bytes,
        )
        self._wall_seconds = limits.wall_seconds
        self._lock = Lock()
        self._process: SpawnProcess | None = None
        self._line: Connection | None = None

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
            process, line = self._started()
            try:
                line.send_bytes(name.encode("utf-8", "replace"))
                line.send_bytes(content)
                if not line.poll(self._wall_seconds):
                    self._kill()
                    raise ReadingStalled(f"{name} was not read within {self._wall_seconds} s: is the machine busy?")
                answer: dict[str, Any] = json.loads(line.recv_bytes())
            except (EOFError, OSError):
                process.join(_FAREWELL_SECONDS)
                return self._died(name, content, process.exitcode)
        return ReadApart(
            form=load_form(answer["form"]),
            defects=(answer["defect"],) if answer["defect"] else (),
            cpu_seconds=answer["cpu_seconds"],
            peak_mb=answer["peak_mb"],
        )

    def close(self) -> None:
        """End the process, if there is one."""
        process, line = self._process, self._line
        self._process = self._line = None
        if line is not None:
            atexit.unregister(line.close)
            line.close()
        if process is not None:
            process.join(_FAREWELL_SECONDS)
            if process.is_alive():
                process.kill()
                process.join()
            process.close()

    def _started(self) -> tuple[SpawnProcess, Connection]:
        """Return the process and the line to it; one that has gone is started anew."""
        if self._process is not None and self._line is not None and self._process.is_alive():
            return self._process, self._line
        self.close()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, self._task), name="mailbot-forms", daemon=True)
        process.start()
        theirs.close()
        self._process, self._line = process, ours
        # At the end of the program Python asks children to end by a signal, which this one does not listen to.
        atexit.register(ours.close)
        return process, ours

    def _died(self, name: str, content: bytes, code: int | None) -> ReadApart:
        """Say that the process died of a file: of its limits, or of a fault in a parser.

        A PDF was only searched: it is no form whatever became of the search.
        """
        told = "over the memory limit" if code == OUT_OF_MEMORY else f"the reading process ended with {code}"
        if content.startswith(MAGIC):
            return self._failed(name, content, Unreadable.PDF, told)
        reason = Unreadable.TOO_LARGE if code in _TOO_DEAR else Unreadable.BROKEN
        return self._failed(name, content, reason, told)

    def _kill(self) -> None:
        """End the process, whatever state it is in."""
        if self._process is not None and self._process.is_alive():
            self._process.kill()
        self.close()

    def _failed(self, name: str, content: bytes, reason: Unreadable, defect: str) -> ReadApart:
        """End the process, whatever state it is in, and say that the file could not be read."""
        self._kill()
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
