"""The real LibreOffice killed, stopped, starved, and left alone by a process that was itself killed with -9."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from mailbot.core.model.letters import LetterKind
from mailbot.writing.word.libreoffice import pipe_of
from mailbot.writing.word.pdf import PdfMaker
from mailbot.writing.words.templates import shipped_templates
from tests.offices.long_names import long_named_office
from tests.servers.fixtures import insist
from tests.writing.word.test_cover_letter import cover

pytestmark = [pytest.mark.servers, pytest.mark.slow]

LOOK_SECONDS = 0.02
_LIVES = """
import sys
from pathlib import Path
from mailbot.writing.word.pdf import PdfMaker
maker = PdfMaker(folder=Path(sys.argv[1]))
print(len(maker.convert(Path(sys.argv[2]).read_bytes())), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder for LibreOffice's own, which must be empty in the end, on a machine that has LibreOffice."""
    insist(None if shutil.which("soffice") else "LibreOffice is not installed; run .ci/packages as root")
    made = tmp_path / "libreoffice"
    made.mkdir()
    yield made
    assert list(made.iterdir()) == []


def pipe_in(folder: Path) -> Path:
    """Return the pipe at which the only LibreOffice in that folder listens."""
    (own,) = folder.iterdir()
    pipe = pipe_of((own / "profile").as_uri())
    assert pipe.is_socket()
    return pipe


def letters() -> tuple[bytes, bytes]:
    """Return two Surat Pengantar as DOCX."""
    kinds = (LetterKind.REQUEST, LetterKind.SUBMISSION)
    first, second = (cover(kind, long_named_office(), (shipped_templates(),)) for kind in kinds)
    return first, second


def running_in(folder: Path) -> list[int]:
    """Return the numbers of the processes whose LibreOffice profile lies in that folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0")
            except OSError:  # it has ended meanwhile
                continue
            if words[0].endswith(b"soffice.bin") and str(folder).encode() in words[1]:
                found.append(int(entry.name))
    return found


def kill_in_the_middle(folder: Path, warm: int) -> None:
    """Stop a warm LibreOffice, and kill it as soon as a document lies before it."""
    os.kill(warm, signal.SIGSTOP)
    while not list(folder.glob("*/job-*/*.docx")):
        Event().wait(LOOK_SECONDS)
    os.kill(warm, signal.SIGKILL)


def test_killed_in_the_middle_it_is_started_anew_and_the_letter_is_made(folder: Path) -> None:
    """Within one call, and nobody need know."""
    first, second = letters()
    with closing(PdfMaker(folder=folder)) as maker:
        assert maker.convert(first) is not None
        pipe = pipe_in(folder)
        killer = threading.Thread(target=kill_in_the_middle, args=(folder, running_in(folder)[0]))
        killer.start()
        assert maker.convert(second) is not None
        killer.join()
        assert (maker.problem, maker.has_stopped(told=False)) == ("", False)
    assert not pipe.exists()


def test_stopped_for_ever_it_is_ended_and_the_letter_is_made(folder: Path) -> None:
    """A process that takes the document and never answers."""
    first, second = letters()
    with closing(PdfMaker(folder=folder, timeout_seconds=15)) as maker:
        assert maker.convert(first) is not None
        warm = running_in(folder)[0]
        os.kill(warm, signal.SIGSTOP)
        assert maker.convert(second) is not None
        assert warm not in running_in(folder)


def test_a_damaged_word_file_is_given_up_and_the_others_of_its_batch_are_made(folder: Path) -> None:
    """LibreOffice says nothing and ends well: only the file that is not there tells."""
    first, second = letters()
    damaged = first.replace(b"word/document.xml", b"word/documenz.xml")
    with closing(PdfMaker(folder=folder)) as maker:
        made = maker.convert_all([first, damaged, second])
        assert [pdf is not None for pdf in made] == [True, False, True]
        assert maker.problem == "no PDF: LibreOffice ended without making one"
        assert not maker.has_stopped(told=False)


def test_without_memory_it_does_not_start_and_that_is_said(folder: Path, tmp_path: Path) -> None:
    """A third of what it needs."""
    program = tmp_path / "soffice"
    program.write_text(f'#!/bin/sh\nulimit -v 100000\nexec {shutil.which("soffice")} "$@"\n')
    program.chmod(0o755)
    with closing(PdfMaker(program=str(program), folder=folder)) as maker:
        assert maker.convert(letters()[0]) is None
        assert maker.problem.startswith("no PDF: LibreOffice failed: ")
        assert maker.has_stopped(told=False)


def test_it_is_gone_with_whoever_was_killed(folder: Path, tmp_path: Path) -> None:
    """Nothing of ours can run any more, and yet neither process nor folder nor pipe is left."""
    document = tmp_path / "letter.docx"
    document.write_bytes(letters()[0])
    with subprocess.Popen(  # noqa: S603 - our own Python
        [sys.executable, "-c", _LIVES, folder, document], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as owner:
        assert owner.stdout is not None
        assert int(owner.stdout.readline()) > 1000
        (warm,) = running_in(folder)
        pipe, (own,) = pipe_in(folder), folder.iterdir()
        assert own.stat().st_mode & 0o777 == 0o700
        end = os.pidfd_open(warm)
        owner.kill()
        select.select([end], [], [])
        os.close(end)
    assert running_in(folder) == []
    assert not pipe.exists()
