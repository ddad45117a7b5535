"""Sets of UIDs as IMAP writes them (RFC 9051, `sequence-set`): a folder of any size in a few words."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def uid_set(uids: Iterable[int]) -> str:
    """Write UIDs as a sequence set (RFC 9051, `sequence-set`), ascending, runs joined; empty for none."""
    return _written((uid, uid) for uid in set(uids))


def uids_of(written: str) -> frozenset[int]:
    """Read such a set back."""
    return frozenset(uid for first, last in _runs(written) for uid in range(first, last + 1))


def united(written: str, uids: Iterable[int]) -> str:
    """Return a set as it is written with these UIDs in it as well; what it holds is not spelled out for that."""
    return _written((*_runs(written), *((uid, uid) for uid in uids)))


def _written(parts: Iterable[tuple[int, int]]) -> str:
    """Write runs, in any order, as a set: those that touch are joined."""
    runs: list[list[int]] = []
    for first, last in sorted(parts):
        if runs and first <= runs[-1][1] + 1:
            runs[-1][1] = max(runs[-1][1], last)
        else:
            runs.append([first, last])
    return ",".join(str(first) if first == last else f"{first}:{last}" for first, last in runs)


def _runs(written: str) -> Iterator[tuple[int, int]]:
    """Yield first and last of each run of a set."""
    for run in filter(None, written.split(",")):
        first, _, last = run.partition(":")
        yield int(first), int(last or first)


@lru_cache(maxsize=64)
def size_of(written: str) -> int:
    """Return how many UIDs such a set holds, without spelling them out."""
    return sum(last - first + 1 for first, last in _runs(written))
