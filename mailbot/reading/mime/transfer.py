"""The bytes behind a transfer encoding, undone as leniently as mail programs do; never raises (T3)."""

from __future__ import annotations

import binascii
import re

_NOT_BASE64 = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))
_NOT_BASE64_TEXT = re.compile(rb"[^A-Za-z0-9+/=\s]")
_PADDING = b"= \t\r\n"
_MOST_BLOCKS = 100_000
# Words with blanks between them at the beginning are no base64, whatever the field says.
_WORDS = re.compile(rb"[^\s=] +[^\s=]")
_LOOKED_AT = 200
_UU_BEGIN = re.compile(rb"^begin [0-7]{3,4} [^\r\n]*\r?\n", re.MULTILINE)
_UU_NAMES = frozenset({"x-uuencode", "uuencode", "uue", "x-uue"})


def undo_transfer(content: bytes, encoding: str) -> tuple[bytes, bool]:
    """Return the bytes behind a transfer encoding, and whether it was clean; an unknown one leaves them as they are.

    Args:
        content: the body as it stands in the mail.
        encoding: the field's value in small letters.
    """
    if encoding == "base64":
        return _undo_base64(content)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(content), True
    if encoding in _UU_NAMES:
        return _undo_uu(content)
    return content, True


def _undo_base64(content: bytes) -> tuple[bytes, bool]:
    """Decode base64; other bytes are passed over, a broken end is dropped, plain text under the wrong name stays."""
    if _WORDS.search(content[:_LOOKED_AT]):
        return content, False
    end = len(content.rstrip(_PADDING))
    if content.find(b"=", 0, end) >= 0:
        return _in_blocks(content, end), False
    try:
        return binascii.a2b_base64(content), True
    except binascii.Error:
        return _block(content), False


def _block(content: bytes) -> bytes:
    """Decode what of some bytes is base64."""
    letters = content.translate(None, _NOT_BASE64)
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def _in_blocks(content: bytes, end: int) -> bytes:
    """Decode base64 with padding inside: blocks that were packed each by itself, until a line that is none (a footer).

    Args:
        content: the whole body.
        end: where its last letter stands.
    """
    first = content.index(b"=")
    odd = _NOT_BASE64_TEXT.search(content, first, end)
    whole = content[: end if odd is None else content.rfind(b"\n", 0, odd.start()) + 1 or first]
    *blocks, last = whole.split(b"=", _MOST_BLOCKS)
    return b"".join(map(_block, blocks)) + _block(last.partition(b"=")[0])


def _undo_uu(content: bytes) -> tuple[bytes, bool]:
    """Decode uuencode from its `begin` line to its `end` line; a broken line ends it."""
    begin = _UU_BEGIN.search(content)
    if begin is None:
        return content, False
    decoded = bytearray()
    for line in content[begin.end() :].splitlines():
        if line.strip() in {b"end", b"`", b""}:
            return bytes(decoded), True
        try:
            decoded += binascii.a2b_uu(line)
        except binascii.Error:
            # Some encoders write a wrong length; the standard library's way round it (RFC-less practice).
            length = (((line[0] - 32) & 63) * 4 + 5) // 3
            try:
                decoded += binascii.a2b_uu(line[:length])
            except binascii.Error:
                break
    return bytes(decoded), False
