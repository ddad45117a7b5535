"""Small PDFs written by hand, so that a test can say which byte of them was changed."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

REPORT = (
    ("LAPORAN KINERJA TAHUN 2025", "Dinas Kependudukan dan Pencatatan Sipil", "Kota Contoh"),
    ("BAB III AKUNTABILITAS KINERJA", "Kepemilikan KTP elektronik 98,50 persen dari target 99", "Sumber data bidang"),
    ("LEMBAR PENGESAHAN", "Kepala Dinas", "Sri Wahyuni Prameswari Pembina Utama Muda"),
)
"""What the pages of the document say, line by line."""
STAMP = (350, 150, 520, 230)
"""Where a stamp stands beside the words."""


def written(objects: Iterable[bytes]) -> bytes:
    """Return a PDF of numbered objects, the first of which is the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    at = len(out)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(places) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        count,
        table,
        count,
        at,
    )


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """Return a packed stream."""
    packed = zlib.compress(content)
    return b"<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (entries, len(packed), packed)


def text_of(lines: Iterable[str]) -> bytes:
    """Return what draws lines, one below the other."""
    shown = b" T* ".join(b"(%s) Tj" % line.encode("latin-1") for line in lines)
    return b"BT /F1 12 Tf 16 TL 72 720 Td %s ET" % shown


def document(
    pages: tuple[tuple[str, ...], ...] = REPORT, *, extra: dict[int, bytes] | None = None, catalogue: bytes = b""
) -> bytes:
    """Return a PDF with a page for each list of lines; `extra` is drawn after the words of a page."""
    drawn = [text_of(lines) + b" " + (extra or {}).get(at, b"") for at, lines in enumerate(pages)]
    return pdf_of(drawn, catalogue=catalogue)


def pdf_of(drawn: list[bytes], *, images: dict[int, bytes] | None = None, catalogue: bytes = b"") -> bytes:
    """Return a PDF with a page for each content; `images` are picture objects, each `/Im` of its page."""
    first = 4
    kids = b" ".join(b"%d 0 R" % (first + 3 * at) for at in range(len(drawn)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalogue,
        b"<</Type/Pages/Count %d/Kids[%s]/MediaBox[0 0 595 842]>>" % (len(drawn), kids),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for at, content in enumerate(drawn):
        number = first + 3 * at
        image = b"/XObject<</Im %d 0 R>>" % (number + 2)
        objects += [
            b"<</Type/Page/Parent 2 0 R/Resources<</Font<</F1 3 0 R>>%s>>/Contents %d 0 R>>" % (image, number + 1),
            stream(content),
            (images or {}).get(at, picture()),
        ]
    return written(objects)


def picture(width: int = 8, height: int = 8, grey: bytes = b"") -> bytes:
    """Return a picture object; white unless it says otherwise."""
    entries = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8" % (
        width,
        height,
    )
    return stream(grey or b"\xff" * (width * height), entries)


def scan(pages: int = len(REPORT)) -> bytes:
    """Return pages that are one picture each."""
    return pdf_of([b"q 595 0 0 842 0 0 cm /Im Do Q"] * pages)
