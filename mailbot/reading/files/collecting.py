"""The files of one mail, at whatever depth: inline, in attached mails, in archives; each content once (T12, T26).

Where there are more than are opened, workbooks go first, and the others are named. What programs leave beside a file
(a lock while it is open, a Mac's half of it) is none of the sender's, unless it is all there is.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from mailbot.core.language.nik import masked
from mailbot.core.model.mail import Attachment
from mailbot.reading.defects import Defect
from mailbot.reading.files.archive_files import ArchiveRefused, Budget, Unpacked, open_tnef, open_zip
from mailbot.reading.files.file_kinds import (
    APPLE_HALF,
    CSV,
    DOCX,
    LOCKED_OFFICE,
    MAIL,
    ODS,
    OLE,
    TNEF,
    XLS,
    XLSB,
    XLSM,
    XLSX,
    ZIP,
    file_kind,
    is_picture,
)
from mailbot.reading.limits import MailLimits
from mailbot.reading.mime.decoding import UNNAMED, clean_file_name
from mailbot.reading.mime.parts import Part, split
from mailbot.reading.text.bodies import Body, Room, read_body

# A picture shown inside the HTML and smaller than this is a logo or a signature, not a photographed form.
_DECORATION_BYTES = 32_768
_DEEPEST = 3
"""Archives and mails within archives and mails; a zip in a zip is what a folder packed twice comes to."""
_LONGEST_NAME = 200
_EXTENSIONS = {
    MAIL: ".eml",
    XLSX: ".xlsx",
    DOCX: ".docx",
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
}
_WORKBOOKS = frozenset({XLSX, XLSM, XLSB, XLS, ODS, CSV, LOCKED_OFFICE, OLE})
_WORKBOOK_NAME = re.compile(r"\.(?:xl[st][xmb]?|ods|csv)$", re.IGNORECASE)
_LOCK = re.compile(r"~\$|\.?~lock\..*#$")
"""What Excel, Word and LibreOffice lay beside a file while it is open."""
_LONGEST_LOCK_BYTES = 1_024


@dataclass(frozen=True, slots=True)
class Collected:
    """What a mail carries: the files that are opened, and the names of those beyond the limit."""

    files: tuple[Attachment, ...] = ()
    unopened: tuple[str, ...] = ()


def collect_attachments(body: Body, limits: MailLimits, defects: set[Defect]) -> Collected:
    """Return the files of a mail, each content once, archives and attached mails replaced by what they hold.

    Args:
        body: the mail, sorted into words and files; an attached mail that holds no file is a file itself.
        limits: at most `attachments` files, `unpacked_bytes` out of archives.
        defects: where an archive that had to stay closed is noted.
    """
    collector = _Collector(limits, defects)
    found: dict[str, Attachment] = {}
    for kind, file in collector.files(body, depth=0):
        digest = hashlib.sha256(file.content).hexdigest()
        if digest not in found:
            found[digest] = Attachment(
                sha256=digest,
                name=collector.name(file.name, kind),
                media_type=kind,
                size_bytes=len(file.content),
                content=file.content,
            )
    files = [file for file in found.values() if not _is_litter(file)] or list(found.values())
    if len(files) <= limits.attachments:
        return Collected(tuple(files))
    defects.add(Defect.TOO_MANY_ATTACHMENTS)
    first = {file.sha256 for file in sorted(files, key=_may_be_a_form, reverse=True)[: limits.attachments]}
    return Collected(
        tuple(file for file in files if file.sha256 in first),
        tuple(file.name for file in files if file.sha256 not in first),
    )


def _may_be_a_form(file: Attachment) -> bool:
    """Say whether a file is a workbook, or should have been one by its name."""
    return file.media_type in _WORKBOOKS or _WORKBOOK_NAME.search(file.name) is not None


def _is_litter(file: Attachment) -> bool:
    """Say whether a program left the file beside another one."""
    locks = _LOCK.match(file.name) is not None and file.size_bytes <= _LONGEST_LOCK_BYTES
    return locks or file.media_type == APPLE_HALF


class _Collector:
    """Gathers the files of one mail; remembers what was unpacked, and how much was read for words."""

    def __init__(self, limits: MailLimits, defects: set[Defect]) -> None:
        self.limits = limits
        self.defects = defects
        self.budget = Budget(limits.unpacked_bytes, limits.zip_members)
        self.room = Room.of(limits)

    def files(self, body: Body, *, depth: int) -> Iterator[tuple[str, Unpacked]]:
        """Give the files of one mail, then those of the mails attached to it."""
        for part in body.files:
            file = Unpacked(part.file_name, part.content(self.defects))
            kind = self._kind(file, part.media_type)
            if not file.content.strip() and not file.name:
                continue
            if not (is_picture(kind) and _is_decoration(part, len(file.content), body.pictures)):
                yield from self._opened(kind, file, depth)
        for part in body.attached_mails:
            yield from self._of_attached_mail(part, depth)

    def _of_attached_mail(self, part: Part, depth: int) -> Iterator[tuple[str, Unpacked]]:
        """Give the files of an attached mail; the mail itself if it holds none."""
        root = part.children[0]
        body = self._body(root)
        if body.files or body.attached_mails:
            yield from self.files(body, depth=depth)
        else:
            name = part.file_name or root.headers.text("subject")
            yield (
                MAIL,
                Unpacked(name, root.buffer[part.start : part.end] if root.buffer is part.buffer else root.buffer),
            )

    def _body(self, root: Part) -> Body:
        """Return an attached mail, sorted; how much of its words is read says nothing about the sender's."""
        odd: set[Defect] = set()
        body = read_body(root, self.limits, odd, self.room)
        self.defects |= odd - {Defect.WORDS_CUT}
        return body

    def _opened(self, kind: str, file: Unpacked, depth: int) -> Iterator[tuple[str, Unpacked]]:
        """Give a file, or what an archive or a mail sent as a file holds; what cannot be opened stays as it is."""
        if depth >= _DEEPEST or kind not in {ZIP, TNEF, MAIL}:
            if kind in {ZIP, TNEF}:
                self.defects.add(Defect.ARCHIVE_REFUSED)
            yield kind, file
            return
        if kind == MAIL:
            body = self._body(split(file.content, self.limits, self.defects))
            inner = list(self.files(body, depth=depth + 1))
            yield from inner or [(kind, file)]
            return
        try:
            unpack = open_zip if kind == ZIP else open_tnef
            held = unpack(file.content, self.limits, self.budget)
        except ArchiveRefused:
            self.defects.add(Defect.ARCHIVE_REFUSED)
            held = []
        if not held:
            yield kind, file
        for member in held:
            yield from self._opened(self._kind(member, ""), member, depth=depth + 1)

    def _kind(self, file: Unpacked, declared: str) -> str:
        """Return what kind of file it is, by content."""
        return file_kind(file.content, name=clean_file_name(file.name, longest=_LONGEST_NAME), declared=declared)

    def name(self, name: str, kind: str) -> str:
        """Return the name to show, without a number like a NIK; one is made up for a file without."""
        shown = masked(clean_file_name(name, longest=self.limits.file_name_chars))
        extension = _EXTENSIONS.get(kind, "")
        if shown == UNNAMED or (kind == MAIL and not shown.casefold().endswith(extension)):
            return f"{shown[: self.limits.file_name_chars - len(extension)]}{extension}"
        return shown


def _is_decoration(part: Part, size: int, pictures: set[str]) -> bool:
    """Say whether a picture only adorns the HTML body."""
    content_id = re.sub(r"[<>\s]", "", part.headers.text("content-id"))
    return size <= _DECORATION_BYTES and content_id in pictures
