"""What can be odd about a mail, as a closed list of codes; a defect never stops the reading."""

from __future__ import annotations

from enum import StrEnum


class Defect(StrEnum):
    """One oddity found while a mail was read; `Mail.defects` holds their values, each once."""

    EMPTY = "empty"
    """Not one byte of content."""
    MESSAGE_TOO_LARGE = "message_too_large"
    HEADER_TOO_LARGE = "header_too_large"
    FIELD_TOO_LONG = "field_too_long"
    TOO_MANY_FIELDS = "too_many_fields"
    TOO_DEEP = "too_deep"
    TOO_MANY_PARTS = "too_many_parts"
    TOO_MANY_ATTACHMENTS = "too_many_attachments"
    BOUNDARY_UNUSABLE = "boundary_unusable"
    """A multipart without a boundary, or with one longer than the limit, or with one that never occurs."""
    NOT_CLOSED = "not_closed"
    """The last delimiter of a multipart is missing: perhaps cut on the way."""
    BAD_ENCODING = "bad_encoding"
    """Base64 or uuencode that does not decode cleanly."""
    UNKNOWN_CHARSET = "unknown_charset"
    """A charset we do not know, or refuse to use; read as UTF-8 or Latin-1 instead."""
    NUL_BYTES = "nul_bytes"
    TOO_DEAR = "too_dear"
    """Reading it took more computing time or memory than a mail may take."""
    WORDS_CUT = "words_cut"
    """The text is longer than is read."""
    SEVERAL_CONTENT_TYPES = "several_content_types"
    """More than one Content-Type field: what it says depends on who reads it."""
    SEVERAL_FROM = "several_from"
    """More than one From field: nobody's mail."""
    FROM_UNUSABLE = "from_unusable"
    """No From, or one that is not exactly one strict address."""
    QUOTE_LEAKED = "quote_leaked"
    """Our own letter stands among the sender's words: the quotation was not recognised."""
    ARCHIVE_REFUSED = "archive_refused"
    """A zip or winmail.dat that is damaged, locked, nested, or larger inside than it may be; kept closed."""
    REPORT_UNREADABLE = "report_unreadable"
    """A report of non-delivery from which no recipient could be read."""


HOSTILE = frozenset(
    {
        Defect.MESSAGE_TOO_LARGE,
        Defect.HEADER_TOO_LARGE,
        Defect.TOO_MANY_FIELDS,
        Defect.TOO_DEEP,
        Defect.TOO_MANY_PARTS,
        Defect.TOO_DEAR,
    }
)
"""Defects after which a mail is to be set aside: it was read only in part, on purpose."""
