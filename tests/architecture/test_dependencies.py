"""The dependencies: bounded in pyproject.toml, pinned by hash, explained in docs/decisions.md, kept out of the core."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, packages_distributions, requires

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.architecture.source import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = [Requirement(line) for line in PYPROJECT["project"]["dependencies"]]
POSTGRES = [Requirement(line) for line in PYPROJECT["project"]["optional-dependencies"]["postgres"]]
BOARD = [Requirement(line) for line in PYPROJECT["project"]["optional-dependencies"]["board"]]
TESTING = [Requirement(line) for line in PYPROJECT["project"]["optional-dependencies"]["dev"]]
BUILDING = [Requirement(line) for line in PYPROJECT["dependency-groups"]["build"]]
DIRECT = RUNTIME + POSTGRES + BOARD + TESTING + BUILDING

LOCKS = {
    "requirements-build.lock": BUILDING,
    "requirements.lock": RUNTIME + POSTGRES + BOARD,
    "requirements-dev.lock": RUNTIME + POSTGRES + BOARD + TESTING,
}
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;]+)(?: ; (?P<marker>.*?))?(?: \\)?$")


def pins(lock: str, target: dict[str, str] | None = None) -> dict[str, Version]:
    """Read a lock's exact versions by canonical name; with a target, those that are installed there."""
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    return {
        canonicalize_name(found["name"]): Version(found["version"])
        for line in lines
        if (found := PIN.match(line))
        and (target is None or not found["marker"] or Marker(found["marker"]).evaluate(target))
    }


def needs(name: str, target: dict[str, str]) -> list[Requirement]:
    """Read what an installed package needs on a target (its Python, an extra), if it is installed here."""
    try:
        lines = requires(name) or []
    except PackageNotFoundError:
        return []
    wanted = [Requirement(line) for line in lines]
    return [each for each in wanted if each.marker is None or each.marker.evaluate(target)]


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


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_is_complete(lock: str, python: str) -> None:
    """It is installed without resolving: whatever a package needs is in it, what an extra needs (unseen by pip) too."""
    target = {"python_version": python, "python_full_version": f"{python}.0"}
    pinned, missing, seen = pins(lock, target), [], set[tuple[str, str]]()
    open_ends = [(wanted, "pyproject.toml") for wanted in LOCKS[lock]]
    while open_ends:
        wanted, by = open_ends.pop()
        name = canonicalize_name(wanted.name)
        if name not in pinned or not wanted.specifier.contains(pinned[name], prereleases=True):
            missing.append(f"{wanted}, needed by {by}: locked {pinned.get(name)}")
        for extra in {"", *wanted.extras} - {extra for known, extra in seen if known == name}:
            seen.add((name, extra))
            open_ends += [(each, name) for each in needs(name, target | {"extra": extra})]
    assert missing == []


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
