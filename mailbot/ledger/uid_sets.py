"""Sets of UIDs as IMAP writes them, `1:40,42`: short enough to keep what a server has shown for as long as it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def uid_set(uids: Iterable[int]) -> str:
    """Write UIDs as a sequence set (RFC 9051, `sequence-set`), ascending, runs joined; empty for none."""
    runs: list[list[int]] = []
    for uid in sorted(set(uids)):
        if runs and uid == runs[-1][1] + 1:
            runs[-1][1] = uid
        else:
            runs.append([uid, uid])
    return ",".join(str(first) if first == last else f"{first}:{last}" for first, last in runs)


def uids_of(written: str) -> frozenset[int]:
    """Read such a set back."""
    uids: set[int] = set()
    for run in filter(None, written.split(",")):
        first, _, last = run.partition(":")
        uids.update(range(int(first), int(last or first) + 1))
    return frozenset(uids)


def size_of(written: str) -> int:
    """Return how many UIDs such a set holds, without spelling them out."""
    runs = (run.partition(":") for run in filter(None, written.split(",")))
    return sum(int(last or first) - int(first) + 1 for first, _, last in runs)
