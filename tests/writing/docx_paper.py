"""The office's paper for the Word templates: A4, the kop, tables with light rules, signature blocks (python-docx)."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import _Footer
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

FONT = "Arial"
WIDTH_CM = 16.5
"""A4 less 2.5 cm on the left and 2 cm on the right."""

_UNUSED = ("/stylesWithEffects", "/customXml", "/thumbnail")
"""How the names of relations end whose parts no letter needs."""


def new_document(points: float = 11) -> Document:
    """Return an empty A4 document in the office's font, without any moment or person in its properties."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(2)
    section.top_margin, section.bottom_margin = Cm(1.5), Cm(2)
    section.header_distance = section.footer_distance = Cm(1)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(points)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(kind), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "id-ID")
    normal.element.get_or_add_rPr().append(language)
    for default in document.styles.element.iter(qn("w:lang")):
        default.set(qn("w:val"), "id-ID")
    normal.paragraph_format.space_after, normal.paragraph_format.space_before = Pt(0), Pt(0)
    normal.paragraph_format.widow_control = True
    core = document.core_properties
    core.author = core.last_modified_by = "mailbot"
    core.title = core.comments = core.keywords = ""
    return document


def slim(document: Document) -> None:
    """Take out a gallery of table styles, the same once more "with effects", a picture of a blank page.

    They are nine tenths of the file's XML, which every filling and every PDF would read through again.
    """
    styles = document.styles.element
    for style in [style for style in styles.iter(qn("w:style")) if style.get(qn("w:type")) == "table"]:
        if style.get(qn("w:default")) != "1":
            styles.remove(style)
    for relations in (document.part.rels, document.part.package.rels):
        for number in [one for one, relation in relations.items() if relation.reltype.endswith(_UNUSED)]:
            del relations[number]


def say(  # noqa: PLR0913 - how a paragraph looks, all named
    where: Document | _Cell | _Footer,
    text: str = "",
    *,
    align: ALIGN | None = None,
    bold: bool = False,
    size: float | None = None,
    before: float = 0,
    after: float = 0,
    spacing: float | None = None,
    underline: bool = False,
    keep: bool = False,
    first_cm: float = 0,
) -> Paragraph:
    """Add a paragraph (the first of a cell is used up first)."""
    fresh = hasattr(where, "_tc") and len(where.paragraphs) == 1 and not where.paragraphs[0].text
    paragraph = where.paragraphs[0] if fresh else where.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.underline = bold or None, underline or None
    if size:
        run.font.size = Pt(size)
    form = paragraph.paragraph_format
    form.alignment, form.space_before, form.space_after = align, Pt(before), Pt(after)
    form.line_spacing, form.keep_with_next = spacing, keep or None
    if first_cm:
        form.first_line_indent = Cm(first_cm)
    return paragraph


def table(where: Document | _Cell, rows: int, widths_cm: tuple[float, ...], style: str | None = None) -> Table:
    """Add a table of fixed widths; LibreOffice takes them from the grid, Word from the cells, so both are set."""
    made = (
        where.add_table(rows, len(widths_cm)) if hasattr(where, "_tc") else where.add_table(rows, len(widths_cm), style)
    )
    made.autofit = False
    made.alignment = WD_TABLE_ALIGNMENT.LEFT
    for column, width in zip(made.columns, widths_cm, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
    return made


def indent(made: Table, left_cm: float) -> None:
    """Set how far a table's left edge stands from the margin."""
    element = OxmlElement("w:tblInd")
    element.set(qn("w:w"), str(round(left_cm * 567)))
    element.set(qn("w:type"), "dxa")
    made._tbl.tblPr.append(element)  # noqa: SLF001 - python-docx has no name for a table's indent


def cell_margins(made: Table, left_cm: float, right_cm: float, top_pt: float = 0) -> None:
    """Set how far a table's text stands from the edges of its cells."""
    margins = OxmlElement("w:tblCellMar")
    for side, twips in (
        ("top", top_pt * 20),
        ("left", left_cm * 567),
        ("bottom", top_pt * 20),
        ("right", right_cm * 567),
    ):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(round(twips)))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    made._tbl.tblPr.append(margins)  # noqa: SLF001 - python-docx has no name for cell margins


