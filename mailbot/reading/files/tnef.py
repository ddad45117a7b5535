"""The files of a winmail.dat (MS-OXTNEF), read in one bounded pass; of the properties only file names are looked at.

The library for it copies the rest of the file for each attribute and believes counts of thousands of millions, so that
a few kilobytes keep it busy for hours.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from mailbot.reading.mime.decoding import decode

SIGNATURE = b"\x78\x9f\x3e\x22"
_HEADER_BYTES = 6
_ATTRIBUTE = struct.Struct("<BHHI")
_CHECKSUM_BYTES = 2
_MOST_ATTRIBUTES = 4_000
_MOST_PROPERTIES = 500

# Attributes (MS-OXTNEF, 2.1.3.2)
_CODEPAGE = 0x9007
_NEW_ATTACHMENT = 0x9002
_SHORT_NAME = 0x8010
_CONTENT = 0x800F
_PROPERTIES = 0x9005
# Properties of an attachment (MS-OXPROPS), names best first
_NAMES = (0x3707, 0x3704, 0x3001)
_OBJECT = 0x3701
# Property types: fixed ones with the bytes they take here, and those with a length before them
_FIXED = {
    0x0001: 0,
    0x0002: 4,
    0x000B: 4,
    0x0003: 4,
    0x0004: 4,
    0x000A: 4,
    0x0005: 8,
    0x0006: 8,
    0x0007: 8,
    0x0014: 8,
    0x0040: 8,
}
_FIXED[0x0048] = 16
_UNICODE = 0x001F
_OBJECT_KIND = 0x000D
_VARIABLE = frozenset({0x001E, _UNICODE, 0x0102, _OBJECT_KIND})
_MULTIPLE = 0x1000
_NAMED = 0x8000
_INTERFACE_BYTES = 16


class TnefDamaged(ValueError):
    """Lengths or counts do not fit the bytes there are."""


@dataclass(slots=True)
class TnefFile:
    """One attachment: its name, raw and untrusted, and its content."""

    name: str = ""
    content: bytes = b""


def read_tnef(data: bytes) -> list[TnefFile]:
    """Return the attachments of a winmail.dat.

    Raises:
        TnefDamaged: it cannot be read to its end.
    """
    if not data.startswith(SIGNATURE):
        raise TnefDamaged("no signature")
    files: list[TnefFile] = []
    charset = "windows-1252"
    try:
        for name, start, end in _attributes(data):
            if name == _CODEPAGE and end - start >= struct.calcsize("<I"):
                charset = f"windows-{struct.unpack_from('<I', data, start)[0]}"
            elif name == _NEW_ATTACHMENT:
                files.append(TnefFile())
            elif files and name == _SHORT_NAME:
                files[-1].name = files[-1].name or decode(data[start:end].rstrip(b"\x00"), charset)
            elif files and name == _CONTENT and not files[-1].content.startswith(SIGNATURE):
                files[-1].content = data[start:end]
            elif files and name == _PROPERTIES:
                _apply_properties(files[-1], data[start:end], charset)
    except struct.error as trouble:
        raise TnefDamaged(str(trouble)) from trouble
    return files


def _attributes(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Give the number of each attribute and where its value stands."""
    position = _HEADER_BYTES
    for _ in range(_MOST_ATTRIBUTES):
        if position + _ATTRIBUTE.size >= len(data):
            return
        _, name, _, length = _ATTRIBUTE.unpack_from(data, position)
        start = position + _ATTRIBUTE.size
        if start + length > len(data):
            if name in {_CONTENT, _PROPERTIES}:
                raise TnefDamaged("cut short within a file")
            return
        yield name, start, start + length
        position = start + length + _CHECKSUM_BYTES
    raise TnefDamaged("too many attributes")


def _apply_properties(file: TnefFile, data: bytes, charset: str) -> None:
    """Take the long name and an enclosed object from an attachment's properties."""
    found: dict[int, bytes] = {}
    position = struct.calcsize("<I")
    count = min(struct.unpack_from("<I", data, 0)[0], _MOST_PROPERTIES)
    for _ in range(count):
        if position >= len(data):
            break
        kind, name = struct.unpack_from("<HH", data, position)
        position = _after_name(data, position + struct.calcsize("<HH"), name)
        value, position = _value(data, position, kind)
        if name in _NAMES or name == _OBJECT:
            text = decode(value, "utf-16-le" if kind == _UNICODE else charset).rstrip("\x00")
            found.setdefault(name, text.encode("utf-8", errors="replace") if name in _NAMES else value)
    given = next((found[name] for name in _NAMES if found.get(name)), b"")
    file.name = given.decode("utf-8") or file.name
    enclosed = found.get(_OBJECT, b"")
    if enclosed.startswith(SIGNATURE) or not file.content:
        file.content = enclosed


def _after_name(data: bytes, position: int, name: int) -> int:
    """Return the place after the identity that a named property carries."""
    if name < _NAMED:
        return position
    position += _INTERFACE_BYTES
    by_text, length = struct.unpack_from("<II", data, position)
    position += struct.calcsize("<II")
    return position + (_padded(length) if by_text else 0)


def _value(data: bytes, position: int, kind: int) -> tuple[bytes, int]:
    """Return a property's first value and the place after all of them."""
    several = bool(kind & _MULTIPLE)
    kind &= ~_MULTIPLE
    count = 1
    if several or kind in _VARIABLE:
        count = struct.unpack_from("<I", data, position)[0]
        position += struct.calcsize("<I")
    if kind in _FIXED:
        return data[position : position + _FIXED[kind]], position + count * _FIXED[kind]
    if kind not in _VARIABLE or count > _MOST_PROPERTIES:
        raise TnefDamaged("an unknown kind of property")
    first = b""
    for number in range(count):
        length = struct.unpack_from("<I", data, position)[0]
        position += struct.calcsize("<I")
        if position + length > len(data):
            raise TnefDamaged("a property cut short")
        if number == 0:
            # An enclosed object begins with the identity of its interface.
            skipped = _INTERFACE_BYTES if kind == _OBJECT_KIND else 0
            first = data[position + skipped : position + length]
        position += _padded(length)
    return first, position


def _padded(length: int) -> int:
    """Return a length filled up to four bytes."""
    return length + (-length % 4)
