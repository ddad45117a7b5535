"""A mail that somebody sent, as anybody reads it: his own words, the codes, the files, the marks of a robot."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.utils import parseaddr
from functools import cached_property
from typing import TYPE_CHECKING, cast

from tests.examiner.letter import REFERENCE, File, decoded, files_of, plain_text

if TYPE_CHECKING:
    from datetime import datetime
    from email.message import Message

    from tests.examiner.tape import Came

_QUOTED = re.compile(r"^\s*(>|(Pada|On)\b.*(menulis|wrote)\s*:?\s*$|-{2,}\s*\S.*-{2,}\s*$|_{5,}\s*$)")
_IDS = re.compile(r"<[^<>\s]+>")
_CODE = re.compile(r"(?<![\w.])\d{6}(?![\w.])")
_ROBOTS = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Response", "List-Id")
_SAME = {"DISETUJUI": "SETUJU", "DIPERBAIKI": "PERBAIKI", "SAHKAN": "DISAHKAN"}
WORDS = frozenset(
    {"SETUJU", "PERBAIKI", "DISAHKAN", "DITERIMA", "TERUSKAN", "KEBERATAN", "BENAR", "SALAH", "TERIMA", "KEMBALIKAN"}
)
APPROVING = frozenset({"SETUJU", "DISAHKAN", "DITERIMA", "TERUSKAN"})
_DEEPEST = 50
"""Parts within parts beyond this are read by nobody."""
_WRITTEN_ON = re.compile(rb"/Subtype\s*/(?:Text|Highlight|StrikeOut|FreeText|Caret)\b")
"""Annotations that say something; a link or a signature's field does not."""
_AGAINST = re.compile(
    r"\b(tolak|menolak|ditolak|batal\w*|jangan|perbaiki|perbaikan|revisi|keberatan|belum (setuju|bisa|sah)"
    r"|tidak (setuju|sah)|salah|keliru|tunda\w*|dengan catatan)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Mail:
    """One mail, opened."""

    came: Came

    @property
    def at(self) -> datetime:
        """Return when it came."""
        return self.came.at

    @cached_property
    def message(self) -> Message:
        """Return it, parsed."""
        return message_from_bytes(self.came.raw)

    @cached_property
    def sender(self) -> str:
        """Return the address it says it comes from."""
        return parseaddr(decoded(self.message["From"] or ""))[1].lower()

    @cached_property
    def message_id(self) -> str:
        """Return its Message-ID."""
        return next(iter(_IDS.findall(self.message["Message-ID"] or "")), "")

    @cached_property
    def speaks_to(self) -> tuple[str, ...]:
        """Return what it may be an answer to, the nearest first: Message-IDs, then references quoted in it."""
        ids = _IDS.findall(self.message["In-Reply-To"] or "") + _IDS.findall(self.message["References"] or "")[::-1]
        return (*ids, *REFERENCE.findall(decoded(self.message["Subject"] or "")), *REFERENCE.findall(self.text))

    @cached_property
    def automatic(self) -> bool:
        """Say whether it says of itself that no person wrote it."""
        marked = (self.message["Auto-Submitted"] or "no").strip().lower() != "no"
        bulk = (self.message["Precedence"] or "").strip().lower() in {"bulk", "junk", "list", "auto_reply"}
        null = (self.message["Return-Path"] or "").strip() == "<>"
        return marked or bulk or null or any(self.message[name] for name in _ROBOTS)

    @cached_property
    def beyond_reading(self) -> bool:
        """Say whether its parts lie deeper one inside the other than anybody reads."""
        layer, depth = [self.message], 0
        while layer and depth <= _DEEPEST:
            inner = [cast("list[Message]", one.get_payload()) for one in layer if one.is_multipart()]
            layer, depth = [part for parts in inner for part in parts], depth + 1
        return bool(layer)

    @cached_property
    def text(self) -> str:
        """Return all of its plain text."""
        return plain_text(self.message)

    @cached_property
    def own(self) -> tuple[str, ...]:
        """Return the lines above the quotation that are not empty."""
        kept = []
        for line in self.text.splitlines():
            if _QUOTED.match(line):
                break
            if line.strip():
                kept.append(line.strip())
        return tuple(kept)

    @cached_property
    def word(self) -> str:
        """Return the word that its first line is, where it is one and nothing else."""
        first = self.own[0].upper().rstrip(" .!") if self.own else ""
        first = _SAME.get(first, first)
        head = first.partition(" ")[0].rstrip(":")
        if first in WORDS:
            return first
        return head if head in {"TERIMA", "KEMBALIKAN", "SALAH"} else ""

    @property
    def bare(self) -> bool:
        """Say whether the word is all that was written, beside files or not, or a refusal with its remarks."""
        alone = len(self.own) == 1 and not self.marked
        return bool(self.word) and (alone or self.word in {"PERBAIKI", "KEBERATAN"})

    @cached_property
    def marked(self) -> bool:
        """Say whether somebody has written on a PDF that came with it."""
        return any(content.startswith(b"%PDF") and _WRITTEN_ON.search(content) for _, content in self.files)

    @cached_property
    def codes(self) -> frozenset[str]:
        """Return every six digits among its own words."""
        return frozenset(_CODE.findall("\n".join(self.own)))

    @cached_property
    def files(self) -> tuple[File, ...]:
        """Return what came with it."""
        return files_of(self.message)

    @cached_property
    def speaks_against(self) -> bool:
        """Say whether anything of its own words, or on its PDF, is a refusal, a reservation or a wish."""
        return self.marked or any(_AGAINST.search(line) for line in self.own)
