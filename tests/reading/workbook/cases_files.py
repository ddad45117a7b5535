"""Cases of files that are no form, damaged, hostile, or a form in an unusual wrapping."""

from __future__ import annotations

import re
from functools import partial

from mailbot.core.model.unreadable import Unreadable
from tests.reading.workbook.cases import Case
from tests.reading.workbook.edits import members, repacked
from tests.writing.form.paper import FIGURES, SPENT, blank_form, good_form

GOOD = FIGURES | SPENT
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET, TEXTS = "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml"


def ole(stream: str) -> bytes:
    """Return the beginning of an OLE file with a stream of that name."""
    return OLE + b"\x00" * 504 + stream.encode("utf-16-le") + b"\x00" * 512


def replaced(part: str, old: bytes, new: bytes, parts: dict[str, bytes]) -> None:
    """Change some bytes of a part."""
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)


def dropped(part: str, parts: dict[str, bytes]) -> None:
    """Lose a part."""
    del parts[part]


def prefixed(parts: dict[str, bytes]) -> None:
    """Write a sheet and the shared texts with a namespace prefix, as some programs do."""
    for part in (SHEET, TEXTS):
        xml = parts[part].replace(b"xmlns=", b"xmlns:x=")
        parts[part] = re.sub(rb"<(/?)([A-Za-z])", rb"<\1x:\2", xml)


def without_references(parts: dict[str, bytes]) -> None:
    """Write a sheet whose cells do not say where they stand: they follow one another, from column A on."""
    full = re.sub(rb'(<row [^>]*>)(<c r="B)', rb"\1<c/>\2", parts[SHEET])
    parts[SHEET] = re.sub(rb'<c r="[A-Z]+\d+"', b"<c", full)


def in_runs(parts: dict[str, bytes]) -> None:
    """Write the shared texts in two runs each, with a phonetic reading."""
    phonetic = b'<rPh sb="0" eb="1"><t>fonetik</t></rPh>'
    parts[TEXTS] = re.sub(
        rb"<si><t[^>]*>(.?)([^<]*)</t></si>",
        rb"<si><r><t>\1</t></r><r><t>\2</t></r>" + phonetic + rb"</si>",
        parts[TEXTS],
    )


def in_wide_characters(parts: dict[str, bytes]) -> None:
    """Write a sheet in UTF-16."""
    text = parts[SHEET].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    parts[SHEET] = text.encode("utf-16")


def stray(reference: bytes, parts: dict[str, bytes]) -> None:
    """Put a stray value far away from everything else."""
    row = re.sub(rb"[A-Z]", b"", reference)
    cell = b'<row r="' + row + b'"><c r="' + reference + b'"><v>1</v></c></row></sheetData>'
    replaced(SHEET, b"</sheetData>", cell, parts)


