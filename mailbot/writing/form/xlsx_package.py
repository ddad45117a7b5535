"""A workbook as values -> the bytes of an XLSX file; the same workbook always gives the same bytes.

Its zip is written out here: `zipfile` opens, seeks and locks for each member, which takes longer than packing it, and
cannot take over a member that is packed already.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from mailbot.core.model.form_layout import address
from mailbot.writing.form.sheet_xml import MAIN, Registry, new_styles, sheet_xml, styles_xml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailbot.writing.form.workbook_model import Book, Sheet

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_VERY_HIDDEN = ' state="veryHidden"'
_LEVEL = 6
_NEEDED_VERSION = 20
_MADE_ON_UNIX = 3 << 8 | _NEEDED_VERSION
_UTF8_NAME = 0x800
_DAY_ZERO = 1 << 5 | 1
"""1 January 1980, the earliest day a zip can hold: a file's bytes must not tell when it was made."""
_PLAIN_FILE = 0o600 << 16
_LOCAL_MARK = b"PK\x03\x04"
_LOCAL = struct.Struct("<4s5H3I2H")
_ENTRY = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")


def book_bytes(book: Book) -> bytes:
    """Return the workbook as the bytes of an XLSX file."""
    styles, texts = new_styles(), Registry()
    parts: dict[str, str] = {}
    for number, sheet in enumerate(book.sheets, 1):
        front = sheet.name == book.opens_on
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet_xml(sheet, styles, texts, front=front)
    return zip_bytes(
        {
            "[Content_Types].xml": _content_types(len(book.sheets)),
            "_rels/.rels": _root_relations(),
            "docProps/core.xml": _properties(book),
            "xl/workbook.xml": _workbook(book),
            "xl/_rels/workbook.xml.rels": _workbook_relations(len(book.sheets)),
            "xl/styles.xml": styles_xml(styles),
            "xl/sharedStrings.xml": _shared_texts(texts),
            **parts,
        }
    )


def _content_types(sheets: int) -> str:
    """Return the part that tells what each part is."""
    override = '<Override PartName="{}" ContentType="{}"/>'.format
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f"{override('/xl/workbook.xml', f'{_TYPE}.sheet.main+xml')}"
        f"{''.join(override(f'/xl/worksheets/sheet{n}.xml', f'{_TYPE}.worksheet+xml') for n in range(1, sheets + 1))}"
        f"{override('/xl/styles.xml', f'{_TYPE}.styles+xml')}"
        f"{override('/xl/sharedStrings.xml', f'{_TYPE}.sharedStrings+xml')}"
        f"{override('/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml')}</Types>"
    )


def _root_relations() -> str:
    """Return where the package begins."""
    return (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/officeDocument" Target="xl/workbook.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>"
    )


def _workbook_relations(sheets: int) -> str:
    """Return the parts the workbook is made of; sheets keep their numbers as ids."""
    kinds = [(f"worksheets/sheet{n}.xml", "worksheet") for n in range(1, sheets + 1)]
    kinds += [("styles.xml", "styles"), ("sharedStrings.xml", "sharedStrings")]
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'
        for number, (target, kind) in enumerate(kinds, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'


def _properties(book: Book) -> str:
    """Return the document's title and maker; no time, so that the same form has the same bytes."""
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(book.title)}</dc:title><dc:creator>{escape(book.creator)}</dc:creator></cp:coreProperties>"
    )


def _workbook(book: Book) -> str:
    """Return the workbook part: its sheets, the one in front, what is printed; everything is computed on opening."""
    front = [sheet.name for sheet in book.sheets].index(book.opens_on)
    sheets = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{number}"{_VERY_HIDDEN if sheet.very_hidden else ""}'
        f' r:id="rId{number}"/>'
        for number, sheet in enumerate(book.sheets, 1)
    )
    return (
        f'{_HEAD}<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}/relationships"><workbookPr/>'
        f'<workbookProtection lockStructure="1"/><bookViews><workbookView activeTab="{front}"/></bookViews>'
        f"<sheets>{sheets}</sheets><definedNames>{''.join(map(_print_names, range(len(book.sheets)), book.sheets))}"
        '</definedNames><calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>'
    )


