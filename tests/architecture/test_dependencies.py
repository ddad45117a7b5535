"""The dependencies: bounded in pyproject.toml, pinned by hash, explained in docs/decisions.md, kept out of the core."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.architecture.source import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = [Requirement(line) for line in PYPROJECT["project"]["dependencies"]]
POSTGRES = [Requirement(line) for line in PYPROJECT["project"]["optional-dependencies"]["postgres"]]
TESTING = [Requirement(line) for line in PYPROJECT["project"]["optional-dependencies"]["dev"]]
BUILDING = [Requirement(line) for line in PYPROJECT["dependency-groups"]["build"]]
DIRECT = RUNTIME + POSTGRES + TESTING + BUILDING

LOCKS = {
    "requirements-build.lock": BUILDING,
    "requirements.lock": RUNTIME + POSTGRES,
    "requirements-dev.lock": RUNTIME + POSTGRES + TESTING,
}
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;]+)")


def pins(lock: str) -> dict[str, Version]:
    """Read a lock's exact versions by canonical name."""
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    return {canonicalize_name(found["name"]): Version(found["version"]) for line in lines if (found := PIN.match(line))}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_what_pyproject_asks_for(lock: str) -> None:
    """Each dependency is in its lock, in a version within its bounds."""
    pinned = pins(lock)
    wrong = [
        f"{wanted}: locked {pinned.get(canonicalize_name(wanted.name))}"
        for wanted in LOCKS[lock]
        if not wanted.specifier.contains(pinned.get(canonicalize_name(wanted.name), Version("0")))
    ]
    assert wrong == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_carries_its_hashes(lock: str) -> None:
    """Nothing is installed that was not seen when the lock was made."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"(?m)^(?=[A-Za-z0-9])", text)[1:]
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_locks_agree() -> None:
    """What is tested is what runs: a package has one version in all locks."""
    tested = pins("requirements-dev.lock")
    run, build = pins("requirements.lock"), pins("requirements-build.lock")
    assert {name: tested.get(name) for name in run} == run
    assert {name: tested[name] for name in build if name in tested} == {
        name: version for name, version in build.items() if name in tested
    }


@pytest.mark.parametrize("wanted", DIRECT, ids=lambda wanted: wanted.name)
def test_a_dependency_is_bounded_on_both_sides(wanted: Requirement) -> None:
    """A lower bound that was tried, an upper bound that was not."""
    assert {each.operator for each in wanted.specifier} == {">=", "<"}


@pytest.mark.parametrize("wanted", DIRECT, ids=lambda wanted: wanted.name)
def test_the_reason_for_a_dependency_is_written_down(wanted: Requirement) -> None:
    """A dependency is named in docs/decisions.md, with what it costs."""
    decisions = (ROOT / "docs" / "decisions.md").read_text(encoding="utf-8").lower()
    assert re.search(rf"(?<![\w-]){re.escape(wanted.name.lower())}(?![\w-])", decisions)


def test_the_core_is_kept_from_every_dependency() -> None:
    """R4: the contract of the core names the import of each runtime dependency."""
    contracts = {each["id"]: each for each in PYPROJECT["tool"]["importlinter"]["contracts"]}
    forbidden = set(contracts["pure-core"]["forbidden_modules"])
    wanted = {canonicalize_name(each.name) for each in RUNTIME + POSTGRES}
    imports = {
        module
        for module, names in packages_distributions().items()
        if wanted & {canonicalize_name(name) for name in names} and not module.startswith("_")
    }
    assert imports - forbidden == set()
