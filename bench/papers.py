"""What a Surat Pengantar with its PDF costs all processes together, how long the report takes, what LibreOffice holds.

Beside it the cold way, which starts LibreOffice for every document, as mailbot did before it kept one warm.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from mailbot.core.model.letters import LetterKind
from mailbot.writing.report.report import write_report
from mailbot.writing.word.contents import with_plain_contents
from mailbot.writing.word.cover_letter import write_cover_letter
from mailbot.writing.word.pdf import PdfMaker
from mailbot.writing.words.templates import shipped_templates
from tests.offices.long_names import long_named_office
from tests.writing import sample_cycle
from tests.writing.sample_letters import WRITTEN_AT, full_letter

LETTERS, REPORTS, COLD = 20, 5, 3
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = b"/Type/Page/"
_KIB_IN_MB = 1000 / 1.024
Convert = Callable[[bytes], bytes | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Milliseconds: CPU of this process and all it has started, and by the clock."""

    cpu: float
    wall: float


def main() -> None:
    """Print one table."""
    if shutil.which("soffice") is None:
        print("PDFs: not measured, LibreOffice is not installed", file=sys.stderr)
        return
    with closing(PdfMaker()) as maker:
        start = _spent(partial(_letter_and_pdf, maker.convert, 0))
        letters = [_spent(partial(_letter_and_pdf, maker.convert, number)) for number in range(1, 1 + LETTERS)]
        batch = _spent(lambda: maker.convert_all([_letter(number) for number in range(100, 100 + LETTERS)]))
        reports = [_report(number) for number in range(1 + REPORTS)]
        first, *later = [_spent(partial(maker.convert, docx)) for docx in reports]
        pages = (maker.convert(reports[-1]) or b"").count(_PAGE)
        held = sum(map(_pss_mb, _descendants()))
    with _cold() as convert:
        cold_start = _spent(partial(_letter_and_pdf, convert, 0))
        cold_letters = [_spent(partial(_letter_and_pdf, convert, number)) for number in range(1, 1 + COLD)]
        cold_reports = [_spent(partial(convert, docx)) for docx in reports[:COLD]]
    print(f"{'PDFs (' + _version() + ')':<62}{'cpu ms':>8}{'wall ms':>9}")
    _row("Surat Pengantar as DOCX and PDF, all processes", letters)
    _row("  in a batch, each", [Spent(cpu=batch.cpu / LETTERS, wall=batch.wall / LETTERS)])
    _row("  the first one, with the start of LibreOffice", [start])
    _row("  cold: LibreOffice started for each", cold_letters)
    _row("  cold, the first one, with its fresh profile", [cold_start])
    _row(f"report of {pages} pages as PDF, second and later", later)
    _row("  the first", [first])
    _row("  cold: LibreOffice started for each", cold_reports)
    print(f"memory of the warm LibreOffice after all of these: {held:.0f} MB (PSS)")


def _letter(number: int) -> bytes:
    """Return a Surat Pengantar, of another day for every number."""
    sample = full_letter(LetterKind.REQUEST)
    assert sample.cycle is not None
    letter = replace(sample.letter, send_after=WRITTEN_AT + timedelta(days=number))
    return write_cover_letter(letter, sample.cycle, long_named_office(), template_folders=(shipped_templates(),))


def _report(number: int) -> bytes:
    """Return the report of a complete cycle, of that version."""
    return write_report(
        sample_cycle.complete(), long_named_office(), version=1 + number, template_folders=(shipped_templates(),)
    )


def _letter_and_pdf(convert: Convert, number: int) -> None:
    """Make both files of a Surat Pengantar."""
    assert convert(_letter(number)) is not None


@contextmanager
def _cold() -> Iterator[Convert]:
    """Give what starts LibreOffice for a document, its profile being kept from one to the next."""
    with TemporaryDirectory(prefix="mailbot-bench-") as name:
        folder = Path(name)
        command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", "pdf", "--outdir", name, str(folder / "document.docx")]

        def convert(docx: bytes) -> bytes | None:
            (folder / "document.docx").write_bytes(with_plain_contents(docx))
            subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - a program of this machine
            return (folder / "document.pdf").read_bytes()

        yield convert


def _spent(work: Callable[[], object]) -> Spent:
    """Do some work, and return what it took."""
    cpu, wall = cpu_seconds_of_all(), time.perf_counter()
    work()
    return Spent(cpu=(cpu_seconds_of_all() - cpu) * 1000, wall=(time.perf_counter() - wall) * 1000)


def cpu_seconds_of_all() -> float:
    """Return the CPU time of this process, of all it has started and seen end, and of all that still run."""
    living = sum(sum(map(int, _stat(process)[11:15])) for process in _descendants()) / _TICKS
    return sum(os.times()[:4]) + living


def _descendants() -> list[int]:
    """Return the processes that this one has started, and those that they have started."""
    parents = {int(entry.name): _stat(int(entry.name)) for entry in Path("/proc").iterdir() if entry.name.isdigit()}
    found: list[int] = []
    new = [os.getpid()]
    while new:
        new = [process for process, stat in parents.items() if stat and int(stat[1]) in new]
        found += new
    return found


def _stat(process: int) -> list[str]:
    """Return what the kernel says of a process, from its state on; nothing, if it has ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def _pss_mb(process: int) -> float:
    """Return the memory of a process, what it shares divided by those who share it, in MB."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / _KIB_IN_MB


def _version() -> str:
    """Return the name and version of LibreOffice."""
    said = subprocess.run(["soffice", "--version"], check=True, capture_output=True, text=True)  # noqa: S607 - as PATH has it
    return " ".join(said.stdout.split()[:2])


def _row(name: str, spent: Iterable[Spent]) -> None:
    """Print the medians of one way."""
    every = list(spent)
    cpu, wall = (statistics.median(values) for values in zip(*((one.cpu, one.wall) for one in every), strict=True))
    print(f"{name:<62}{cpu:>8.0f}{wall:>9.0f}")
