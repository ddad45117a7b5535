"""What somebody changed in a draft without tracking it, found by how the draft read that he got (rows 6b and 7)."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING

from mailbot.core.remarks.remark import Marked, Remark, RemarkSource

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailbot.core.remarks.returned import Passage

_MOST_COMPARED, _MOST_PAIRS = 6_000, 60_000
"""So many passages, and pairs that say the same, are compared in order; else only what one says and the other not."""
_POPULAR_FROM, _POPULAR_PCT = 200, 1
"""What stands more often in a document of so many passages, a dash in a table say, is no place to begin by."""
_MOST_NAMED = 40
_LONGEST = 1_000


def untracked(back: Sequence[Passage], sent: Sequence[Passage]) -> Marked:
    """Return what a document says otherwise than the draft as it was sent, before any change that is tracked in it.

    Args:
        back: the passages of the document that came back; none: nobody knows them.
        sent: those of the draft.
    """
    if not back or not sent:
        return Marked()
    found = list(_changed(sent, back))
    return Marked(remarks=tuple(found[:_MOST_NAMED]), more=max(0, len(found) - _MOST_NAMED))


def _changed(then: Sequence[Passage], now: Sequence[Passage]) -> Iterator[Remark]:
    """Yield each passage that was written anew, taken out or put in."""
    for before, after in _pairs(then, now):
        for old, new in zip_longest(before, after):
            if new is None:
                yield Remark(source=RemarkSource.DELETED, text=old.text[:_LONGEST], heading=old.heading)
            elif old is None:
                yield Remark(source=RemarkSource.INSERTED, text=new.text[:_LONGEST], heading=new.heading)
            elif old.text != new.text:
                former = old.text[:_LONGEST]
                yield Remark(source=RemarkSource.REPLACED, text=new.text[:_LONGEST], former=former, heading=new.heading)


def _pairs(then: Sequence[Passage], now: Sequence[Passage]) -> Iterator[tuple[Sequence[Passage], Sequence[Passage]]]:
    """Yield the stretches that differ, side by side."""
    if max(len(then), len(now)) > _MOST_COMPARED or _pairs_alike(then, now) > _MOST_PAIRS:
        yield _only_in(then, now), ()
        yield (), _only_in(now, then)
        return
    compared = SequenceMatcher(None, [one.text for one in then], [one.text for one in now])
    for what, first, last, start, end in compared.get_opcodes():
        if what != "equal":
            yield then[first:last], now[start:end]


def _pairs_alike(then: Sequence[Passage], now: Sequence[Passage]) -> int:
    """Return how many pairs of passages say the same, without those that say what stands everywhere."""
    counts = Counter(one.text for one in now)
    many = len(now) * _POPULAR_PCT // 100 + 1 if len(now) >= _POPULAR_FROM else len(now)
    return sum(counts[one.text] for one in then if counts[one.text] <= many)


def _only_in(first: Sequence[Passage], second: Sequence[Passage]) -> list[Passage]:
    """Return the passages that one document has and the other has not."""
    known = {one.text for one in second}
    return [one for one in first if one.text not in known]
