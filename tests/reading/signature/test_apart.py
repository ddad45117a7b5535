"""Papers read apart: in the reader's process, and by programs of this machine that are shut in (rows 7 and 8)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from mailbot.core.papers.checked import PaperFlaw, PaperVerdict
from mailbot.reading.signature.paper import Question, examine
from mailbot.reading.signature.programs import Limits, Ran, run
from mailbot.reading.signature.recognised import recognised
from mailbot.reading.signature.recognition import texts_of_scan
from mailbot.reading.workbook.reader_process import FormReader
from mailbot.settings.files.limits import Limits as FileLimits
from tests.offices.small import OFFICE
from tests.reading.signature.authority import AT, HEAD, signed, trusted
from tests.reading.signature.plain_pdf import REPORT, document, pdf_of, picture, scan
from tests.servers.fixtures import insist

OURS = document()
QUESTION = Question(trusted=trusted(), at=AT, against=OURS)
LIMITS = Limits(seconds=5, memory_bytes=500_000_000, written_bytes=1_000_000)


def test_a_paper_is_examined_apart_as_it_is_here() -> None:
    """In the process that may open neither socket nor file: the very same values; a hostile one costs its process."""
    given, scanned = signed(OURS), scan()
    with FormReader(OFFICE, b"rahasia", FileLimits()) as reader:
        assert reader.examine("ttd.pdf", given, QUESTION) == examine("ttd.pdf", given, QUESTION)
        assert reader.examine("pindai.pdf", scanned, QUESTION) == examine("pindai.pdf", scanned, QUESTION)
    check = examine("ttd.pdf", given, QUESTION).check
    assert (check.verdict, check.signer) == (PaperVerdict.SIGNED, HEAD)
    with FormReader(OFFICE, b"rahasia", FileLimits().model_copy(update={"memory_mb": 80})) as small:
        (reason,) = small.examine("ttd.pdf", given, QUESTION).check.reasons
    assert (reason.flaw, reason.detail) == (PaperFlaw.DAMAGED, "limits")


def ran(program: str, limits: Limits = LIMITS, **env: str) -> Ran:
    """Run a few lines of Python as a program of this machine."""
    with tempfile.TemporaryDirectory() as folder:
        return run((sys.executable, "-I", "-c", program), Path(folder), limits, env)


def test_a_program_has_a_folder_of_its_own_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not the environment of the service, whatever stands in it; what it says is kept to its end."""
    monkeypatch.setenv("MAILBOT_IMAP_PASSWORD", "rahasia")
    told = ran("import os, sys; print(dict(os.environ), os.listdir()); sys.exit('selesai')", SATU="1")
    assert told.code == 1
    assert told.out.decode().split()[0] == "{'SATU':"
    assert b"rahasia" not in told.out
    assert told.told == "selesai"


@pytest.mark.parametrize(
    ("program", "limits"),
    [
        ("import time; time.sleep(60)", Limits(seconds=0.3, memory_bytes=500_000_000, written_bytes=1_000_000)),
        ("b = bytes(400_000_000)", Limits(seconds=5, memory_bytes=200_000_000, written_bytes=1_000_000)),
        ("open('besar', 'wb').write(bytes(5_000_000))", LIMITS),
        (
            "import subprocess; subprocess.run(['sleep', '60'])",
            Limits(seconds=0.3, memory_bytes=500_000_000, written_bytes=1),
        ),
    ],
    ids=["time", "memory", "size", "a child"],
)
def test_a_program_goes_no_further_than_it_may(program: str, limits: Limits) -> None:
    """Time, memory, the size of a file; what it started ends with it."""
    assert ran(program, limits).code != 0


def test_a_program_ends_with_whoever_is_killed_while_he_waits_for_it(tmp_path: Path) -> None:
    """A service that the machine kills leaves none behind that would draw and read on."""
    os.mkfifo(tmp_path / "lives")
    waits = f"import time; lives = open({str(tmp_path / 'lives')!r}, 'wb', 0); lives.write(b'x'); time.sleep(40)"
    asks = (
        "import sys; from pathlib import Path; from mailbot.reading.signature.programs import Limits, run; "
        "limits = Limits(seconds=50, memory_bytes=500_000_000, written_bytes=1_000_000); "
        f"run((sys.executable, '-I', '-c', {waits!r}), Path({str(tmp_path)!r}), limits)"
    )
    with subprocess.Popen([sys.executable, "-c", asks]) as service, (tmp_path / "lives").open("rb") as lives:  # noqa: S603 - our own program
        assert lives.read(1) == b"x"
        killed = time.monotonic()
        service.kill()
        assert lives.read() == b""
    assert time.monotonic() - killed < 20


def test_a_program_that_reads_what_came_has_no_network() -> None:
    """Where the machine lets a process do without."""
    program = "import socket; s = socket.socket(); s.settimeout(1); s.connect(('127.0.0.1', 9))"
    limits = Limits(seconds=5, memory_bytes=500_000_000, written_bytes=1_000_000, alone=True)
    assert "Network is unreachable" in ran(program, limits).told


def test_a_scan_is_read_by_this_machines_programs(tmp_path: Path) -> None:
    """The right scan passes; one with a page of another document is named."""
    insist(None if shutil.which("tesseract") else "Tesseract is not installed; run .ci/packages as root")
    (tmp_path / "paper.pdf").write_bytes(OURS)
    pages = [drawn(tmp_path, number) for number in (1, 2)]
    two = document(REPORT[:2])
    question = Question(trusted=trusted(), at=AT, against=two)
    for images, wanted in ((pages, PaperVerdict.SCANNED), ([pages[0], pages[0]], PaperVerdict.UNSURE)):
        came = pdf_of([b"q 595 0 0 842 0 0 cm /Im Do Q"] * 2, images=dict(enumerate(images)))
        found = recognised(examine("pindai.pdf", came, question), texts_of_scan(came, (1, 2), 60), 60)
        assert found.verdict is wanted, found.reasons


def drawn(folder: Path, number: int) -> bytes:
    """Return one page of the document as a scanner gives it: a picture object."""
    command = (
        shutil.which("pdftoppm") or "",
        "-gray",
        "-r",
        "100",
        "-f",
        str(number),
        "-l",
        str(number),
        "-singlefile",
    )
    assert (
        run(
            (*command, str(folder / "paper.pdf"), str(folder / "page")),
            folder,
            Limits(seconds=20, memory_bytes=1_000_000_000, written_bytes=50_000_000),
        ).code
        == 0
    )
    head, size, _, grey = (folder / "page.pgm").read_bytes().split(b"\n", 3)
    assert head == b"P5"
    width, height = map(int, size.split())
    return picture(width, height, grey)


def test_where_nothing_recognises_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """The scan is then shown to a person."""
    monkeypatch.setenv("PATH", "/nowhere")
    assert texts_of_scan(scan(), (1, 2, 3), 10) is None