def borders(made: Table, **sides: str) -> None:
    """Set a table's rules: `top="single:8"` is 1 pt; `insideH`, `insideV` are the rules between cells."""
    element = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        kind, _, eighths = sides.get(side, "nil").partition(":")
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:val"), kind)
        if eighths:
            edge.set(qn("w:sz"), eighths)
            edge.set(qn("w:space"), "0")
            edge.set(qn("w:color"), "000000")
        element.append(edge)
    made._tbl.tblPr.append(element)  # noqa: SLF001 - python-docx has no name for table borders


def rule_below(paragraph: Paragraph) -> None:
    """Draw the thick-and-thin line of the kop below a paragraph."""
    element = OxmlElement("w:pBdr")
    edge = OxmlElement("w:bottom")
    for name, value in (("val", "thickThinSmallGap"), ("sz", "24"), ("space", "1"), ("color", "000000")):
        edge.set(qn(f"w:{name}"), value)
    element.append(edge)
    paragraph._p.get_or_add_pPr().append(element)  # noqa: SLF001 - python-docx has no name for paragraph borders


def kop(document: Document) -> None:
    """Add the letterhead: the logo's place on the left, three centred lines, the double line."""
    made = table(document, 1, (2.6, WIDTH_CM - 2.6))
    borders(made)
    cell_margins(made, 0, 0)
    left, right = made.rows[0].cells
    left.paragraphs[0].add_run().add_picture(BytesIO(placeholder_logo()), width=Cm(2.2))
    name_logo(left.paragraphs[0])
    say(right, "{{ kop.government }}", align=ALIGN.CENTER, size=14)
    say(right, "{{ kop.agency }}", align=ALIGN.CENTER, bold=True, size=15)
    say(right, "{{ kop.address_line }}", align=ALIGN.CENTER, size=9, before=2)
    line = say(document, after=8)
    line.paragraph_format.line_spacing = Pt(4)
    rule_below(line)


def name_logo(paragraph: Paragraph) -> None:
    """Name a paragraph's picture `logo`, so that the office's emblem takes its place, with an alternative text."""
    for properties in paragraph._p.xpath(".//pic:cNvPr | .//wp:docPr"):  # noqa: SLF001 - python-docx has no name for it
        properties.set("name", "logo")
        properties.set("descr", "Lambang daerah")


def placeholder_logo(pixels: int = 260) -> bytes:
    """Return a neutral grey ring as PNG: where the office puts its own emblem, never a real one."""
    middle, outer, inner = pixels / 2, pixels / 2 - 4, pixels / 2 - 16

    def shade(x: int, y: int) -> int:
        far = ((x + 0.5 - middle) ** 2 + (y + 0.5 - middle) ** 2) ** 0.5
        ink = min(max(outer - far + 0.5, 0), 1) * min(max(far - inner + 0.5, 0), 1)
        fill = min(max(inner - far + 0.5, 0), 1) * 0.08
        return round(255 * (1 - 0.45 * ink - fill))

    rows = b"".join(b"\0" + bytes(shade(x, y) for x in range(pixels)) for y in range(pixels))

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", pixels, pixels, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def signature(document: Document, name: str, *, on_behalf: bool = False) -> None:
    """Add a signature block in the right half that never stands alone on a page."""
    made = table(document, 1, (WIDTH_CM / 2, WIDTH_CM / 2))
    borders(made)
    cell = made.rows[0].cells[1]
    if on_behalf:
        say(cell, "a.n. {{ head_title }},", keep=True)
    say(cell, "{{ " + name + ".title }},", keep=True)
    for _ in range(4):
        say(cell, keep=True)
    say(cell, "{{ " + name + ".name }}", bold=True, underline=True, keep=True)
    say(cell, "{%p if " + name + ".rank %}", keep=True)
    say(cell, "{{ " + name + ".rank }}", keep=True)
    say(cell, "{%p endif %}", keep=True)
    say(cell, "{%p if " + name + ".nip %}", keep=True)
    say(cell, "NIP {{ " + name + ".nip }}", keep=True)
    say(cell, "{%p endif %}")
    together(made)


def together(made: Table) -> None:
    """Forbid a page break inside the rows of a table."""
    for row in made.rows:
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no name for it
        properties.append(OxmlElement("w:cantSplit"))
