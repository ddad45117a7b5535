"""A mail's bytes cut into its parts in one linear pass within limits, nothing copied before it is wanted (T2, T3, T29).

The standard library's parser recurses once for each level and tries every open boundary on every line: 1,000 levels end
it. What this one finds is held equal to it over the corpus by a test.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mailbot.reading.defects import Defect
from mailbot.reading.limits import MEBIBYTE, MailLimits
from mailbot.reading.mime.decoding import decode, known_charset
from mailbot.reading.mime.headers import Headers, header_start, scan_headers
from mailbot.reading.mime.signed import SIGNED_MAIL, signed_content
from mailbot.reading.mime.transfer import undo_transfer

ATTACHED_MAIL = frozenset({"message/rfc822", "message/global", "message/news"})
_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,100}")
# For a multipart that names no usable boundary: the first line that looks like one.
_LIKELY_DELIMITER = re.compile(rb"\n--([^\s-][!-~ ]{0,200})\r?\n")
_OCTETS = "application/octet-stream"
_LONGEST_TAIL = 200
_FEW_DELIMITERS = 500
_SEARCHED_BYTES = 64 * MEBIBYTE
_SEARCHED_TIMES = 8


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its header, and where its body stands in `buffer` (the whole mail, or one decoded attached mail)."""

    headers: Headers
    media_type: str
    buffer: bytes
    start: int
    end: int
    children: tuple[Part, ...] = ()

    @property
    def is_mail(self) -> bool:
        """Say whether this part is an attached mail that was opened."""
        return self.media_type in ATTACHED_MAIL and bool(self.children)

    @property
    def attached(self) -> bool:
        """Say whether the part asks to be shown as a file."""
        return self.headers.value("content-disposition") == "attachment"

    @property
    def file_name(self) -> str:
        """Return the name it came with, raw and untrusted; empty if none."""
        given = self.headers.parameter("content-disposition", "filename")
        return given or self.headers.parameter("content-type", "name")

    def walk(self) -> Iterator[Part]:
        """Give this part and every part within it, outermost first."""
        yield self
        for child in self.children:
            yield from child.walk()

    def own_parts(self) -> Iterator[Part]:
        """Give this part and those within it, the insides of attached mails left out: who forwards them wrote none."""
        yield self
        for child in () if self.is_mail else self.children:
            yield from child.own_parts()

    def content(self, defects: set[Defect]) -> bytes:
        """Return the body with its transfer encoding undone."""
        decoded, clean = undo_transfer(
            self.buffer[self.start : self.end], self.headers.value("content-transfer-encoding")
        )
        if not clean:
            defects.add(Defect.BAD_ENCODING)
        return decoded

    def text(self, longest: int, defects: set[Defect]) -> str:
        """Return the body as text, at most about `longest` bytes of it."""
        charset = self.headers.parameter("content-type", "charset")
        if not known_charset(charset):
            defects.add(Defect.UNKNOWN_CHARSET)
        encoding = self.headers.value("content-transfer-encoding")
        stop = min(self.end, self.start + 3 * longest)
        decoded, clean = undo_transfer(self.buffer[self.start : stop], encoding)
        if not clean and stop == self.end:
            defects.add(Defect.BAD_ENCODING)
        if stop < self.end or len(decoded) > longest:
            defects.add(Defect.WORDS_CUT)
            # Cut at a line's end, so that no character is cut in two.
            decoded = decoded[: decoded.rfind(b"\n", 0, longest) + 1 or longest]
        return decode(decoded, charset)


def split(raw: bytes, limits: MailLimits, defects: set[Defect]) -> Part:
    """Cut a mail into its parts; never raises, whatever the bytes."""
    return _Splitter(limits, defects, len(raw)).part(raw, header_start(raw), len(raw), depth=0, default="text/plain")


