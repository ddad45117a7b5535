"""The members of a workbook -> a zip whose bytes depend on nothing but them; what was packed already stays packed."""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_LEVEL = 6
_NEEDED_VERSION = 20
_MADE_ON_UNIX = 3 << 8 | _NEEDED_VERSION
_UTF8_NAME = 0x800
_DAY_ZERO = 1 << 5 | 1
"""1 January 1980, the earliest day a zip can hold: a file's bytes must not tell when it was made."""
_PLAIN_FILE = 0o600 << 16
_LOCAL = struct.Struct("<4s5H3I2H")
_ENTRY = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")


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
        member: its entry in the zip's directory; `zipfile` has read it, so its local header is where the entry says.
    """
    name_bytes, extra_bytes = struct.unpack_from("<2H", archive, member.header_offset + _LOCAL.size - 4)
    begins = member.header_offset + _LOCAL.size + name_bytes + extra_bytes
    content = archive[begins : begins + member.compress_size]
    return Packed(content=content, crc=member.CRC, size=member.file_size, method=member.compress_type)


def zip_bytes(members: Mapping[str, str | bytes | Packed]) -> bytes:
    """Return the members as a zip.

    Written out here because `zipfile` opens, seeks and locks for each member, which takes longer than packing it, and
    cannot take over one that is packed already. A workbook has few and small members, so nothing of Zip64 is needed.
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
        body = _LOCAL.pack(b"PK\x03\x04", *about, 0) + label + member.content
        directory += (_ENTRY.pack(b"PK\x01\x02", _MADE_ON_UNIX, *about, 0, 0, 0, 0, _PLAIN_FILE, offset), label)
        bodies.append(body)
        offset += len(body)
    entries = b"".join(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, len(members), len(members), len(entries), offset, 0)
    return b"".join((*bodies, entries, end))
