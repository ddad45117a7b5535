"""One part of a Word document that holds text (body, header, footnotes): its blocks, figures and tracked changes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from mailbot.core.draft.document import Block, BlockKind, ChangeKind, FigureRead, TrackedChange, tag_in
from mailbot.core.model.unreadable import Unreadable
from mailbot.reading.document.elements import (
    chosen,
    control_of,
    deleted_words,
    style_of,
    tag_of,
    through_controls,
    unsaid,
)
from mailbot.reading.document.line_text import FIELDS, WRAPS, LineText
from mailbot.reading.document.styles import attribute, local
from mailbot.reading.workbook.workbook import WorkbookRefused

if TYPE_CHECKING:
    from lxml import etree

ANCHOR = "mb:"  # what the tag of an anchor of ours begins with
_MOST_BLOCKS, _MOST_SIGNS, _MOST_CHANGES, _LONGEST_WORDS = 40_000, 4_000_000, 2_000, 300
_CAPTION = re.compile(r"\s*(Tabel|Table)\s+([\w.-]*\d)", re.IGNORECASE)
_TRACKED = {
    "ins": ChangeKind.INSERTED,
    "del": ChangeKind.DELETED,
    "moveFrom": ChangeKind.MOVED_AWAY,
    "moveTo": ChangeKind.MOVED_HERE,
}
_GONE = frozenset({ChangeKind.DELETED, ChangeKind.MOVED_AWAY})
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "ptab": "\t"}
_NO_TEXT = frozenset({"pPr", "rPr", "instrText", "delInstrText", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr"})
_A_MARK = "¶"
_CELL_CHANGES = {"cellIns": ChangeKind.INSERTED, "cellDel": ChangeKind.DELETED, "cellMerge": ChangeKind.INSERTED}


@dataclass(slots=True)
class Gathered:
    """What is found in all parts of one document, in order; `levels` are those of its heading styles."""

    levels: dict[str, int]
    blocks: list[Block] = field(default_factory=list)
    figures: list[FigureRead] = field(default_factory=list)
    changes: list[TrackedChange] = field(default_factory=list)
    heading: str = ""
    tables: int = 0
    joins: bool = False  # a change that follows now may belong to the one before: both are in one paragraph
    _signs: int = 0

    def read(self, root: etree._Element, kind: BlockKind) -> None:
        """Read one part; raises WorkbookRefused where the document holds more than is read."""
        _Story(self, kind).within(root)

    def block(self, made: Block) -> None:
        """Keep a block; raises WorkbookRefused where there are too many."""
        self._signs += len(made.text)
        if len(self.blocks) >= _MOST_BLOCKS or self._signs > _MOST_SIGNS:
            raise WorkbookRefused(Unreadable.TOO_LARGE, "a document with more text than is read")
        self.blocks.append(made)

    def change(self, kind: ChangeKind, element: etree._Element, words: str) -> None:
        """Keep a tracked change; one of the same hand that follows at once belongs to it. Formatting is none."""
        if not words or len(self.changes) >= _MOST_CHANGES:
            return
        author, at = attribute(element, "author"), attribute(element, "date")
        last = self.changes[-1] if self.changes else None
        same = (
            last is not None
            and self.joins
            and (last.kind, last.author, last.at, last.heading) == (kind, author, at, self.heading)
        )
        if last is not None and same:
            words = f"{last.words}{words}"
            self.changes.pop()
        self.joins = True
        cut = words if len(words) <= _LONGEST_WORDS else f"{words[:_LONGEST_WORDS]}…"
        self.changes.append(TrackedChange(kind=kind, author=author, at=at, words=cut, heading=self.heading))


@dataclass(slots=True)
class _Story:
    """The walk through one part."""

    to: Gathered
    kind: BlockKind
    caption: str = ""
    """What the caption before the present place says, as far as a table may still follow it."""
    cell: tuple[str, int, int, int] | None = None
    """The table's caption, which table of the document it is, row and column, inside of a table."""

    def within(self, parent: etree._Element) -> None:
        """Read the blocks that an element holds."""
        for child in parent:
            self._block(child)

    def _block(self, element: etree._Element) -> None:
        """Read one block, or what wraps blocks."""
        match local(element):
            case "p":
                self._paragraph(element)
            case "tbl":
                self._table(element)
            case "sdt":
                self._control(element, self.within)
            case name:
                first = len(self.to.blocks)
                if name not in _NO_TEXT:
                    self.within(element)
                if (kind := _TRACKED.get(name)) is not None:
                    words = " ".join(block.text for block in self.to.blocks[first:])
                    self.to.change(kind, element, words or unsaid(element))

    def _control(self, element: etree._Element, read: Callable[[etree._Element], None]) -> None:
        """Read a content control around blocks; one of ours is a figure."""
        first = len(self.to.blocks)
        for content in element:
            if local(content) == "sdtContent":
                read(content)
        tag = tag_of(element)
        if tag.startswith(ANCHOR) and len(self.to.blocks) > first:
            text = " ".join(block.text for block in self.to.blocks[first:])
            self.to.figures.append(FigureRead(tag=tag, text=text, block=first))

    def _paragraph(self, element: etree._Element) -> None:
        """Read one paragraph, and the text boxes that hang on it."""
        text, self.to.joins = LineText(), False
        boxes: list[etree._Element] = []
        figures = len(self.to.figures)
        self._runs(element, text, boxes, gone=False)
        self._mark(element)
        words = "".join(text.whole)
        level = self.to.levels.get(style_of(element), 0) if self.kind is BlockKind.PARAGRAPH else 0
        heading = level > 0 and self.cell is None and bool(words.strip())
        if heading:
            self.to.heading = " ".join(words.split())
        caption, number, row, column = self.cell or ("", 0, 0, 0)
        if words.strip() or len(self.to.figures) > figures:
            self.to.block(
                Block(
                    kind=BlockKind.HEADING if heading else BlockKind.CELL if self.cell else self.kind,
                    text=words,
                    plain="".join(text.plain),
                    level=level if heading else 0,
                    heading=self.to.heading,
                    table=caption,
                    table_number=number,
                    row=row,
                    column=column,
                )
            )
            told = _CAPTION.match(words)
            self.caption = f"{told[1].capitalize()} {told[2]}" if told is not None else ""
        for box in boxes:
            _Story(self.to, BlockKind.TEXT_BOX).within(box)

    def _table(self, element: etree._Element) -> None:
        """Read a table row by row; a nested one is a table of its own."""
        outer, caption = self.cell, self.caption
        self.to.tables += 1
        number = self.to.tables
        for row, tr in enumerate(through_controls(element, "tr"), start=1):
            first = len(self.to.blocks)
            for column, tc in enumerate(through_controls(tr, "tc"), start=1):
                self.cell, self.caption = (caption, number, row, column), ""
                control = control_of(tc)
                if control is None:
                    self.within(tc)
                else:
                    self._control(control, partial(self._one_cell, tc))
                self._cell_changed(tc)
            self._row_changed(tr, first)
        self.cell, self.caption = outer, ""

    def _one_cell(self, tc: etree._Element, _content: etree._Element) -> None:
        """Read that cell of a content control."""
        self.within(tc)

    def _row_changed(self, tr: etree._Element, first: int) -> None:
        """Keep that a whole row was inserted or deleted."""
        for properties in tr:
            for change in properties if local(properties) == "trPr" else ():
                kind = {"ins": ChangeKind.ROW_INSERTED, "del": ChangeKind.ROW_DELETED}.get(local(change))
                if kind is not None:
                    cells = " | ".join(block.text for block in self.to.blocks[first:]) or deleted_words(tr) or _A_MARK
                    self.to.change(kind, change, cells)

    def _cell_changed(self, tc: etree._Element) -> None:
        """Keep that a cell by itself was inserted, deleted or joined to another."""
        for properties in tc:
            for change in properties if local(properties) == "tcPr" else ():
                kind = _CELL_CHANGES.get(local(change))
                if kind is not None:
                    words = "".join(one.text or "" for one in tc.iter("{*}t", "{*}delText"))
                    self.to.change(kind, change, words or _A_MARK)

    def _mark(self, element: etree._Element) -> None:
        """Keep that the end of a paragraph itself was inserted or deleted."""
        for properties in element:
            for inner in properties if local(properties) == "pPr" else ():
                for change in inner if local(inner) == "rPr" else ():
                    kind = _TRACKED.get(local(change))
                    if kind is not None:
                        self.to.change(kind, change, _A_MARK)

    def _runs(self, parent: etree._Element, text: LineText, boxes: list[etree._Element], *, gone: bool) -> None:
        """Read what stands in a line: texts, anchors, tracked changes; deleted words are no text."""
        for child in parent:
            name = local(child)
            if name in _SIGNS or name == "t":
                if not gone:
                    text.say(_SIGNS.get(name, child.text or ""))
            elif name == "sdt":
                self._inline(child, text, boxes, gone=gone)
            elif name == "txbxContent":
                boxes.append(child)
            elif name == "AlternateContent":
                self._runs(chosen(child), text, boxes, gone=gone)
            elif name in {"bookmarkStart", "bookmarkEnd"}:
                self._bookmark(child, text, begins=name == "bookmarkStart")
            elif name in FIELDS:
                text.field(child)
            elif (kind := _TRACKED.get(name)) is not None:
                before = len(text.whole)
                self._runs(child, text, boxes, gone=gone or kind in _GONE)
                words = deleted_words(child) if kind in _GONE else "".join(text.whole[before:])
                self.to.change(kind, child, words or unsaid(child))
            elif name in WRAPS:
                with text.inside(child):
                    self._runs(child, text, boxes, gone=gone)
            elif name not in _NO_TEXT:
                self._runs(child, text, boxes, gone=gone)

    def _inline(self, element: etree._Element, text: LineText, boxes: list[etree._Element], *, gone: bool) -> None:
        """Read a content control within a line; one of ours is a figure, and the bookmark in it is the same one."""
        tag = tag_of(element)
        own = tag.startswith(ANCHOR) and not gone
        outer, text.marks = text.marks, text.marks | ({"": (tag, len(text.whole))} if own else {})
        for content in element:
            if local(content) == "sdtContent":
                self._runs(content, text, boxes, gone=gone)
        if own:
            self._figure(tag, text, text.marks[""][1])
            text.marks = outer

    def _bookmark(self, element: etree._Element, text: LineText, *, begins: bool) -> None:
        """Open or close a bookmark: where the controls were dropped, ours are the anchors."""
        number, name = attribute(element, "id"), attribute(element, "name")
        if "" in text.marks:
            return
        if begins and tag_in(name):
            text.marks[number] = (tag_in(name), len(text.whole))
        elif not begins and number in text.marks:
            tag, first = text.marks.pop(number)
            self._figure(tag, text, first)

    def _figure(self, tag: str, text: LineText, begins: int) -> None:
        """Keep a figure of the paragraph that is being read."""
        figure = "".join(text.whole[begins:])
        self.to.figures.append(FigureRead(tag=tag, text=figure, block=len(self.to.blocks)))
