"""What the documents name is there: files of the map, tests behind a promise, words that a command says."""

from __future__ import annotations

import re
from functools import cache

import pytest

from tests.docs.page import DOCS, TOP

PLACES = re.compile(r"`((?:mailbot|templates|config|tests|bench)(?:/[\w./-]*)?)`")


@pytest.mark.parametrize("name", ["architecture.md", "security.md", "operations.md", "panduan-admin.md", "when-not.md"])
def test_every_file_and_folder_that_is_named_is_there(name: str) -> None:
    """A map that names what is gone leads nobody."""
    named = {place for place in PLACES.findall((DOCS / name).read_text(encoding="utf-8")) if place != "mailbot"}
    assert {place for place in named if not (TOP / place).exists()} == set()


def test_every_room_is_on_the_map() -> None:
    """A room of the package that is new fails here until it has its line."""
    rooms = {path.name for path in (TOP / "mailbot").iterdir() if (path / "__init__.py").exists()}
    page = (DOCS / "architecture.md").read_text(encoding="utf-8")
    assert {room for room in rooms if f"| `mailbot/{room}` |" not in page} == set()


def test_every_promise_and_every_threat_names_a_test() -> None:
    """T1 to T32 in order, P1 and on without a gap; each row names a test file at its end."""
    rows = re.findall(r"(?m)^\| ([PT])(\d+) \|.*\| ([^|]*) \|$", (DOCS / "security.md").read_text(encoding="utf-8"))
    numbers = {letter: [int(number) for one, number, _ in rows if one == letter] for letter in "PT"}
    assert numbers["T"] == list(range(1, 33))
    assert numbers["P"] == list(range(1, len(numbers["P"]) + 1))
    assert all(re.search(r"`tests/[\w/]+\.py`", held) for _, _, held in rows)


@cache
def said() -> str:
    """Return all that commands can say: their Indonesian words, and what they print themselves."""
    words = sorted((TOP / "templates" / "check" / "id").glob("*.yaml"))
    return "\n".join(
        path.read_text(encoding="utf-8") for path in (*words, *sorted((TOP / "mailbot" / "cli").rglob("*.py")))
    )


def test_what_the_guide_says_a_command_says_is_said() -> None:
    """What stands in “these marks” in the guide for admins stands in the words of commands."""
    page = (DOCS / "panduan-admin.md").read_text(encoding="utf-8")
    quoted = re.findall(r"“([^”]+)”", page)
    assert len(quoted) > 20
    assert [words for words in quoted if words not in said()] == []


def test_the_guide_installs_as_the_english_page_does() -> None:
    """Each line that is typed to install the service stands on the page that was tried, its remark left out."""
    guide = (DOCS / "panduan-admin.md").read_text(encoding="utf-8")
    section = guide.partition("### Sebagai layanan")[2].partition("\n## ")[0]
    typed = re.findall(r"(?m)^ {4}(\S.*)$", section)
    tried = (DOCS / "deploy" / "README.md").read_text(encoding="utf-8").splitlines()
    assert len(typed) > 8
    assert {line for line in typed if line not in {one.partition("#")[0].strip() for one in tried}} == set()
