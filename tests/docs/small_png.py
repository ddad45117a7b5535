"""Makes a picture small: cut to what is asked, its colours few, as PNG with a palette; no library needed."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from dataclasses import dataclass

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_NEAR = 24
"""So far apart may two colours be, over all three channels, to become one."""
_COLOURS = 48


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture in memory: three bytes a pixel, line after line."""

    width: int
    height: int
    rgb: bytes


def read(png: bytes) -> Pixels:
    """Read a picture as Chromium and Poppler write it: eight bits a channel, with or without alpha, not interlaced.

    Raises:
        ValueError: it is another kind of picture.
    """
    parts = list(_parts(png))
    width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", parts[0][1])
    if depth != 8 or kind not in {2, 6} or interlaced:
        raise ValueError(f"a picture of depth {depth}, kind {kind}")
    step = 3 if kind == 2 else 4
    flat = _unfiltered(zlib.decompress(b"".join(data for name, data in parts if name == b"IDAT")), width * step, step)
    if step == 4:
        kept = bytearray(width * height * 3)
        for channel in range(3):
            kept[channel::3] = flat[channel::4]
        flat = bytes(kept)
    return Pixels(width, height, flat)


def cut(picture: Pixels, left: int, top: int, width: int, height: int) -> Pixels:
    """Return a part of a picture, as much of it as there is."""
    width, height = min(width, picture.width - left), min(height, picture.height - top)
    starts = (((top + line) * picture.width + left) * 3 for line in range(height))
    return Pixels(width, height, b"".join(picture.rgb[start : start + width * 3] for start in starts))


def trimmed(picture: Pixels, margin: int) -> Pixels:
    """Return a picture without the white around it, but for a margin in pixels."""
    row = picture.width * 3
    lines = [picture.rgb[start : start + row] for start in range(0, len(picture.rgb), row)]
    full = [number for number, line in enumerate(lines) if line.strip(b"\xff")]
    left = min((row - len(lines[number].lstrip(b"\xff"))) // 3 for number in full)
    right = max(-(-len(lines[number].rstrip(b"\xff")) // 3) for number in full)
    left, top = max(left - margin, 0), max(full[0] - margin, 0)
    return cut(picture, left, top, right + margin - left, full[-1] + 1 + margin - top)


def small(picture: Pixels) -> bytes:
    """Return a picture as PNG with a palette of few colours, the most frequent ones."""
    pixels = [picture.rgb[at : at + 3] for at in range(0, len(picture.rgb), 3)]
    counted = Counter(pixels)
    palette: list[bytes] = []
    for colour, _ in counted.most_common():
        if len(palette) == _COLOURS:
            break
        if all(_apart(colour, one) > _NEAR for one in palette):
            palette.append(colour)
    nearest = {colour: min(range(len(palette)), key=lambda at: _apart(colour, palette[at])) for colour in counted}
    line = picture.width
    numbers = bytes(nearest[pixel] for pixel in pixels)
    raw = b"".join(b"\0" + numbers[start : start + line] for start in range(0, len(numbers), line))
    return SIGNATURE + b"".join(
        (
            _part(b"IHDR", struct.pack(">IIBBBBB", picture.width, picture.height, 8, 3, 0, 0, 0)),
            _part(b"PLTE", b"".join(palette)),
            _part(b"IDAT", zlib.compress(raw, 9)),
            _part(b"IEND", b""),
        )
    )


def _apart(one: bytes, other: bytes) -> int:
    """Return how far apart two colours are."""
    return abs(one[0] - other[0]) + abs(one[1] - other[1]) + abs(one[2] - other[2])


def _parts(png: bytes) -> list[tuple[bytes, bytes]]:
    """Return the parts of a PNG, each with its name."""
    if not png.startswith(SIGNATURE):
        raise ValueError("no PNG")
    found, at = [], len(SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        found.append((png[at + 4 : at + 8], png[at + 8 : at + 8 + length]))
        at += length + 12
    return found


def _part(name: bytes, data: bytes) -> bytes:
    """Return one part of a PNG."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _unfiltered(raw: bytes, row: int, step: int) -> bytes:
    """Return the pixels of a PNG from its filtered lines."""
    former, flat = bytes(row), []
    for start in range(0, len(raw), row + 1):
        line = bytearray(raw[start + 1 : start + 1 + row])
        _unfilter(raw[start], line, former, step)
        former = bytes(line)
        flat.append(former)
    return b"".join(flat)


def _unfilter(kind: int, line: bytearray, former: bytes, step: int) -> None:
    """Undo the filter of one line."""
    if kind == 0:
        return
    for at in range(len(line)):
        left = line[at - step] if at >= step else 0
        corner = former[at - step] if at >= step else 0
        above = former[at]
        guess = (left, above, (left + above) // 2, _paeth(left, above, corner))[kind - 1]
        line[at] = (line[at] + guess) & 0xFF


def _paeth(left: int, above: int, corner: int) -> int:
    """Return what PNG expects of a pixel from those around it."""
    guess = left + above - corner
    return min((left, above, corner), key=lambda one: abs(guess - one))
