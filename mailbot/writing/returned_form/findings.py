"""What was found, told in a returned form: a list in front with links to the cells, and a note on each bad cell.

The notes' drawing part is what older programs place them by.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree

from mailbot.core.model.form import Severity
from mailbot.core.model.form_layout import place_of
from mailbot.writing.form.sheet_frame import HEADER, SMALL, TITLE
from mailbot.writing.form.sheet_xml import FONT_NAME, MAIN, text_xml
from mailbot.writing.form.workbook_model import Cell, Ink, Sheet, Style, row_height, text_cell

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from mailbot.core.model.form import Fault
    from mailbot.writing.words.form_words import FormWords

_HEADER_ROW = 4
_FIRST_ROW = _HEADER_ROW + 1
_LEFT = 2
_WIDTHS = (5.0, 19.0, 24.0, 48.0, 48.0, 20.0, 18.0)
_PLAIN = Style(border=True, wrap=True, top=True, indent=1)
_NUMBER = replace(_PLAIN, align="center", indent=0)
_LINK = replace(_PLAIN, underline=True, ink=Ink.LINK)
_PROPOSAL = replace(_PLAIN, bold=True)
_RED = replace(_PLAIN, ink=Ink.RED)
_WEIGHTS = {Severity.FAULT: _RED, Severity.WARNING: _RED, Severity.NOTE: replace(_PLAIN, ink=Ink.GREY)}
_ORDER = (Severity.FAULT, Severity.WARNING, Severity.NOTE)

AUTHOR = "mailbot"
"""By whom our notes are signed, so that those of an earlier return can be told from the sender's own."""

