"""The report's paper: styles, sections with their page numbers, captions, tables with light rules (python-docx)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from tests.writing.docx_paper import FONT, WIDTH_CM, cell_margins, indent, new_document, say, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document
    from docx.section import Section
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

RUN = re.compile(r"(\{\{r [^}]*\}\})")
"""A value that is a run of its own."""
_RULE = "8A8F98"
_SHADE = "E8EBF0"
_MISSING = "9C5700"
_BAND = "1F4E79"
"""The cover's band."""
_FIGURES_LIST = (("table of figures", "TableofFigures", 0.0),)
_CELL_CM = 0.12
_AFTER_FIGURE_CM = 0.25
"""How far words stand from a column of figures on their left, which is aligned towards them."""


def report_document() -> Document:
    """Return an empty report with its styles: headings, table text, captions, and the marks for what is missing."""
    document = new_document(11)
    core = document.core_properties
    core.title, core.author, core.language = (
        "Laporan Kinerja {{ agency_name }} {{ period }}",
        "{{ agency_name }}",
        "id-ID",
    )
    document.sections[0].top_margin = Cm(2.5)
    document.sections[0].bottom_margin = Cm(2.2)
    for level, size, before, after in ((1, 14, 28, 14), (2, 11.5, 14, 6), (3, 11, 12, 4), (4, 10.5, 10, 4)):
        style = document.styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.bold = FONT, Pt(size), True
        style.font.color.rgb, style.font.italic = RGBColor(0, 0, 0), False
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(kind), FONT)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)
        form = style.paragraph_format
        form.space_before, form.space_after, form.keep_with_next = Pt(before), Pt(after), True
        form.alignment = ALIGN.CENTER if level == 1 else ALIGN.LEFT
    for name, breaks in (("Judul Depan", True), ("Judul Daftar", False)):
        front = _paragraph_style(document, name, 14)
        front.font.bold = True
        form = front.paragraph_format
        form.alignment, form.space_before, form.space_after = ALIGN.CENTER, Pt(0 if breaks else 22), Pt(14)
        form.keep_with_next, form.page_break_before = True, breaks
        _outline(front)
    cover = _paragraph_style(document, "Pita Sampul", 20)
    cover.font.bold, cover.font.color.rgb = True, RGBColor(0xFF, 0xFF, 0xFF)
    cover.paragraph_format.alignment = ALIGN.CENTER
    _fill(cover, _BAND)
    _paragraph_style(document, "Penanda Tangan", 11).font.bold = True
    document.styles["Penanda Tangan"].font.underline = True
    _paragraph_style(document, "Versi", 9)
    _paragraph_style(document, "Tabel", 9)
    _paragraph_style(document, "Tabel Tebal", 9).font.bold = True
    for name, number, left in (("toc 1", "TOC1", 0.0), ("toc 2", "TOC2", 0.6), ("toc 3", "TOC3", 1.2), *_FIGURES_LIST):
        contents = _paragraph_style(document, name, 10)
        contents.element.set(qn("w:styleId"), number)
        form = contents.paragraph_format
        form.left_indent, form.right_indent, form.first_line_indent = Cm(left + 0.6), Cm(1.0), Cm(-0.6)
        form.tab_stops.add_tab_stop(Cm(WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        form.space_after, contents.font.bold = Pt(2), (left == 0 and number == "TOC1") or None
    caption = _paragraph_style(document, "Judul Tabel", 10)
    caption.font.bold = True
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(10), Pt(4)
    source = _paragraph_style(document, "Sumber", 8.5)
    source.font.italic = True
    source.paragraph_format.space_before, source.paragraph_format.space_after = Pt(3), Pt(10)
    document.styles.add_style("Terisi", WD_STYLE_TYPE.CHARACTER)
    missing = document.styles.add_style("BelumDiisi", WD_STYLE_TYPE.CHARACTER)
    missing.font.color.rgb, missing.font.italic = RGBColor.from_string(_MISSING), True
    return document


def _outline(style) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001 - python-docx's own style
    """Give a style a place in the document's outline, so that contents and bookmarks hold its paragraphs."""
    mark = OxmlElement("w:outlineLvl")
    mark.set(qn("w:val"), "0")
    style.element.get_or_add_pPr().append(mark)


def _fill(style, colour: str) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001 - python-docx's own style
    """Give a style's paragraphs a ground of one colour."""
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    properties = style.element.get_or_add_pPr()
    place = properties.find(qn("w:spacing"))
    place.addprevious(shade) if place is not None else properties.insert(0, shade)


def _paragraph_style(document: Document, name: str, points: float):  # type: ignore[no-untyped-def] # noqa: ANN202 - python-docx's own style
    """Add a paragraph style."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.font.size = Pt(points)
    return style


def front_heading(document: Document, words: str) -> None:
    """Add a heading of the front matter on a new page; its pages have roman numbers."""
    document.add_paragraph(words, style="Judul Depan")


def text(document: Document, words: str, *, after: float = 8, inset: bool = True, keep: bool = False) -> Paragraph:
    """Add a paragraph of running text: justified, 1.15 lines."""
    return say(document, words, align=ALIGN.JUSTIFY, spacing=1.15, after=after, first_cm=1.0 if inset else 0, keep=keep)


def control(document: Document, tag: str) -> None:
    """Add a paragraph that only holds a docxtpl tag and vanishes when the file is filled."""
    document.add_paragraph(tag)


def labelled(document: Document, label: str, tag: str) -> None:
    """Add a paragraph `Label: value`, the value a run of its own so that it can be marked."""
    paragraph = say(document, label + " ", bold=True, align=ALIGN.JUSTIFY, spacing=1.15, after=4)
    paragraph.add_run(tag)


def bullets(document: Document, loop: str, words: str, tag: str = "") -> None:
    """Add a list: one line of the loop each, numbered by hand so that every program shows the same."""
    control(document, f"{{%p for {loop} %}}")
    paragraph = say(document, words, align=ALIGN.JUSTIFY, spacing=1.15, after=4)
    paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(0.8), Cm(-0.8)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(0.8))
    if tag:
        paragraph.add_run(tag)
    control(document, "{%p endfor %}")


def new_section(document: Document, number_format: str) -> Section:
    """Begin a section on a new page with its own page numbers: `lowerRoman` for the front, `decimal` from Bab I."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    properties = section._sectPr  # noqa: SLF001 - python-docx has no name for page numbers
    for old in properties.findall(qn("w:pgNumType")):
        properties.remove(old)
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:fmt"), number_format)
    numbering.set(qn("w:start"), "1")
    properties.find(qn("w:cols")).addprevious(numbering)
    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
    head = section.header.paragraphs[0]
    head.alignment = ALIGN.RIGHT
    head.add_run("Laporan Kinerja {{ agency_short }} {{ period }}").font.size = Pt(8.5)
    _rule(head, "bottom")
    for extra in section.footer.paragraphs[1:]:
        extra._p.getparent().remove(extra._p)  # noqa: SLF001 - python-docx has no name for taking out
    foot = section.footer.paragraphs[0]
    foot.alignment = ALIGN.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    foot._p.append(field)  # noqa: SLF001 - python-docx has no name for fields
    return section


def _rule(paragraph: Paragraph, side: str) -> None:
    """Draw a thin rule at a paragraph's edge."""
    element = OxmlElement("w:pBdr")
    edge = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "3"), ("color", _RULE)):
        edge.set(qn(f"w:{name}"), value)
    element.append(edge)
    paragraph._p.get_or_add_pPr().append(element)  # noqa: SLF001 - python-docx has no name for paragraph borders