CASES = (
    Case(name="nothing", build=lambda: b"", unreadable=Unreadable.EMPTY_FILE),
    Case(name="only blanks", build=lambda: b"\r\n \x00\x00\n", unreadable=Unreadable.EMPTY_FILE),
    Case(name="a PDF called xlsx", build=lambda: b"%PDF-1.7\n%...", unreadable=Unreadable.PDF),
    Case(name="a photo", build=lambda: b"\xff\xd8\xff\xe0" + b"\x00" * 99, unreadable=Unreadable.PICTURE),
    Case(name="a screenshot", build=lambda: b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, unreadable=Unreadable.PICTURE),
    Case(
        name="a phone's photo", build=lambda: b"\x00\x00\x00\x18ftypheic" + b"\x00" * 99, unreadable=Unreadable.PICTURE
    ),
    Case(name="an old Word file", build=lambda: ole("WordDocument"), unreadable=Unreadable.OLD_DOCUMENT),
    Case(
        name="a Word file",
        build=members(_Content_Types__xml="", word__document_dot_xml="<w/>"),
        unreadable=Unreadable.TEXT_DOCUMENT,
    ),
    Case(name="an RTF file", build=lambda: b"{\\rtf1 Data kinerja}", unreadable=Unreadable.TEXT_DOCUMENT),
    Case(
        name="an OpenDocument text",
        build=members(mimetype="application/vnd.oasis.opendocument.text", content_dot_xml="<x/>"),
        unreadable=Unreadable.TEXT_DOCUMENT,
    ),
    Case(
        name="slides",
        build=members(ppt__presentation_dot_xml="<p/>"),
        file_name="paparan.pptx",
        unreadable=Unreadable.NOT_A_FORM,
    ),
    Case(name="a locked workbook", build=lambda: ole("EncryptedPackage"), unreadable=Unreadable.PASSWORD),
    Case(
        name="a locked OpenDocument workbook",
        build=members(
            mimetype="application/vnd.oasis.opendocument.spreadsheet",
            META__INF="",
            **{"META-INF__manifest_dot_xml": "<m><encryption-data/></m>"},
        ),
        file_name="form.ods",
        unreadable=Unreadable.PASSWORD,
    ),
    Case(
        name="an old workbook, damaged",
        build=lambda: ole("Workbook"),
        file_name="form.xls",
        unreadable=Unreadable.BROKEN,
    ),
    Case(name="half of a file", build=lambda: good_form()[: len(good_form()) // 2], unreadable=Unreadable.BROKEN),
    Case(name="the head of a file", build=lambda: good_form()[:60], unreadable=Unreadable.BROKEN),
    Case(name="bytes called xlsx", build=lambda: bytes(range(256)), unreadable=Unreadable.BROKEN),
    Case(
        name="bytes called something else",
        build=lambda: bytes(range(256)),
        file_name="data.bin",
        unreadable=Unreadable.NOT_A_FORM,
    ),
    Case(name="a text", build=lambda: b"Terlampir data kami.", file_name="isi.txt", unreadable=Unreadable.NOT_A_FORM),
    Case(
        name="a web page called xls",
        build=lambda: b"<html><table><tr><td>Kode</td></tr></table></html>",
        file_name="form.xls",
        unreadable=Unreadable.WEB_PAGE,
    ),
    Case(
        name="a zip with pictures",
        build=members(foto1_dot_jpg=b"\xff\xd8\xff", foto2_dot_jpg=b"\xff\xd8\xff"),
        file_name="bukti.zip",
        unreadable=Unreadable.ARCHIVE,
    ),
    Case(
        name="over ten megabytes", build=lambda: b"PK\x03\x04" + b"\x00" * 10_500_000, unreadable=Unreadable.TOO_LARGE
    ),
    Case(
        name="a bomb: a part of a hundred megabytes",
        build=repacked(lambda parts: parts.update({"xl/worksheets/sheet9.xml": b" " * 101_000_000})),
        unreadable=Unreadable.TOO_LARGE,
    ),
    Case(
        name="a bomb: unpacked far larger than packed",
        build=repacked(lambda parts: parts.update({"xl/media/image1.bmp": b"\x00" * 20_000_000})),
        unreadable=Unreadable.TOO_LARGE,
    ),
    Case(
        name="more members than a form has",
        build=repacked(lambda parts: parts.update({f"xl/media/{n}.txt": b"" for n in range(250)})),
        unreadable=Unreadable.TOO_LARGE,
    ),
    Case(
        name="a document type in a sheet",
        build=repacked(partial(replaced, SHEET, b"<worksheet ", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet ')),
        unreadable=Unreadable.BROKEN,
    ),
    Case(
        name="a document type in the shared texts",
        build=repacked(partial(replaced, TEXTS, b"<sst ", b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><sst ')),
        unreadable=Unreadable.BROKEN,
    ),
    Case(
        name="a sheet cut off in the middle",
        build=repacked(lambda parts: parts.update({SHEET: parts[SHEET][:3000]})),
        unreadable=Unreadable.BROKEN,
    ),
    Case(
        name="a sheet's part is missing",
        build=repacked(partial(dropped, SHEET)),
        faults=("sheet_missing Indikator",),
        values=SPENT,
    ),
    Case(
        name="no workbook part",
        build=repacked(partial(dropped, "xl/workbook.xml")),
        unreadable=Unreadable.BROKEN,
    ),
    Case(name="a sheet with a namespace prefix", build=repacked(prefixed), values=GOOD),
    Case(name="cells that do not say where they stand", build=repacked(without_references), values=GOOD),
    Case(name="texts in runs, with phonetic readings", build=repacked(in_runs), values=GOOD),
    Case(name="a sheet in UTF-16", build=repacked(in_wide_characters), values=GOOD),
    Case(name="a stray value in the last row", build=repacked(partial(stray, b"A1048576")), values=GOOD),
    Case(name="a stray value in the last cell", build=repacked(partial(stray, b"XFD1048576")), values=GOOD),
    Case(name="a stray value in a column that does not exist", build=repacked(partial(stray, b"ZZZ7")), values=GOOD),
    Case(
        name="a comment in a sheet",
        build=repacked(partial(replaced, SHEET, b"<sheetData>", b'<!-- <c r="K8"><v>1</v></c> --><sheetData>')),
        values=GOOD,
    ),
    Case(
        name="a comment and a processing instruction in a cell",
        build=repacked(partial(replaced, SHEET, b"<v>99.45</v>", b"<!-- a --><?b c?><v>99.45</v>")),
        values=GOOD,
    ),
    Case(
        name="the whole sheet merged",
        build=repacked(
            partial(
                replaced,
                SHEET,
                b"</sheetData>",
                b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
            )
        ),
        faults=("merged_cell Indikator!I8",),
    ),
    Case(
        name="the stamp was changed",
        build=repacked(partial(replaced, TEXTS, b">dafduk<", b">capil<")),
        years=(2025,),
        values=GOOD,
    ),
    Case(
        name="a shared text that does not exist",
        build=repacked(
            lambda parts: parts.update({SHEET: re.sub(rb'(<c r="M8"[^>]*><v>)\d+', rb"\g<1>99999", parts[SHEET])})
        ),
        values=GOOD,
    ),
    Case(
        name="infinity in a number cell",
        build=repacked(lambda parts: parts.update({SHEET: parts[SHEET].replace(b"<v>99.45</v>", b"<v>1e999</v>")})),
        faults=("not_a_number Indikator!K8",),
        values={"IKU-02": ""},
    ),
    Case(
        name="the unfilled form by another name",
        build=blank_form,
        file_name="FORM FIX FINAL (2).xlsx",
        untouched=True,
    ),
)
