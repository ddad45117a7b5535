"""A version of the report with all that is new in it marked against a former one, as Word marks tracked changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from mailbot.writing.edited.marked_lines import mark_paragraph, text_of
from mailbot.writing.edited.word_parts import Made, local, making_in, members_of, stories, written
from mailbot.writing.packing import pack_zip

if TYPE_CHECKING:
    from datetime import datetime

    from lxml import etree

_BLOCKS = frozenset({"p", "tbl", "sdt"})
_ALIKE = 0.4
"""Two paragraphs as alike as this are one that was changed."""
_MOST_PAIRED = 60
"""So many pieces on either side are looked at for one that was changed; beyond that they are gone and new."""
_MOST_BLOCKS = 6_000


@dataclass(slots=True)
class Marks:
    """Makes the marks of one file: by whom, when, and each with a number of its own."""

    make: Made
    author: str
    at: str
    _number: int = field(default=900_000)

    def mark(self, name: str) -> etree._Element:
        """Return a new mark: `ins` or `del`."""
        self._number += 1
        return self.make.element(name, id=str(self._number), author=self.author, date=self.at)


def marked_up(new: bytes, former: bytes, *, author: str, at: datetime) -> bytes:
    """Return the new version as a Word file in which what it has beyond the former one is inserted, the rest deleted.

    Accepting all of it gives the new version, rejecting all of it the words of the former one. Headers, footers and
    notes are as in the new version.

    Args:
        new: the version.
        former: the one it is held against.
        author: whose changes Word says they are.
        at: when they were made.
    """
    members = members_of(new)
    body, old = _body(members), _body(members_of(former))
    if body is None or old is None:
        return new
    name, root = body
    marks = Marks(make=making_in(root), author=author, at=marked_at(at))
    for inside, before in zip(root, old[1], strict=False):
        if local(inside) == local(before) == "body":
            _compare(inside, before, marks)
    return pack_zip(members | {name: written(root)})


def marked_at(at: datetime) -> str:
    """Return a moment as our marks bear it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _body(members: dict[str, bytes]) -> tuple[str, etree._Element] | None:
    """Return the part that holds the body."""
    return next(((name, root) for name, root in stories(members) if local(root) == "document"), None)


def _compare(new: etree._Element, old: etree._Element, marks: Marks, *, kinds: frozenset[str] = _BLOCKS) -> None:
    """Mark what differs between the blocks, or the rows, that two elements hold."""
    now = [child for child in new if local(child) in kinds]
    then = [child for child in old if local(child) in kinds]
    if max(len(now), len(then)) > _MOST_BLOCKS:
        return
    compared = SequenceMatcher(None, [_key(one) for one in then], [_key(one) for one in now], autojunk=False)
    for what, first, last, start, end in compared.get_opcodes():
        if what != "equal":
            before = now[start] if start < len(now) else None
            _differing(then[first:last], now[start:end], new, before, marks)


def _differing(
    then: list[etree._Element],
    now: list[etree._Element],
    above: etree._Element,
    before: etree._Element | None,
    marks: Marks,
) -> None:
    """Mark a stretch that differs: what is alike is one that was changed, the rest is gone or new."""
    pairs = _paired(then, now)
    left = list(then)
    for place, fresh in enumerate(now):
        partner = pairs.get(place)
        if partner is None:
            _inserted(fresh, marks)
            continue
        while left[0] is not partner:
            _put_deleted(left.pop(0), above, fresh, marks)
        left.pop(0)
        _changed(fresh, partner, marks)
    behind = now[-1].getnext() if now else before
    for gone in left:
        _put_deleted(gone, above, behind, marks)


def _paired(then: list[etree._Element], now: list[etree._Element]) -> dict[int, etree._Element]:
    """Return for each new piece the former one that it was, in order, where there is one."""
    pairs: dict[int, etree._Element] = {}
    if max(len(then), len(now)) > _MOST_PAIRED:
        return pairs
    first = 0
    for place, fresh in enumerate(now):
        for step in range(first, len(then)):
            if _alike(then[step], fresh):
                pairs[place] = then[step]
                first = step + 1
                break
    return pairs


def _alike(old: etree._Element, new: etree._Element) -> bool:
    """Say whether one piece is another one changed."""
    if local(old) != local(new):
        return False
    if local(new) == "tbl":
        return True
    compared = SequenceMatcher(None, text_of(old), text_of(new), autojunk=False)
    return compared.real_quick_ratio() >= _ALIKE and compared.quick_ratio() >= _ALIKE and compared.ratio() >= _ALIKE


