"""What an IMAP server tells of its mail: the values the post room hands on, and the reading of FETCH answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A folder at one moment. UIDs mean something only together with `uid_validity` (RFC 9051, 2.3.1.1)."""

    folder: str
    uid_validity: int
    uids: tuple[int, ...]
    """Of every mail it holds, ascending."""
    uid_next: int = 0
    """No UID below this can still come; 0 where the server does not tell."""
    whole: bool = True
    """Whether it listed as many as it says the folder holds; a list that lacks some is not the folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedMail:
    """One mail, byte for byte as the server holds it.

    `size_bytes` is what the server states; `raw` is what came, and the two differ on a server that lies. With
    `truncated`, the mail was larger than asked for and `raw` holds only its header block.
    """

    folder: str
    uid_validity: int
    uid: int
    size_bytes: int
    internal_date: datetime
    raw: bytes
    truncated: bool


class Settled(StrEnum):
    """What was done on the server with mails that are safely kept here."""

    MOVED = "moved"
    FLAGGED = "flagged"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchAnswer:
    """One FETCH answer, asked for or not: whatever of its parts was there."""

    uid: int | None
    size_bytes: int | None
    internal_date: datetime | None
    body: bytes | None


# What `imaplib` gives for FETCH: a tuple is text that ends in a literal, with that literal; bytes end the answer.
FetchPiece = bytes | tuple[bytes, bytes] | None

_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_DATE = re.compile(rb'\bINTERNALDATE "([^"]*)"')
_FLAGS = re.compile(rb"\bFLAGS \([^)]*\)")
_BODY_LITERAL = re.compile(rb"\bBODY\[(?:HEADER)?\](?:<0>)? \{\d+\}$")
_BODY_QUOTED = re.compile(rb'\bBODY\[(?:HEADER)?\](?:<0>)? "((?:[^"\\]|\\.)*)"')


def fetch_answers(pieces: Iterable[FetchPiece]) -> Iterator[FetchAnswer]:
    """Read the pieces of one or more FETCH answers, in whatever order the server put their parts.

    Answers nobody asked for (a flag set by another client) come out too, without a body; a body of NIL is no body.
    """
    texts: list[bytes] = []
    body: bytes | None = None
    for piece in pieces:
        if isinstance(piece, tuple):
            text, literal = piece
            texts.append(text)
            body = literal if _BODY_LITERAL.search(text) else body
        elif piece is not None:
            texts.append(piece)
            yield _answer(b" ".join(texts), body)
            texts, body = [], None


def _answer(text: bytes, body: bytes | None) -> FetchAnswer:
    """Take the parts out of one answer's text; keywords are cut out first, since anybody may name one "UID"."""
    plain = _FLAGS.sub(b"", text)
    quoted = _BODY_QUOTED.search(plain) if body is None else None
    return FetchAnswer(
        uid=_number(_UID, plain),
        size_bytes=_number(_SIZE, plain),
        internal_date=_date(plain),
        body=re.sub(rb"\\(.)", rb"\1", quoted[1]) if quoted else body,
    )


def _number(pattern: re.Pattern[bytes], text: bytes) -> int | None:
    found = pattern.search(text)
    return int(found[1]) if found else None


def _date(text: bytes) -> datetime | None:
    """Read INTERNALDATE, `" 1-Nov-2026 08:00:00 +0700"`, as UTC; None if there is none or it is nonsense."""
    found = _DATE.search(text)
    if not found:
        return None
    try:
        return parsedate_to_datetime(found[1].decode("ascii", "replace").strip()).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
