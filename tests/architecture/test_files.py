"""What every file looks like: a sentence at its head, a size one can hold in mind, a name that says something."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import PACKAGE, TESTS, Function, lines, place, tracked_names, tree

TOP_LEVEL = {
    *(".ci", ".dockerignore", ".gitignore"),
    *("mailbot", "templates", "config", "tests", "bench", "docs"),
    *("Dockerfile", "pyproject.toml", "requirements.lock", "requirements-build.lock", "requirements-dev.lock"),
    *("README.md", "CHANGELOG.md", "LICENSE", "Makefile"),
}
FILES_IN_A_ROOM = 20
LONGEST_FILE = 300
LONGER_FILES = {"mailbot/core/procedure/table.py": 400}
"""The procedure is one table that must be seen whole, with the names of what stands in it."""
LONGEST_FUNCTION = 40
SAYS_NOTHING = re.compile(r"(^|_)(utils?|helpers?|managers?|services?|handlers?)(_|$)", re.IGNORECASE)
CAMEL_JOINT = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
EXEMPTION = re.compile(r"#\s*(?:noqa|type:\s*ignore|pragma:\s*no cover|nosec)\b(?P<rest>.*)")
CODES = re.compile(r"^(:\s*[A-Z]+[0-9]+(,\s*[A-Z]+[0-9]+)*|\[[a-z, -]+\])")
LEFT_UNDONE = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|raise NotImplementedError|#.*\bfor now\b", re.IGNORECASE)
REFUSED_IN_TESTS = re.compile(
    r"(^|\.)(monkeypatch\.(setattr|setitem)|time\.sleep|asyncio\.sleep|mark\.(skip|skipif|xfail)|unittest\.mock)$"
)


def functions(path: Path) -> Iterator[Function]:
    """Give every function and method of a file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, Function):
            yield node


def test_a_file_begins_with_one_sentence_that_says_what_it_is_for() -> None:
    """The first line of a file's docstring is one whole sentence, and what follows stands apart."""
    heads = {place(path): [*(ast.get_docstring(tree(path)) or "").splitlines(), "", ""] for path in PACKAGE}
    assert {name: head[:2] for name, head in heads.items() if not head[0].endswith((".", "!", "?")) or head[1]} == {}


def test_the_checkout_holds_nothing_else() -> None:
    """What a test or a bench left lying beside the source is seen here, and not committed with the next change."""
    assert {name.partition("/")[0] for name in tracked_names()} <= TOP_LEVEL


def test_a_room_holds_few_files() -> None:
    """More than these nobody keeps apart; what belongs together gets a room of its own."""
    rooms = Counter(path.parent for path in PACKAGE)
    assert {place(room): count for room, count in rooms.items() if count > FILES_IN_A_ROOM} == {}


def test_a_file_is_short() -> None:
    """A file is about one thing and fits in mind."""
    sizes = {place(path): len(lines(path)) for path in PACKAGE}
    assert {name: size for name, size in sizes.items() if size >= LONGER_FILES.get(name, LONGEST_FILE)} == {}


def test_a_function_is_short() -> None:
    """A function does one thing and fits on a screen; its docstring counts."""
    sizes = {
        f"{place(path)}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in PACKAGE
        for node in functions(path)
    }
    assert {name: size for name, size in sizes.items() if size >= LONGEST_FUNCTION} == {}


def test_a_name_says_something() -> None:
    """No module, class or function is called after the fact that it is useful."""
    named = {(place(path), name) for path in PACKAGE for name in (path.stem, path.parent.name)}
    for path in PACKAGE:
        named |= {
            (place(path), node.name) for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef | Function)
        }
    assert {(where, name) for where, name in named if SAYS_NOTHING.search(CAMEL_JOINT.sub("_", name))} == set()


def test_an_exemption_stands_with_its_code_and_its_reason() -> None:
    """A linter is silenced for one rule at a time, and the line says why."""
    bare = []
    for path in PACKAGE + TESTS:
        for number, line in enumerate(lines(path), 1):
            if (found := EXEMPTION.search(line)) and "EXEMPTION = " not in line:
                codes = CODES.match(found["rest"])
                reason = found["rest"][codes.end() :] if codes else ""
                if len(re.findall(r"\w+", reason)) < 2:
                    bare.append(f"{place(path)}:{number}: {line.strip()}")
    assert bare == []


def test_nothing_is_left_undone() -> None:
    """No marker of unfinished work stands in the package."""
    assert [
        f"{place(path)}:{number}: {line.strip()}"
        for path in PACKAGE
        for number, line in enumerate(lines(path), 1)
        if LEFT_UNDONE.search(line)
    ] == []


def test_no_error_is_swallowed() -> None:
    """An except names what it catches and does something about it."""
    assert [
        f"{place(path)}:{node.lineno}"
        for path in PACKAGE
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or all(isinstance(statement, ast.Pass) for statement in node.body))
    ] == []


def test_a_test_uses_no_mock_no_sleep_and_no_mark_that_hides_it() -> None:
    """Fakes are small honest implementations, clocks are moved by hand, and a test runs or fails."""
    assert [
        f"{place(path)}:{node.lineno}: {ast.unparse(node)}"
        for path in TESTS
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and REFUSED_IN_TESTS.search(ast.unparse(node))
    ] == []


def test_every_test_says_in_a_sentence_what_it_holds() -> None:
    """A test function has a docstring."""
    assert [
        f"{place(path)}:{node.lineno}: {node.name}"
        for path in TESTS
        if path.name.startswith("test_")
        for node in functions(path)
        if node.name.startswith("test_") and not ast.get_docstring(node)
    ] == []


def test_the_rules_of_this_folder_see_the_whole_package() -> None:
    """The lists of files reach from the map to the tests of this folder."""
    assert {"mailbot/__init__.py", "mailbot/core/decide.py", "mailbot/cli/app.py"} <= {place(path) for path in PACKAGE}
    assert "tests/architecture/test_files.py" in {place(path) for path in TESTS}
