"""Words of the report's Word file: sentences with anchors, the office's own points, signatures (python-docx)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Cm, Pt

from tests.writing.docx_paper import WIDTH_CM, borders, cell_margins, indent, say, table, together
from tests.writing.docx_report_paper import control

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

_RUN = re.compile(r"(\{\{r [^}]*\}\})")
"""A value that is a run of its own."""
_EDGE_CM = 0.12
"""How far a frame's words stand from it; Word sets a table's edge so far left of its indent."""


def runs(paragraph: Paragraph, words: str, *, bold: bool = False, size: float | None = None) -> Paragraph:
    """Add words to a paragraph, each value that is a run of its own apart."""
    for piece in _RUN.split(words):
        if piece:
            run = paragraph.add_run(piece)
            run.bold = bold or None
            if size:
                run.font.size = Pt(size)
    return paragraph


def told(document: Document, words: str, *, inset: bool = True, after: float = 8, keep: bool = False) -> Paragraph:
    """Add a paragraph of running text whose figures stand in anchors."""
    paragraph = say(document, align=ALIGN.JUSTIFY, spacing=1.15, after=after, first_cm=1.0 if inset else 0, keep=keep)
    return runs(paragraph, words)


def paragraphs(document: Document, name: str) -> None:
    """Add the office's own paragraphs, or the mark of what is missing."""
    control(document, f"{{%p for one in {name}['items'] %}}")
    told(document, "{{ one }}")
    control(document, "{%p endfor %}")
    _missing(document, name)


def points(document: Document, name: str, sign: str = "{{ loop.index }}.") -> None:
    """Add the office's own points as a list, or the mark of what is missing."""
    control(document, f"{{%p for one in {name}['items'] %}}")
    item(document, sign, "{{ one }}")
    control(document, "{%p endfor %}")
    _missing(document, name)


def _missing(document: Document, name: str) -> None:
    """Add the mark of what is missing."""
    control(document, f"{{%p if {name}.missing %}}")
    told(document, f"{{{{r {name}.missing }}}}", inset=False)
    control(document, "{%p endif %}")


def item(document: Document, sign: str, words: str) -> Paragraph:
    """Add one item of a list, hanging from its sign."""
    paragraph = say(document, align=ALIGN.LEFT, spacing=1.15, after=3)
    form = paragraph.paragraph_format
    form.left_indent, form.first_line_indent = Cm(0.8), Cm(-0.8)
    form.tab_stops.add_tab_stop(Cm(0.8))
    return runs(paragraph, f"{sign}\t{words}")


def signed(document: Document, before: str) -> None:
    """Add the empty place for the signature in the right half: who signs stands in anchors."""
    made = table(document, 1, (WIDTH_CM / 2, WIDTH_CM / 2))
    borders(made)
    cell = made.rows[0].cells[1]
    runs(say(cell, keep=True, after=4), before)
    runs(say(cell, keep=True), "{{r signer.title }},")
    for _ in range(4):
        say(cell, keep=True)
    name = runs(say(cell, keep=True), "{{r signer.name }}")
    name.style = "Penanda Tangan"
    _held_back(cell, "rank", "{{r signer.rank }}")
    _held_back(cell, "nip", "NIP {{r signer.nip }}", last=True)
    together(made)


def _held_back(cell: _Cell, name: str, words: str, *, last: bool = False) -> None:
    """Add a line that is left out where there is nothing to say."""
    say(cell, f"{{%p if signer.{name} %}}", keep=True)
    runs(say(cell, keep=not last), words)
    say(cell, "{%p endif %}", keep=not last)


def band(document: Document, words: str, size: float) -> Paragraph:
    """Add a line on the cover's band."""
    paragraph = document.add_paragraph(style="Pita Sampul")
    return runs(paragraph, words, size=size)


def framed(document: Document, words: str, height_cm: float) -> None:
    """Add a frame that is left blank for somebody else's words."""
    made = table(document, 1, (WIDTH_CM,))
    indent(made, _EDGE_CM)
    cell_margins(made, _EDGE_CM, _EDGE_CM)
    together(made)
    borders(made, top="single:6", left="single:6", bottom="single:6", right="single:6")
    row = made.rows[0]
    row.height = Cm(height_cm)
    say(row.cells[0], words, align=ALIGN.CENTER, before=10, size=10)


def page_break_before(paragraph: Paragraph) -> None:
    """Begin a paragraph on a new page."""
    paragraph.paragraph_format.page_break_before = True
