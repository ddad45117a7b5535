"""A PDF of our own pages, byte for byte the same for the same pages: text in Helvetica, rules, shades, no picture."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

from mailbot.writing.print.letters_wide import LACKED, encoded, shown

A4 = (595.28, 841.89)
"""Width and height in points."""


@dataclass(slots=True)
class Page:
    """One page, while it is drawn; y is counted from its foot."""

    width: float
    height: float
    drawn: list[bytes] = field(default_factory=list)
    lacks: bool = False
    """A sign that the font lacks was set."""

    def text(self, x: float, y: float, words: str, size: float, *, bold: bool = False) -> None:
        """Set one line of text."""
        font = b"/F2" if bold else b"/F1"
        self.lacks = self.lacks or LACKED in shown(words)
        self.drawn.append(b"BT %b %.2f Tf %.2f %.2f Td (%b) Tj ET" % (font, size, x, y, encoded(words)))

    def rule(self, x: float, y: float, to: float, thickness: float = 0.5) -> None:
        """Draw a horizontal rule."""
        self.drawn.append(b"%.2f w %.2f %.2f m %.2f %.2f l S" % (thickness, x, y, to, y))

    def shade(self, x: float, y: float, width: float, height: float, grey: float = 0.91) -> None:
        """Shade a field."""
        self.drawn.append(b"q %.2f g %.2f %.2f %.2f %.2f re f Q" % (grey, x, y, width, height))


def pdf_of(pages: list[Page]) -> bytes:
    """Return a PDF of pages."""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        _font(b"Helvetica"),
        _font(b"Helvetica-Bold"),
    ]
    kids: list[int] = []
    for page in pages:
        content = zlib.compress(b"\n".join(page.drawn), 9)
        stream = len(objects) + 1
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(content), content))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.2f %.2f] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>" % (page.width, page.height, stream)
        )
    names = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(kids), names)
    return _file(objects)


def _font(name: bytes) -> bytes:
    """Return one of the fonts that every reader and printer has."""
    return b"<< /Type /Font /Subtype /Type1 /BaseFont /%b /Encoding /WinAnsiEncoding >>" % name


def _file(objects: list[bytes]) -> bytes:
    """Return a file of objects, the first of them the catalogue."""
    made = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
    places: list[int] = []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(objects) + 1, table)
    return made + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
