"""Converters of the package index beside LibreOffice: the same pages, the same words on each, at what cost.

They are young, so each works in a process of its own (`bench.converting`). One that gives other pages, or other words
on a page, than LibreOffice for any letter would let two offices send two faces of one letter: it is not used.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import converting
from bench.papers import cpu_seconds_of_all
from bench.pictured import EXTRAS
from mailbot.core.model.letters import Letter, LetterKind
from mailbot.core.model.office import Office
from mailbot.writing.report.report import write_report
from mailbot.writing.word.cover_letter import write_cover_letter
from mailbot.writing.word.pdf import PdfMaker
from mailbot.writing.words.templates import shipped_templates
from tests.offices.long_names import long_named_office
from tests.writing import sample_cycle
from tests.writing.sample_letters import WRITTEN_AT, full_letter

LETTERS = 1_000
BATCH = 50
NAMES = ("dxpdf", "office2pdf", "rdocx")
SHOWN = Path("/tmp/mailbot-converters")  # noqa: S108 - for whoever wants to look at them
_REPORT = "report"
_MS = 1_000
Pages = list[list[str]]
"""Page -> its lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What one converter came to, beside LibreOffice."""

    refused: int
    pages_differ: int
    words_differ: int
    lines_differ: int
    same: int
    cpu_ms: float
    report: str
    example: str = ""
    """The first letter that differs."""


def main() -> None:
    """Print one table."""
    if shutil.which("soffice") is None or shutil.which("pdftotext") is None:
        print("Converters: not measured, LibreOffice or Poppler is not installed", file=sys.stderr)
        return
    with TemporaryDirectory(prefix="mailbot-bench-") as name:
        folder = Path(name)
        for key, docx in _documents():
            (folder / f"{key}.docx").write_bytes(docx)
        cpu_ms = _by_libreoffice(folder)
        print(f"Converters beside LibreOffice: {LETTERS} Surat Pengantar, and the report; the same words on each page?")
        head = f"{'cpu ms':>8}{'same':>7}{'refused':>9}{'other pages':>13}{'other words':>13}{'other lines':>13}"
        print(f"  {'converter':<24}{head}   report")
        print(f"  {'LibreOffice, warm':<24}{cpu_ms:>8.1f}{LETTERS:>7}{0:>9}{0:>13}{0:>13}{0:>13}   {_length(folder)}")
        for converter in NAMES:
            _print(converter, folder)


def _print(converter: str, folder: Path) -> None:
    """Let one converter work, and print its row."""
    if not any(EXTRAS.glob(f"{converter}*")):
        print(f"  {converter:<24}  not installed: `make bench` would install it")
        return
    found = _compared(converter, folder)
    differ = f"{found.pages_differ:>13}{found.words_differ:>13}{found.lines_differ:>13}"
    print(f"  {converter:<24}{found.cpu_ms:>8.1f}{found.same:>7}{found.refused:>9}{differ}   {found.report}")
    if found.example:
        SHOWN.mkdir(exist_ok=True)
        for kind in ("docx", "pdf", f"{converter}.pdf"):
            shutil.copy(folder / f"{found.example}.{kind}", SHOWN)


def _documents() -> list[tuple[str, bytes]]:
    """Return a report, and letters: to every head of two offices, with and without a number, of many days."""
    folders = (shipped_templates(),)
    long_named = long_named_office()
    sample = full_letter(LetterKind.REQUEST)
    assert sample.cycle is not None
    report = write_report(sample_cycle.complete(), long_named, version=1, template_folders=folders)
    made = [(_REPORT, report)]
    for number, (letter, office) in enumerate(islice(cycle(_kinds(sample.letter, long_named)), LETTERS)):
        dated = replace(letter, send_after=WRITTEN_AT + timedelta(days=number))
        made.append((f"{number:04}", write_cover_letter(dated, sample.cycle, office, template_folders=folders)))
    return made


def _kinds(letter: Letter, office: Office) -> list[tuple[Letter, Office]]:
    """Return the letter to everybody, from the office under its names, and under ever longer ones."""
    heads = [person for person in office.roster.people if person.unit]
    found = []
    for more in range(6):
        agency = office.letterhead.agency_name + " dan Urusan Pemerintahan Lainnya" * more
        named = replace(office, letterhead=replace(office.letterhead, agency=agency, agency_name=agency))
        found += [(replace(letter, to=head.key, unit=head.unit or ""), named) for head in heads]
    return found


def _by_libreoffice(folder: Path) -> float:
    """Convert everything with a warm LibreOffice; return the CPU milliseconds of a letter."""
    paths = sorted(folder.glob("*.docx"))
    spent = []
    with closing(PdfMaker()) as maker:
        maker.convert(paths[0].read_bytes())
        for first in range(0, len(paths), BATCH):
            some = paths[first : first + BATCH]
            began = cpu_seconds_of_all()
            made = maker.convert_all([path.read_bytes() for path in some])
            spent.append((cpu_seconds_of_all() - began) / len(some) * _MS)
            for path, pdf in zip(some, made, strict=True):
                assert pdf is not None, maker.problem
                path.with_suffix(".pdf").write_bytes(pdf)
    return statistics.median(spent)


def _compared(converter: str, folder: Path) -> Compared:
    """Let a converter work in its own process, and hold what it made against LibreOffice's."""
    told = _convert(converter, folder)
    counts: Counter[str] = Counter()
    example = report = ""
    for key in sorted(path.stem for path in folder.glob("*.docx")):
        verdict = _verdict(told.get(key), folder / f"{key}.pdf", folder / f"{key}.{converter}.pdf")
        if key == _REPORT:
            report = verdict
            continue
        kind = verdict.split(",")[0]
        counts[kind] += 1
        if kind in {"other pages", "other words", "other lines"} and not example:
            example = key
    took = [line["cpu"] * _MS for key, line in told.items() if "cpu" in line and key != _REPORT]
    return Compared(
        refused=counts["refused"],
        pages_differ=counts["other pages"],
        words_differ=counts["other words"],
        lines_differ=counts["other lines"],
        same=counts["same"],
        cpu_ms=statistics.median(took) if took else 0.0,
        report=report,
        example=example,
    )