def data_table(  # noqa: PLR0913 - a table has this many parts, all named
    document: Document,
    caption: str,
    headers: Sequence[str],
    widths_cm: tuple[float, ...],
    rows: Sequence[Sequence[str]],
    *,
    right: frozenset[int] = frozenset(),
    source: str = "",
    totals: frozenset[int] = frozenset(),
) -> Table:
    """Add a table: caption above, header shaded and repeated, light rules, source below.

    A row of one text is a docxtpl row tag (`{%tr for ... %}`). A row with fewer texts than columns is the head of those
    below it: its last text spans the columns left, and it never stands alone at the foot of a page. `right` are the
    columns of figures, `totals` the bold rows.
    """
    if caption:
        document.add_paragraph(caption, style="Judul Tabel")
    made = table(document, 1 + len(rows), widths_cm)
    indent(made, _CELL_CM)
    cell_margins(made, _CELL_CM, _CELL_CM, 2.5)
    for cell, header in zip(made.rows[0].cells, headers, strict=True):
        _cell(cell, header, bold=True, align=ALIGN.CENTER)
        cell.paragraphs[0].paragraph_format.keep_with_next = True
        _shade(cell)
    properties = made.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no name for it
    properties.append(OxmlElement("w:tblHeader"))
    for number, (row, values) in enumerate(zip(made.rows[1:], rows, strict=True)):
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - python-docx has no name for it
        cells = list(row.cells)
        heads = len(values) < len(cells) and not values[0].startswith("{%")
        if heads:
            cells[len(values) - 1].merge(cells[-1])
        for column, (cell, value) in enumerate(zip(cells, values, strict=False)):
            align = ALIGN.RIGHT if column in right else ALIGN.LEFT
            _cell(cell, value, bold=number in totals, align=align)
            cell.paragraphs[0].paragraph_format.keep_with_next = heads or None
            if column not in right and column - 1 in right:
                cell.paragraphs[0].paragraph_format.left_indent = Cm(_AFTER_FIGURE_CM)
    _light_rules(made)
    document.add_paragraph(source, style="Sumber")
    return made


def _cell(cell: _Cell, value: str, *, bold: bool, align: ALIGN) -> None:
    """Set one cell."""
    paragraph = cell.paragraphs[0]
    paragraph.style, paragraph.alignment = "Tabel Tebal" if bold else "Tabel", align
    for piece in RUN.split(value):
        if piece:
            paragraph.add_run(piece)


def _shade(cell: _Cell) -> None:
    """Shade a header cell."""
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", _SHADE)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - python-docx has no name for shading


def _light_rules(made: Table) -> None:
    """Draw rules above, below and between rows; no vertical lines."""
    element = OxmlElement("w:tblBorders")
    for side, eighths in (("top", "8"), ("bottom", "8"), ("insideH", "4")):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", eighths), ("space", "0"), ("color", _RULE)):
            edge.set(qn(f"w:{name}"), value)
        element.append(edge)
    made._tbl.tblPr.append(element)  # noqa: SLF001 - python-docx has no name for table borders


FULL = WIDTH_CM
