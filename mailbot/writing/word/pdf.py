"""Makes a PDF of a Word file where LibreOffice is installed; where it is not, there is a clear line and no PDF."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import threading
import weakref
from pathlib import Path

from mailbot.writing.word.contents import with_plain_contents


class PdfMaker:
    """LibreOffice in a profile of its own, one file at a time.

    Two conversions of one file differ in their bytes, so a PDF once made is kept by its digest and never made again.
    """

    def __init__(self, *, timeout_seconds: float = 120, program: str = "soffice") -> None:
        """Note the program; nothing is started before the first file.

        Args:
            timeout_seconds: how long one file may take; the first one starts LibreOffice and its fresh profile.
            program: LibreOffice's command.
        """
        self.problem = ""
        """Why the last file has no PDF, in a line for the operator; empty if it has one."""
        self._program = program
        self._timeout_seconds = timeout_seconds
        self._lock = threading.Lock()
        self._profile = ""

    def available(self) -> bool:
        """Say whether LibreOffice is installed here."""
        return shutil.which(self._program) is not None

    def convert(self, content: bytes, suffix: str) -> bytes | None:
        """Return the PDF of a file, or None with the reason in `problem`: a missing PDF stops nothing.

        Args:
            content: the file.
            suffix: what it is, `.docx` or `.xlsx`.
        """
        with self._lock, tempfile.TemporaryDirectory(prefix="mailbot-pdf-") as folder:
            source = Path(folder) / f"document{suffix}"
            source.write_bytes(with_plain_contents(content) if suffix == ".docx" else content)
            self.problem = self._run(source)
            made = source.with_suffix(".pdf")
            if not self.problem and not made.is_file():
                self.problem = "no PDF: LibreOffice ended without making one"
            return None if self.problem else made.read_bytes()

    def _run(self, source: Path) -> str:
        """Let LibreOffice write the PDF beside `source`; return what went wrong, empty if nothing did."""
        program = shutil.which(self._program)
        if program is None:
            return f"no PDF: {self._program} (LibreOffice) is not installed"
        profile = Path(self._own_profile()).as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore"]
        command += ["--convert-to", "pdf", "--outdir", str(source.parent), str(source)]
        try:
            done = subprocess.run(  # noqa: S603 - a program of this machine, with arguments of our own making
                command, capture_output=True, check=False, timeout=self._timeout_seconds
            )
        except subprocess.TimeoutExpired:
            return f"no PDF: LibreOffice took longer than {self._timeout_seconds:g} seconds"
        return f"no PDF: LibreOffice failed: {done.stderr.decode(errors='replace')[:300]}" if done.returncode else ""

    def _own_profile(self) -> str:
        """Return the folder of our own LibreOffice profile, made for the first file and removed with this maker."""
        if not self._profile:
            self._profile = tempfile.mkdtemp(prefix="mailbot-libreoffice-")
            weakref.finalize(self, shutil.rmtree, self._profile, ignore_errors=True)
        return self._profile
