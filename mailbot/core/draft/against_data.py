"""An edited draft held against the data: the report as the data say it today is the measure, anchor by anchor."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from mailbot.core.draft.document import STAMPED, VERSION, BlockKind, Difference, DifferenceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.core.draft.document import Block, Document, FigureRead

_CODE = re.compile(r"[A-Z]{2,5}[ .-]?\d{1,3}|\d{1,2}(?:\.\d{1,4}){3,6}")
"""What a cell holds that is a code and nothing else: IKU-05, SS1, 2.12.02.2.01.0005."""
_FOREIGN_CODES = 3
"""So many of a table's codes are named."""


def differences(draft: Document, today: Document) -> tuple[Difference, ...]:
    """Return where a draft disagrees with the report that the data give today: each once, in the draft's order.

    What an anchor says is compared as text, for the report writes each figure in one way. A figure whose anchor is gone
    from one of its places may stand there as anything, so that is told, too.
    """
    found = dict.fromkeys((*_different(draft, today), *_gone(draft, today), *_foreign(draft, today)))
    return tuple(found)


def code_of(tag: str) -> str:
    """Return the code in the tag of an anchor, `mb:IKU-05:actual`."""
    return tag.split(":")[1]


def texts_of(document: Document) -> dict[str, tuple[str, ...]]:
    """Return what the anchors of each tag say: one thing, with and without the sign of the currency now and then."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for figure in document.figures:
        found[figure.tag][_folded(figure.text)] = None
    return {tag: tuple(texts) for tag, texts in found.items()}


def _different(draft: Document, today: Document) -> Iterator[Difference]:
    """Yield the figures that say something else than the data, in whichever way the report writes them."""
    said = texts_of(today)
    for figure in draft.figures:
        now = said.get(figure.tag, ())
        if now and figure.tag not in STAMPED and _folded(figure.text) not in now:
            block = _block(draft, figure)
            yield Difference(
                kind=DifferenceKind.DIFFERS,
                code=code_of(figure.tag),
                table=block.table,
                heading=block.heading,
                in_draft=_folded(figure.text),
                in_data=now[0],
            )


def _gone(draft: Document, today: Document) -> Iterator[Difference]:
    """Yield the figures whose anchors are gone, counted by code and table; all at once where none is left."""
    if not any(one.tag not in STAMPED for one in draft.figures) and today.figures:
        yield Difference(kind=DifferenceKind.GONE, code="", count=sum(one.tag not in STAMPED for one in today.figures))
        return
    left = Counter(figure.tag for figure in draft.figures)
    missing: defaultdict[tuple[str, str, str], int] = defaultdict(int)
    for figure in today.figures:
        if figure.tag in STAMPED:
            continue
        left[figure.tag] -= 1
        if left[figure.tag] < 0:
            block = _block(today, figure)
            missing[code_of(figure.tag), block.table, "" if block.table else block.heading] += 1
    for (code, table, heading), count in missing.items():
        yield Difference(kind=DifferenceKind.GONE, code=code, table=table, heading=heading, count=count)


def _foreign(draft: Document, today: Document) -> Iterator[Difference]:
    """Yield the tables with codes that stand nowhere in the report: another office's, or last year's."""
    ours = {code for block in today.blocks for code in _CODE.findall(block.text)}
    tables: defaultdict[int, dict[str, Block]] = defaultdict(dict)
    for block in draft.blocks:
        text = block.text.strip()
        if block.kind is BlockKind.CELL and _CODE.fullmatch(text) and text not in ours:
            tables[block.table_number].setdefault(text, block)
    for codes in tables.values():
        first = next(iter(codes.values()))
        yield Difference(
            kind=DifferenceKind.FOREIGN,
            code=", ".join(list(codes)[:_FOREIGN_CODES]),
            table=first.table,
            heading=first.heading,
            count=len(codes),
        )


def unstamped(draft: Document, today: Document) -> tuple[str, ...]:
    """Return which of the anchors that we stamp are in the report and no more in the draft."""
    there = {figure.tag for figure in draft.figures}
    ours = {figure.tag for figure in today.figures}
    return tuple(tag for tag in STAMPED if tag in ours - there)


def of_version(draft: Document, version: int) -> str:
    """Return the version that a draft says it is, where that is another one; empty where it says none."""
    said = next((_folded(figure.text) for figure in draft.figures if figure.tag == VERSION), "")
    return "" if said == str(version) else said


def _block(document: Document, figure: FigureRead) -> Block:
    """Return the block that a figure stands in."""
    return document.blocks[figure.block]


def _folded(text: str) -> str:
    """Return a text with blanks folded; a space that does not break is one."""
    return " ".join(text.split())
