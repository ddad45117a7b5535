"""Makes PDFs of Word files where LibreOffice is installed: a warm one, tried anew after a fault, resting when idle.

A document without a PDF is tried once more, alone in a fresh LibreOffice. If it fails again, an empty document shows
whose fault it is: where that can be made into a PDF, the document is given up; where not, LibreOffice has stopped, and
is left alone for some minutes.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
import threading
import time
from collections import OrderedDict
from typing import TYPE_CHECKING

from mailbot.errors import PdfAwaited, nameable
from mailbot.writing.word.libreoffice import LibreOffice, LibreOfficeFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_DOCUMENTS, _AGE_SECONDS, _IDLE_SECONDS = 200, 3600.0, 300.0
"""A LibreOffice ends after so many documents, so long after its start, and when nobody has wanted it for so long."""
_AGAIN_SECONDS = 300.0
"""So long one that has stopped is left alone: every trial may take the whole of its time, and the pass waits."""
_MORE = 0.1
"""Each further document of a batch may take so much more of the time of one."""
_KEPT_BYTES = 8_000_000
_GIVEN_UP = 100
"""So many documents are remembered as having no PDF."""
_log = logging.getLogger("mailbot")


class PdfMaker:
    """What makes PDFs, one batch at a time.

    Two conversions of one file differ in their bytes, so a PDF once made is kept by its digest and never made again.
    """

    def __init__(
        self,
        *,
        program: str = "soffice",
        timeout_seconds: float = 60,
        start_seconds: float = 60,
        waits: bool = False,
        folder: Path | None = None,
        elapsed: Callable[[], float] = time.monotonic,
    ) -> None:
        """Note the program; nothing is started before the first file.

        Args:
            program: LibreOffice's command.
            timeout_seconds: how long one document may take.
            start_seconds: how long LibreOffice may take to start.
            waits: whether a document without PDF is to wait while LibreOffice does not work.
            folder: in which LibreOffice's own folder is made; None: where the system has its temporary files.
            elapsed: seconds that only ever grow.
        """
        self.problem = ""
        """Why a document of the last batch has no PDF, in a line for the operator; empty if all have one."""
        self._program = program
        self._timeout_seconds, self._start_seconds = timeout_seconds, start_seconds
        self.waits = waits
        """Whether a document without PDF waits while LibreOffice does not work."""
        self._folder = folder
        self._elapsed = elapsed
        self._lock = threading.RLock()
        self._office: LibreOffice | None = None
        self._started_at = self._used_at = 0.0
        self._stopped_at: float | None = None
        self._stopped_by = ""
        self._has_worked = False
        self._made: OrderedDict[str, bytes] = OrderedDict()
        self._given_up: OrderedDict[str, str] = OrderedDict()

    def available(self) -> bool:
        """Say whether LibreOffice is installed here."""
        return shutil.which(self._program) is not None

    def convert(self, docx: bytes) -> bytes | None:
        """Return the PDF of a Word file, or None with the reason in `problem`.

        Raises:
            PdfAwaited: as `convert_all`.
        """
        return self.convert_all([docx])[0]

    def convert_all(self, documents: Sequence[bytes]) -> tuple[bytes | None, ...]:
        """Return the PDF of each Word file, all made together; None, with the reason in `problem`, for one without.

        Raises:
            PdfAwaited: LibreOffice does not work now, and the office wants no letter without its PDF.
        """
        if not documents:
            return ()
        from mailbot.writing.word.contents import with_plain_contents  # noqa: PLC0415 - loaded with the first document

        with self._lock:
            self.problem = ""
            plain = [with_plain_contents(docx) for docx in documents]
            wanted = {hashlib.sha256(docx).hexdigest(): docx for docx in plain}
            found = {name: self._made[name] for name in wanted if name in self._made}
            found |= self._attempted({name: docx for name, docx in wanted.items() if name not in found})
            self._keep(found)
            if wanted.keys() <= found.keys():
                self.problem = ""
            if self.waits and not wanted.keys() <= found.keys() | self._given_up.keys():
                raise PdfAwaited(self.problem)
            return tuple(found.get(hashlib.sha256(docx).hexdigest()) for docx in plain)

    def has_stopped(self, *, told: bool) -> bool:
        """Say whether LibreOffice does not work; while it does not, it is tried now and then.

        Args:
            told: whether it was known to have stopped, perhaps by a process before this one.
        """
        with self._lock:
            unknown = told and not self._has_worked
            return (unknown or self._stopped_at is not None) and not self._works_again()

    def rest(self) -> None:
        """End a LibreOffice that nobody has wanted for a while; the next document starts another."""
        with self._lock:
            if self._elapsed() - self._used_at >= _IDLE_SECONDS:
                self._end()

    def close(self) -> None:
        """End LibreOffice."""
        with self._lock:
            self._end()

    def _attempted(self, wanted: dict[str, bytes]) -> dict[str, bytes]:
        """Return the PDFs that can be made of documents: of all together, then of each alone that has none yet."""
        for name in wanted.keys() & self._given_up.keys():
            self.problem = self._given_up[name]
        wanted = {name: docx for name, docx in wanted.items() if name not in self._given_up}
        if not wanted or not (self._stopped_at is None or self._works_again()):
            return {}
        found = self._made_of(wanted)
        for name, docx in wanted.items():
            if name in found or self._stopped_at is not None:
                continue
            found |= self._made_of({name: docx})
            if name not in found and self._stopped_at is None:
                problem = self.problem
                if self._works():
                    self._give_up(name, problem)
        return found

    def _made_of(self, wanted: dict[str, bytes]) -> dict[str, bytes]:
        """Return what one call makes of documents; a LibreOffice that failed any of them is not asked again."""
        seconds = self._timeout_seconds * (1 + _MORE * (len(wanted) - 1))
        try:
            done = self._fresh_enough().convert(list(wanted.values()), seconds=seconds)
        except (LibreOfficeFailed, OSError) as failed:
            self._end()
            self._stop(f"no PDF: {nameable(failed)}")
            return {}
        self._used_at = self._elapsed()
        if done.problem:
            self.problem = f"no PDF: {done.problem}"
            self._end()
        found = {name: pdf for name, pdf in zip(wanted, done.pdfs, strict=True) if pdf is not None}
        self._has_worked |= bool(found)
        return found

    def _fresh_enough(self) -> LibreOffice:
        """Return the LibreOffice that runs, or another in its place if its life is over.

        Raises:
            LibreOfficeFailed: there is none, or it does not start.
        """
        if self._office is not None:
            old = self._elapsed() - self._started_at >= _AGE_SECONDS or self._office.documents >= _DOCUMENTS
            if old or not self._office.running:
                self._end()
        if self._office is None:
            self._office = LibreOffice(self._program, seconds=self._start_seconds, folder=self._folder)
            self._started_at = self._elapsed()
        return self._office

    def _works_again(self) -> bool:
        """Say whether LibreOffice works after it had stopped; asked anew only every few minutes."""
        if self._stopped_at is not None and self._elapsed() - self._stopped_at < _AGAIN_SECONDS:
            self.problem = self._stopped_by
            return False
        return self._works()

    def _works(self) -> bool:
        """Say whether LibreOffice makes a PDF of an empty document; if not, it has stopped."""
        if self._made_of({"": b""}):
            self._stopped_at = None
        else:
            self._stop(self.problem)
        return self._stopped_at is None

    def _stop(self, problem: str) -> None:
        """Take note that LibreOffice does not work."""
        if self._stopped_at is None:
            _log.error("%s; it is tried again every %g minutes", problem, _AGAIN_SECONDS / 60)
        self._stopped_at, self._stopped_by, self.problem = self._elapsed(), problem, problem

    def _give_up(self, name: str, problem: str) -> None:
        """Ask for the PDF of this document no more, since LibreOffice works and makes none."""
        _log.warning("a document (SHA-256 %s) is given up: %s", name, problem)
        self._given_up[name] = self.problem = problem
        if len(self._given_up) > _GIVEN_UP:
            self._given_up.popitem(last=False)

    def _keep(self, found: dict[str, bytes]) -> None:
        """Keep the PDFs made last, as many as fit."""
        for name, pdf in found.items():
            self._made[name] = pdf
            self._made.move_to_end(name)
        while sum(map(len, self._made.values())) > _KEPT_BYTES:
            self._made.popitem(last=False)

    def _end(self) -> None:
        """End the LibreOffice that runs, if one does."""
        if self._office is not None:
            self._office.close()
            self._office = None
