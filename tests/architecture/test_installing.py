"""The Makefile's own install lines, tried on an index that has gone on since the locks were made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.version import Version

from tests.architecture.small_index import BUILDING, LOCKS, PROJECT, RUNNING, TESTING, Checkout, served

pytestmark = pytest.mark.slow

KEEPS_TO_THE_LOCK = Version("23.3")
"""The first pip that, left to resolve, takes an extra in the version that the lock pins."""

RUNTIME = "runtime"
STAMPS = {RUNTIME: BUILDING | RUNNING, "dev": BUILDING | TESTING}
"""What must be in the virtual environment once make has made the stamp, beside the project itself. Both are made by one
recipe; that either brings what is locked is tried always, how it refuses by default with one."""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    """Make the virtual environment once; each test works on a copy."""
    with served(tmp_path_factory.mktemp("index")) as index:
        checkout = Checkout(tmp_path_factory.mktemp("checkout"), index)
        checkout.prepare()
        yield checkout


@pytest.fixture
def checkout(prepared: Checkout, tmp_path: Path) -> Checkout:
    """Give a checkout in which nothing is installed yet but what builds."""
    return prepared.copied(tmp_path / "checkout")


def ours(installed: dict[str, str]) -> dict[str, str]:
    """Leave out what a new virtual environment brings."""
    return {name: version for name, version in installed.items() if name not in {"pip", "setuptools"}}


def falsify(checkout: Checkout, name: str) -> None:
    """Let the locks expect another file than the index has."""
    for lock in LOCKS:
        text = (checkout.folder / lock).read_text(encoding="utf-8")
        digest = text.partition(f"{name}==1.0 --hash=sha256:")[2][:64]
        (checkout.folder / lock).write_text(text.replace(digest, digest[::-1]), encoding="utf-8")


@pytest.mark.parametrize("stamp", STAMPS)
def test_the_locked_versions_come(checkout: Checkout, stamp: str) -> None:
    """Whatever pip this Python brings: an extra is not resolved past the lock, and nothing outside of it is fetched."""
    made = checkout.make(f".venv/{stamp}.stamp")
    assert made.returncode == 0, made.stdout + made.stderr
    assert ours(checkout.installed()) == STAMPS[stamp] | {PROJECT: "1.0"}
    assert {name.split("-")[1].removesuffix(".tar.gz") for name in checkout.index.fetched} == {"1.0"}


@pytest.mark.parametrize("stamp", [RUNTIME, pytest.param("dev", marks=pytest.mark.sweep)])
def test_a_line_that_resolves_breaks_with_an_older_pip(checkout: Checkout, stamp: str) -> None:
    """The control: the line without --no-deps asks pips before 23.3 for the newer release, which the lock forbids."""
    made = checkout.make(f".venv/{stamp}.stamp", "AS_LOCKED=-qq --use-pep517 --no-build-isolation")
    if Version(checkout.installed()["pip"]) < KEEPS_TO_THE_LOCK:
        assert made.returncode != 0
        assert "In --require-hashes mode, all requirements must have their versions pinned" in made.stderr
        assert "house[kitchen]" in made.stderr
    else:
        assert ours(checkout.installed()) == STAMPS[stamp] | {PROJECT: "1.0"}


@pytest.mark.parametrize("stamp", [RUNTIME, pytest.param("dev", marks=pytest.mark.sweep)])
def test_a_lock_that_lacks_something_is_noticed(checkout: Checkout, stamp: str) -> None:
    """Nothing is resolved, so `pip check` says what is missing, and make does not go on."""
    for lock in LOCKS:
        text = (checkout.folder / lock).read_text(encoding="utf-8")
        (checkout.folder / lock).write_text(re.sub("(?m)^house.*\n", "", text), encoding="utf-8")
    made = checkout.make(f".venv/{stamp}.stamp")
    assert made.returncode != 0
    assert "visitor 1.0 requires house, which is not installed." in made.stdout
    assert not (checkout.folder / ".venv" / f"{stamp}.stamp").exists()


@pytest.mark.parametrize("stamp", [RUNTIME, pytest.param("dev", marks=pytest.mark.sweep)])
def test_a_file_with_another_hash_is_not_installed(checkout: Checkout, stamp: str) -> None:
    """What was not seen when the lock was made does not come in, under its own name and version either."""
    falsify(checkout, "house")
    made = checkout.make(f".venv/{stamp}.stamp")
    assert made.returncode != 0
    assert "DO NOT MATCH THE HASHES" in made.stderr
    assert not {*RUNNING, PROJECT} & {*checkout.installed()}


def test_an_installation_to_stay_is_renewed_as_a_whole(checkout: Checkout) -> None:
    """What runs and nothing else; a renewal that fails to fetch touches nothing; what the office laid beside it stays.

    The folder has a blank in its name, and a tilde before it as some shells leave it.
    """
    where, place = "PREFIX=~/my mailbot", checkout.folder / "my mailbot"
    made = checkout.make("install", where)
    assert made.returncode == 0, made.stdout + made.stderr
    assert ours(checkout.installed("my mailbot")) == RUNNING | {PROJECT: "1.0"}
    assert {name.split("-")[1].removesuffix(".tar.gz") for name in checkout.index.fetched} == {"1.0"}

    office, former = (
        place / "kantor" / "office.yaml",
        next(place.glob("lib/python3*/site-packages")) / "old-1.0.dist-info",
    )
    office.parent.mkdir()
    office.write_text("agency: ours\n", encoding="utf-8")
    former.mkdir()
    (former / "METADATA").write_text("Metadata-Version: 2.1\nName: old\nVersion: 1.0\n", encoding="utf-8")
    good = (checkout.folder / "requirements.lock").read_bytes()
    falsify(checkout, "visitor")
    assert "DO NOT MATCH THE HASHES" in checkout.make("install", where).stderr
    assert ours(checkout.installed("my mailbot")) == RUNNING | {PROJECT: "1.0", "old": "1.0"}

    (checkout.folder / "requirements.lock").write_bytes(good)
    assert checkout.make("install", where).returncode == 0
    assert ours(checkout.installed("my mailbot")) == RUNNING | {PROJECT: "1.0"}
    assert office.read_text(encoding="utf-8") == "agency: ours\n"


@pytest.mark.parametrize("prefix", ["", ".", "letters", "letters/one.txt", ".venv"])
def test_a_place_with_something_else_in_it_is_refused(checkout: Checkout, prefix: str) -> None:
    """Before anything is fetched, and with nothing taken away."""
    (checkout.folder / "letters").mkdir()
    (checkout.folder / "letters" / "one.txt").touch()
    before = sorted(checkout.folder.rglob("*"))
    made = checkout.make("install", f"PREFIX={prefix}")
    assert made.returncode != 0
    assert made.stdout == (
        f"PREFIX={prefix} is refused: it wants a folder that is empty, not there yet, or made by make install, "
        f"as PREFIX={checkout.folder}/mailbot-app.\n"
    )
    assert (sorted(checkout.folder.rglob("*")), checkout.index.fetched) == (before, set())


def test_a_python_without_venv_is_told_of_in_one_line(checkout: Checkout, tmp_path: Path) -> None:
    """No traceback before it: for whoever is not root there is one thing to do, and the line says it."""
    python, tools = tmp_path / "python3.11", tmp_path / "tools"
    python.write_text("#!/bin/sh\necho 'Traceback: No module named ensurepip' >&2\nexit 1\n", encoding="utf-8")
    python.chmod(0o755)
    tools.mkdir()
    (tools / "id").write_text("#!/bin/sh\necho 1000\n", encoding="utf-8")
    (tools / "id").chmod(0o755)
    (checkout.folder / ".venv").rename(tmp_path / "elsewhere")
    made = checkout.make(f"PYTHON={python}", ".venv/build.stamp", PATH=f"{tools}:/usr/bin:/bin")
    assert made.stdout == f"{python} has no venv. On Debian or Ubuntu: sudo apt-get install python3.11-venv\n"
    assert made.stderr.count("\n") == 1
    assert made.stderr.startswith("make: ***")
