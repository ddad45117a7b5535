"""The inside of the reader's own process: it shuts itself in, then reads what comes until the line closes."""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import select
import signal
import sys
from typing import TYPE_CHECKING

from mailbot.reading.mail import read_mail
from mailbot.reading.mail_json import dump_mail, load_mail_task
from mailbot.reading.workbook.form_json import (
    A_DOCUMENT,
    A_MAIL,
    A_PAPER,
    A_RETURN,
    A_STAMP,
    FRAME,
    OUT_OF_MEMORY,
    PDFS,
    Task,
    as_json,
    dump_form,
    dump_stamp,
    load_task,
)
from mailbot.reading.workbook.read_form import read_attached, read_stamp_alone

if TYPE_CHECKING:
    from collections.abc import Callable

_NEW_USERS, _NEW_NETWORK = 0x10000000, 0x40000000
"""CLONE_NEWUSER and CLONE_NEWNET of <sched.h>."""
_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.system",
    "os.spawn",
    "ftplib.",
    "smtplib.",
)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_OPEN_FILES = 64
_KIB_PER_MIB = 1024
_MOST_FILES = 1_000
_MOST_MEBIBYTES = 128
"""A process that has been this large keeps much of it; the next file finds a fresh one."""
_IDLE_SECONDS = 600.0
_PAPER_TIMES = 3
"""A signed paper may cost so many times what a form may: two documents of a hundred pages, held against each other."""


def main() -> None:
    """Read until the line in closes, or until the process has grown old: it is started anew when it is wanted.

    The first message is the task, each after it a file with its name, or a mail; one line of JSON goes out for each.
    """
    line_in, line_out = sys.stdin.fileno(), os.dup(sys.stdout.fileno())
    _, told = _message(line_in)
    task = load_task(told)
    peak = _Peak()
    _shut_in(task)
    for _ in range(_MOST_FILES):
        try:
            name, content = _message(line_in)
            peak.forget()
            answer, peak_mb = _reader_of(name)(name, content, task, peak)
        except EOFError:
            return
        except MemoryError:
            sys.exit(OUT_OF_MEMORY)
        for piece in answer:
            _say(line_out, piece)
        if peak_mb > _MOST_MEBIBYTES:
            return


def _message(line: int) -> tuple[bytes, bytes]:
    """Return the two fields of the next message; raises EOFError where none comes, or none for long."""
    if not select.select([line], [], [], _IDLE_SECONDS)[0]:
        raise EOFError
    first, second = FRAME.unpack(_exactly(line, FRAME.size))
    return _exactly(line, first), _exactly(line, second)


def _exactly(line: int, count: int) -> bytes:
    """Return so many bytes of a line; raises EOFError where it closes before."""
    chunks: list[bytes] = []
    while count > 0:
        chunks.append(os.read(line, count))
        if not chunks[-1]:
            raise EOFError
        count -= len(chunks[-1])
    return b"".join(chunks)


def _say(line: int, message: bytes) -> None:
    """Write a message as a whole."""
    while message:
        message = message[os.write(line, message) :]


def _read_mail(name: bytes, content: bytes, task: Task, peak: _Peak) -> tuple[list[bytes], float]:
    """Read one mail as `_read` reads a file; the bytes of its files follow the line, one after the other."""
    started = _begin(task)
    its = load_mail_task(json.loads(name.removeprefix(A_MAIL)))
    mail = read_mail(
        content,
        received_at=its.received_at,
        own_addresses=its.own_addresses,
        authserv_ids=its.authserv_ids,
        limits=task.mails,
        signed_by=its.signed_by,
    )
    peak_mb = round(peak.mebibytes(), 1)
    answer = {"mail": dump_mail(mail), "cpu_seconds": round(_cpu_seconds() - started, 4), "peak_mb": peak_mb}
    return [as_json(answer) + b"\n", *(file.content for file in mail.attachments)], peak_mb


def _read_document(name: bytes, content: bytes, task: Task, peak: _Peak) -> tuple[list[bytes], float]:
    """Read one edited draft as `_read` reads a file."""
    from mailbot.reading.document.document import read_or_nothing  # noqa: PLC0415 - one file in a hundred is one
    from mailbot.reading.document.document_json import dump_document  # noqa: PLC0415 - as above

    del name
    started = _begin(task)
    read = read_or_nothing(content, task.limits)
    peak_mb = round(peak.mebibytes(), 1)
    answer = {
        "document": dump_document(read),
        "cpu_seconds": round(_cpu_seconds() - started, 4),
        "peak_mb": peak_mb,
    }
    return [as_json(answer) + b"\n"], peak_mb


def _read_return(name: bytes, content: bytes, task: Task, peak: _Peak) -> tuple[list[bytes], float]:
    """Read one file that came back with a draft as `_read` reads a file."""
    from mailbot.reading.marks.returned import read_returned  # noqa: PLC0415 - one file in a hundred is one
    from mailbot.reading.marks.returned_json import dump_returned  # noqa: PLC0415 - as above

    started = _begin(task)
    its = json.loads(name.removeprefix(A_RETURN))
    read = read_returned(content, its["name"], its["media_type"], task.limits, tuple(its["ours"]))
    peak_mb = round(peak.mebibytes(), 1)
    answer = {
        "returned": dump_returned(read) if read is not None else None,
        "cpu_seconds": round(_cpu_seconds() - started, 4),
        "peak_mb": peak_mb,
    }
    return [as_json(answer) + b"\n"], peak_mb


