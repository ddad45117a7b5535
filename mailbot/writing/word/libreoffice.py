"""One LibreOffice that stays warm: in a folder of its own, asked over its own pipe, ended with us however we end.

It holds an empty document open, for without one it would end after the first conversion. A second `soffice` with the
same profile only hands its command line over to it (12 ms of CPU) and waits until that is done; should ours have died
unseen, the second one makes the PDFs itself, slowly, and ends.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import weakref
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mailbot.errors import MailbotError

if TYPE_CHECKING:
    from collections.abc import Sequence

_AS_PDF = "pdf:writer_pdf_Export:" + json.dumps(
    {
        name: {"type": kind, "value": value}
        for name, kind, value in (
            ("SelectPdfVersion", "long", "2"),
            ("UseTaggedPDF", "boolean", "true"),
            ("ExportBookmarks", "boolean", "true"),
            ("ExportBookmarksToPDFDestination", "boolean", "true"),
            ("DisplayPDFDocumentTitle", "boolean", "true"),
        )
    }
)
"""PDF/A-2b, tagged, with bookmarks of the headings; where the bookmarks of a Word file stand can be read from it."""
_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">'
    '<item oor:path="/org.openoffice.Office.Common/Cache/Writer">'
    '<prop oor:name="OLE_Objects" oor:op="fuse"><value>1000</value></prop></item></oor:items>\n'
)
"""It holds 20 charts of a document at once by itself, and shows others in a picture of another shape, stretched."""
_GUARD = 'read -r _; rm -rf -- "$@"; kill -KILL 0'
"""Waits at a pipe of ours into which nothing is ever written: that ends when we do, and the whole group with it."""
_EMPTY = "empty.txt"
_LOCK = f".~lock.{_EMPTY}#"
"""LibreOffice lays it beside a document that it has opened."""
_LOOK_SECONDS = 0.02
_SHOWN = 300
_PDF_HEAD, _PDF_END, _END_BYTES = b"%PDF-", b"%%EOF", 64


class LibreOfficeFailed(MailbotError):
    """LibreOffice is missing or does not start; the message says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """What came of some documents: a PDF each or None, and what went wrong in words (empty if it ended well)."""

    pdfs: tuple[bytes | None, ...]
    problem: str = ""


