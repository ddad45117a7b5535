"""Remarks made of what the parts of a Word file hold: comments with their anchors, tracked changes in their places."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.language.nik import masked
from mailbot.core.remarks.remark import PARAGRAPH, Remark, RemarkSource
from mailbot.reading.marks.stream import Did, Mode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.reading.marks.comments import Comment, Threads
    from mailbot.reading.marks.stream import Change, Stream

_LONGEST_TEXT, _LONGEST_QUOTE = 1_000, 240
_SOURCES = {
    Did.INSERTED: RemarkSource.INSERTED,
    Did.DELETED: RemarkSource.DELETED,
    Did.MOVED_HERE: RemarkSource.MOVED,
    Did.MOVED_AWAY: RemarkSource.MOVED,
}
_ROWS = {Mode.NEW: RemarkSource.ROW_INSERTED, Mode.GONE: RemarkSource.ROW_DELETED}


NOWHERE = (1 << 30, 0)
"""The place of a comment that is anchored nowhere: behind all others."""
Placed = tuple[tuple[int, int], Remark]
"""A remark with its place: in which part it stands, and where in it."""


def shown(text: str, most: int = _LONGEST_TEXT) -> str:
    """Return a text as a remark holds it: without a number like a NIK, no longer than it may be."""
    text = masked(text)
    return text if len(text) <= most else f"{text[:most]}…"


def commented(comments: tuple[Comment, ...], threads: Threads, streams: list[Stream]) -> Iterator[Placed]:
    """Yield the comments in the order in which their anchors stand, each answer behind what it answers."""
    anchors: dict[tuple[int, int, int], int] = {}
    found: list[Placed] = []
    parents = threads.parents(comments)
    for number, one in enumerate(comments):
        place = _place(one, streams)
        if not threads.known and place is not None and anchors.setdefault(place, number) != number:
            # Where nothing says who answers whom, a later comment on the very same words is an answer.
            parents[number] = anchors[place]
        parent = comments[parents[number]] if number in parents else None
        made = _comment(one, place, streams, parent, resolved=threads.resolved(parent or one))
        found.append((place[:2] if place is not None else NOWHERE, made))
    answers: dict[int, list[int]] = {}
    for number in parents:
        answers.setdefault(_root(number, parents), []).append(number)
    for number, (at, remark) in enumerate(found):
        if number not in parents:
            yield at, remark
        yield from ((at, found[other][1]) for other in answers.get(number, ()))


def _root(number: int, parents: dict[int, int]) -> int:
    """Return the comment that a chain of answers began with; of a ring, one that is not this one."""
    seen = {number}
    while (above := parents.get(number, number)) not in seen:
        seen.add(above)
        number = above
    return number


def _place(comment: Comment, streams: list[Stream]) -> tuple[int, int, int] | None:
    """Return where a comment is anchored: in which stream, from where to where; None where it is not."""
    for number, stream in enumerate(streams):
        begins = stream.begun.get(comment.id, stream.referred.get(comment.id))
        if begins is not None:
            return number, begins, stream.ended.get(comment.id, begins)
    return None


def _comment(
    comment: Comment,
    place: tuple[int, int, int] | None,
    streams: list[Stream],
    parent: Comment | None,
    *,
    resolved: bool,
) -> Remark:
    """Return one comment as a remark."""
    around = heading = ""
    if place is not None:
        stream = streams[place[0]]
        heading = stream.heading_at(place[1])
        words = stream.text(place[1], place[2], without=Mode.GONE) or stream.text(place[1], place[2])
        around = " ".join(words.split()) or stream.paragraph(place[1])
    return Remark(
        source=RemarkSource.COMMENT if parent is None else RemarkSource.REPLY,
        text=shown(comment.text),
        author=shown(comment.author),
        written_at=comment.at,
        around=shown(around if parent is None else " ".join(parent.text.split()), _LONGEST_QUOTE),
        heading=shown(heading, _LONGEST_QUOTE),
        resolved=resolved,
    )


def tracked(streams: list[Stream]) -> Iterator[Placed]:
    """Yield the changes of all parts in order; of a move one, where the words stand now."""
    moves: set[tuple[str, ...]] = set()
    for stream in streams:
        for one in (change for change in stream.changes if change.by.did is Did.MOVED_HERE):
            moves.add((stream.text(one.begins, one.ends).strip(), one.by.author))
            moves.add((one.by.move,))
    for number, stream in enumerate(streams):
        waiting: Change | None = None
        for one in sorted(stream.changes, key=lambda change: change.begins):
            if _is_double(one, stream, moves):
                continue
            if waiting is not None and _replaces(waiting, one):
                yield (number, waiting.begins), _replacement(waiting, one, stream)
                waiting = None
                continue
            if waiting is not None:
                yield (number, waiting.begins), _change(waiting, stream)
            waiting = one
        if waiting is not None:
            yield (number, waiting.begins), _change(waiting, stream)


def _is_double(change: Change, stream: Stream, moves: set[tuple[str, ...]]) -> bool:
    """Say whether a change is the other end of a move that is told of where the words stand now."""
    if change.by.did is not Did.MOVED_AWAY:
        return False
    words = stream.text(change.begins, change.ends).strip()
    return (words, change.by.author) in moves or bool(change.by.move and (change.by.move,) in moves)


def _replaces(first: Change, second: Change) -> bool:
    """Say whether one change puts words in the place of those that the other takes away."""
    did = {first.by.did, second.by.did}
    beside = first.ends == second.begins and not first.row and not second.row
    return beside and did == {Did.INSERTED, Did.DELETED} and first.by.author == second.by.author


def _replacement(first: Change, second: Change, stream: Stream) -> Remark:
    """Return a deletion and an insertion in one place as one remark."""
    gone, new = (first, second) if first.by.did is Did.DELETED else (second, first)
    made = _remark(new, stream, RemarkSource.REPLACED, first.begins, second.ends)
    return replace(made, former=shown(stream.text(gone.begins, gone.ends)))


def _change(change: Change, stream: Stream) -> Remark:
    """Return a change as a remark."""
    source = _ROWS[change.by.did.mode] if change.row else _SOURCES[change.by.did]
    if change.row and change.by.did in {Did.MOVED_HERE, Did.MOVED_AWAY}:
        source = RemarkSource.MOVED
    return _remark(change, stream, source, change.begins, change.ends)


def _remark(change: Change, stream: Stream, source: RemarkSource, begins: int, ends: int) -> Remark:
    """Return a change with its words, those around it, and its heading."""
    words = stream.text(change.begins, change.ends)
    stands = change.by.did.mode is Mode.NEW
    between = "".join(stream.pieces[change.begins : change.ends]) if stands else " […] "
    between = f" {words} " if words == PARAGRAPH else between
    around = "" if change.row else stream.around(begins, ends, between if len(between) < _LONGEST_QUOTE else " … ")
    return Remark(
        source=source,
        text=shown(words),
        author=shown(change.by.author),
        written_at=change.by.at,
        around=shown("" if around in {words.strip(), "[…]"} else around, 3 * _LONGEST_QUOTE),
        heading=shown(stream.heading_at(begins), _LONGEST_QUOTE),
    )