def _examine(name: bytes, content: bytes, task: Task, peak: _Peak) -> tuple[list[bytes], float]:
    """Look into one signed paper as `_read` reads a file."""
    from mailbot.reading.signature.paper import examine  # noqa: PLC0415 - one file in a hundred is one
    from mailbot.reading.signature.paper_json import dump_examined, load_question  # noqa: PLC0415 - as above

    _begin(task, times=_PAPER_TIMES)
    examined = examine(*load_question(name.removeprefix(A_PAPER), content))
    return [as_json({"examined": dump_examined(examined)}) + b"\n"], round(peak.mebibytes(), 1)


def _join(name: bytes, content: bytes, task: Task, peak: _Peak) -> tuple[list[bytes], float]:
    """Join PDFs, or only count their pages, as `_read` reads a file; the one they become follows the line."""
    from mailbot.reading.files.joining import Part, joined, pages_of  # noqa: PLC0415 - an archive in a while joins some

    _begin(task, times=_PAPER_TIMES)
    its, parts, start = json.loads(name.removeprefix(PDFS)), [], 0
    for title, level, length in its["parts"]:
        parts.append(Part(title, level, content[start : start + length]))
        start += length
    made = joined(parts) if its["join"] else b""
    return [as_json({"pages": pages_of(parts), "follows": len(made)}) + b"\n", made], round(peak.mebibytes(), 1)


def _read_stamp(name: bytes, content: bytes, task: Task, peak: _Peak) -> tuple[list[bytes], float]:
    """Read the stamp of one file as `_read` reads a file."""
    _begin(task)
    cells = read_stamp_alone(content, name.removeprefix(A_STAMP).decode(), task.limits)
    return [as_json({"stamp": dump_stamp(cells)}) + b"\n"], round(peak.mebibytes(), 1)


def _reader_of(name: bytes) -> Callable[[bytes, bytes, Task, _Peak], tuple[list[bytes], float]]:
    """Return what reads a message, by what its name begins with."""
    if name == A_DOCUMENT:
        return _read_document
    if name.startswith(A_RETURN):
        return _read_return
    if name.startswith(A_STAMP):
        return _read_stamp
    if name.startswith((A_PAPER, PDFS)):
        return _examine if name.startswith(A_PAPER) else _join
    return _read_mail if name.startswith(A_MAIL) else _read


def _begin(task: Task, times: int = 1) -> float:
    """Give the next mail or file a CPU allowance of its own; return the CPU time used so far."""
    started = _cpu_seconds()
    resource.setrlimit(resource.RLIMIT_CPU, (int(started) + times * task.cpu_seconds + 1, resource.RLIM_INFINITY))
    return started


def _read(name: bytes, content: bytes, task: Task, peak: _Peak) -> tuple[list[bytes], float]:
    """Read one file, with a CPU allowance of its own; return the answer, and the peak of memory in MiB."""
    started = _begin(task)
    read = read_attached(content, name.decode(), task.rows, task.secret, task.limits)
    peak_mb = round(peak.mebibytes(), 1)
    answer = {
        "form": dump_form(read.form),
        "defect": read.defect,
        "cpu_seconds": round(_cpu_seconds() - started, 4),
        "peak_mb": peak_mb,
    }
    return [as_json(answer) + b"\n"], peak_mb


def _cpu_seconds() -> float:
    """Return the CPU time this process has used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


class _Peak:
    """The process's peak of memory, counted anew for every file where the system can (Linux)."""

    def __init__(self) -> None:
        """Open what is needed while files may still be opened for writing."""
        try:
            self._clear: int | None = os.open("/proc/self/clear_refs", os.O_WRONLY)
        except OSError:
            self._clear = None

    def forget(self) -> None:
        """Begin to count anew."""
        if self._clear is not None:
            os.write(self._clear, b"5")

    def mebibytes(self) -> float:
        """Return the peak since it was last forgotten, or since the process began, in MiB."""
        if self._clear is not None:
            with open("/proc/self/status", encoding="ascii") as lines:  # noqa: PTH123 - quicker than a Path, each time
                found = [line.split()[1] for line in lines if line.startswith("VmHWM:")]
            if found:
                return int(found[0]) / _KIB_PER_MIB
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB_PER_MIB


def _shut_in(task: Task) -> None:
    """Give up what reading does not need: environment, network, writing, other programs, more memory.

    The limits of the kernel hold whatever happens. The network goes where the machine lets an unprivileged process have
    a namespace of its own; the audit hook keeps Python code from sockets, programs and files everywhere.
    """
    # Both signals reach the whole group of a daemon told to stop; it finishes its beat, and the beat needs its reader,
    # which ends when the line closes.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    os.environ.clear()
    os.chdir("/")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):  # what a parser prints is neither an answer nor anybody's affair
        os.dup2(nowhere, stream)
    sys.dont_write_bytecode = True
    for limit, value in (
        (resource.RLIMIT_AS, task.memory_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
    ):
        with contextlib.suppress(ValueError):  # a machine whose own limit is lower already keeps it
            resource.setrlimit(limit, (value, value))
    kernel = ctypes.CDLL(None, use_errno=True)
    if kernel.unshare(_NEW_NETWORK) != 0:
        kernel.unshare(_NEW_USERS | _NEW_NETWORK)
    sys.addaudithook(refuse)


def refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse what a reader of files never does; raises PermissionError."""
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"the reader of forms may not use {event}")
    if event == "open":
        flags = arguments[2] if len(arguments) > 2 else 0  # noqa: PLR2004 - path, mode, flags
        if isinstance(flags, int) and flags & _WRITES:
            raise PermissionError("the reader of forms may not write files")
