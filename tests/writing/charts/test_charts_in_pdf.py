"""Charts in the PDF copy: however many there are, none is stretched."""

from __future__ import annotations

import io
import math
import shutil
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import docx
from docxtpl import DocxTemplate
from pypdf import PdfReader

from mailbot.writing.charts.chart import Axis, Chart, Look, Point, Series
from mailbot.writing.charts.drawing import add_chart
from mailbot.writing.word.pdf import PdfMaker

if TYPE_CHECKING:
    from pathlib import Path

_MANY = 24
"""More than LibreOffice holds at once by itself."""
_EVEN = 0.05


def document(folder: Path) -> bytes:
    """Return a Word file with many charts."""
    plain = docx.Document()
    for number in range(_MANY):
        plain.add_paragraph("").add_run(f"{{{{r chart{number} }}}}")
    path = folder / "grafik.docx"
    plain.save(str(path))
    template = DocxTemplate(path)
    template.init_docx()
    chart = Chart(
        categories=("2024", "2025"),
        series=(Series(name="Realisasi", look=Look.BAR, points=(Point(value=Decimal(3)), Point(value=Decimal(4)))),),
        axis=Axis(title="Persen"),
        title="",
        alternative="",
    )
    template.render(
        {f"chart{number}": add_chart(template, number + 1, chart) for number in range(_MANY)}, autoescape=True
    )
    made = io.BytesIO()
    template.save(made)
    return made.getvalue()


def stretched(pdf: bytes) -> list[str]:
    """Return every text of a PDF that is wider than it should be for its height, or narrower."""
    found: list[str] = []

    def look(text: str, page: list[float], own: list[float], _font: Any, _size: float) -> None:  # noqa: ANN401 - pypdf's own
        across = math.hypot(own[0] * page[0] + own[1] * page[2], own[0] * page[1] + own[1] * page[3])
        up = math.hypot(own[2] * page[0] + own[3] * page[2], own[2] * page[1] + own[3] * page[3])
        if text.strip() and abs(across / up - 1) > _EVEN:
            found.append(text)

    for page in PdfReader(io.BytesIO(pdf)).pages:
        page.extract_text(visitor_text=look)
    return found


def test_of_many_charts_none_is_stretched(tmp_path: Path) -> None:
    """Each is drawn as it stands, where LibreOffice is installed; elsewhere there is no PDF."""
    maker = PdfMaker()
    made = maker.convert(document(tmp_path))
    maker.close()
    assert (made is None) is (shutil.which("soffice") is None)
    assert made is None or (stretched(made) == [] and PdfReader(io.BytesIO(made)).pages[0].extract_text())
