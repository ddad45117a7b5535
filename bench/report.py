"""What the report costs: Word's own charts beside matplotlib's pictures, 200 in a row, and a form beside drafts."""

from __future__ import annotations

import gc
import io
import os
import sys
import time
import zipfile
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

from bench.pictured import DPI, matplotlib_version, pictured_report
from bench.processes import pss_mb
from bench.side_by_side import Way, measure, table
from mailbot.clerk.composing import LetterMaker
from mailbot.core.model.letters import LetterKind
from mailbot.writing.report.report import write_report
from mailbot.writing.words.templates import shipped_templates
from tests.office import HEADS, NOWHERE, SECRET, requested
from tests.offices.long_names import long_named_office
from tests.writing import sample_cycle

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailbot.clerk.parts import Books
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters import Letter
    from mailbot.writing.letters.letter import Written

ROUNDS = 5
REPORTS, WARM = 200, 20
WISHES = 4
TIMES = 5
_MS = 1000
_FOLDERS = (shipped_templates(),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched(LetterMaker):
    """Makes letters as ever, and remembers when each was made and how long that took."""

    made: dict[LetterKind, list[tuple[float, float]]] = field(default_factory=dict)

    def letters(self, books: Books, wanted: Sequence[tuple[Letter, Cycle | None]], at: datetime) -> tuple[Written, ...]:
        """Make letters."""
        began = time.perf_counter()
        written = LetterMaker.letters(self, books, wanted, at)
        ended = time.perf_counter()
        for letter, _ in wanted:
            self.made.setdefault(letter.kind, []).append((ended, ended - began))
        return written


def main() -> None:
    """Print what was measured; the memory first, before matplotlib is there."""
    _in_a_row()
    _side_by_side()
    _beside_drafts()


def _side_by_side() -> None:
    """Print what the report takes with Word's own charts, and what with pictures."""
    version = matplotlib_version()
    if not version:
        print("Report: not measured beside matplotlib, which `make bench` installs", file=sys.stderr)
        return
    charts = _parts(_ours(1), "word/charts/chart")
    assert _parts(_pictured(), "word/media/") >= charts
    ways = (
        Way(name=f"pictures by matplotlib {version}, {DPI} dpi", work=_pictured, times=1),
        Way(name="mailbot: charts of Word, with their data", work=lambda: _ours(1), times=3),
    )
    title = f"Report as DOCX, {len(long_named_office().indicators)} indicators, {charts} charts"
    print(table(title, measure(ways, rounds=ROUNDS)))


def _in_a_row() -> None:
    """Print what this process holds after some reports, and after many."""
    held = {}
    for number in range(1, 1 + REPORTS):
        _ours(number)
        if number == WARM or number % (REPORTS // 4) == 0:
            gc.collect()
            held[number] = pss_mb([os.getpid()])
    told = ", ".join(f"{mib:.0f} after {number}" for number, mib in held.items())
    print(f"Reports in a row, another version each: this process holds, in MB (PSS), {told}")


def _beside_drafts() -> None:
    """Print how long a form waits for its receipt, alone and with wishes for the living draft in the same pass."""
    ways = {"alone": (0, 0), f"before {WISHES} wishes": (0, WISHES), f"behind {WISHES} wishes": (WISHES, 0)}
    print(f"A form until its receipt is written, beside DRAF in the same pass, median of {TIMES}")
    for name, (before, after) in ways.items():
        seen = [_waited(before, after) for _ in range(TIMES)]
        print(f"  {name:<46}{median(waited for waited, _ in seen):>9.0f} ms")
        drafts = [one for _, each in seen for one in each]
    print(f"  {'a draft itself':<46}{median(drafts):>9.0f} ms")


def _waited(before: int, after: int) -> tuple[float, list[float]]:
    """Let a form come among wishes for the draft; return the milliseconds to its receipt, and those of each draft."""
    office = requested()
    office.sends_form(HEADS["CAPIL"], "CAPIL")
    head = HEADS["PIAK"]
    form = office.mail(head, office.letter(head, "request"), "Terlampir.", office.filled("PIAK"))
    maker = Watched(secret=SECRET, template_folders=_FOLDERS, archive_folder=NOWHERE)
    office.has(maker=maker)
    for number in range(before + 1 + after):
        office.post.arrive(form if number == before else office.mail("perencanaan", None, "DRAF"))
    began = time.perf_counter()
    office.works()
    (receipt,) = maker.made[LetterKind.RECEIPT]
    drafts = maker.made.get(LetterKind.DRAFT_AGAIN, [])
    assert len(drafts) == before + after
    return (receipt[0] - began) * _MS, [took * _MS for _, took in drafts]


def _ours(version: int) -> bytes:
    """Write the report as mailbot does."""
    return write_report(sample_cycle.complete(), long_named_office(), version=version, template_folders=_FOLDERS)


def _pictured() -> bytes:
    """Write the same with pictures."""
    return pictured_report(sample_cycle.complete(), long_named_office(), version=1, template_folders=_FOLDERS)


def _parts(docx: bytes, begins: str) -> int:
    """Count the parts of a Word file whose names begin so."""
    with zipfile.ZipFile(io.BytesIO(docx)) as packed:
        return sum(name.startswith(begins) and name.endswith((".xml", ".png")) for name in packed.namelist())