def _print_names(index: int, sheet: Sheet) -> str:
    """Return the print area of a sheet, and the header row that is repeated on its pages."""
    if sheet.very_hidden:
        return ""
    quoted = "'" + sheet.name.replace("'", "''") + "'"
    row, column = sheet.last_row, sheet.last_column
    corner = address(row, column).rstrip("0123456789")
    area = f"{quoted}!$A$1:${corner}${row}"
    names = f'<definedName name="_xlnm.Print_Area" localSheetId="{index}">{escape(area)}</definedName>'
    if sheet.header_row:
        titles = f"{quoted}!${sheet.header_row}:${sheet.header_row}"
        if sheet.breaks:
            titles = f"{quoted}!$A:${address(1, sheet.repeated).rstrip('0123456789')},{titles}"
        names += f'<definedName name="_xlnm.Print_Titles" localSheetId="{index}">{escape(titles)}</definedName>'
    return names


def _shared_texts(texts: Registry) -> str:
    """Return the table of texts that cells point into."""
    items = "".join(f"<si>{text}</si>" for text in texts.numbers)
    return f'{_HEAD}<sst xmlns="{MAIN}" uniqueCount="{len(texts.numbers)}">{items}</sst>'


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """One member as it stands in a zip: its packed bytes, what they come to, and how they were packed."""

    content: bytes
    crc: int
    size: int
    method: int = zipfile.ZIP_DEFLATED


def pack(content: bytes) -> Packed:
    """Return a member's bytes packed."""
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Packed(content=deflate.compress(content) + deflate.flush(), crc=zlib.crc32(content), size=len(content))


def packed(archive: bytes, member: zipfile.ZipInfo) -> Packed:
    """Return a member of another zip as it is packed there.

    Args:
        archive: the whole zip.
        member: its entry in the zip's directory.

    Raises:
        zipfile.BadZipFile: it does not stand where the entry says.
        struct.error: the zip ends before the member begins.
    """
    begins = member.header_offset + _LOCAL.size
    name_bytes, extra_bytes = struct.unpack_from("<2H", archive, begins - 4)
    if not archive.startswith(_LOCAL_MARK, member.header_offset):
        raise zipfile.BadZipFile("a member is not where the directory says")
    begins += name_bytes + extra_bytes
    content = archive[begins : begins + member.compress_size]
    return Packed(content=content, crc=member.CRC, size=member.file_size, method=member.compress_type)


def unpacked(member: Packed) -> bytes:
    """Return the bytes of a packed member, never more than it says.

    Raises:
        zipfile.BadZipFile: they are not those it was made of.
        zlib.error: the packed bytes are damaged.
    """
    content = member.content
    if member.method == zipfile.ZIP_DEFLATED and member.size:
        content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(content, member.size)
    content = content[: member.size]
    if zlib.crc32(content) != member.crc:
        raise zipfile.BadZipFile("a member's checksum is wrong")
    return content


def zip_bytes(members: Mapping[str, str | bytes | Packed]) -> bytes:
    """Return the members as a zip.

    A workbook has few and small members, so nothing of Zip64 is needed.
    """
    bodies: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name, given in members.items():
        member = given if isinstance(given, Packed) else pack(given.encode() if isinstance(given, str) else given)
        label = name.encode()
        flags = 0 if label.isascii() else _UTF8_NAME
        sizes = (member.crc, len(member.content), member.size, len(label))
        about = (_NEEDED_VERSION, flags, member.method, 0, _DAY_ZERO, *sizes)
        body = _LOCAL.pack(_LOCAL_MARK, *about, 0) + label + member.content
        directory += (_ENTRY.pack(b"PK\x01\x02", _MADE_ON_UNIX, *about, 0, 0, 0, 0, _PLAIN_FILE, offset), label)
        bodies.append(body)
        offset += len(body)
    entries = b"".join(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, len(members), len(members), len(entries), offset, 0)
    return b"".join((*bodies, entries, end))