class LibreOffice:
    """A running LibreOffice; `close` ends it, and so does the end of this process, be it by SIGKILL."""

    def __init__(self, program: str, *, seconds: float, folder: Path | None = None) -> None:
        """Start it and wait until it is ready.

        Args:
            program: LibreOffice's command.
            seconds: how long the start may take.
            folder: in which its own folder is made; None: where the system has its temporary files.

        Raises:
            LibreOfficeFailed: it is not installed, or does not become ready.
            OSError: its folder cannot be written, or no process be started.
        """
        found = shutil.which(program)
        if found is None:
            raise LibreOfficeFailed(f"{program} (LibreOffice) is not installed")
        self.documents = 0
        """So many documents it was given."""
        self._folder = Path(tempfile.mkdtemp(prefix="mailbot-libreoffice-", dir=folder))
        (self._folder / "tmp").mkdir()
        (self._folder / _EMPTY).touch()
        profile = _profile(self._folder)
        self._program = (found, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nologo")
        self._guard = _guard(self._folder, pipe_of(profile))
        running = [self._guard]
        self._end = weakref.finalize(self, _end, running, self._folder, pipe_of(profile))
        self._office = self._begun(str(self._folder / _EMPTY))
        running.append(self._office)
        try:
            self._wait_until_ready(seconds)
        except LibreOfficeFailed:
            self.close()
            raise

    @property
    def running(self) -> bool:
        """Whether it and its guard are there."""
        return self._end.alive and self._office.poll() is None and not _has_ended(self._guard)

    def convert(self, documents: Sequence[bytes], *, seconds: float) -> Converted:
        """Make a PDF of each Word file, all in one call.

        The call ends with 0 whatever becomes of a document, so what counts is the file. After a hang, all is closed.

        Args:
            documents: the Word files.
            seconds: how long they may take together.

        Raises:
            OSError: its folder cannot be written, or `soffice` is there no more.
        """
        job = self._folder / f"job-{self.documents}"
        job.mkdir()
        self.documents += len(documents)
        sources = [job / f"{number}.docx" for number in range(len(documents))]
        for source, content in zip(sources, documents, strict=True):
            source.write_bytes(content)
        asked = self._begun("--convert-to", _AS_PDF, "--outdir", str(job), *map(str, sources))
        try:
            problem = f"LibreOffice failed: {self._said()}" if asked.wait(seconds) else ""
        except subprocess.TimeoutExpired:
            problem = f"LibreOffice took longer than {seconds:g} seconds"
        made = tuple(_whole(source.with_suffix(".pdf")) for source in sources)
        if asked.returncode is None:
            self.close()
            asked.wait()
        shutil.rmtree(job, ignore_errors=True)
        if None not in made:
            return Converted(pdfs=made)
        return Converted(pdfs=made, problem=problem or "LibreOffice ended without making one")

    def close(self) -> None:
        """End it, whatever it does, and remove its folder."""
        self._end()

    def _begun(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start `soffice` in the guard's group, its temporary files and complaints in our folder."""
        with (self._folder / "complaints").open("wb") as complaints:
            return subprocess.Popen(  # noqa: S603 - a program of this machine, with arguments of our own making
                (*self._program, *arguments),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=complaints,
                env=os.environ | {"TMPDIR": str(self._folder / "tmp")},
                process_group=self._guard.pid,
            )

    def _wait_until_ready(self, seconds: float) -> None:
        """Wait until the empty document is open; asked any sooner, the second `soffice` would take its place.

        Raises:
            LibreOfficeFailed: it ended, or is not ready after so many seconds.
        """
        last = time.monotonic() + seconds
        while not (self._folder / _LOCK).exists():
            with suppress(subprocess.TimeoutExpired):
                self._office.wait(_LOOK_SECONDS)
                raise LibreOfficeFailed(f"LibreOffice failed: {self._said() or 'it ended at once'}")
            if time.monotonic() > last:
                raise LibreOfficeFailed(f"LibreOffice took longer than {seconds:g} seconds to start")

    def _said(self) -> str:
        """Return the beginning of what it complained of last."""
        return (self._folder / "complaints").read_bytes().decode(errors="replace").strip()[:_SHOWN]


def _guard(*litter: Path) -> subprocess.Popen[bytes]:
    """Start who leads the process group and ends it when we are gone, removing what we would have removed."""
    return subprocess.Popen(  # noqa: S603 - the words above, and paths of our own making
        ("/bin/sh", "-c", _GUARD, "guard", *map(str, litter)),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        process_group=0,
    )


def _has_ended(guard: subprocess.Popen[bytes]) -> bool:
    """Say whether the guard has ended, and let it lie: as long as nobody takes note, its group's number stays ours."""
    return os.waitid(os.P_PID, guard.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _end(running: list[subprocess.Popen[bytes]], *litter: Path) -> None:
    """Kill the first one's process group, and remove what it leaves behind.

    Every dead child of that group is taken note of: in a container, where we are the first process, those of
    LibreOffice fall to us as well.
    """
    group = running[0].pid
    os.killpg(group, signal.SIGKILL)
    with suppress(ChildProcessError):
        while True:
            os.waitpid(-group, 0)
    for process in running:
        process.communicate()
    for path in litter:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _profile(folder: Path) -> str:
    """Make the profile it runs with, and return how it is named on a command line."""
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_SETTINGS, encoding="utf-8")
    return (folder / "profile").as_uri()


def pipe_of(profile: str) -> Path:
    """Return where LibreOffice listens for that profile; it leaves the pipe lying there when it is killed."""
    digest = hashlib.md5(profile.encode("utf-16-le"), usedforsecurity=False).digest()
    return Path(f"/tmp/OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{''.join(f'{byte:x}' for byte in digest)}")  # noqa: S108 - it asks for no other folder


def _whole(path: Path) -> bytes | None:
    """Return a PDF that was written to its end, else None."""
    content = path.read_bytes() if path.is_file() else b""
    whole = content.startswith(_PDF_HEAD) and _PDF_END in content[-_END_BYTES:]
    return content if whole else None
