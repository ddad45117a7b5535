"""A version of the draft against another: whether it is a new one at all, and what changed, in a short list."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from mailbot.core.draft.against_data import code_of, texts_of
from mailbot.core.draft.document import STAMPED, BlockKind, Edit, EditKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailbot.core.draft.document import Block, Document

_MOST_COMPARED = 6_000
"""So many blocks are compared one by one; beyond that only what each version has and the other has not."""
_FEW_FIGURES = 2
"""A version that has not even one in so many of the other's anchors was saved by a program that drops them."""
_TEXT = frozenset({BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.CELL, BlockKind.NOTE, BlockKind.TEXT_BOX})


def same(new: Document, former: Document) -> bool:
    """Say whether words, figures and pictures of two versions are the same, apart from what we stamp."""
    return _words(new) == _words(former) and new.pictures == former.pictures


def edits(new: Document, former: Document) -> tuple[Edit, ...]:
    """Return what changed from one version to the next: figures first, then texts in the order of the document."""
    return (*_figures(new, former), *_texts(new, former))


def loses(new: Document, former: Document) -> bool:
    """Say whether something that the former version says is said no more, or is said otherwise."""
    return any(edit.kind is not EditKind.ADDED for edit in edits(new, former))


def _words(document: Document) -> list[str]:
    """Return the words of every block that has any, beside what we stamp."""
    return [folded for block in document.blocks if (folded := " ".join(block.plain.split()))]


def _figures(new: Document, former: Document) -> Iterator[Edit]:
    """Yield the figures that stand in both versions, and are others now; each once."""
    before = texts_of(former)
    told: set[str] = set()
    for figure in new.figures:
        old = before.get(figure.tag)
        if old is None or figure.tag in told or figure.tag in STAMPED or " ".join(figure.text.split()) in old:
            continue
        told.add(figure.tag)
        block = new.blocks[figure.block]
        yield Edit(
            kind=EditKind.FIGURE,
            heading=block.table or block.heading,
            code=code_of(figure.tag),
            old=old[0],
            new=figure.text,
        )


def _texts(new: Document, former: Document) -> Iterator[Edit]:
    """Yield the paragraphs and cells that are new, gone or otherwise; those that differ in a figure alone are told.

    Where a program has dropped the anchors, nobody can tell a figure from a word: all of them are compared as words.
    """
    few, many = sorted((len(new.figures), len(former.figures)))
    split = _as_they_read if few * _FEW_FIGURES < many else _without_figures
    now, then = split(new), split(former)
    for old, fresh in _pairs(then, now):
        for (was, _), (says, block) in zip(old, fresh, strict=False):
            yield Edit(kind=EditKind.CHANGED, heading=block.table or block.heading, old=was, new=says)
        for was, block in old[len(fresh) :]:
            yield Edit(kind=EditKind.REMOVED, heading=block.table or block.heading, old=was)
        for says, block in fresh[len(old) :]:
            yield Edit(kind=EditKind.ADDED, heading=block.table or block.heading, new=says)


Piece = tuple[str, "Block"]


def _pairs(then: list[Piece], now: list[Piece]) -> Iterator[tuple[Sequence[Piece], Sequence[Piece]]]:
    """Yield the pieces that differ, side by side."""
    if max(len(then), len(now)) > _MOST_COMPARED:
        yield _only_in(then, now), _only_in(now, then)
        return
    compared = SequenceMatcher(None, [text for text, _ in then], [text for text, _ in now], autojunk=False)
    for what, first, last, start, end in compared.get_opcodes():
        if what != "equal":
            yield then[first:last], now[start:end]


def _only_in(first: list[Piece], second: list[Piece]) -> list[Piece]:
    """Return the pieces that one version has and the other has not."""
    known = {text for text, _ in second}
    return [piece for piece in first if piece[0] not in known]


def _as_they_read(document: Document) -> list[Piece]:
    """Return the words of every block."""
    folded = ((" ".join(block.text.split()), block) for block in document.blocks if block.kind in _TEXT)
    return [(text, block) for text, block in folded if text]


def _without_figures(document: Document) -> list[Piece]:
    """Return the words of every block without the figures in it, for these are told by themselves."""
    figures: dict[int, list[str]] = {}
    for figure in document.figures:
        figures.setdefault(figure.block, []).append(figure.text)
    pieces: list[Piece] = []
    for place, block in enumerate(document.blocks):
        text = block.plain
        for said in figures.get(place, ()):
            text = text.replace(said, "…", 1) if said else text
        folded = " ".join(text.split())
        if block.kind in _TEXT and folded:
            pieces.append((folded, block))
    return pieces
