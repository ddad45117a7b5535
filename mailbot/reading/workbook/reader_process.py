"""Mails, and files that came by mail, are read in a process of their own, with limits; they can kill it and no more.

What one may cost is counted in computing time, which a busy machine does not change. The clock is only a backstop:
a reading that it ends says nothing about the file, so the mail is worked again, as after any fault of the program.
"""

from __future__ import annotations

import hashlib
from itertools import accumulate, pairwise
from threading import Lock
from typing import TYPE_CHECKING, Any, Self

from mailbot.core.draft.document import Document
from mailbot.core.model.form import ReadForm
from mailbot.core.model.mail import Mail
from mailbot.core.remarks.remark import Marked
from mailbot.core.remarks.returned import ReturnedFile, ReturnedKind
from mailbot.errors import ReadingStalled
from mailbot.reading.document.document import WHOLE
from mailbot.reading.document.document_json import load_document
from mailbot.reading.files.pdf_text import MAGIC
from mailbot.reading.limits import mail_limits
from mailbot.reading.mail_json import MailTask, dump_mail_task, load_mail
from mailbot.reading.marks.returned_json import load_returned
from mailbot.reading.signature.paper import too_dear
from mailbot.reading.signature.paper_json import dump_question, load_examined
from mailbot.reading.workbook.answers import KnownRows, known_rows
from mailbot.reading.workbook.child_process import ReaderProcess
from mailbot.reading.workbook.form_json import (
    A_DOCUMENT,
    A_MAIL,
    A_PAPER,
    A_RETURN,
    A_STAMP,
    PDFS,
    Task,
    as_json,
    load_form,
    load_stamp,
)
from mailbot.reading.workbook.unread import ReadApart, died, too_dear_mail
from mailbot.reading.workbook.warm import is_cold, turn
from mailbot.reading.workbook.workbook import WorkbookLimits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from types import TracebackType

    from mailbot.core.model.form_stamp import StampCells
    from mailbot.core.model.mail import Attachment
    from mailbot.core.model.office import Office
    from mailbot.reading.signature.paper import Examined, Question
    from mailbot.settings.files.limits import Limits


class FormReader:
    """A process that reads mails and forms, kept warm from one to the next, and started anew when one has killed it."""

    def __init__(self, office: Office | None, secret: bytes, limits: Limits) -> None:
        """Say whose forms are read and how far a file may go; the process starts with the first file.

        Args:
            office: the codes of its rows and their units of measure; nothing else of it reaches the process. None: no
                form is read, only mails and stamps.
            secret: the key of the stamp's HMAC.
            limits: sizes of a workbook, and CPU seconds, wall seconds and memory for reading it.
        """
        self._task = Task(
            rows=known_rows(office) if office is not None else KnownRows(units={}, sources={}, budget=()),
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
            return died(name, content, asked)
        answer, _ = asked
        return ReadApart(
            form=load_form(answer["form"]),
            defects=(answer["defect"],) if answer["defect"] else (),
            cpu_seconds=answer["cpu_seconds"],
            peak_mb=answer["peak_mb"],
        )

    def read_stamp(self, name: str, content: bytes) -> StampCells | None:
        """Read the stamp of one file, whoever made it; None if it bears none, or is too dear to compute.

        Raises:
            ReadingStalled: as `read_one`.
        """
        asked = self._in_time(A_STAMP + name.encode("utf-8", "replace"), content, name)
        return None if isinstance(asked, int) else load_stamp(asked[0]["stamp"])

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
            return too_dear_mail(raw, received_at)
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
        with self._lock, turn(self):
            try:
                return self._asked(name, content)
            except TimeoutError as stalled:
                self._end(now=True)
                words = f"{shown} was not read within {self._wall_seconds:g} s: is the machine busy?"
                raise ReadingStalled(words) from stalled

    def close(self) -> None:
        """End the process, if there is one."""
        self._end()
        is_cold(self)

    def rest(self) -> None:
        """End the process unless it reads just now; the next file starts it anew."""
        if self._lock.acquire(blocking=False):
            try:
                self._end()
            finally:
                self._lock.release()

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
