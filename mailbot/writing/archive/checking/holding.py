"""The files of an archive as far as the journal can speak of them: by kind, by digest, and what hangs on the mails."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.errors import MessageError
from email.policy import compat32
from typing import TYPE_CHECKING, NamedTuple

from mailbot.writing.archive.checking.spelling import sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailbot.writing.archive.checking.listing import Listing

DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
_NOTE = "note"
"""The kind of what stands in the place of a file that is held back."""
_BROKEN = (AssertionError, AttributeError, LookupError, MessageError, RecursionError, TypeError, ValueError)


class Holding(NamedTuple):
    """What an archive holds."""

    content: dict[str, bytes]
    """Path -> bytes, of every file of the list that is there."""
    kinds: dict[str, str]
    digests: dict[str, str]
    """Path -> SHA-256."""
    there: set[tuple[str, str]]
    """Kind and SHA-256 of every file, and the SHA-256 with no kind."""
    enclosed: set[str]
    """SHA-256 of everything that hangs on a letter or mail."""
    held: set[str]
    """SHA-256 of what was held back, as the notes in their place say."""
    taken_out: bool
    """Files were taken out after the sealing: what the journal names may be one of them."""

    def of(self, *kinds: str) -> list[str]:
        """Return the paths of some kinds."""
        return [path for path, kind in self.kinds.items() if kind in kinds]

    def has(self, sha256: str, *kinds: str) -> bool:
        """Say whether such a file is there, of one of these kinds if any are named, or is held back."""
        known = any((kind, sha256) in self.there for kind in kinds or ("",))
        return known or sha256 in self.held or self.taken_out


def holding(files: dict[str, bytes], listing: Listing) -> Holding:
    """Look into every file once."""
    content = {file.path: files[file.path] for file in listing.files if file.path in files and not file.removed}
    kinds = {file.path: file.kind for file in listing.files if file.path in content}
    enclosed: set[str] = set()
    held: set[str] = set()
    for path, kind in kinds.items():
        if kind in {"letter", "mail"}:
            enclosed |= parts_of(content[path])[1]
        elif kind == _NOTE:
            held.update(DIGEST.findall(content[path].decode("utf-8", "replace")))
    digests = {path: sha256_of(raw) for path, raw in content.items()}
    return Holding(
        content=content,
        kinds=kinds,
        digests=digests,
        there={one for path, sha256 in digests.items() for one in ((kinds[path], sha256), ("", sha256))},
        enclosed=enclosed,
        held=held,
        taken_out=any(file.removed for file in listing.files),
    )


def parts_of(raw: bytes) -> tuple[str, set[str]]:
    """Return a mail's words as plain text, and the digest of every file that hangs on it; nothing of a broken one."""
    words: list[str] = []
    found: set[str] = set()
    try:
        for part in message_from_bytes(raw, policy=compat32).walk():
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                found.add(sha256_of(content))
                words += [content.decode("utf-8", "replace")] if part.get_content_type() == "text/plain" else []
    except _BROKEN:
        return "", found
    return "\n".join(words), found


def in_words(texts: Iterable[str]) -> list[str]:
    """Return texts with every run of blanks as one, so that where a line was broken makes no difference."""
    return [" ".join(text.split()) for text in texts]