class _Splitter:
    """One pass over one mail: counts parts and depth, and stops at the limits."""

    def __init__(self, limits: MailLimits, defects: set[Defect], size: int) -> None:
        self.limits = limits
        self.defects = defects
        self.parts = 0
        self.signed = 0
        """How many signatures the mail itself lies in, one in the other."""
        # Each level searches its whole range; a mail that nests its bulk many times over is hostile.
        self.bytes_left = max(_SEARCHED_BYTES, _SEARCHED_TIMES * size)

    def part(self, buffer: bytes, start: int, end: int, *, depth: int, default: str) -> Part:
        """Read the part that stands in `buffer[start:end]`."""
        self.parts += 1
        headers, body = scan_headers(buffer, start, end, self.limits, self.defects)
        given = headers.value("content-type")
        media_type = given if _MEDIA_TYPE.fullmatch(given) else default
        if media_type in SIGNED_MAIL or media_type == _OCTETS:
            return self._signed(Part(headers, media_type, buffer, body, end), depth)
        if not media_type.startswith("multipart/") and media_type not in ATTACHED_MAIL:
            return Part(headers, media_type, buffer, body, end)
        self.bytes_left -= end - body
        if depth >= self.limits.depth or self.bytes_left < 0:
            self.defects.add(Defect.TOO_DEEP)
            return Part(headers, _OCTETS, buffer, body, end)
        if media_type in ATTACHED_MAIL:
            return self._attached_mail(Part(headers, media_type, buffer, body, end), depth)
        inner = "message/rfc822" if media_type == "multipart/digest" else "text/plain"
        children = []
        for child_start, child_end in self._ranges(headers, buffer, body, end):
            if self.parts >= self.limits.parts:
                self.defects.add(Defect.TOO_MANY_PARTS)
                break
            children.append(self.part(buffer, child_start, child_end, depth=depth + 1, default=inner))
        # A multipart that could not be cut is read as the text it shows.
        return Part(headers, media_type if children else "text/plain", buffer, body, end, tuple(children))

    def _signed(self, part: Part, depth: int) -> Part:
        """Open a mail that lies whole in its signature: the mail's own, or one that came as a file within it."""
        named = part.media_type in SIGNED_MAIL or part.file_name.casefold().endswith(".p7m")
        if not named or depth >= self.limits.depth or self.bytes_left < 0:
            return part
        inner = signed_content(part.content(self.defects))
        if inner is None:
            return part
        self.bytes_left -= len(inner)
        is_the_mail = depth == self.signed
        self.signed += is_the_mail
        child = self.part(inner, 0, len(inner), depth=depth + 1, default="text/plain")
        shown = "multipart/signed" if is_the_mail else "message/rfc822"
        return Part(part.headers, shown, part.buffer, part.start, part.end, (child,))

    def _attached_mail(self, part: Part, depth: int) -> Part:
        """Open an attached mail; RFC 2046 forbids to encode it, and some programs do."""
        buffer, start, end = part.buffer, part.start, part.end
        if part.headers.value("content-transfer-encoding") in {"base64", "quoted-printable"}:
            buffer = part.content(self.defects)
            start, end = 0, len(buffer)
        if start == end:
            return part
        child = self.part(buffer, start, end, depth=depth + 1, default="text/plain")
        return Part(part.headers, part.media_type, part.buffer, part.start, part.end, (child,))

    def _ranges(self, headers: Headers, buffer: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Give the ranges of a multipart's children; a missing boundary is guessed from the body."""
        boundary = headers.raw_parameter("content-type", "boundary").rstrip()
        usable = 0 < len(boundary) <= self.limits.boundary_bytes and buffer.find(b"--" + boundary, start, end) >= 0
        if not usable:
            self.defects.add(Defect.BOUNDARY_UNUSABLE)
            likely = _LIKELY_DELIMITER.search(buffer, max(start - 1, 0), min(end, start + 4_096))
            if likely is None:
                return
            boundary = likely[1].rstrip()
        opened = -1
        for at, after, last in _delimiters(buffer, boundary, start, end):
            if opened >= 0:
                yield opened, _without_line_end(buffer, opened, at)
            opened = after
            if last:
                return
        if opened >= 0:
            self.defects.add(Defect.NOT_CLOSED)
            yield opened, end


def _delimiters(buffer: bytes, boundary: bytes, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Give where each delimiter line begins, where the line after it begins, and whether it is the last."""
    # Only where a line begins: a boundary that stands a million times in one line is looked at once.
    marker = b"\n--" + boundary
    found = buffer.startswith(marker[1:], start, end)
    at = start - 1 if found else buffer.find(marker, start, end)
    found = found or at >= 0
    for _ in range(_FEW_DELIMITERS):
        if not found:
            return
        line_end = buffer.find(b"\n", at + 1, end)
        line_end = end if line_end < 0 else line_end + 1
        tail = buffer[at + len(marker) : min(line_end, at + len(marker) + _LONGEST_TAIL)].rstrip()
        if tail in {b"", b"--"}:
            yield at + 1, line_end, tail == b"--"
        at = buffer.find(marker, line_end - 1, end)
        found = at >= 0
    yield from _many_delimiters(buffer, marker, at, end)


def _many_delimiters(buffer: bytes, marker: bytes, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Give the rest of them as `_delimiters` does, where so many lines look like one that a pattern is worth making."""
    pattern = re.compile(re.escape(marker) + rb"(--)?[ \t\r\v\f]{0,200}(?=\n|\Z)")
    for found in pattern.finditer(buffer, start, end) if start >= 0 else ():
        yield found.start() + 1, min(found.end() + 1, end), found[1] is not None


def _without_line_end(buffer: bytes, start: int, end: int) -> int:
    """Return the end of a body without the line end that belongs to the delimiter after it."""
    if end > start and buffer[end - 1 : end] == b"\n":
        end -= 1
        if end > start and buffer[end - 1 : end] == b"\r":
            end -= 1
    return end
