"""Whether a picture is a photograph of a page, by its size alone: logos and banners under mails are none."""

from __future__ import annotations

import struct

_SHORT_SIDE, _LONG_SIDE = 500, 800
_LONGEST = 3.0
"""A page is not so many times as long as it is wide; a banner is."""
_JPEG, _PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
_PNG_SIZE_AT = 16
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a JPEG after which its size stands."""
_ALONE = frozenset({0x01, *range(0xD0, 0xDA)})
"""Markers without a length of their own."""


def is_photograph(content: bytes, media_type: str) -> bool:
    """Say whether a picture may show a page; one whose size nobody can tell (HEIC, TIFF) may."""
    size = _size(content)
    if size is None:
        return media_type.startswith("image/") and not media_type.endswith(("gif", "bmp", "png", "jpeg"))
    short, long = sorted(size)
    return short >= _SHORT_SIDE and long >= _LONG_SIDE and long <= _LONGEST * short


def _size(content: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG or a JPEG, None of any other picture or a damaged one."""
    try:
        if content.startswith(_PNG):
            wide, high = struct.unpack_from(">II", content, _PNG_SIZE_AT)
            return wide, high
        return _jpeg_size(content) if content.startswith(_JPEG) else None
    except (struct.error, IndexError):
        return 0, 0


def _jpeg_size(content: bytes) -> tuple[int, int]:
    """Return the size that a JPEG's frame gives; raises struct.error or IndexError where it has none."""
    at = len(_JPEG)
    while True:
        while content[at] == 0xFF:  # noqa: PLR2004 - what begins a marker
            at += 1
        marker = content[at]
        at += 1
        if marker in _FRAMES:
            high, wide = struct.unpack_from(">HH", content, at + 3)
            return wide, high
        if marker not in _ALONE:
            at += struct.unpack_from(">H", content, at)[0]
