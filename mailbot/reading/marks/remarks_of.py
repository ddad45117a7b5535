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
    anchors: dict[tuple[int, int, int], Comment] = {}
    found: dict[str, Placed] = {}
    parents: dict[str, str] = {}
    for one in comments:
        place = _place(one, streams)
        parent = threads.parent(one, comments)
        if parent is None and not threads.known and place is not None:
            # Where nothing says who answers whom, a later comment on the very same words is an answer.
            parent = anchors.setdefault(place, one)
            parent = parent if parent is not one else None
        if parent is not None:
            parents[one.id] = parent.id
        made = _comment(one, place, streams, parent, resolved=threads.resolved(parent or one))
        found[one.id] = (place[:2] if place is not None else NOWHERE, made)
    for key, (at, remark) in found.items():
        if key not in parents:
            yield at, remark
            yield from ((at, found[other][1]) for other in parents if _root(other, parents) == key)


def _root(key: str, parents: dict[str, str]) -> str:
    """Return the comment that a chain of answers began with."""
    seen = {key}
    while (above := parents.get(key, "")) and above not in seen:
        seen.add(above)
        key = above
    return key


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
    moves = [
        (one.by.move, stream.text(one.begins, one.ends).strip(), one.by.author)
        for stream in streams
        for one in stream.changes
        if one.by.did is Did.MOVED_HERE
    ]
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


def _is_double(change: Change, stream: Stream, moves: list[tuple[str, str, str]]) -> bool:
    """Say whether a change is the other end of a move that is told of where the words stand now."""
    if change.by.did is not Did.MOVED_AWAY:
        return False
    words = stream.text(change.begins, change.ends).strip()
    who = change.by.author
    return any((name and name == change.by.move) or (text, author) == (words, who) for name, text, author in moves)


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
