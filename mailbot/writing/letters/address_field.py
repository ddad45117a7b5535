"""From and To: one address and the name before it, valid on every line, however long the name and whatever is in it.

The library folds a quoted name as it folds words, and loses its quotation marks on the way: each comma of a long name
then begins another address. So a name stands here in one of three ways, each whole: as words, in quotation marks on one
line, or as encoded words (RFC 2047), which hold no sign that means anything in an address.
"""

from __future__ import annotations

import base64
import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST_LINE = 78
_LONGEST_ENCODED_WORD = 75
_OPENS, _CLOSES = "=?utf-8?b?", "?="
_MOST_BYTES = (_LONGEST_ENCODED_WORD - len(_OPENS) - len(_CLOSES)) // 4 * 3
_WORD = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+")
"""RFC 5322, `atom`: of these words a name is made that needs no quotation marks."""
_QUOTABLE = re.compile(r"[ -~]*")


@lru_cache(maxsize=512)
def address_field(field: str, name: str, address: str) -> bytes:
    """Return a finished header of one address.

    Args:
        field: From or To.
        name: who it is, on one line; may be empty.
        address: an address in ASCII.
    """
    if not name:
        return f"{field}: {address}\r\n".encode("ascii")
    lines = [f"{field}:"]
    for piece in (*_pieces(name, _LONGEST_LINE - len(lines[0]) - 1), f"<{address}>"):
        if len(lines[-1]) + 1 + len(piece) <= _LONGEST_LINE or lines[-1] == f"{field}:":
            lines[-1] += f" {piece}"
        else:
            lines.append(f" {piece}")
    return ("\r\n".join(lines) + "\r\n").encode("ascii")


def _pieces(name: str, room: int) -> tuple[str, ...]:
    """Return a name as what must each stand on one line, between which a line may end."""
    words = name.split(" ")
    if "=?" not in name and all(len(word) < room and _WORD.fullmatch(word) for word in words):
        return tuple(words)
    quoted = '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'
    if "=?" not in name and _QUOTABLE.fullmatch(name) and len(quoted) <= room:
        return (quoted,)
    return tuple(_encoded(name))


def _encoded(name: str) -> Iterator[str]:
    """Yield a name as encoded words: none is longer than one may be, and none ends within a character.

    Where it can, each ends behind a space: readers that show the gap between two of them break no word in two.
    """
    part = b""
    for word in re.findall(r"[^ ]* ?", name):
        signs = [sign.encode("utf-8", "replace") for sign in word]
        if part and len(part) + sum(map(len, signs)) > _MOST_BYTES:
            yield _encoded_word(part)
            part = b""
        for sign in signs:
            if len(part) + len(sign) > _MOST_BYTES:
                yield _encoded_word(part)
                part = b""
            part += sign
    yield _encoded_word(part)


def _encoded_word(part: bytes) -> str:
    return _OPENS + base64.b64encode(part).decode("ascii") + _CLOSES
