"""Bytes -> `Mail`: everything one arrived mail says and its files at any depth, judged by nobody yet; never raises.

Files stand inline, without a name, in an attached mail, a zip or winmail.dat; each becomes a value of its own.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from mailbot.core.language.nik import masked
from mailbot.core.model.mail import Attachment, Automatic, Mail
from mailbot.reading.defects import Defect
from mailbot.reading.files.archive_files import ArchiveRefused, Budget, Unpacked, open_tnef, open_zip
from mailbot.reading.files.file_kinds import DOCX, MAIL, TNEF, XLSX, ZIP, file_kind, is_picture
from mailbot.reading.limits import MailLimits
from mailbot.reading.mime.decoding import UNNAMED, clean_file_name, clean_line
from mailbot.reading.mime.headers import Headers, read_senders
from mailbot.reading.mime.parts import Part, split
from mailbot.reading.proof.sender_proof import SenderProof, prove_sender
from mailbot.reading.proof.signed_parts import as_far_as_signed
from mailbot.reading.robots.absence import read_return, read_stand_in
from mailbot.reading.robots.automatic import Signs, automatic_of, report_of
from mailbot.reading.text.bodies import Body, read_body
from mailbot.reading.text.own_words import cloud_links_in, codes_in, renderings_agree

_TOKEN = re.compile(r"(?<![0-9a-z])mb1\.[0-9a-f]{16}(?![0-9a-f])", re.IGNORECASE)
_TOKEN_LINE = re.compile(r"^\W*(?:rujukan|ref\w*)\W{1,4}mb1\.[0-9a-f]{16}\b", re.IGNORECASE | re.MULTILINE)
# Whoever copies our reference into a mail of his own writes little else; a letter of ours holds more lines than that.
_LEAKED_LINES = 8
# What a report carries is our own letter come back, with our own files.
_REPORTS = frozenset({Automatic.BOUNCE, Automatic.DELAY, Automatic.DELIVERED})
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
_ANSWERED_AT_MOST = 50
_LOOKED_AT_FOR_LINES = 65_536


def read_mail(
    raw: bytes,
    *,
    received_at: datetime,
    own_addresses: Iterable[str],
    authserv_ids: tuple[str, ...] = (),
    limits: MailLimits | None = None,
    signed_by: str = "",
) -> Mail:
    """Read one mail; `forms` is left empty for the caller, who has `attachments` read as workbooks.

    Args:
        raw: the mail as the server gave it, byte for byte.
        received_at: when the server took it, with a zone; the Date field is not used (T31).
        own_addresses: every address that is ours.
        authserv_ids: whose Authentication-Results are believed; see `prove_sender`.
        limits: how much is looked at; the defaults if None.
        signed_by: the domain whose DKIM signature our own check found to hold; empty: none, or no check was made.
    """
    bounds = limits or MailLimits()
    defects: set[Defect] = set()
    root = split(_bounded(raw, bounds, defects), bounds, defects)
    body = read_body(root, bounds, defects)
    said = _what_it_says(raw, received_at, root, body, bounds, defects)
    report, bounces = report_of(root, body.visible, bounds, defects)
    own = frozenset(address.casefold() for address in own_addresses)
    signs = Signs(root=root, senders=said.senders, own_addresses=own, report=report, text=body.visible)
    automatic = automatic_of(signs)
    opened = body.has_files and Defect.MESSAGE_TOO_LARGE not in defects and automatic not in _REPORTS
    proved = prove_sender(root.headers, said.senders, authserv_ids, signed_by)
    return replace(
        _as_proved(replace(said, automatic=automatic), proved, root, body, bounds),
        returns_on=_returns_on(said) if automatic is Automatic.VACATION else "",
        stands_in=read_stand_in(said.own_words) if automatic is Automatic.VACATION else "",
        bounces=bounces if automatic in _REPORTS else (),
        attachments=collect_attachments(body, bounds, defects) if opened else (),
        defects=tuple(sorted(defect.value for defect in defects)),
    )


def _as_proved(said: Mail, proved: SenderProof, root: Part, body: Body, limits: MailLimits) -> Mail:
    """Return the mail with its proof, less what a signature leaves open; a robot's says nothing that needs more."""
    mail = replace(said, proof=proved.proof)
    if not proved.signers or said.automatic is Automatic.VACATION:
        return mail
    tokens = _tokens(root, said.subject, body.visible, limits, header_too=False)
    return as_far_as_signed(mail, root, proved.signers, tokens, limits)


