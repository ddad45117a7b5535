"""Story 01 killed at its seams, on SQLite and on PostgreSQL: some of them, or every one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from mailbot.ledger import cycles, journal, letters
from mailbot.ledger.ledger import Ledger, open_ledger
from tests.copied import empty, empty_ledger
from tests.crash.seams import READS, WRITES
from tests.crash.story import Played, play

PARTS = 4
"""The whole sweep in as many parts, so that several cores share it."""
Choose = Callable[[tuple[str, ...]], Iterable[int]]
"""From the names of all seams of a story, in order: at which to die, counted from 1."""


def sweep(ledger: Ledger, folder: Path, choose: Choose) -> None:
    """Play the calm story, then once for every chosen seam, and compare how it ends; each begins without a row."""
    calm = play(ledger, folder / "calm")
    assert calm.end.closed
    assert set(calm.copies.values()) == {1}
    for seam in choose(calm.names):
        empty(ledger)
        check(play(ledger, folder / str(seam), kill_at=seam), calm, seam)


def first_and_last(names: tuple[str, ...]) -> list[int]:
    """Choose the first and the last seam of each kind; `make sweep` takes every one."""
    first = {name: place for place, name in reversed([*enumerate(names, 1)])}
    last = {name: place for place, name in enumerate(names, 1)}
    return sorted({*first.values(), *last.values()})


def middle(names: tuple[str, ...]) -> list[int]:
    """Choose of each kind the seam that has as many of its kind before it as after it."""
    places = {name: [place for place, other in enumerate(names, 1) if other == name] for name in names}
    return sorted(found[len(found) // 2] for found in places.values())


def part_of(part: int) -> Choose:
    """Choose every seam that falls to one part of the sweep."""
    return lambda names: range(part, len(names) + 1, PARTS)


def check(played: Played, calm: Played, seam: int) -> None:
    """Same end, at most one repeat of one letter, the same bytes in every copy."""
    where = f"seam {seam} ({played.died_at})"
    assert played.died_at, where
    assert played.end == calm.end, where
    assert sum(played.copies.values()) - len(played.copies) <= 1, where
    assert played.different_bytes == frozenset(), where


def test_whatever_writes_into_the_ledger_has_a_seam() -> None:
    """A new door of the ledger must be named as writing or reading before the story counts as complete."""
    with open_ledger("sqlite://") as ledger:
        parts = {name: part for name, part in vars(ledger).items() if name != "engine"}
        doors = {"ledger": _doors(ledger)} | {name: _doors(part) for name, part in parts.items()}
    only_read = {"letters": letters, "cycles": cycles, "journal": journal}
    assert {name: found for name, found in doors.items() if name not in only_read} == {
        name: WRITES[name] | READS[name] for name in WRITES
    }
    assert [name for name, module in only_read.items() if "writing" in vars(module)] == []


def _doors(part: object) -> frozenset[str]:
    """Return the public methods of a part of the ledger."""
    classes = type(part).__mro__[:-1]
    return frozenset(
        name for kind in classes for name, found in vars(kind).items() if callable(found) and not name.startswith("_")
    )


def test_the_story_dies_at_the_looks_at_the_mailbox_too(tmp_path: Path) -> None:
    """Every kind of write of a calm cycle is passed: what the server showed and who may have signed included."""
    with open_ledger("sqlite://") as ledger:
        passed = set(play(ledger, tmp_path).names)
    for door in ("ledger.commit", "inbox.keep", "looks.compare", "inbox.begin_attempt", "files.keep", "notes.write"):
        assert {f"before {door}", f"after {door}"} <= passed


def test_a_death_at_some_seams_changes_nothing_on_sqlite(tmp_path: Path) -> None:
    """SQLite, the first and the last seam of each kind."""
    with empty_ledger() as ledger:
        sweep(ledger, tmp_path, first_and_last)


@pytest.mark.sweep
@pytest.mark.parametrize("part", range(1, PARTS + 1))
def test_a_death_at_every_seam_changes_nothing_on_sqlite(tmp_path: Path, part: int) -> None:
    """SQLite, every seam."""
    with empty_ledger() as ledger:
        sweep(ledger, tmp_path, part_of(part))


@pytest.mark.servers
def test_a_death_at_some_seams_changes_nothing_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    """PostgreSQL, a seam of every fourth kind in the midst of the story."""
    with open_ledger(postgres_url) as ledger:
        sweep(ledger, tmp_path, lambda names: middle(names)[::4])


@pytest.mark.sweep
@pytest.mark.servers
@pytest.mark.parametrize("part", range(1, PARTS + 1))
def test_a_death_at_every_seam_changes_nothing_on_postgresql(tmp_path: Path, postgres_url: str, part: int) -> None:
    """PostgreSQL, every seam."""
    with open_ledger(postgres_url) as ledger:
        sweep(ledger, tmp_path, part_of(part))
