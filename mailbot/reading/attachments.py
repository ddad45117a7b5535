"""Every file of a mail at any depth as a value: inline, without a name, in an attached mail, a zip or winmail.dat."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from mailbot.core.language.nik import masked
from mailbot.core.model.mail import Attachment
from mailbot.reading.defects import Defect
from mailbot.reading.files.archive_files import ArchiveRefused, Budget, Unpacked, open_tnef, open_zip
from mailbot.reading.files.file_kinds import DOCX, MAIL, TNEF, XLSX, ZIP, file_kind, is_picture
from mailbot.reading.limits import MailLimits
from mailbot.reading.mime.decoding import UNNAMED, clean_file_name
from mailbot.reading.mime.parts import Part, split
from mailbot.reading.text.bodies import Body, read_body

# A picture shown inside the HTML and smaller than this is a logo or a signature, not a photographed form.
_DECORATION_BYTES = 32_768
_EXTENSIONS = {
    MAIL: ".eml",
    XLSX: ".xlsx",
    DOCX: ".docx",
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
}


def collect_attachments(body: Body, limits: MailLimits, defects: set[Defect]) -> tuple[Attachment, ...]:
    """Return the files of a mail, each content once, archives and attached mails replaced by what they hold.

    Args:
        body: the mail, sorted into words and files; an attached mail that holds no file is a file itself.
        limits: at most `attachments` files, `unpacked_bytes` out of archives.
        defects: where an archive that had to stay closed is noted.
    """
    return tuple(_Collector(limits, defects).gather(body))


class _Collector:
    """Gathers the files of one mail; remembers contents seen and bytes unpacked."""

    def __init__(self, limits: MailLimits, defects: set[Defect]) -> None:
        self.limits = limits
        self.defects = defects
        self.budget = Budget(limits.unpacked_bytes)
        self.seen: set[str] = set()

    def gather(self, body: Body) -> Iterator[Attachment]:
        """Give each file once, until there are too many."""
        for kind, file in self._files(body, depth=0):
            digest = hashlib.sha256(file.content).hexdigest()
            if digest in self.seen:
                continue
            if len(self.seen) >= self.limits.attachments:
                self.defects.add(Defect.TOO_MANY_ATTACHMENTS)
                return
            self.seen.add(digest)
            yield Attachment(
                sha256=digest,
                name=self._name(file.name, kind),
                media_type=kind,
                size_bytes=len(file.content),
                content=file.content,
            )

    def _files(self, body: Body, *, depth: int) -> Iterator[tuple[str, Unpacked]]:
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
        body = read_body(root, self.limits, self.defects)
        if body.files or body.attached_mails:
            yield from self._files(body, depth=depth)
        else:
            name = part.file_name or root.headers.text("subject")
            yield (
                MAIL,
                Unpacked(name, root.buffer[part.start : part.end] if root.buffer is part.buffer else root.buffer),
            )

    def _opened(self, kind: str, file: Unpacked, depth: int) -> Iterator[tuple[str, Unpacked]]:
        """Give a file, or what an archive or a mail sent as a file holds; what cannot be opened stays as it is."""
        if depth > 0 or kind not in {ZIP, TNEF, MAIL}:
            if kind in {ZIP, TNEF}:
                self.defects.add(Defect.ARCHIVE_REFUSED)
            yield kind, file
            return
        if kind == MAIL:
            body = read_body(split(file.content, self.limits, self.defects), self.limits, self.defects)
            inner = list(self._files(body, depth=1))
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
            yield from self._opened(self._kind(member, ""), member, depth=1)

    def _kind(self, file: Unpacked, declared: str) -> str:
        """Return what kind of file it is, by content."""
        return file_kind(file.content, name=clean_file_name(file.name, longest=200), declared=declared)

    def _name(self, name: str, kind: str) -> str:
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
