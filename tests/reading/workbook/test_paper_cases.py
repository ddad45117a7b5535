"""Forms of one unit in which causes, follow-ups and evidence say nothing, or something: each as its table says."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbot.core.forms.checks import check
from mailbot.core.forms.judging import Filled
from mailbot.core.model.form import Severity
from mailbot.core.model.indicators import Period
from mailbot.reading.workbook.answers import known_rows
from mailbot.reading.workbook.read_form import read_form
from mailbot.settings.loading import load
from mailbot.settings.packaged import sample_folder
from mailbot.writing.words.empty_words import with_empty_words

CASES = Path(__file__).parents[2] / "cases"
ROWS = [
    line.split("\t")
    for table in ("expect.tsv", "own.tsv")
    for line in (CASES / table).read_text(encoding="utf-8").splitlines()
    if line.startswith("paper/")
]


@pytest.mark.parametrize(("name", "must"), ROWS, ids=[name for name, _ in ROWS])
def test_a_form_that_explains_nothing_goes_back_once_and_one_that_does_is_in_order(name: str, must: str) -> None:
    """Read with the sample office, as `mailbot explain` reads it."""
    settings = load(sample_folder(), {})
    office = with_empty_words(settings.office(), settings.template_folders)
    read = read_form((CASES / name).read_bytes(), name, known_rows(office), b"")
    filled = Filled(data=read.data, unit="PIAK", period=Period(year=2025), office=office, last={}, attached=())
    grave = [fault.code for fault in (*read.faults, *check(filled)) if fault.severity is not Severity.NOTE]
    assert bool(grave) == (must == "fault")
