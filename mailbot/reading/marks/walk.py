"""The walk through one part of a Word file that holds text: words, tracked changes, where comments are anchored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailbot.core.remarks.remark import OBJECT
from mailbot.core.remarks.returned import Passage
from mailbot.reading.document.elements import chosen
from mailbot.reading.document.line_text import FIELDS, WRAPS, LineText
from mailbot.reading.document.styles import attribute, local
from mailbot.reading.marks.stream import CELL, END, By, Did, Mode, Stream

if TYPE_CHECKING:
    from lxml import etree

    from mailbot.reading.marks.style_names import Styles

_TRACKED = {"ins": Did.INSERTED, "del": Did.DELETED, "moveFrom": Did.MOVED_AWAY, "moveTo": Did.MOVED_HERE}
_CELLS = {"cellIns": Did.INSERTED, "cellDel": Did.DELETED}
_SIGNS = {"tab": "\t", "br": " ", "cr": " ", "noBreakHyphen": "-", "softHyphen": "", "ptab": "\t", "sym": OBJECT}
_OBJECTS = frozenset({"drawing", "pict", "object"})
_NO_TEXT = frozenset({"pPr", "rPr", "instrText", "delInstrText", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr"})
_MOVES = frozenset({"moveFromRangeStart", "moveToRangeStart"})
_MOVES_END = frozenset({"moveFromRangeEnd", "moveToRangeEnd"})
_LEVELS = frozenset("012345678")
"""Levels of headings; what is beyond them is text."""
_MARKS = _MOVES | _MOVES_END | {"commentRangeStart", "commentRangeEnd", "commentReference"}
_NOTES = frozenset({"footnote", "endnote"})
_NOTE_AT = frozenset({"footnoteReference", "endnoteReference"})


@dataclass(slots=True)
class Walk:
    """What is found in one part."""

    styles: Styles
    stream: Stream = field(default_factory=Stream)
    passages: list[Passage] = field(default_factory=list)
    """Its paragraphs as they read before any change, apart from what programs work out."""
    notes: dict[str, str] = field(default_factory=dict)
    """Under which heading each note is referred to, by its id; filled by the body, used by the notes."""
    ours: tuple[str, str] = ("", "")
    """Author and moment of the changes that we have marked ourselves in what we sent: they read as accepted."""
    counts: bool = True
    """Whether headings are looked for: in the body, not in notes and headers."""
    _before: list[str] = field(default_factory=list)
    _moves: dict[str, str] = field(default_factory=dict)
    """The moves that are open here, by the id of their range: their names."""
    _in_table: int = 0

    def part(self, root: etree._Element) -> None:
        """Read one part; raises WorkbookRefused where it holds more than is read."""
        self._blocks(root, None)
        self._passage()

    def _blocks(self, parent: etree._Element, by: By | None) -> None:
        """Read the blocks that an element holds."""
        for child in parent:
            name = local(child)
            if name == "p":
                self._paragraph(child, by)
            elif name == "tbl":
                self._in_table += 1
                self._blocks(child, by)
                self._in_table -= 1
            elif name == "tr":
                self._row(child, by)
            elif name == "tc":
                self._cell(child, by)
            elif name in _NOTES:
                if heading := self.notes.get(attribute(child, "id"), ""):
                    self.stream.headings.append((self.stream.here, heading))
                self._blocks(child, by)
            elif name in _TRACKED:
                if not self._is_gone_by_us(child, name):
                    self._blocks(child, self._by(_TRACKED[name], child) or by)
            elif name == "AlternateContent":
                self._blocks(chosen(child), by)
            elif not self._marks(child, name) and name not in _NO_TEXT:
                self._blocks(child, by)

    def _row(self, tr: etree._Element, by: By | None) -> None:
        """Read one row, which may have been inserted or deleted as a whole."""
        whole = None
        for change in (one for properties in tr if local(properties) == "trPr" for one in properties):
            did = _TRACKED.get(local(change))
            if did is not None and self._is_gone_by_us(change, local(change)):
                return
            whole = self._by(did, change) if did is not None else whole
        begins = self.stream.here
        self._blocks(tr, whole or by)
        self.stream.say(END, None)
        if whole is not None:
            self.stream.row(whole, begins)

    def _cell(self, tc: etree._Element, by: By | None) -> None:
        """Read one cell, which may have been inserted or deleted by itself."""
        for properties in tc:
            for change in properties if local(properties) == "tcPr" else ():
                did = _CELLS.get(local(change))
                by = self._by(did, change) if did is not None else by
        self._blocks(tc, by)
        if self.stream.pieces and self.stream.pieces[-1] == END:
            self.stream.pieces[-1] = CELL

    def _paragraph(self, element: etree._Element, by: By | None) -> None:
        """Read one paragraph, and the text boxes that hang on it."""
        style, level, mark, joined = self._properties(element)
        begins = self.stream.here
        boxes: list[etree._Element] = []
        told, made = LineText(), self.styles.is_contents(style)
        changes = len(self.stream.changes)
        self._runs(element, by, told, boxes)
        if made:  # a list of contents that a program has worked out anew is nobody's change
            self.stream.forget(changes)
        self._before.append("".join(told.plain))
        words = " ".join(self.stream.text(begins, self.stream.here, without=Mode.GONE).split())
        if self.counts and level and not self._in_table and words:
            self.stream.headings.append((begins, words))
        did = by if mark is None else mark
        if not joined:
            self.stream.say(END, None if made else did)
        if not joined and (did is None or did.did.mode is Mode.GONE):
            self._passage()
        for box in boxes:
            self._blocks(box, by)

    def _passage(self) -> None:
        """End a paragraph as it read before."""
        text = " ".join("".join(self._before).split())
        self._before.clear()
        if text:
            self.passages.append(Passage(text=text, heading=self.stream.heading_at(self.stream.here)))

    def _properties(self, element: etree._Element) -> tuple[str, int, By | None, bool]:
        """Return the style of a paragraph, its level as a heading, what was done to its end, and if we took that."""
        style, level, mark, joined = "", 0, None, False
        for properties in element:
            for inner in properties if local(properties) == "pPr" else ():
                name = local(inner)
                if name == "pStyle":
                    style = attribute(inner, "val")
                elif name == "outlineLvl" and (outline := attribute(inner, "val")) in _LEVELS:
                    level = int(outline) + 1
                for change in inner if name == "rPr" else ():
                    did = _TRACKED.get(local(change))
                    mark = self._by(did, change) if did is not None else mark
                    joined = joined or self._is_gone_by_us(change, local(change))
        return style, self.styles.level(style) or level, mark, joined

    def _runs(self, parent: etree._Element, by: By | None, told: LineText, boxes: list[etree._Element]) -> None:
        """Read what stands in a line."""
        for child in parent:
            name = local(child)
            if name in {"t", "delText"} or name in _SIGNS:
                self._say(_SIGNS.get(name, child.text or ""), by, told)
            elif name in _TRACKED:
                if not self._is_gone_by_us(child, name):
                    self._runs(child, self._by(_TRACKED[name], child) or by, told, boxes)
            elif name in FIELDS:
                told.field(child)
            elif name in WRAPS:
                with told.inside(child):
                    self._runs(child, by, told, boxes)
            elif name in _OBJECTS:
                self._object(child, by, boxes)
            elif name == "AlternateContent":
                self._runs(chosen(child), by, told, boxes)
            elif name in _NOTE_AT:
                self.notes.setdefault(attribute(child, "id"), self.stream.heading_at(self.stream.here))
            elif not self._marks(child, name) and name not in _NO_TEXT:
                self._runs(child, by, told, boxes)

    def _object(self, element: etree._Element, by: By | None, boxes: list[etree._Element]) -> None:
        """Read a picture, or a box with text in it, which is a story of its own behind the paragraph."""
        found = [box for box in element.iter("{*}txbxContent") if not _within(box, element)]
        boxes.extend(found)
        if not found:
            self.stream.say(OBJECT, by)

    def _say(self, words: str, by: By | None, told: LineText) -> None:
        """Add words as they are, and as they were."""
        before = len(told.plain)
        told.say(words)
        if by is not None and by.did.mode is Mode.NEW:
            del told.plain[before:]
        if words != OBJECT or by is not None:
            self.stream.say(words, by)

    def _marks(self, element: etree._Element, name: str) -> bool:
        """Note where a comment or a move begins or ends; say whether it was one of these."""
        if name not in _MARKS:
            return False
        stream, key = self.stream, attribute(element, "id")
        if name == "commentRangeStart":
            stream.begun.setdefault(key, stream.here)
        elif name == "commentRangeEnd":
            stream.ended.setdefault(key, stream.here)
        elif name == "commentReference":
            stream.referred.setdefault(key, stream.here)
        elif name in _MOVES:
            self._moves[key] = attribute(element, "name")
        else:
            self._moves.pop(key, None)
        return True

    def _is_ours(self, element: etree._Element) -> bool:
        """Say whether we have marked a change ourselves."""
        return bool(self.ours[0]) and (attribute(element, "author"), attribute(element, "date")) == self.ours

    def _is_gone_by_us(self, element: etree._Element, name: str) -> bool:
        """Say whether we have taken something out ourselves."""
        did = _TRACKED.get(name)
        return did is not None and did.mode is Mode.GONE and self._is_ours(element)

    def _by(self, did: Did, element: etree._Element) -> By | None:
        """Return who did something, as the file says; None where it was we."""
        if self._is_ours(element):
            return None
        moved = did in {Did.MOVED_HERE, Did.MOVED_AWAY}
        move = next(reversed(self._moves.values()), "") if moved and self._moves else ""
        return By(did, attribute(element, "author").strip(), attribute(element, "date"), move)


def _within(box: etree._Element, above: etree._Element) -> bool:
    """Say whether a box stands in another box, or among the alternatives for old programs."""
    inside = box.getparent()
    while inside is not None and inside is not above:
        if local(inside) in {"txbxContent", "Fallback"}:
            return True
        inside = inside.getparent()
    return False
