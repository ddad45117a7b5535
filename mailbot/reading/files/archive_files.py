"""Archives in a mail opened, with what is truly unpacked counted and stopped (T12, T13, T14, T26)."""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import dataclass

from mailbot.reading.files.damaged_zip import DAMAGED_ZIP
from mailbot.reading.files.tnef import SIGNATURE, TnefDamaged, read_tnef
from mailbot.reading.limits import MEBIBYTE, MailLimits

_PLAIN_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ENCRYPTED = 0x1
_LOCAL_HEADER_BYTES = 30
_END_RECORD = b"PK\x05\x06"
_END_RECORD_BYTES = 22
_END_RECORD_SEARCHED = 65_557
_CHUNK_BYTES = 65_536
_DEEPEST_TNEF = 3
# What a Mac or a Windows folder leaves in a zip; nobody sent it on purpose.
_LITTER = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")


class ArchiveRefused(ValueError):
    """An archive that is damaged, locked, lying about its members, or larger inside than it may be."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """One file out of an archive; the name is raw and untrusted."""

    name: str
    content: bytes


@dataclass(slots=True)
class Budget:
    """How many bytes and files may still be unpacked for one mail."""

    bytes_left: int
    members_left: int

    def spend(self, count: int) -> None:
        """Take `count` bytes away; raises ArchiveRefused when none are left."""
        self.bytes_left -= count
        if self.bytes_left < 0:
            raise ArchiveRefused("larger inside than it may be")

    def count(self, members: int) -> None:
        """Take files away; raises ArchiveRefused when there are no more to open."""
        if members > self.members_left:
            raise ArchiveRefused("too many members")
        self.members_left -= members


def open_zip(content: bytes, limits: MailLimits, budget: Budget) -> list[Unpacked]:
    """Return the files of a zip, read in memory under their names; directories and litter left out.

    Raises:
        ArchiveRefused: it cannot be read whole within the limits; nothing of it is used then.
    """
    _count_members(content, limits)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            budget.count(len(members))
            _check_members(members, len(content))
            return [
                Unpacked(member.filename, _inflate(archive, member, limits, budget))
                for member in members
                if not member.is_dir()
                and not member.filename.casefold().endswith(_LITTER[1:])
                and not member.filename.casefold().startswith(_LITTER[0])
            ]
    except DAMAGED_ZIP as trouble:
        raise ArchiveRefused(str(trouble)) from trouble


def open_tnef(content: bytes, limits: MailLimits, budget: Budget, *, depth: int = 0) -> list[Unpacked]:
    """Return the files of a winmail.dat, those of mails enclosed in it included.

    Raises:
        ArchiveRefused: it is damaged, or holds too much.
    """
    budget.spend(len(content))
    try:
        files = read_tnef(content)
    except TnefDamaged as trouble:
        raise ArchiveRefused(str(trouble)) from trouble
    found: list[Unpacked] = []
    for file in files:
        # A mail enclosed in it is another winmail.dat without the name.
        if file.content.startswith(SIGNATURE) and depth < _DEEPEST_TNEF:
            found += open_tnef(file.content, limits, budget, depth=depth + 1)
        elif file.content:
            found.append(Unpacked(file.name, file.content))
    if depth == 0:
        budget.count(len(found))
    return found


def _count_members(content: bytes, limits: MailLimits) -> None:
    """Refuse a zip whose own count of members is beyond the limit, before its directory is read."""
    at = content.rfind(_END_RECORD, max(len(content) - _END_RECORD_SEARCHED, 0))
    if at < 0 or at + _END_RECORD_BYTES > len(content):
        raise ArchiveRefused("no directory")
    members, directory_bytes = struct.unpack_from("<HI", content, at + 10)
    if members > limits.zip_members or directory_bytes > MEBIBYTE:
        raise ArchiveRefused("too many members")


def _check_members(members: list[zipfile.ZipInfo], size: int) -> None:
    """Refuse members that share a name or bytes, are locked, or are packed in an unusual way."""
    names = [member.filename for member in members]
    if len(set(names)) != len(names):
        raise ArchiveRefused("a name twice")
    end = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.flag_bits & _ENCRYPTED:
            raise ArchiveRefused("locked")
        if member.compress_type not in _PLAIN_METHODS:
            raise ArchiveRefused("packed in an unusual way")
        if member.header_offset < end:
            raise ArchiveRefused("members overlap")
        end = member.header_offset + _LOCAL_HEADER_BYTES + member.compress_size
        if end > size:
            raise ArchiveRefused("cut short")


def _inflate(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limits: MailLimits, budget: Budget) -> bytes:
    """Unpack one member, counting what truly comes out."""
    unpacked = io.BytesIO()
    most = max(MEBIBYTE, member.compress_size * limits.unpack_ratio)
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            budget.spend(len(chunk))
            unpacked.write(chunk)
            if unpacked.tell() > most:
                raise ArchiveRefused("unpacks to far more than it packs")
    return unpacked.getvalue()
