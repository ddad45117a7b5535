"""A mail or letter in words, without judgement: subject, sender, own words, names of files; numbers like a NIK masked.

Nothing of an attached file is shown: what may be taken home of a unit's files stands on the unit's page, and what was
held back stands nowhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from mailbot.core.language.nik import masked
from mailbot.reading.limits import MailLimits
from mailbot.reading.mime.headers import read_head
from mailbot.reading.mime.parts import split
from mailbot.reading.text.bodies import read_body

if TYPE_CHECKING:
    from mailbot.reading.defects import Defect
    from mailbot.reading.mime.parts import Part

_LONGEST_TEXT, _LONGEST_HEAD = 20_000, 12_000
_LARGEST = 20_000_000
"""A mail larger than this is not opened for a page."""
_SUBJECTS_KEPT = 1000
"""Of so many mails and letters the subject is read out of the same bytes once; lists show the same ones all day."""
_CUT = " …"
_CODE, _NO_CODE = re.compile(r"(?<!\d)\d{3}[ \u00a0.-]?\d{3}(?!\d)"), "######"


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What a mail says."""

    subject: str
    to: str
    own_words: str
    """Newly typed, quotation and signature removed."""
    text: str
    """All that a person sees, quotation included."""
    head: str
    """The header as it came."""
    files: tuple[str, ...]
    """Names of what is attached."""
    answers: str
    """Message-ID of the mail that it answers; empty: none."""


@lru_cache(maxsize=_SUBJECTS_KEPT)
def subject_of(head: bytes) -> str:
    """Return the subject in the beginning of a mail, as it is read; empty where there is none."""
    return masked(read_head(head).text("subject"))


def read_whole(raw: bytes, limits: MailLimits | None = None) -> Read:
    """Return what a mail says; of one that is too large its head alone."""
    bounds = limits or MailLimits()
    head = _head(raw)
    headers = read_head(raw[:_LARGEST])
    answered = headers.message_ids("in-reply-to")
    said = Read(
        subject=masked(headers.text("subject")),
        to=headers.text("to"),
        own_words="",
        text="",
        head=masked(head),
        files=(),
        answers=answered[0] if answered else "",
    )
    if len(raw) > _LARGEST:
        return said
    defects: set[Defect] = set()
    root = split(raw, bounds, defects)
    body = read_body(root, bounds, defects)
    text = body.text.strip() or body.page_text.strip()
    return replace(
        said,
        own_words=masked(_cut(body.own_words)),
        text=masked(_cut(text)),
        files=tuple(masked(part.file_name) or "?" for part in attached(root)),
    )


def without_codes(read: Read) -> Read:
    """Return what a mail says that answers a letter with a code, every number like a code made unreadable."""
    return replace(read, own_words=_CODE.sub(_NO_CODE, read.own_words), text=_CODE.sub(_NO_CODE, read.text))


def attached(root: Part) -> list[Part]:
    """Return the parts of a mail that are files."""
    return [part for part in root.own_parts() if part.attached or part.file_name]


def _head(raw: bytes) -> str:
    """Return the header block as text."""
    head = raw[: _LONGEST_HEAD * 2].replace(b"\r\n", b"\n").split(b"\n\n", 1)[0]
    return _cut(head.decode("utf-8", "replace"), _LONGEST_HEAD)


def _cut(text: str, longest: int = _LONGEST_TEXT) -> str:
    """Return a text that is not too long for a page."""
    return text if len(text) <= longest else text[:longest] + _CUT
