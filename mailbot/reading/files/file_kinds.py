"""What kind of file some bytes are, by their content; name and declared type decide only between texts (T6, T19)."""

from __future__ import annotations

import io
import re
import struct
import zipfile

from mailbot.reading.files.damaged_zip import DAMAGED_ZIP

OCTETS = "application/octet-stream"
ZIP = "application/zip"
RAR = "application/vnd.rar"
SEVEN_ZIP = "application/x-7z-compressed"
GZIP = "application/gzip"
TNEF = "application/ms-tnef"
MAIL = "message/rfc822"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSM = "application/vnd.ms-excel.sheet.macroEnabled.12"
XLSB = "application/vnd.ms-excel.sheet.binary.macroEnabled.12"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODT = "application/vnd.oasis.opendocument.text"
XLS = "application/vnd.ms-excel"
DOC = "application/msword"
APPLE_HALF = "application/applefile"
"""What a Mac keeps of a file beside its content."""
LOCKED_OFFICE = "application/x-ole-encrypted"
"""An office file behind a password."""
OLE = "application/x-ole-storage"
CSV = "text/csv"
TEXT = "text/plain"
HTML = "text/html"
SHORTCUT = "application/internet-shortcut"
"""Only the way to a file, as Windows, a Mac or Google Drive keep it on a disk."""
NUMBERS = "application/vnd.apple.numbers"
OUTLOOK = "application/vnd.ms-outlook"
MARKUP = "application/xml"
"""A text in angle brackets that is no web page by its beginning."""
CALENDAR = "text/calendar"
VCARD = "text/vcard"

# First bytes -> kind, in the order they are tried.
MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"Rar!\x1a\x07", RAR),
    (b"7z\xbc\xaf\x27\x1c", SEVEN_ZIP),
    (b"\x1f\x8b", GZIP),
    (b"{\\rtf", "application/rtf"),
    (b"\x78\x9f\x3e\x22", TNEF),
    (b"\x00\x05\x16\x07", APPLE_HALF),
    (b"\x00\x05\x16\x00", APPLE_HALF),
    (b"MZ", "application/vnd.microsoft.portable-executable"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", SHORTCUT),
)
# Which member shows that a zip is really something else -> kind, in the order they are tried.
ZIP_MEMBERS = (
    ("xl/workbook.bin", XLSB),
    ("xl/vbaproject.bin", XLSM),
    ("xl/workbook.xml", XLSX),
    ("xl/worksheets/", XLSX),
    ("word/document.xml", DOCX),
    ("word/", DOCX),
    ("ppt/presentation.xml", PPTX),
)
# What a file of Apple's programs holds, as they wrote it over the years; each of these together.
_APPLE = (("index/document.iwa",), ("index.zip", "metadata/"), ("index.xml", "buildversionhistory.plist"))
_APPLE_FOLDER = re.compile(r"^[^/]+\.(?:numbers|pages|key)/")
"""Where the file is a folder on a Mac's disk, and was packed as one."""
_CONTENT_TYPES = "[content_types].xml"
_LOOKED_AT_TYPES = 65_536
# The type of the main part -> kind.
_MAIN_TYPES = (
    (b"ms-excel.sheet.macroEnabled.main", XLSM),
    (b"spreadsheetml.sheet.main", XLSX),
    (b"wordprocessingml.document.main", DOCX),
    (b"presentationml.presentation.main", PPTX),
)
# An OpenDocument file says what it is in its first, unpacked member.
_OPEN_DOCUMENTS = (
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", ODS),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", ODT),
)
# Names of streams inside an OLE file (UTF-16) -> kind, in the order they are tried.
OLE_STREAMS = (
    ("EncryptedPackage", LOCKED_OFFICE),
    ("Workbook", XLS),
    ("WordDocument", DOC),
    ("__substg1.0_", OUTLOOK),
    ("Book", XLS),
)
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_SECTOR_AT = (30, 48)
"""Where an OLE file says how large its sectors are, and in which one its directory begins."""
_OLE_OWNER_AT = 80
_OF_OUTLOOK = bytes.fromhex("0b0d020000000000c000000000000046")
"""The class of the whole file in a message of Outlook; what is enclosed in it has classes of its own."""
_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_HTML = re.compile(rb"\s{0,200}(?:\xef\xbb\xbf)?\s{0,200}<(?:!doctype html|html|head|body|table|meta)\b", re.IGNORECASE)
_ISO_MEDIA = {b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heif", b"avif": "image/avif"}
_SHORTCUT = re.compile(
    rb"\s{0,40}(?:\[(?:InternetShortcut|Desktop Entry)\]"
    rb"|<\?xml[^>]{0,200}>\s{0,40}<!DOCTYPE plist.{0,400}?<key>URL</key>)",
    re.IGNORECASE | re.DOTALL,
)
_SHORTCUT_NAMES = (".gsheet", ".gdoc", ".gslides", ".gform", ".gdraw", ".glink", ".url", ".webloc", ".desktop")
_BYTE_ORDER = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8"))
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LOOKED_AT = 4_096
_CARD = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,40}BEGIN:(VCALENDAR|VCARD)\s", re.IGNORECASE)
# Zip (APPNOTE 4.3.12, 4.3.16): the end record, a directory entry, and where the lengths stand in them.
_END_RECORD = b"PK\x05\x06"
_END_SIZE_AT = 12
_END_SEARCHED_BYTES = 65_557
_ENTRY = b"PK\x01\x02"
_ENTRY_BYTES = 46
_ENTRY_LENGTHS_AT = 28
_MOST_NAMES = 4_096


