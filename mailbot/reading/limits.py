"""How much of a mail is looked at before it is called hostile: sizes, counts and depths, with their sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailbot.settings.files.limits import Limits

MEBIBYTE = 1_048_576


@dataclass(frozen=True, slots=True, kw_only=True)
class MailLimits:
    """Upper bounds for one mail (reliability, section 5); an office may set most of them in `office.yaml`."""

    message_bytes: int = 25 * MEBIBYTE
    """A whole mail as received (Gmail)."""
    header_bytes: int = 262_144
    """All header fields of one part together."""
    field_bytes: int = 102_400
    """One header field (Postfix)."""
    fields: int = 1_000
    """Header fields of one part."""
    value_bytes: int = 4_096
    """How much of one field is decoded; the rest is cut."""
    depth: int = 50
    """Parts within parts (Postfix 100, rspamd 64; the standard library dies near 1,000)."""
    parts: int = 200
    boundary_bytes: int = 2_048
    """Postfix."""
    attachments: int = 20
    file_name_chars: int = 200
    words_bytes: int = 262_144
    """How much of one text part is read for words; an HTML part may be four times as long."""
    zip_members: int = 200
    unpacked_bytes: int = 50 * MEBIBYTE
    """Bytes truly unpacked from all archives of one mail."""
    unpack_ratio: int = 200
    """Unpacked to packed size of one archive member above one mebibyte."""


def mail_limits(limits: Limits) -> MailLimits:
    """Return the office's limits as the reader of mails takes them, in bytes."""
    return MailLimits(
        message_bytes=limits.message_bytes,
        header_bytes=limits.header_bytes,
        field_bytes=limits.field_bytes,
        fields=limits.fields,
        depth=limits.depth,
        parts=limits.parts,
        boundary_bytes=limits.boundary_bytes,
        attachments=limits.attachments,
        file_name_chars=limits.file_name_chars,
        zip_members=limits.zip_members,
        unpacked_bytes=limits.unpacked_bytes,
        unpack_ratio=limits.unpack_ratio,
    )
