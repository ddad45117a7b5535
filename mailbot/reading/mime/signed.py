"""The content of an S/MIME mail that is signed and not enciphered: it lies whole in the signature (RFC 8551, 3.5.1).

Who signed is not asked: a certificate is no proof here. Only the few elements on the way to the content are looked at.
"""

from __future__ import annotations

SIGNED_MAIL = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_DATA = bytes.fromhex("06092a864886f70d010701")
_SEQUENCE, _CONTEXT, _OCTETS, _PIECES = 0x30, 0xA0, 0x04, 0x24
_END = b"\x00\x00"
_LONG, _INDEFINITE, _MOST_LENGTH_BYTES = 0x80, -1, 4
_DEEPEST = 8


def signed_content(content: bytes) -> bytes | None:
    """Return what a signature holds; None if it holds nothing, is enciphered, or is no signature at all."""
    try:
        at, end = _into(content, 0, len(content), _SEQUENCE)
        at, end = _into(content, _past(content, at, _SIGNED_DATA), end, _CONTEXT)
        at, end = _into(content, at, end, _SEQUENCE)
        for _ in ("version", "digest algorithms"):
            at = _after(content, at, end, 0)
        at, end = _into(content, at, end, _SEQUENCE)
        at, end = _into(content, _past(content, at, _DATA), end, _CONTEXT)
        return b"".join(_octets(content, at, end))
    except (IndexError, ValueError):
        return None


def _head(content: bytes, at: int, end: int) -> tuple[int, int, int]:
    """Return the tag of the element at a place, where its content begins, and where it ends (-1: where its mark is).

    Raises:
        IndexError, ValueError: there is none, or it says that it is longer than what holds it.
    """
    tag, length, start = content[at], content[at + 1], at + 2
    if length == _LONG:
        return tag, start, _INDEFINITE
    if length > _LONG:
        count = length - _LONG
        if count > _MOST_LENGTH_BYTES:
            raise ValueError("a length beyond any mail")
        length, start = int.from_bytes(content[start : start + count]), start + count
    if start + length > end:
        raise ValueError("longer than what holds it")
    return tag, start, start + length


def _into(content: bytes, at: int, end: int, wanted: int) -> tuple[int, int]:
    """Return the range of what an element of that tag holds; raises ValueError for another tag."""
    tag, start, stop = _head(content, at, end)
    if tag != wanted:
        raise ValueError("another element")
    return start, end if stop == _INDEFINITE else stop


def _past(content: bytes, at: int, wanted: bytes) -> int:
    """Return the place after the bytes that must stand here; raises ValueError where others do."""
    if not content.startswith(wanted, at):
        raise ValueError("another kind of content")
    return at + len(wanted)


def _after(content: bytes, at: int, end: int, depth: int) -> int:
    """Return the place after an element; raises as `_head`."""
    _, start, stop = _head(content, at, end)
    if stop != _INDEFINITE:
        return stop
    if depth >= _DEEPEST:
        raise ValueError("too deep")
    while not content.startswith(_END, start):
        start = _after(content, start, end, depth + 1)
    return start + len(_END)


def _octets(content: bytes, at: int, end: int) -> list[bytes]:
    """Return the pieces of the text of bytes that begins here: one, or those it was cut into; raises as `_head`."""
    tag, start, stop = _head(content, at, end)
    if tag == _OCTETS and stop != _INDEFINITE:
        return [content[start:stop]]
    if tag != _PIECES:
        raise ValueError("no bytes")
    pieces: list[bytes] = []
    last = end if stop == _INDEFINITE else stop
    while start < last and not content.startswith(_END, start):
        piece, begins, start = _head(content, start, last)
        if piece != _OCTETS or start == _INDEFINITE:
            raise ValueError("pieces within pieces")
        pieces.append(content[begins:start])
    return pieces