def file_kind(content: bytes, *, name: str, declared: str) -> str:
    """Return the media type of a file by its content.

    Args:
        content: the whole file.
        name: its cleaned name; its extension tells one text from another.
        declared: the type the mail gives it; believed only where bytes cannot tell (text, calendar, signatures).
    """
    for magic, kind in MAGIC:
        if content.startswith(magic):
            return kind
    if content.startswith(_ZIP_MAGIC):
        return _zip_kind(content)
    if content.startswith(_OLE_MAGIC):
        return _ole_kind(content, name.casefold())
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp" and content[8:12] in _ISO_MEDIA:
        return _ISO_MEDIA[content[8:12]]
    if declared == MAIL or name.casefold().endswith(".eml"):
        return MAIL
    return _text_kind(content[:_LOOKED_AT], name=name.casefold(), declared=declared)


def is_picture(kind: str) -> bool:
    """Say whether a file is a picture."""
    return kind.startswith("image/")


def _ole_kind(content: bytes, name: str) -> str:
    """Return the kind of an OLE file; a message may have workbooks in it, and says in its root that it is one."""
    shift, first = (
        int.from_bytes(content[at : at + size], "little") for at, size in zip(_OLE_SECTOR_AT, (2, 4), strict=True)
    )
    owner = ((first + 1) << min(shift, 12)) + _OLE_OWNER_AT
    held = [kind for stream, kind in OLE_STREAMS if stream.encode("utf-16-le") in content]
    if content[owner : owner + len(_OF_OUTLOOK)] == _OF_OUTLOOK or (OUTLOOK in held and name.endswith(".msg")):
        return OUTLOOK
    return next(iter(held), OLE)


def _zip_kind(content: bytes) -> str:
    """Return the kind of a zip by the names in its directory; one without a directory is just a zip."""
    for mark, kind in _OPEN_DOCUMENTS:
        if mark in content[:_LOOKED_AT]:
            return kind
    names = zip_names(content)
    apple = [_APPLE_FOLDER.sub("", name) for name in names]
    if any(all(any(name.startswith(part) for name in apple) for part in parts) for parts in _APPLE):
        return NUMBERS
    found = next((kind for member, kind in ZIP_MEMBERS if any(name.startswith(member) for name in names)), ZIP)
    return _package_kind(content) if found == ZIP and _CONTENT_TYPES in names else found


def _package_kind(content: bytes) -> str:
    """Return the kind of a package whose parts lie where nobody else puts them, by what it says it holds."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            part = next(name for name in package.namelist() if name.casefold().endswith(_CONTENT_TYPES))
            with package.open(part) as stream:
                said = stream.read(_LOOKED_AT_TYPES)
    except (*DAMAGED_ZIP, StopIteration):
        return ZIP
    return next((kind for mark, kind in _MAIN_TYPES if mark in said), ZIP)


def zip_names(content: bytes) -> list[str]:
    """Return the names in a zip's directory in small letters, at most `_MOST_NAMES`; none if it cannot be read."""
    end = content.rfind(_END_RECORD, max(len(content) - _END_SEARCHED_BYTES, 0))
    if end < 0 or end + _END_SIZE_AT + struct.calcsize("<II") > len(content):
        return []
    size, offset = struct.unpack_from("<II", content, end + _END_SIZE_AT)
    # A zip with something before it (or with a wrong offset) still has its directory right before the end record.
    position = offset if content.startswith(_ENTRY, offset) else end - size
    names: list[str] = []
    while len(names) < _MOST_NAMES and position >= 0 and content.startswith(_ENTRY, position):
        if position + _ENTRY_BYTES > len(content):
            break
        name, extra, comment = struct.unpack_from("<HHH", content, position + _ENTRY_LENGTHS_AT)
        start = position + _ENTRY_BYTES
        shown = content[start : start + name].decode("utf-8", errors="replace").replace("\\", "/").casefold()
        names.append(shown.removeprefix("./").lstrip("/"))
        position = start + name + extra + comment
    return names


def _text_kind(beginning: bytes, *, name: str, declared: str) -> str:
    """Return the kind of a file without magic bytes: one of the texts, or just bytes."""
    for mark, encoding in _BYTE_ORDER:
        if beginning.startswith(mark):
            beginning = beginning[len(mark) :].decode(encoding, errors="ignore").encode()
            break
    if _HTML.match(beginning):
        return HTML
    if _SHORTCUT.match(beginning) or name.endswith(_SHORTCUT_NAMES):
        return SHORTCUT
    if (card := _CARD.match(beginning)) is not None:
        return CALENDAR if card[1].upper() == b"VCALENDAR" else VCARD
    if not _NOT_TEXT.search(beginning):
        if name.endswith((".csv", ".tsv")) or declared in {CSV, "text/comma-separated-values", "application/csv"}:
            return CSV
        if beginning.lstrip().startswith(b"<"):
            return MARKUP
        return declared if declared.startswith("text/") and declared != HTML else TEXT
    return OCTETS
