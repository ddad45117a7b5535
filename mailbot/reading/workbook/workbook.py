"""A workbook as it is read, whatever its format: how much is looked at, the parts of its package, sheets of cells.

The package's directory is looked at before anything is unpacked: sizes, names, overlaps (T12 to T17, T26). Nothing here
knows of forms.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache, partial
from typing import NamedTuple, Protocol, TypeVar

from lxml import etree

from mailbot.core.model.form import Unreadable
from mailbot.core.model.form_layout import address
from mailbot.reading.files.archive_files import DAMAGED_ZIP
from mailbot.reading.limits import MEBIBYTE

T = TypeVar("T")
DAMAGE = (*DAMAGED_ZIP, etree.XMLSyntaxError, TypeError)
"""What the readers of a damaged file raise; anything else is ours."""

_ENCRYPTED = 0x1
_LOCAL_HEADER = struct.Struct("<4s22xHH")
"""Signature, length of the name and length of the extra field that stand before a member's bytes."""
_LOCAL_MARK = b"PK\x03\x04"
_UTF8_NAME = 0x800
_PLAIN_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, collect_ids=False
)
"""For parts of a package: no entities, no network; nobody asks for an element by its id."""
_DOCUMENT_TYPE = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookLimits:
    """Upper bounds for one workbook (reliability, section 5); an office may set most of them in `office.yaml`."""

    file_bytes: int = 10 * MEBIBYTE
    unpacked_bytes: int = 100 * MEBIBYTE
    """All members of the package together."""
    part_bytes: int = 50 * MEBIBYTE
    """One member."""
    members: int = 200
    ratio: int = 200
    """Unpacked to packed size of a whole file above one mebibyte."""
    shared_texts: int = 200_000
    cells: int = 200_000
    """Cells that hold something, on one sheet."""
    rows: int = 10_000
    columns: int = 200
    sheets: int = 20
    """How far is read; what lies beyond is not looked at."""


USUAL_LIMITS = WorkbookLimits()

Place = tuple[int, int]
"""Row and column, both from 1."""


class WorkbookRefused(ValueError):
    """A file that cannot be read as a workbook; `reason` decides the answer, the message is for the operator."""

    def __init__(self, reason: Unreadable, why: str) -> None:
        """Keep the reason and the operator's sentence."""
        super().__init__(why)
        self.reason = reason


class Kind(StrEnum):
    """What a cell holds."""

    NUMBER = "number"
    PERCENT = "percent"
    """A number shown as a percentage: 0.985 seen as 98,5%."""
    BARE = "bare"
    """A number whose format the file's reader cannot tell."""
    DATE = "date"
    TEXT = "text"
    TRUTH = "truth"
    ERROR = "error"
    UNCOMPUTED = "uncomputed"
    """A formula that was never computed."""


class Value(NamedTuple):
    """One cell's content: its kind, the text a person sees or would see, and the number if it is one.

    Every cell of a form becomes one, so it is a tuple, which is made several times as quickly as a frozen dataclass.
    """

    kind: Kind
    text: str
    number: float = 0.0
    computed: bool = False
    """The file says that a formula gave it."""


@dataclass(frozen=True, slots=True)
class Merge:
    """One merged range, both corners included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def covers(self, row: int, column: int) -> bool:
        """Say whether a cell lies in the range."""
        return self.first_row <= row <= self.last_row and self.first_column <= column <= self.last_column

    def __str__(self) -> str:
        """Return the range as A1:B2."""
        return f"{address(self.first_row, self.first_column)}:{address(self.last_row, self.last_column)}"


@dataclass(slots=True)
class Grid:
    """One sheet. Raw cells are decoded when somebody looks at them."""

    name: str
    raw: dict[Place, object]
    decode: Callable[[object], Value | None]
    merges: tuple[Merge, ...] = ()
    _values: dict[Place, Value | None] = field(default_factory=dict)
    _rows: dict[int, list[int]] | None = None

    @property
    def rows(self) -> dict[int, list[int]]:
        """Return the rows that hold something, in order, each with the columns of its cells, in order."""
        if self._rows is None:
            self._rows = {}
            for row, column in sorted(self.raw):
                self._rows.setdefault(row, []).append(column)
        return self._rows

    def value(self, row: int, column: int) -> Value | None:
        """Return what a cell holds, or None if it is empty."""
        place = (row, column)
        if place in self._values:
            return self._values[place]
        raw = self.raw.get(place)
        value = self._values[place] = None if raw is None else self.decode(raw)
        return value

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell, empty if there is none."""
        value = self.value(row, column)
        return value.text if value is not None else ""

    def merge_at(self, row: int, column: int) -> Merge | None:
        """Return the merged range a cell lies in, if any."""
        return next((merge for merge in self.merges if merge.covers(row, column)), None) if self.merges else None


