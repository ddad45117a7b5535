"""The package of an office file: its parts by name and by relationship, unpacked one by one within limits.

Its directory is looked at before anything is unpacked: sizes, names, overlaps (T12 to T17, T26).
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import lru_cache, partial
from typing import NamedTuple, TypeVar

from lxml import etree

from mailbot.core.model.unreadable import Unreadable
from mailbot.reading.files.damaged_zip import DAMAGED_ZIP
from mailbot.reading.limits import MEBIBYTE
from mailbot.reading.workbook.workbook import WorkbookLimits, WorkbookRefused

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


class Relation(NamedTuple):
    """One part that another part refers to: by which id, as what, under which name."""

    id: str
    kind: str
    """The last step of its type: `worksheet`, `styles`, `sharedStrings`."""
    part: str


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
        self._members = {part_name(member.filename): member for member in members}

    def has(self, part: str) -> bool:
        """Say whether there is such a part; names are compared as `part_name` writes them."""
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

    def related(self, part: str) -> list[Relation]:
        """Return what a part refers to; nothing that stands outside of the package, or is not there."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(relations):
            return []
        found = (
            Relation(
                relation.get("Id", ""),
                relation.get("Type", "").rpartition("/")[2],
                _resolved(folder, relation.get("Target", "")),
            )
            for relation in self.tree(relations).iter("{*}Relationship")
            if relation.get("TargetMode") != "External"
        )
        return [relation for relation in found if self.has(relation.part)]

    def tree(self, part: str) -> etree._Element:
        """Return a small part as parsed XML, without entities and without the network; raises as `parsed`."""
        return self.parsed(part, partial(etree.fromstring, parser=PARSER))


@lru_cache(maxsize=1024)
def _resolved(folder: str, target: str) -> str:
    """Return the part that a target names, seen from a folder."""
    return posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")


@lru_cache(maxsize=1024)
def part_name(name: str) -> str:
    r"""Return the name of a part as it is compared: in small letters, `/` between steps, from the package's root.

    Some programs write `\`, a `/` at the head, or `./`.
    """
    return _resolved("", name).casefold()


def _check_members(members: list[zipfile.ZipInfo], size: int, limits: WorkbookLimits) -> None:
    """Refuse a directory that holds too much, a name twice, locked or overlapping members."""
    unpacked = sum(member.file_size for member in members)
    swollen = unpacked > MEBIBYTE and unpacked > limits.ratio * size
    if len(members) > limits.members or unpacked > limits.unpacked_bytes or swollen:
        raise WorkbookRefused(Unreadable.TOO_LARGE, f"{len(members)} members, {unpacked} bytes unpacked")
    names = {part_name(member.filename) for member in members}
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
