"""Mails, and files that came by mail, are read in a process of their own, with limits; they can kill it and no more.

What one may cost is counted in computing time, which a busy machine does not change. The clock is only a backstop:
a reading that it ends says nothing about the file, so the mail is worked again, as after any fault of the program.
"""

from __future__ import annotations

import hashlib
import signal
from dataclasses import dataclass
from itertools import accumulate, pairwise
from threading import Lock
from typing import TYPE_CHECKING, Any, Self

from mailbot.core.draft.document import Document
from mailbot.core.model.form import ReadForm
from mailbot.core.model.mail import Mail
from mailbot.core.model.unreadable import Unreadable
from mailbot.core.remarks.remark import Marked
from mailbot.core.remarks.returned import ReturnedFile, ReturnedKind
from mailbot.errors import ReadingStalled
from mailbot.reading.defects import Defect
from mailbot.reading.document.document import WHOLE
from mailbot.reading.document.document_json import load_document
from mailbot.reading.files.pdf_text import MAGIC
from mailbot.reading.limits import MailLimits, mail_limits
from mailbot.reading.mail_json import MailTask, dump_mail_task, load_mail
from mailbot.reading.marks.returned_json import load_returned
from mailbot.reading.mime.headers import header_start, read_senders, scan_headers
from mailbot.reading.signature.paper import too_dear
from mailbot.reading.signature.paper_json import dump_question, load_examined
from mailbot.reading.workbook.answers import known_rows
from mailbot.reading.workbook.child_process import ReaderProcess
from mailbot.reading.workbook.form_json import (
    A_DOCUMENT,
    A_MAIL,
    A_PAPER,
    A_RETURN,
    OUT_OF_MEMORY,
    PDFS,
    Task,
    as_json,
    load_form,
)
from mailbot.reading.workbook.workbook import WorkbookLimits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from types import TracebackType

    from mailbot.core.model.mail import Attachment
    from mailbot.core.model.office import Office
    from mailbot.reading.signature.paper import Examined, Question
    from mailbot.settings.files.limits import Limits

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
    """A process that reads mails and forms, kept warm from one to the next, and started anew when one has killed it."""

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
            mails=mail_limits(limits),
            cpu_seconds=limits.cpu_seconds,
            memory_bytes=limits.memory_bytes,
        )
        self._wall_seconds = float(limits.wall_seconds)
        self._lock = Lock()
        self._process: ReaderProcess | None = None

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
        asked = self._in_time(name.encode("utf-8", "replace"), content, name)
        if isinstance(asked, int):
            return _died(name, content, asked)
        answer, _ = asked
        return ReadApart(
            form=load_form(answer["form"]),
            defects=(answer["defect"],) if answer["defect"] else (),
            cpu_seconds=answer["cpu_seconds"],
            peak_mb=answer["peak_mb"],
        )

    def read_mail(
        self,
        raw: bytes,
        *,
        received_at: datetime,
        own_addresses: Iterable[str],
        authserv_ids: tuple[str, ...] = (),
        signed_by: str = "",
    ) -> Mail:
        """Read one mail as `reading.mail.read_mail` does; of one too dear to compute its header's names are all.

        Raises:
            ReadingStalled: as `read_one`.
        """
        own = tuple(own_addresses)
        task = MailTask(received_at=received_at, own_addresses=own, authserv_ids=authserv_ids, signed_by=signed_by)
        asked = self._in_time(A_MAIL + as_json(dump_mail_task(task)), raw, "a mail")
        if isinstance(asked, int):
            return _too_dear(raw, received_at)
        answer, rest = asked
        ends = list(accumulate((file[3] for file in answer["mail"]["attachments"]), initial=0))
        return load_mail(answer["mail"], [rest[start:end] for start, end in pairwise(ends)], received_at)

    def read_document(self, content: bytes) -> Document:
        """Read one Word document; one that cannot be read, or is too dear to compute, says nothing.

        Raises:
            ReadingStalled: as `read_one`.
        """
        asked = self._in_time(A_DOCUMENT, content, "an edited draft")
        return Document(damaged=(WHOLE,)) if isinstance(asked, int) else load_document(asked[0]["document"])

    def read_returned(self, file: Attachment, ours: tuple[str, str] = ("", "")) -> ReturnedFile | None:
        """Read what is marked in a file that came back with a draft, None where it is no document.

        Where `ours` names author and moment of changes that we have marked ourselves, they read as accepted. One that
        is too dear to compute is known by its name alone.

        Raises:
            ReadingStalled: as `read_one`.
        """
        told = A_RETURN + as_json({"name": file.name, "media_type": file.media_type, "ours": ours})
        asked = self._in_time(told, file.content, file.name)
        if isinstance(asked, int):
            kind = ReturnedKind.PDF if file.content.startswith(MAGIC) else ReturnedKind.DOCX
            marked = Marked(damaged=(file.name,))
            sha256 = hashlib.sha256(file.content).hexdigest()
            return ReturnedFile(kind=kind, file_sha256=sha256, file_name=file.name, marked=marked, unread=True)
        read = asked[0]["returned"]
        return load_returned(read) if read is not None else None

    def examine(self, name: str, content: bytes, question: Question) -> Examined:
        """Look into a signed paper, and hold it against the document that it should be.

        One that is too dear to compute counts as damaged, for nobody can say what it is.

        Raises:
            ReadingStalled: as `read_one`.
        """
        asked = self._in_time(A_PAPER + dump_question(name, question), content + question.against, name)
        return too_dear(name, content, question) if isinstance(asked, int) else load_examined(asked[0]["examined"])

    def join(self, parts: Sequence[tuple[str, int, bytes]], *, count: bool = False) -> tuple[tuple[int, ...], bytes]:
        """Return how many pages each PDF has, 0 where it cannot be read, and all as one (empty where only counted).

        Where they are too dear to compute, none is said to have a page.

        Raises:
            ReadingStalled: as `read_one`.
        """
        told = {"join": not count, "parts": [(title, level, len(pdf)) for title, level, pdf in parts]}
        asked = self._in_time(PDFS + as_json(told), b"".join(pdf for _, _, pdf in parts), "PDFs to be joined")
        return ((0,) * len(parts), b"") if isinstance(asked, int) else (tuple(asked[0]["pages"]), asked[1])

    def _in_time(self, name: bytes, content: bytes, shown: str) -> tuple[dict[str, Any], bytes] | int:
        """Return what `_asked` does.

        Raises:
            ReadingStalled: the clock ran out, which says nothing about what was to be read.
        """
        with self._lock:
            try:
                return self._asked(name, content)
            except TimeoutError as stalled:
                self._end(now=True)
                words = f"{shown} was not read within {self._wall_seconds:g} s: is the machine busy?"
                raise ReadingStalled(words) from stalled

    def close(self) -> None:
        """End the process, if there is one."""
        self._end()

    def _asked(self, name: bytes, content: bytes) -> tuple[dict[str, Any], bytes] | int:
        """Return what the process says of a file or a mail, or the code with which it died of it.

        One that was warm may just have ended by itself: then no file is to blame, and a fresh one is asked.

        Raises:
            TimeoutError: it neither took the file nor answered.
        """
        while True:
            is_new = self._process is None
            if self._process is None:
                self._process = ReaderProcess(self._task)
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


def _too_dear(raw: bytes, received_at: datetime) -> Mail:
    """Return what is known of a mail that the process died of: who says he wrote it, and that it was not read."""
    odd: set[Defect] = set()
    headers, _ = scan_headers(raw, header_start(raw), len(raw), MailLimits(), odd)
    return Mail(
        sha256=hashlib.sha256(raw).hexdigest(),
        message_id=next(iter(headers.message_ids("message-id")), ""),
        received_at=received_at,
        senders=read_senders(headers, odd),
        subject="",
        in_reply_to=(),
        own_words="",
        defects=(Defect.TOO_DEAR.value,),
    )


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