def _what_it_says(
    raw: bytes, received_at: datetime, root: Part, body: Body, limits: MailLimits, defects: set[Defect]
) -> Mail:
    """Return the mail with all that its header and its text say; who proves it and what it is comes after."""
    subject = root.headers.text("subject")
    return Mail(
        sha256=hashlib.sha256(raw).hexdigest(),
        message_id=next(iter(root.headers.message_ids("message-id")), ""),
        received_at=received_at,
        senders=read_senders(root.headers, defects),
        subject=subject,
        in_reply_to=_answered(root.headers),
        own_words=body.own_words,
        own_texts=body.own_texts,
        renderings_agree=_agree(root, body, defects),
        tokens=_tokens(root, subject, body.visible, limits),
        codes=codes_in(body.own_words),
        cloud_links=cloud_links_in(body.own_words, body.links),
    )


def _returns_on(said: Mail) -> str:
    """Return the day of return that a vacation reply names."""
    return read_return(f"{said.subject}. {said.own_words}", received_on=said.received_at.date())


def _bounded(raw: bytes, limits: MailLimits, defects: set[Defect]) -> bytes:
    """Return the bytes to read: never more than the limit, and with line ends that can be seen."""
    if not raw.strip():
        defects.add(Defect.EMPTY)
    if b"\x00" in raw:
        defects.add(Defect.NUL_BYTES)
    if len(raw) > limits.message_bytes:
        defects.add(Defect.MESSAGE_TOO_LARGE)
        raw = raw[: limits.header_bytes + limits.words_bytes]
    if b"\n" not in raw[:_LOOKED_AT_FOR_LINES]:
        raw = raw.replace(b"\r", b"\n")
    return raw


def _agree(root: Part, body: Body, defects: set[Defect]) -> bool:
    """Say whether the own words can be believed: both renderings agree, and no letter of ours stands among them.

    A mail that says twice what kind it is reads one way here and another way there: nothing in it is plain.
    """
    if len(root.headers.raw("content-type")) > 1:
        defects.add(Defect.SEVERAL_CONTENT_TYPES)
        return False
    words = body.own_words
    if _TOKEN_LINE.search(words) and len([line for line in words.splitlines() if line.strip()]) > _LEAKED_LINES:
        defects.add(Defect.QUOTE_LEAKED)
        return False
    return not body.has_two_renderings or renderings_agree(body.text_words, body.html_words)


def _answered(headers: Headers) -> tuple[str, ...]:
    """Return the Message-IDs a mail says it answers, nearest first."""
    found = [*headers.message_ids("in-reply-to"), *reversed(headers.message_ids("references"))]
    return tuple(dict.fromkeys(found))[:_ANSWERED_AT_MOST]


def _tokens(root: Part, subject: str, visible: str, limits: MailLimits, *, header_too: bool = True) -> tuple[str, ...]:
    """Return every token of our letters in the mail: in its header, subject and text, and in attached mails."""
    texts = [subject, visible]
    for part in root.walk() if header_too else (part for child in root.children for part in child.walk()):
        texts += [" ".join(part.headers.message_ids(name)) for name in ("in-reply-to", "references", "message-id")]
        if part.is_mail:
            texts += [
                inner.text(limits.words_bytes, set()) for inner in part.walk() if inner.media_type == "text/plain"
            ]
    found = (match[0].casefold() for text in texts for match in _TOKEN.finditer(clean_line(text)))
    return tuple(dict.fromkeys(found))


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