NS = f"{{{MAIN}}}"
_VML = "urn:schemas-microsoft-com:vml"
_OFFICE = "urn:schemas-microsoft-com:office:office"
_EXCEL = "urn:schemas-microsoft-com:office:excel"
_BELOW = f"\n\n{AUTHOR}:\n"
"""How our words begin in a note that is somebody else's."""
_SHAPE_BLOCK = 1024
"""Shapes are numbered from a block of their own for each sheet."""
_NEW_COMMENTS = f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'
_NEW_DRAWING = (
    f'<xml xmlns:v="{_VML}" xmlns:o="{_OFFICE}" xmlns:x="{_EXCEL}">'
    '<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{block}"/></o:shapelayout>'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_NEW_SHAPE = (
    f'<v:shape xmlns:v="{_VML}" xmlns:o="{_OFFICE}" xmlns:x="{_EXCEL}" id="_x0000_s{{number}}" type="#_x0000_t202"'
    ' style="position:absolute;margin-left:80pt;margin-top:5pt;width:230pt;height:110pt;z-index:1;visibility:hidden"'
    ' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"/></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 15, {top}, 4, {right}, 31, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_NOTE_COLUMNS, _NOTE_ROWS = 4, 6


def to_mend(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """Return the findings that have to be mended or explained, without those that are only told."""
    return tuple(fault for fault in faults if fault.severity is not Severity.NOTE)


def list_name(faults: tuple[Fault, ...], words: FormWords) -> str:
    """Return the sheet's name with how many findings there are to mend, or to know of if there are none to mend."""
    count = len(to_mend(faults))
    return words.text("returned.sheet", count=count) if count else words.text("returned.sheet_notes", count=len(faults))


def is_list_name(name: str, words: FormWords) -> bool:
    """Say whether a sheet is the list of an earlier return, by its name."""
    heads = [words.text(f"returned.{key}", count="|").partition("|")[0] for key in ("sheet", "sheet_notes")]
    return any(name.startswith(head) for head in heads)


def list_sheet(faults: tuple[Fault, ...], sheets: Collection[str], words: FormWords) -> Sheet:
    """Return the sheet, grave findings first; `sheets` are the names links can lead to."""
    cells: dict[tuple[int, int], Cell] = {
        (1, _LEFT): Cell(value=words.text("returned.heading"), style=TITLE),
        (2, _LEFT): Cell(value=words.text("returned.greeting"), style=Style()),
        (3, _LEFT): Cell(value=words.text("returned.legend"), style=SMALL),
    }
    for column, text in enumerate(words.part("returned.columns"), _LEFT):
        cells[_HEADER_ROW, column] = Cell(value=text, style=HEADER)
    heights = {_HEADER_ROW: 24.0}
    ordered = sorted(faults, key=lambda fault: _ORDER.index(fault.severity))
    for number, fault in enumerate(ordered, 1):
        row = _HEADER_ROW + number
        line = _line(number, fault, sheets, words)
        cells |= {(row, column): cell for column, cell in enumerate(line, _LEFT)}
        texts = [(str(cell.value or ""), width) for cell, width in zip(line, _WIDTHS, strict=True)]
        heights[row] = row_height(texts, 28.0)
    cells[_FIRST_ROW + len(faults) + 1, _LEFT] = Cell(value=words.text("returned.closing"), style=SMALL)
    return Sheet(
        name=list_name(faults, words),
        cells=cells,
        widths={1: 2.5} | dict(enumerate(_WIDTHS, _LEFT)),
        heights=heights,
        frozen=f"A{_FIRST_ROW}",
        selected=f"C{_FIRST_ROW}",
        header_row=_HEADER_ROW,
        page_words=words.text("page", page="{page}", pages="{pages}"),
        protected=False,
    )


def _line(number: int, fault: Fault, sheets: Collection[str], words: FormWords) -> tuple[Cell, ...]:
    """Return one finding: number, place, row and column, what, how, proposal, weight."""
    told = words.faults.describe(fault)
    place = f"{fault.sheet}!{fault.cell}" if fault.sheet and fault.cell else fault.sheet
    link = "'" + fault.sheet.replace("'", "''") + f"'!{fault.cell}" if fault.cell and fault.sheet in sheets else ""
    about = " – ".join(part for part in (fault.row, fault.column) if part)
    return (
        Cell(value=str(number), style=_NUMBER),
        Cell(value=place or words.text("returned.place_whole_form"), style=_LINK if link else _PLAIN, link=link),
        text_cell(about, _PLAIN),
        text_cell(told.what, _PLAIN),
        text_cell(told.mend, _PLAIN),
        text_cell(fault.proposal, _PROPOSAL),
        Cell(value=words.text(f"returned.severity.{fault.severity.value}"), style=_WEIGHTS[fault.severity]),
    )


class Notes:
    """The notes of one sheet: those that were there, less ours of an earlier return, plus the new ones."""

    def __init__(self, comments: etree._Element | None, *, block: int) -> None:
        """Open the comments, or begin them; the drawing they are placed by is made anew.

        Args:
            comments: root of the sheet's comments part, if it has one.
            block: number of the sheet, for new shapes.
        """
        self._comments = etree.fromstring(_NEW_COMMENTS) if comments is None else comments
        self._drawing = etree.fromstring(_NEW_DRAWING.replace("{block}", str(block)))
        self._next = block * _SHAPE_BLOCK + 1
        self._forget_ours()
        for comment in self._part("commentList"):
            self._drawing.append(self._shape(comment.get("ref", "A1")))

    def add(self, notes: Mapping[str, str]) -> None:
        """Put notes on cells (A1 -> text); a note of the sender's on the same cell keeps its words above ours."""
        authors, listing = self._part("authors"), self._part("commentList")
        names = [author.text for author in authors]
        if AUTHOR not in names:
            etree.SubElement(authors, f"{NS}author").text = AUTHOR
            names.append(AUTHOR)
        theirs = {comment.get("ref"): comment for comment in listing}
        for cell, text in notes.items():
            if (comment := theirs.get(cell)) is not None:
                _text_of(comment).append(_run(f"{_BELOW}{text}"))
                continue
            comment = etree.SubElement(listing, f"{NS}comment", {"ref": cell, "authorId": str(names.index(AUTHOR))})
            body = etree.SubElement(comment, f"{NS}text")
            body.append(_run(text))
            self._drawing.append(self._shape(cell))

    def finish(self) -> tuple[bytes, bytes]:
        """Return the comments part and the drawing part."""
        return (
            etree.tostring(self._comments, xml_declaration=True, encoding="UTF-8", standalone=True),
            etree.tostring(self._drawing, encoding="UTF-8"),
        )

    def _part(self, name: str) -> etree._Element:
        """Return one of the two halves of the comments part, begun if it is missing."""
        found = self._comments.find(f"{NS}{name}")
        return etree.SubElement(self._comments, f"{NS}{name}") if found is None else found

    def _forget_ours(self) -> None:
        """Take away the notes of an earlier return."""
        names = [author.text for author in self._part("authors")]
        for comment in list(self._part("commentList")):
            number = int(comment.get("authorId", "0"))
            if number < len(names) and names[number] == AUTHOR:
                self._part("commentList").remove(comment)
            for run in comment.findall(f"{NS}text/{NS}r"):
                if "".join(map(str, run.itertext())).startswith(_BELOW):
                    _text_of(comment).remove(run)

    def _shape(self, cell: str) -> etree._Element:
        """Return the drawing of one note, hidden until the cell is pointed at."""
        row, column = place_of(cell)
        number = self._next
        self._next += 1
        return etree.fromstring(
            _NEW_SHAPE.format(
                number=number,
                row=row - 1,
                column=column - 1,
                left=column,
                right=column + _NOTE_COLUMNS,
                top=max(row - 2, 0),
                bottom=max(row - 2, 0) + _NOTE_ROWS,
            )
        )


def _run(text: str) -> etree._Element:
    """Return a note's text as one run."""
    look = f'<rPr><sz val="9"/><color indexed="81"/><rFont val="{FONT_NAME}"/><family val="2"/></rPr>'
    return etree.fromstring(f'<r xmlns="{MAIN}">{look}{text_xml(text)}</r>')


def _text_of(comment: etree._Element) -> etree._Element:
    """Return the text part of a note, begun if it is missing."""
    found = comment.find(f"{NS}text")
    return etree.SubElement(comment, f"{NS}text") if found is None else found