def _convert(converter: str, folder: Path) -> dict[str, dict[str, Any]]:
    """Run a converter over the folder; return what it says of each file, nothing of those behind its death."""
    command = [sys.executable, "-I", str(Path(converting.__file__)), converter, str(EXTRAS), str(folder)]
    ran = subprocess.run(command, env={}, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - shut in
    lines = [json.loads(line) for line in ran.stdout.splitlines() if line.startswith("{")]
    return {line["file"]: line for line in lines}


def _verdict(told: dict[str, Any] | None, ours: Path, theirs: Path) -> str:
    """Return how one PDF differs from LibreOffice's."""
    if told is None:
        return "refused, its process died"
    if "refused" in told:
        return f"refused, {told['refused']}"
    wanted, found = _pages(ours), _pages(theirs)
    if len(wanted) != len(found):
        return f"other pages, {len(found)} of {len(wanted)}"
    pairs = list(zip(wanted, found, strict=True))
    differ = sum(Counter(" ".join(one).split()) != Counter(" ".join(other).split()) for one, other in pairs)
    if differ:
        return f"other words, on {differ} of {len(wanted)} pages"
    differ = sum(Counter(one) != Counter(other) for one, other in pairs)
    return f"other lines, on {differ} of {len(wanted)} pages" if differ else "same"


def _pages(pdf: Path) -> Pages:
    """Return the lines of each page, in whatever order."""
    said = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=False).stdout  # noqa: S603, S607 - Poppler
    pages = said.decode("utf-8", "replace").split("\f")[:-1]
    return [[" ".join(line.split()) for line in page.splitlines() if line.strip()] for page in pages]


def _length(folder: Path) -> str:
    """Return how long LibreOffice's report is."""
    return f"{len(_pages(folder / f'{_REPORT}.pdf'))} pages"
