"""The inputs of `tests/cases` about reading come to what the tables beside them say, read by `mailbot explain`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).parents[1] / "cases"
ROOT = Path(__file__).parents[2]
KINDS = ("forms", "mails", "private")
READ = frozenset({"form", "fault", "known", "oneform", "noform", "held"})
"""What is looked at here; words, robots and senders have tests of their own, what letters name is played in stories."""
NOT_IN_THE_FILE = frozenset({"ratio_mismatch", "jump", "row_missing", "row_added", "not_a_number", "out_of_range"})
SENDERS = ("mails/162-", "mails/163-", "mails/164-", "mails/165-")
"""About who wrote it."""
FEWEST_VALUES = 4
Row = dict[str, Any]


def _wanted() -> list[tuple[str, str]]:
    """Give every input of these kinds with what must happen to it."""
    lines = [line.split("\t") for table in ("expect.tsv", "own.tsv") for line in _lines(table)]
    return [
        (name, must)
        for name, must in lines
        if name.split("/")[0] in KINDS and must in READ and not name.startswith(SENDERS)
    ]


def _lines(table: str) -> list[str]:
    """Give the lines of a table."""
    return [line for line in (CASES / table).read_text(encoding="utf-8").splitlines() if line]


@pytest.fixture(scope="module")
def explained() -> dict[str, Row]:
    """What `mailbot explain` says of each."""
    files = [str(CASES / name) for name, _ in _wanted()]
    command = [sys.executable, "-m", "mailbot", "--config", "config", "explain", "--json", *files]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=300).stdout  # noqa: S603 - our own
    return {row["file"]: row for row in map(json.loads, told.splitlines())}


@pytest.mark.parametrize(("name", "must"), _wanted())
def test_a_kept_input_comes_to_what_its_table_says(explained: dict[str, Row], name: str, must: str) -> None:
    """Read as a form with its values; or found faulty; or known; or held back; or taken for no form."""
    row = explained[str(CASES / name)]
    read = [form for form in row["forms"] if len(form["values"]) >= FEWEST_VALUES and not form["unreadable"]]
    codes = {fault["code"] for form in row["forms"] for fault in form["faults"]}
    comes_to = {
        "form": len(read) == 1 and not codes & NOT_IN_THE_FILE,
        "fault": bool(codes),
        "known": row["outcome"] != "stranger" and "from_unusable" not in row["defects"],
        "oneform": len(read) == 1 == len(row["forms"]),
        "noform": not row["forms"],
        "held": "evidence_personal_data" in codes,
    }
    assert comes_to[must], row
    if must != "held":
        assert "evidence_personal_data" not in codes
