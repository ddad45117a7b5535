"""Each line that installs takes what the locks hold, by hash, unresolved; none sends people to an index by name."""

from __future__ import annotations

import os
import re
import shlex
import subprocess

import pytest

from tests.architecture.source import ROOT, tracked_texts
from tests.architecture.test_dependencies import LOCKS

# What make runs when it installs: the two stamps of the checkout, and the installation to stay.
TARGETS = (".venv/runtime.stamp", ".venv/dev.stamp", "install")
PAGES = (
    "Dockerfile",
    ".ci/packages",
    ".ci/run",
    "README.md",
    *(page.relative_to(ROOT).as_posix() for page in sorted(ROOT.glob("docs/**/*.md"))),
)

COMMAND = re.compile(
    r"(?:^|[\s/`])pip[\d.]*\s[^\n`]*?\b(?:install|wheel|download)\s+(?P<words>[^\n`&;]+)", re.MULTILINE
)
BY_NAME = re.compile(
    r"\b(?:pip[\d.]*|pipx|uv)(?:\s+(?:pip|tool|-\S+))*\s+(?:install|upgrade|download)\b[^`&|;]{0,80}?"
    r"[\s\"'=]mailbot(?:-lkjip)?(?=[\[\"'`\s<>=~!,.;)]|$)",
    re.IGNORECASE,
)


def made_by_make(target: str) -> str:
    """Give the commands that make would run for a target, with its variables filled in."""
    command = ["make", "--dry-run", "--always-make", target]
    alone = {"PATH": os.environ["PATH"], "HOME": str(ROOT)}  # not what a make around this test passes on
    return subprocess.run(command, cwd=ROOT, env=alone, capture_output=True, text=True, check=True).stdout


def installing(text: str) -> list[str]:
    """Give what follows `pip install` or `pip wheel` in each command of a text."""
    return [found["words"].strip() for found in COMMAND.finditer(text.replace("\\\n", " "))]


def fault(command: str) -> str | None:
    """Say what is wrong with the words behind `pip install`: it must take a lock, the checkout, or wheels just made."""
    words = shlex.split(command)
    valued = {at + 1 for at, word in enumerate(words) if word in {"-r", "-w"}}
    locks = {words[at] for at in valued if words[at - 1] == "-r"}
    named = [word for at, word in enumerate(words) if not word.startswith("-") and at not in valued]
    if "--no-deps" not in words:
        return f"resolves: {command}"
    if locks:
        return None if locks <= {*LOCKS} and not named and "--require-hashes" in words else f"asks no hash: {command}"
    if named == ["."]:
        return None if "--no-build-isolation" in words else f"fetches what builds without a hash: {command}"
    if "--no-index" in words and all(word.endswith("/*.whl") for word in named):
        return None
    return f"takes what no lock holds: {command}"


@pytest.mark.parametrize("target", TARGETS)
def test_make_installs_what_the_locks_hold_and_checks_it(target: str) -> None:
    """The locks by hash, then the project itself, then `pip check`."""
    text = made_by_make(target)
    commands = installing(text)
    assert any("--require-hashes" in command for command in commands)
    assert [wrong for command in commands if (wrong := fault(command))] == []
    assert re.search(r" pip [^\n]*\bcheck\b", text[text.rindex(commands[-1]) :])


@pytest.mark.parametrize("page", PAGES)
def test_a_page_installs_what_the_locks_hold(page: str) -> None:
    """The image and the pages do as make does, or say which target of make to call."""
    text = (ROOT / page).read_text(encoding="utf-8")
    assert [wrong for command in installing(text) if (wrong := fault(command))] == []


def test_the_image_is_installed_and_checked() -> None:
    """The rule above sees the lines of the Dockerfile, and `pip check` follows them."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    commands = installing(text)
    assert len(commands) == 4
    assert "/opt/mailbot/bin/pip check" in text[text.rindex(commands[-1]) :]


@pytest.mark.parametrize("page", ["README.md", "docs/running.md"])
def test_the_pages_install_by_make(page: str) -> None:
    """One documented way, the one whose line is tried in test_installing.py."""
    assert "make install" in (ROOT / page).read_text(encoding="utf-8")


def on_one_line(text: str) -> str:
    """Join what an end of a line tears apart: a paragraph, a comment, a string in two pieces."""
    return re.sub(r"[\s\"'\\]*\n[\s#\"']*|\s+", " ", text)


def test_nothing_sends_people_to_an_index_by_name() -> None:
    """No message, page, docstring or error: the package's name belongs to somebody else there."""
    found = {name: match.group() for name, text in tracked_texts() if (match := BY_NAME.search(on_one_line(text)))}
    assert found == {}


@pytest.mark.parametrize(
    "line",
    [
        "pip install NAME",
        "needs the extra: pip install 'NAME[postgres]'.",
        "(`pip install\n'NAME[postgres]'`)",
        '"type pip install "\n    "NAME"',
        "pip3.11 install --upgrade --user NAME==0.2",
        "python -m pip -q install -U NAME",
        "uv pip install NAME-lkjip",
        "uv tool install NAME",
        "pipx upgrade NAME",
    ],
)
def test_an_install_by_name_would_be_seen(line: str) -> None:
    """The pattern above finds the ways in which people write it, over the end of a line as well."""
    text = line.replace("NAME", "mailbot")
    assert BY_NAME.search(on_one_line(text))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("pip install .", "resolves"),
        ("/opt/mailbot/bin/pip install '.[postgres]'", "resolves"),
        ("pip install --require-hashes -r requirements.lock", "resolves"),
        ("pip install --no-deps -r requirements.lock", "asks no hash"),
        ("pip install --no-deps --require-hashes -r other.txt", "asks no hash"),
        ("pip install --no-deps --editable .", "fetches what builds"),
        ("pip wheel --no-deps -w /wheels dkimpy", "takes what no lock holds"),
    ],
)
def test_a_line_that_takes_something_else_would_be_seen(line: str, says: str) -> None:
    """Each way in which a line was or could be wrong."""
    (command,) = installing(line)
    assert str(fault(command)).startswith(says)
