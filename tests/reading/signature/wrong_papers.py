"""Papers that are not what they should be, each made in the way that somebody would make it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields
from pypdf import PdfReader, PdfWriter

from tests.reading.signature.plain_pdf import REPORT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

WHITE_BOX = b"q 1 g 60 690 400 40 re f Q "
OTHER_FIGURE = b"BT /F1 12 Tf 72 704 Td (Kepemilikan KTP elektronik 99,90 persen) Tj ET"
OVER_ALL = b"q 595 0 0 842 0 0 cm /Im Do Q"
BESIDE = b"q 60 0 0 60 450 60 cm /Im Do Q"
"""A small picture where the page is empty."""


def with_other_figure() -> tuple[tuple[str, ...], ...]:
    """Return the report's pages with one figure changed."""
    return tuple(tuple(line.replace("98,50", "99,50") for line in page) for page in REPORT)


def changed(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """Return a PDF with a further revision."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def redrawn(page: int = 1) -> Callable[[IncrementalPdfFileWriter], None]:
    """Return the change that draws another figure on a page."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        more = writer.add_object(generic.StreamObject(stream_data=WHITE_BOX + OTHER_FIGURE))
        writer.add_stream_to_page(page, more)

    return change


def annotated(kind: str, *, appearance: bool = True) -> Callable[[IncrementalPdfFileWriter], None]:
    """Return the change that lays something on the second page."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        laid = generic.DictionaryObject(
            {
                generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
                generic.pdf_name("/Subtype"): generic.pdf_name(kind),
                generic.pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (60, 690, 460, 730))),
                generic.pdf_name("/Contents"): generic.TextStringObject("99,90"),
            }
        )
        if kind == "/Widget":
            laid["/FT"] = generic.pdf_name("/Sig")
            laid["/T"] = generic.TextStringObject("Kosong")
        if appearance:
            form = {
                "/Type": generic.pdf_name("/XObject"),
                "/Subtype": generic.pdf_name("/Form"),
                "/BBox": generic.ArrayObject(map(generic.NumberObject, (0, 0, 400, 40))),
            }
            drawn = generic.StreamObject(
                {generic.pdf_name(key): value for key, value in form.items()}, stream_data=b"1 g 0 0 400 40 re f"
            )
            shown = generic.DictionaryObject({generic.pdf_name("/N"): writer.add_object(drawn)})
            laid["/AP"] = shown
        writer.register_annotation(writer.find_page_for_modification(1)[0], writer.add_object(laid))

    return change


def scripted(writer: IncrementalPdfFileWriter) -> None:
    """Put a script into a PDF, which runs when it is opened."""
    writer.root["/OpenAction"] = generic.DictionaryObject(
        {
            generic.pdf_name("/S"): generic.pdf_name("/JavaScript"),
            generic.pdf_name("/JS"): generic.TextStringObject("app.alert(1)"),
        }
    )
    writer.update_root()


def layered(writer: IncrementalPdfFileWriter) -> None:
    """Put layers into a PDF, which show and hide what a page draws."""
    writer.root["/OCProperties"] = generic.DictionaryObject({generic.pdf_name("/OCGs"): generic.ArrayObject()})
    writer.update_root()


def bookmarked(does: str) -> Callable[[IncrementalPdfFileWriter], None]:
    """Return the change that puts a bookmark into a PDF which does something, or leads to the first page."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        action = {"/S": generic.pdf_name(does), "/D": generic.ArrayObject([writer.find_page_for_modification(0)[0]])}
        item = {"/Title": generic.TextStringObject("BAB I"), "/A": _dictionary(action)}
        only = writer.add_object(_dictionary(item))
        writer.root["/Outlines"] = writer.add_object(_dictionary({"/First": only, "/Last": only}))
        writer.update_root()

    return change


def posing(writer: IncrementalPdfFileWriter) -> None:
    """Lay a picture beside the words that poses as a signature: of a kind that nobody knows, and none at all."""
    drawn = generic.StreamObject(
        _dictionary(
            {
                "/Type": generic.pdf_name("/XObject"),
                "/Subtype": generic.pdf_name("/Form"),
                "/BBox": generic.ArrayObject(map(generic.NumberObject, (0, 0, 200, 60))),
            }
        ),
        stream_data=b"1 0 0 rg 0 0 200 60 re f",
    )
    held = {
        "/Type": generic.pdf_name("/Sig"),
        "/SubFilter": generic.pdf_name("/tanda.tangan"),
        "/Contents": generic.ByteStringObject(bytes(20)),
        "/ByteRange": generic.ArrayObject(map(generic.NumberObject, (0, 1, 2, 3))),
    }
    laid = {
        "/Type": generic.pdf_name("/Annot"),
        "/Subtype": generic.pdf_name("/Widget"),
        "/FT": generic.pdf_name("/Sig"),
        "/T": generic.TextStringObject("Tiruan"),
        "/Rect": generic.ArrayObject(map(generic.NumberObject, (300, 60, 500, 120))),
        "/V": writer.add_object(_dictionary(held)),
        "/AP": _dictionary({"/N": writer.add_object(drawn)}),
    }
    writer.register_annotation(writer.find_page_for_modification(1)[0], writer.add_object(_dictionary(laid)))


def acting_when_clicked(pdf: bytes) -> bytes:
    """Return a PDF with a field to be signed that does something when it is clicked on."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        fields.append_signature_field(writer, fields.SigFieldSpec("Signature1", on_page=2, box=(300, 60, 500, 120)))
        field = writer.root["/AcroForm"]["/Fields"][0]
        field["/A"] = _dictionary({"/S": generic.pdf_name("/URI"), "/URI": generic.TextStringObject("http://x")})

    return changed(pdf, change)


def _dictionary(values: Mapping[str, Any]) -> generic.DictionaryObject:
    """Return a dictionary of a PDF."""
    return generic.DictionaryObject({generic.pdf_name(name): value for name, value in values.items()})


def pages_of(pdf: bytes, *numbers: int) -> bytes:
    """Return a PDF of some pages of another, as a program that saves it anew writes it."""
    writer = PdfWriter()
    reader = PdfReader(io.BytesIO(pdf))
    for number in numbers:
        writer.add_page(reader.pages[number])
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def locked(pdf: bytes) -> bytes:
    """Return a PDF that asks for a password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    writer.encrypt("rahasia")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def one_byte_other(pdf: bytes) -> bytes:
    """Return a signed PDF in which one byte of what is signed is another: the date in a comment, say."""
    at = pdf.index(b"/MediaBox[0 0 595 842]")
    return pdf[:at] + b"/MediaBox[0 0 595 843]" + pdf[at + 22 :]


def other_signature(pdf: bytes) -> bytes:
    """Return a signed PDF in which the last bytes of the signature itself are others."""
    start = pdf.index(b"/Contents <") + 11
    end = pdf.index(b">", start)
    blob = bytearray.fromhex(pdf[start:end].decode())
    last = len(bytes(blob).rstrip(b"\0")) - 1
    blob[last] ^= 1
    return pdf[:start] + blob.hex().encode() + pdf[end:]
