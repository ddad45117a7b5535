"""What every file looks like: a sentence at its head, a size one can hold in mind, a name that says something."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, TESTS, Function, defined_names, place, tree

LONGEST_FILE = 300
LONGEST_FUNCTION = 40
SAYS_NOTHING = re.compile(r"(^|_)(utils?|helpers?|managers?|services?|handlers?)(_|$)", re.IGNORECASE)
CAMEL_JOINT = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
EXEMPTION = re.compile(r"#\s*(?:noqa|type:\s*ignore|pragma:\s*no cover|nosec)\b(?P<rest>.*)")
CODES = re.compile(r"^(:\s*[A-Z]+[0-9]+(,\s*[A-Z]+[0-9]+)*|\[[a-z, -]+\])")
LEFT_UNDONE = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|raise NotImplementedError|#.*\bfor now\b", re.IGNORECASE)
REFUSED_IN_TESTS = re.compile(
    r"(^|\.)(monkeypatch\.(setattr|setitem)|time\.sleep|asyncio\.sleep|mark\.(skip|skipif|xfail)|unittest\.mock)$"
)


@pytest.mark.parametrize("path", PACKAGE, ids=place)
def test_a_file_begins_with_one_sentence_that_says_what_it_is_for(path: Path) -> None:
    """The first line of the file's docstring is one whole sentence."""
    first, *more = (ast.get_docstring(tree(path)) or "").splitlines() or [""]
    assert first.endswith((".", "!", "?"))
    assert not more or not more[0]


@pytest.mark.parametrize("path", PACKAGE, ids=place)
def test_a_file_is_short(path: Path) -> None:
    """A file is about one thing and fits in mind."""
    assert len(path.read_text(encoding="utf-8").splitlines()) < LONGEST_FILE


@pytest.mark.parametrize("path", PACKAGE, ids=place)
def test_a_function_is_short(path: Path) -> None:
    """A function does one thing and fits on a screen; its docstring counts."""
    lengths = {
        f"{node.name} (line {node.lineno})": (node.end_lineno or node.lineno) - node.lineno + 1
        for node in ast.walk(tree(path))
        if isinstance(node, Function)
    }
    assert {name: length for name, length in lengths.items() if length >= LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("path", PACKAGE, ids=place)
def test_a_name_says_something(path: Path) -> None:
    """No module, class or function is called after the fact that it is useful."""
    named = [path.stem, path.parent.name]
    named += [node.name for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef | Function)]
    assert [name for name in named if SAYS_NOTHING.search(CAMEL_JOINT.sub("_", name))] == []


@pytest.mark.parametrize("path", PACKAGE + TESTS, ids=place)
def test_an_exemption_stands_with_its_code_and_its_reason(path: Path) -> None:
    """A linter is silenced for one rule at a time, and the line says why."""
    bare = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if (found := EXEMPTION.search(line)) and "EXEMPTION = " not in line:
            codes = CODES.match(found["rest"])
            reason = found["rest"][codes.end() :] if codes else ""
            if len(re.findall(r"\w+", reason)) < 2:
                bare.append(f"{number}: {line.strip()}")
    assert bare == []


@pytest.mark.parametrize("path", PACKAGE, ids=place)
def test_nothing_is_left_undone(path: Path) -> None:
    """No marker of unfinished work stands in the package."""
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [f"{number}: {line.strip()}" for number, line in enumerate(lines, 1) if LEFT_UNDONE.search(line)] == []


@pytest.mark.parametrize("path", PACKAGE, ids=place)
def test_no_error_is_swallowed(path: Path) -> None:
    """An except names what it catches and does something about it."""
    silent = [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or all(isinstance(statement, ast.Pass) for statement in node.body))
    ]
    assert silent == []


@pytest.mark.parametrize("path", TESTS, ids=place)
def test_a_test_uses_no_mock_no_sleep_no_mark_that_hides_it(path: Path) -> None:
    """Fakes are small honest implementations, clocks are moved by hand, and a test runs or fails."""
    used = {ast.unparse(node) for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}
    assert {name for name in used if REFUSED_IN_TESTS.search(name)} == set()


@pytest.mark.parametrize("path", [path for path in TESTS if path.name.startswith("test_")], ids=place)
def test_every_test_says_in_a_sentence_what_it_holds(path: Path) -> None:
    """A test function has a docstring."""
    tests = [node for node in ast.walk(tree(path)) if isinstance(node, Function) and node.name.startswith("test_")]
    assert [test.name for test in tests if not ast.get_docstring(test)] == []


def test_the_rules_of_this_folder_see_the_whole_package() -> None:
    """The list of files is not empty and names reach the checks."""
    assert "mailbot/core/decide.py" in {place(path) for path in PACKAGE}
    assert {"decide"} <= {name for path in PACKAGE for _, name in defined_names(path)}