class Workbook(Protocol):
    """A file opened as a workbook; sheets are read when asked for."""

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the sheets, in order."""

    def grid(self, name: str) -> Grid:
        """Return one sheet. Raises WorkbookRefused if it cannot be read."""


class Package:
    """An office file (XLSX, XLSB, ODS) whose parts are unpacked one by one, each within the limits."""

    def __init__(self, content: bytes, limits: WorkbookLimits) -> None:
        """Open the zip and look at its directory.

        Raises:
            WorkbookRefused: it is damaged, locked, lies about its members, or is larger inside than it may be.
        """
        try:
            members = zipfile.ZipFile(io.BytesIO(content)).infolist()
            _check_members(members, len(content), limits)
        except WorkbookRefused:
            raise
        except DAMAGE as trouble:
            raise WorkbookRefused(Unreadable.BROKEN, f"zip: {trouble}") from trouble
        self._content = content
        self._limits = limits
        self._members = {member.filename.casefold(): member for member in members}

    def has(self, part: str) -> bool:
        """Say whether there is such a part; names are compared without case, as Excel does."""
        return part.casefold() in self._members

    def read(self, part: str) -> bytes:
        """Return a part's bytes.

        Raises:
            WorkbookRefused: there is no such part, it is damaged, or it carries a document type.
        """
        member = self._members.get(part.casefold())
        if member is None:
            raise WorkbookRefused(Unreadable.BROKEN, f"no {part}")
        if member.file_size > self._limits.part_bytes:
            raise WorkbookRefused(Unreadable.TOO_LARGE, f"{part} is {member.file_size} bytes")
        try:
            content = _unpacked(self._content, member)
        except DAMAGE as trouble:
            raise WorkbookRefused(Unreadable.BROKEN, f"{part}: {trouble!r}") from trouble
        # Most parts hold neither sign of one; three searches for the whole word would cost as much as unpacking them.
        if (b"<!" in content or b"\0" in content) and any(mark in content for mark in _DOCUMENT_TYPE):
            raise WorkbookRefused(Unreadable.BROKEN, f"{part} carries a document type")
        return content

    def parsed(self, part: str, parser: Callable[[bytes], T]) -> T:
        """Return what a parser makes of a part's bytes.

        Raises:
            WorkbookRefused: as `read`, or the parser finds the part damaged.
        """
        content = self.read(part)
        try:
            return parser(content)
        except WorkbookRefused:
            raise
        except DAMAGE as trouble:
            raise WorkbookRefused(Unreadable.BROKEN, f"{part}: {trouble}") from trouble

    def targets(self, part: str) -> dict[str, str]:
        """Return the parts that a part refers to, by id; none that stands outside of the package."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(relations):
            return {}
        return {
            relation.get("Id", ""): _resolved(folder, relation.get("Target", ""))
            for relation in self.tree(relations).iter("{*}Relationship")
            if relation.get("TargetMode") != "External"
        }

    def tree(self, part: str) -> etree._Element:
        """Return a small part as parsed XML, without entities and without the network; raises as `parsed`."""
        return self.parsed(part, partial(etree.fromstring, parser=PARSER))


@lru_cache(maxsize=1024)
def _resolved(folder: str, target: str) -> str:
    """Return the part that a target names, seen from a folder."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _check_members(members: list[zipfile.ZipInfo], size: int, limits: WorkbookLimits) -> None:
    """Refuse a directory that holds too much, a name twice, locked or overlapping members."""
    unpacked = sum(member.file_size for member in members)
    swollen = unpacked > MEBIBYTE and unpacked > limits.ratio * size
    if len(members) > limits.members or unpacked > limits.unpacked_bytes or swollen:
        raise WorkbookRefused(Unreadable.TOO_LARGE, f"{len(members)} members, {unpacked} bytes unpacked")
    names = {member.filename.casefold() for member in members}
    if len(names) != len(members):
        raise WorkbookRefused(Unreadable.BROKEN, "a member's name stands twice")
    end = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.flag_bits & _ENCRYPTED:
            raise WorkbookRefused(Unreadable.PASSWORD, "locked members")
        if member.compress_type not in _PLAIN_METHODS or member.header_offset < end:
            raise WorkbookRefused(Unreadable.BROKEN, "members overlap or are packed in an unusual way")
        end = member.header_offset + _LOCAL_HEADER.size + member.compress_size


def _unpacked(content: bytes, member: zipfile.ZipInfo) -> bytes:
    """Return a member's bytes, never more than its directory entry says; what the whole file holds is in memory anyhow.

    `ZipFile.read` opens a file, buffers and locks for each member, which costs more than unpacking a sheet.

    Raises:
        zipfile.BadZipFile: the member is not where the directory says, or its bytes are not those it was made of.
        zlib.error: the packed bytes are damaged.
        struct.error: the file ends before the member begins.
    """
    mark, name_bytes, extra_bytes = _LOCAL_HEADER.unpack_from(content, member.header_offset)
    named = member.header_offset + _LOCAL_HEADER.size
    begins = named + name_bytes + extra_bytes
    name = content[named : named + name_bytes].decode("utf-8" if member.flag_bits & _UTF8_NAME else "cp437")
    if mark != _LOCAL_MARK or name != member.orig_filename:
        raise zipfile.BadZipFile("a member is not what the directory says")
    packed = content[begins : begins + member.compress_size]
    if member.compress_type == zipfile.ZIP_DEFLATED and member.file_size:
        packed = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, member.file_size)
    unpacked = packed[: member.file_size]
    if zlib.crc32(unpacked) != member.CRC:
        raise zipfile.BadZipFile("a member's checksum is wrong")
    return unpacked
