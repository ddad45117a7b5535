"""Letters and mails in the archive: in order of time, byte for byte, and a note in the place of one held back."""

from __future__ import annotations

import hashlib
from email import message_from_bytes
from email.policy import compat32
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from mailbot.writing.archive.kept import Laid
from mailbot.writing.words.phrases import PDF, file_name, safe_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mailbot.core.model.office import Office
    from mailbot.writing.archive.kept import KeptMessage
    from mailbot.writing.words.phrases import Phrases

_NOTE, _UNSENT = ".txt", "_tidak-terkirim"


def messages(
    kept: Iterable[KeptMessage],
    kind: str,
    holds_back: Callable[[KeptMessage], bool],
    office: Office,
    folder: str,
    note: Callable[..., bytes],
) -> Iterator[Laid]:
    """Yield letters or mails in order of time, `003_2026-01-08_returned-2025-dafduk-1.eml`; of a held one a note."""
    for name, message in named(kept, holds_back, office, folder):
        if name.endswith(_NOTE):
            eml = f"{PurePosixPath(name).name.removesuffix(_NOTE)}.eml"
            content = note(name=eml, at=message.at, sha256=message.kept_as or hashlib.sha256(message.raw).hexdigest())
            yield Laid(path=name, kind="note", content=content)
        else:
            yield Laid(path=name, kind=kind, content=message.raw)


def named(
    kept: Iterable[KeptMessage], holds_back: Callable[[KeptMessage], bool], office: Office, folder: str
) -> Iterator[tuple[str, KeptMessage]]:
    """Yield letters or mails in order of time with their places; the one of a note, for those that are held back."""
    ordered = sorted(kept, key=lambda message: (message.at, message.name))
    for number, message in enumerate(ordered, start=1):
        day = office.calendar.local(message.at).date().isoformat()
        suffix = _NOTE if holds_back(message) else ".eml"
        unsent = "" if message.left else _UNSENT
        yield f"{folder}/{number:03d}_{day}_{safe_name(message.name)}{unsent}{suffix}", message


def cover_letters(raw: bytes, phrases: Phrases, cycle: str, folder: str) -> Iterator[Laid]:
    """Yield the Surat Pengantar out of a sent letter."""
    stem = file_name(phrases, "report_cover", PDF, cycle=cycle).removesuffix(".pdf")
    for name, content in enclosed(raw):
        if name.startswith(stem):
            yield Laid(path=f"{folder}/{safe_name(name)}", kind="cover", content=content)


def enclosed(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the files that hang on a letter of ours, by name."""
    for part in message_from_bytes(raw, policy=compat32).walk():
        name, content = part.get_filename() or "", part.get_payload(decode=True)
        if name and isinstance(content, bytes):
            yield name, content
