"""The examiner: sound runs go free, planted bugs are condemned, and he knows nothing of mailbot."""

from __future__ import annotations

import ast
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from mailbot.settings.loading import load
from mailbot.settings.packaged import sample_folder
from tests.architecture.source import ROOT
from tests.examined.demo import demo_tape
from tests.examined.planted import BUGS, Bug
from tests.examined.seeds import known
from tests.examiner.examine import examine
from tests.examiner.letter import SUBJECTS, Letter, kind_of, plain_subject
from tests.examiner.office import read_office
from tests.simulation.sweep import play

EXAMINER = sorted((ROOT / "tests" / "examiner").glob("*.py"))
MAY_IMPORT = {"yaml", "openpyxl", "holidays", "tests.examiner"}
WITHIN = 160
"""Within so many seeds each bug has to be found."""


def imported(path: Path) -> set[str]:
    """Return what a file of the examiner imports that is no part of Python."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        found |= {name for name in names if name.partition(".")[0] not in sys.stdlib_module_names}
    return {name for name in found if not any(name == one or name.startswith(f"{one}.") for one in MAY_IMPORT)}


def test_the_examiner_knows_nothing_of_the_product() -> None:
    """What judges the product shares no line with it: neither what it imports, nor what that imports in its turn."""
    assert {path.name: imported(path) for path in EXAMINER if path.name != "__main__.py" and imported(path)} == {}
    program = "import sys, tests.examiner.examine; print(*(name for name in sys.modules if name.startswith('mailbot')))"
    loaded = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - a fixed program
    assert loaded.stdout.strip() == ""


@pytest.mark.parametrize("kind", SUBJECTS)
def test_a_plain_letter_is_known_by_its_subject(kind: str) -> None:
    """Runs without templates write subjects by which the examiner tells letters apart."""
    assert kind_of(plain_subject(kind, "2025", "CAPIL", "SETUJU")) == kind


def test_an_offices_files_tell_an_outsider_what_they_tell_the_product() -> None:
    """What the examiner reads of the YAML is what the product reads of it: people, hours, days, ceilings."""
    office = load(sample_folder(), {}).office()
    read, drawn = read_office(sample_folder(), "2025"), known(office, "2025", answers_per_day=10)
    assert replace(read, closed=()) == replace(drawn, closed=())
    days = [office.calendar.next_working_day(office.plan("2025").starts_on)]
    for _ in range(250):
        days.append(office.calendar.next_working_day(days[-1]))
    assert all(read.is_working_day(day) for day in days)
    assert [day for day in days if read.is_working_day(day)] == days


@pytest.mark.sweep
def test_the_demo_goes_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole cycle over real sockets, every letter told apart, and nothing to condemn."""
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))  # no LibreOffice: the examiner reads no PDF
    tape, office = demo_tape(tmp_path / "demo")
    assert examine(tape, office) == ()
    kinds = {Letter(one).kind for one in tape.left}
    assert kinds >= {"data_needs", "request", "request_copy", "returned", "receipt", "digest", "reminder_today"}
    assert kinds >= {"draft", "review", "revision", "ratify", "submission", "verdict_noted", "closed"}
    assert examine(replace(tape, came=tape.came[:-1]), office) != ()


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_a_planted_bug_is_condemned(bug: Bug) -> None:
    """Each bug breaks its law where the examiner sees it, within few seeds; without it the same seeds go free."""
    settings = load(sample_folder(), {})
    seeds = sorted(range(WITHIN), key=lambda seed: seed != bug.likely)
    with bug.planted():
        condemned = next(
            (
                result
                for result in play(seeds, settings, replace(bug.parts, goes_on=True))
                if any(charge.law == bug.law for charge in result.charges)
            ),
            None,
        )
    assert condemned is not None
    (sound,) = play([condemned.seed], settings)
    assert sound.charges == ()
