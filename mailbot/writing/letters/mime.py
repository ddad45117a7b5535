"""A letter's bytes, put together part by part: those that the standard library would write, in a fifth of the time.

What is said the same way in every letter is written down here; what has to be folded or encoded is left to the library,
and kept where it comes again (names of files); but addresses are `address_field`'s. A test holds every byte to the
library's own.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from email import quoprimime
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ID = re.compile(r"<[!-;=?-~]{1,900}>")
"""A Message-ID that can stand in a header as it is: printable ASCII between angle brackets."""
_IDS = frozenset({"Message-ID", "In-Reply-To", "References"})
_PLAIN = re.compile(r"[ -~]{0,60}")
"""A value that stands in a header as it is, on one line."""
_WHOLE_MAIL, _PLAIN_FILE = "message/rfc822", "application/octet-stream"
_PASSES = re.compile(rb"(?:[\x01-\x09\x0b\x0c\x0e-\x7f]{0,998}\r\n)+")
"""Bytes that every mail server passes on as they are."""
_VERSION = b"MIME-Version: 1.0\r\n"
_TEXT = b'Content-Type: text/%b; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n'
_END = b"\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """One finished file that travels with a letter."""

    name: str
    media_type: str
    """As in Content-Type, its parameters behind it: `text/calendar; method=PUBLISH`."""
    content: bytes


class LetterPolicy(EmailPolicy):
    """SMTP's policy, except that Message-IDs are never encoded or cut, and that a header begins on its own line.

    Python would write a long one as an encoded word (CPython gh-100991), and mail programs would then lose the thread.
    Of a text a little too long for a line it would leave the first line empty; some programs show no subject then.
    """

    def fold(self, name: str, value: str) -> str:
        """Fold one header."""
        return _ids(name, value) or _begun(name, super().fold(name, value))

    def fold_binary(self, name: str, value: str) -> bytes:
        """Fold one header into bytes."""
        kept = _ids(name, value)
        return kept.encode("ascii") if kept else _begun(name, super().fold_binary(name, value).decode()).encode()


_LONGEST_LINE: int = SMTP.max_line_length or 78
POLICY = LetterPolicy(linesep="\r\n", cte_type="7bit", max_line_length=_LONGEST_LINE)


def _ids(name: str, value: str) -> str:
    """Return a header of Message-IDs, one to a line; empty for any other header."""
    return f"{name}: " + "\r\n ".join(_ID.findall(str(value))) + "\r\n" if name in _IDS else ""


def _begun(name: str, folded: str) -> str:
    """Return a folded header with as many words beside its name as fit, where its first line was left empty."""
    lines = folded.split("\r\n ")
    if len(lines) == 1 or lines[0].rstrip() != f"{name}:":
        return folded
    first, words = f"{name}:", lines[1].split(" ")
    while words and len(first) + 1 + len(words[0]) <= _LONGEST_LINE:
        first += f" {words.pop(0)}"
    return "\r\n ".join((first, *([" ".join(words)] if words else []), *lines[2:]))


def is_message_id(text: str) -> bool:
    """Say whether a Message-ID can stand in a header as it is."""
    return bool(_ID.fullmatch(text))


def header(name: str, value: str) -> bytes:
    """Return one header, folded and encoded where it has to be."""
    if name in _IDS:
        return _ids(name, value).encode("ascii")
    return f"{name}: {value}\r\n".encode() if _PLAIN.fullmatch(value) and value.strip() else _folded(name, value)


def _folded(name: str, value: str) -> bytes:
    """Return one header as the library folds it."""
    return POLICY.fold_binary(*POLICY.header_store_parse(name, value))


def mail_bytes(headers: Iterable[bytes], text: str, html: str, files: tuple[Attached, ...], key: str) -> bytes:
    """Return a finished mail: two faces of one letter, and the files it encloses.

    Args:
        headers: finished header fields, without those of MIME.
        text: the plain text.
        html: the same as HTML.
        files: what is enclosed.
        key: the letter's; the boundaries are named after it, so that the same letter is the same bytes.
    """
    stem = "=_mb1_" + hashlib.sha256(key.encode()).hexdigest()[:24]
    plain = _TEXT % b"plain" + _END + _quoted_printable(text)
    # The library says the version again in every part that it adds to a mail.
    faces = (plain, _TEXT % b"html" + _VERSION + _END + _quoted_printable(html))
    head = b"".join(headers) + _VERSION
    if not files:
        return head + _multipart("alternative", f"{stem}_0", faces)
    alternative = _multipart("alternative", f"{stem}_1", faces)
    return head + _multipart("mixed", f"{stem}_0", (alternative, *map(_attachment, files)))


def _multipart(kind: str, boundary: str, parts: tuple[bytes, ...]) -> bytes:
    """Return a part that holds parts."""
    line = f"--{boundary}".encode()
    inside = b"".join(line + _END + part + _END for part in parts)
    return _boundary_header(kind, boundary) + _END + inside + line + b"--" + _END


def _boundary_header(kind: str, boundary: str) -> bytes:
    """Return the Content-Type of a part that holds parts: on one line where it fits."""
    whole = f'Content-Type: multipart/{kind}; boundary="{boundary}"'
    return (whole if len(whole) <= _LONGEST_LINE else whole.replace("; ", ";\r\n ")).encode() + _END


def _attachment(file: Attached) -> bytes:
    """Return an enclosed file as a part; a whole mail as one, where that leaves it as it is, else as a plain file.

    A mail within a mail may not be encoded (RFC 2046, 5.2.1), and one that needs it would be changed on the way.
    """
    if file.media_type == _WHOLE_MAIL:
        plain = _file_headers(_PLAIN_FILE, file.name)
        if _PASSES.fullmatch(file.content) is None:
            return plain + _END + base64.encodebytes(file.content).replace(b"\n", _END)
        as_mail = plain.replace(_PLAIN_FILE.encode(), _WHOLE_MAIL.encode()).replace(b": base64", b": 7bit")
        return as_mail + _END + file.content
    content = base64.encodebytes(file.content).replace(b"\n", _END)
    return _file_headers(file.media_type, file.name) + _END + content


@lru_cache(maxsize=512)
def _file_headers(media_type: str, name: str) -> bytes:
    """Return the headers of an enclosed file."""
    part = EmailMessage(policy=POLICY)
    plain, *more = media_type.split("; ")
    maintype, _, subtype = plain.partition("/")
    params = dict(one.split("=", 1) for one in more)
    part.set_content(b"", maintype=maintype, subtype=subtype, filename=name, params=params)
    return part.as_bytes().partition(_END * 2)[0] + _END


def _quoted_printable(text: str) -> bytes:
    """Return a text as the library writes it in quoted-printable: its lines, each ended."""
    lines = b"\n".join(text.encode().splitlines()) + b"\n"
    return quoprimime.body_encode(lines.decode("latin-1"), _LONGEST_LINE).encode("latin-1").replace(b"\n", _END)
