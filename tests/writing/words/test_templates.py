"""The YAML files of words: an office's own that is broken or lacks something is told with its place, never raised."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mailbot.errors import TemplateProblem
from mailbot.writing.selfcheck.lint import lint_templates
from mailbot.writing.words.templates import overlaid, read_all_words, read_words, shipped_templates

FILES = ["words.yaml", "form.yaml", "report.yaml", "recap.yaml", "faults.yaml"]


def own(tmp_path: Path, name: str, text: str) -> Path:
    """Put a file of words of the office's own before mailbot's, and return it."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def told(tmp_path: Path) -> list[str]:
    """Return what is wrong with the templates, the folder's name taken away."""
    return [line.replace(f"{tmp_path}/", "") for line in lint_templates((tmp_path, shipped_templates()))]


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_yaml_is_told_with_its_line(name: str, tmp_path: Path) -> None:
    """A tab is the commonest slip; the sentence is that of the settings."""
    own(tmp_path, name, "satu: dua\n\ttiga: empat\n")
    assert told(tmp_path) == [
        f"{name}:2: di sini ada tab (YAML dijorokkan dengan spasi; ganti setiap tab dengan dua spasi)"
    ]


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_table_is_told(name: str, tmp_path: Path) -> None:
    """Empty, or a list."""
    for text in ("", "- satu\n"):
        own(tmp_path, name, text)
        assert told(tmp_path) == [f"{name} is not a table of words"]


def test_what_an_office_left_out_of_its_own_file_is_told(tmp_path: Path) -> None:
    """Found before the first report is made, not by it."""
    shipped = (shipped_templates() / "report.yaml").read_text(encoding="utf-8")
    own(
        tmp_path,
        "report.yaml",
        shipped.replace("    same: tetap\n", "").replace("sort:\n  up: positif", "sort:\n  up: [a]"),
    )
    assert told(tmp_path) == [
        "report.yaml: 'sort.up' must be one text",
        "report.yaml: 'accountability.moved.same' is missing",
    ]


def test_a_brace_that_is_not_closed_is_told(tmp_path: Path) -> None:
    """It would stop every letter of its kind."""
    shipped = (shipped_templates() / "recap.yaml").read_text(encoding="utf-8")
    own(tmp_path, "recap.yaml", shipped.replace("Data Kinerja {period}", "Data Kinerja {period"))
    assert told(tmp_path) == ["recap.yaml: 'title' has a brace too many or too few: expected '}' before end of string"]


def test_words_of_ones_own_need_not_be_all_of_them(tmp_path: Path) -> None:
    """They are laid over mailbot's, group by group."""
    words = read_words(shipped_templates() / "words.yaml")
    group = next(name for name, held in words.items() if isinstance(held, dict))
    key = next(iter(words[group]))
    path = own(tmp_path, "words.yaml", f"{group}:\n  {key}: kata kami sendiri\n")
    assert told(tmp_path) == []
    assert overlaid(words, read_words(path)) == words | {group: words[group] | {key: "kata kami sendiri"}}


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    """Saved by Notepad as UTF-16."""
    (tmp_path / "form.yaml").write_bytes("satu: dua\n".encode("utf-16"))
    with pytest.raises(TemplateProblem, match=r"form\.yaml:1: ini bukan teks UTF-8"):
        read_words(tmp_path / "form.yaml")


def test_what_stands_below_unopened_files_is_looked_over(tmp_path: Path) -> None:
    """It is met rarely, and would stop that letter."""
    (tmp_path / "letters").mkdir()
    own(tmp_path / "letters", "_unopened.j2", "{{ answers.unopened|length }} {{ berkas }}")
    assert told(tmp_path) == ["letters/_unopened.j2: no letter is given a value 'berkas'"]
    own(tmp_path / "letters", "_unopened.j2", "{% if %}")
    assert told(tmp_path)[0].startswith("letters/_unopened.j2: ")


def test_words_that_are_edited_while_it_runs_are_the_new_ones(tmp_path: Path) -> None:
    """Words laid over each other are kept for as long as neither file changes, and an office's own can also go."""
    folders = (tmp_path, shipped_templates())
    usual = read_all_words(folders)["none"]
    for word in ("nihil", "kosong"):
        path = own(tmp_path, "words.yaml", f"none: {word}\n")
        os.utime(path, ns=(0, len(word)))  # two edits within one tick of the disk's clock are told apart by nobody
        assert read_all_words(folders)["none"] == word
        assert read_all_words(folders)["missing"] == read_all_words((shipped_templates(),))["missing"]
    path.unlink()
    assert read_all_words(folders)["none"] == usual