def _changed(new: etree._Element, old: etree._Element, marks: Marks) -> None:
    """Mark what differs within a piece that was changed."""
    match local(new):
        case "p":
            mark_paragraph(new, text_of(old), marks)
        case "tbl":
            _compare(new, old, marks, kinds=frozenset({"tr"}))
        case "sdt":
            for fresh, former in zip(_contents(new), _contents(old), strict=False):
                _compare(fresh, former, marks)
        case _:
            cells, before = (_cells(row) for row in (new, old))
            if len(cells) == len(before):
                for fresh, former in zip(cells, before, strict=True):
                    _compare(fresh, former, marks)
            else:
                _inserted(new, marks)


def _contents(control: etree._Element) -> list[etree._Element]:
    """Return what a content control holds."""
    return [child for child in control if local(child) == "sdtContent"]


def _cells(row: etree._Element) -> list[etree._Element]:
    """Return the cells of a row."""
    return [child for child in row if local(child) == "tc"]


def _inserted(piece: etree._Element, marks: Marks) -> None:
    """Mark a whole piece as new."""
    rows = [piece] if local(piece) == "tr" else list(piece.iter("{*}tr"))
    for row in rows:
        _row_properties(row, marks).append(marks.mark("ins"))
    for paragraph in [piece] if local(piece) == "p" else list(piece.iter("{*}p")):
        mark_paragraph(paragraph, "", marks)
        if not rows:
            _end_properties(paragraph, marks).insert(0, marks.mark("ins"))


def _put_deleted(piece: etree._Element, above: etree._Element, before: etree._Element | None, marks: Marks) -> None:
    """Put the words of a piece that is gone where they stood, as deleted."""
    match local(piece):
        case "tbl":
            made = marks.make.element("tbl")
            width = max((len(_cells(row)) for row in piece.iter("{*}tr")), default=1)
            properties = marks.make.element("tblPr")
            properties.append(marks.make.element("tblW", w="0", type="auto"))
            grid = marks.make.element("tblGrid")
            grid.extend(marks.make.element("gridCol") for _ in range(width))
            made.extend([properties, grid, *(_deleted_row(row, marks) for row in piece.iter("{*}tr"))])
        case "tr":
            made = _deleted_row(piece, marks)
        case _:
            made = _deleted_paragraph(text_of(piece), marks, whole=True)
    if before is not None and before.getparent() is above:
        before.addprevious(made)
    else:
        last = above[-1] if len(above) else None
        if last is not None and local(last) == "sectPr":
            last.addprevious(made)
        else:
            above.append(made)


def _deleted_row(row: etree._Element, marks: Marks) -> etree._Element:
    """Return a row of the former version, as deleted."""
    made = marks.make.element("tr")
    _row_properties(made, marks).append(marks.mark("del"))
    for cell in _cells(row) or [row]:
        fresh = marks.make.element("tc")
        fresh.append(_deleted_paragraph(text_of(cell), marks, whole=False))
        made.append(fresh)
    return made


def _deleted_paragraph(words: str, marks: Marks, *, whole: bool) -> etree._Element:
    """Return a paragraph of deleted words; `whole`: its end was deleted as well."""
    made = marks.make.element("p")
    if whole:
        _end_properties(made, marks).insert(0, marks.mark("del"))
    if words:
        gone, run = marks.mark("del"), marks.make.element("r")
        run.append(marks.make.text("delText", words))
        gone.append(run)
        made.append(gone)
    return made


def _row_properties(row: etree._Element, marks: Marks) -> etree._Element:
    """Return the properties of a row, made where it has none; exceptions of its table go before them."""
    for child in row:
        if local(child) == "trPr":
            return child
    made = marks.make.element("trPr")
    row.insert(1 if len(row) and local(row[0]) == "tblPrEx" else 0, made)
    return made


def _end_properties(paragraph: etree._Element, marks: Marks) -> etree._Element:
    """Return the properties of a paragraph's end, made where it has none; section and formatting follow them."""
    if not len(paragraph) or local(paragraph[0]) != "pPr":
        paragraph.insert(0, marks.make.element("pPr"))
    properties = paragraph[0]
    for child in properties:
        if local(child) == "rPr":
            return child
    made = marks.make.element("rPr")
    place = next((step for step, child in enumerate(properties) if local(child) in {"sectPr", "pPrChange"}), None)
    properties.insert(len(properties) if place is None else place, made)
    return made


def _key(piece: etree._Element) -> str:
    """Return what two pieces that are the same have in common."""
    return f"{local(piece)} {text_of(piece)}"
