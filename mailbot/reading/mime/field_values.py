"""The value of one header field: unfolded, its words and parameters decoded by our own list of charsets (T4)."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable
from email.message import Message
from functools import lru_cache

from mailbot.reading.mime.decoding import decode

# RFC 2047. The second group is the encoding; blanks inside the third are wrong and common.
_ENCODED_WORD = re.compile(rb"=\?([!->@-~]{1,60}?)(?:\*[a-zA-Z-]*)?\?([bBqQ])\?([^?]*)\?=")
_MOST_PARAMETERS = 300


@lru_cache(maxsize=256)
def parameters_of(value: bytes) -> dict[str, tuple[str | None, bytes]]:
    """Return the parameters of a raw structured value: the charset RFC 2231 names (None: it is none), and the bytes.

    The standard library joins and unquotes; its own charset decoding is not used (T5). For each `;` it looks at all
    that stands before, so there is a most of them.
    """
    flat = _unfolded(value)
    if flat.count(b";") > _MOST_PARAMETERS:
        flat = b";".join(flat.split(b";", _MOST_PARAMETERS)[:_MOST_PARAMETERS])
    holder = Message()
    holder["Content-Type"] = flat.decode("latin-1")
    found: dict[str, tuple[str | None, bytes]] = {}
    given: Iterable[tuple[str, str | tuple[str | None, str | None, str]]] = holder.get_params() or ()
    for name, text in given:
        charset, content = (text[0] or "", text[2]) if isinstance(text, tuple) else (None, text)
        found.setdefault(name.casefold(), (charset, content.encode("latin-1", errors="replace")))
    return found


def decode_words(value: bytes) -> str:
    """Return a raw field value as text: unfolded, RFC 2047 words decoded by our own charset list; never raises.

    Neighbouring words of one charset are joined as bytes first, for programs that cut a character in two.
    """
    flat = _unfolded(value)
    pieces: list[tuple[str, bytes]] = []
    position = 0
    for word in _ENCODED_WORD.finditer(flat):
        between = flat[position : word.start()]
        if between.strip() or not (pieces and pieces[-1][0]):
            pieces.append(("", between))
        charset = word[1].decode("ascii", errors="replace").casefold()
        content = _word_bytes(word[2], word[3])
        if pieces and pieces[-1][0] == charset:
            pieces[-1] = (charset, pieces[-1][1] + content)
        else:
            pieces.append((charset, content))
        position = word.end()
    pieces.append(("", flat[position:]))
    return "".join(decode(content, charset) for charset, content in pieces)


def _word_bytes(encoding: bytes, content: bytes) -> bytes:
    """Return the bytes of one encoded word; what does not decode stays as it is."""
    if encoding in b"qQ":
        return binascii.a2b_qp(content, header=True)
    try:
        return binascii.a2b_base64(content + b"=" * (-len(content) % 4))
    except binascii.Error:
        return content


def _unfolded(value: bytes) -> bytes:
    """Return a field value without its line ends."""
    *folded, last = value.split(b"\n")
    return b"".join([line.rstrip(b"\r") for line in folded]) + last
