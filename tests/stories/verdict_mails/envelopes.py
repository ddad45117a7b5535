"""A reply put into an envelope, as the server of the office delivers it: header, encoding, what wraps the body."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Callable
from dataclasses import dataclass

from tests.office import AUTHSERV_ID
from tests.stories.verdict_mails.letters import Letter
from tests.stories.verdict_mails.replies import Reply

Part = tuple[str, bytes]
"""A part of a mail: its header lines, and its body as it travels."""
Wrap = Callable[[Part], Part]
_BOUNDARY = "=_alternatif"


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """All of a mail that is not its words."""

    proved: str = "pass"
    """What the border says of the sender's domain; empty: nothing."""
    subject: str = "Re: {}"
    thread: bool = True
    """Whether it names the letter that it answers."""
    header: tuple[tuple[str, str], ...] = ()
    """Fields more."""
    wraps: tuple[Wrap, ...] = ()
    """What is put around the body, the innermost first."""
    own_from: str = "{}"
    """How the sender is written; the braces stand for the address."""
    number: int = 1


def part_of(media: str, content: str, reply: Reply) -> Part:
    """Return one rendering as a part."""
    raw = content.replace("\n", "\r\n").encode(reply.charset, "xmlcharrefreplace" if "html" in media else "replace")
    flowed = "; format=flowed" if reply.flowed and media == "text/plain" else ""
    encoding = reply.encoding
    if encoding == "base64":
        raw = base64.encodebytes(raw).replace(b"\n", b"\r\n")
    elif encoding == "quoted-printable":
        raw = quopri.encodestring(raw.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
    return f"Content-Type: {media}; charset={reply.charset}{flowed}\r\nContent-Transfer-Encoding: {encoding}", raw


def together(kind: str, boundary: str, *parts: Part) -> Part:
    """Return parts in a multipart of that kind."""
    body = b"".join(
        b"--" + boundary.encode() + b"\r\n" + head.encode() + b"\r\n\r\n" + raw + b"\r\n" for head, raw in parts
    )
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"', body + b"--" + boundary.encode() + b"--\r\n"


def body_of(reply: Reply) -> Part:
    """Return the renderings of a reply as one part."""
    parts = [
        part_of(media, content, reply)
        for media, content in (("text/plain", reply.text), ("text/html", reply.page))
        if content is not None
    ]
    return parts[0] if len(parts) == 1 else together("alternative", _BOUNDARY, *parts)


def posted(sender: str, mailbox: str, letter: Letter, reply: Reply, envelope: Envelope) -> bytes:
    """Return the mail as it lies in the office's mailbox."""
    part = body_of(reply)
    for wrap in envelope.wraps:
        part = wrap(part)
    domain = sender.rpartition("@")[2]
    fields = [
        *(
            (("Authentication-Results", f"{AUTHSERV_ID}; dmarc={envelope.proved} header.from={domain}"),)
            if envelope.proved
            else ()
        ),
        ("Received", f"from client by {AUTHSERV_ID}; Mon, 5 Jan 2026 08:00:00 +0700"),
        ("From", envelope.own_from.format(sender)),
        ("To", mailbox),
        ("Subject", envelope.subject.format(letter.subject)),
        ("Date", "Mon, 05 Jan 2026 09:30:00 +0700"),
        ("Message-ID", f"<jawaban-{envelope.number}@{domain}>"),
        *((("In-Reply-To", letter.message_id), ("References", letter.message_id)) if envelope.thread else ()),
        *((("X-Mailer", reply.mailer),) if reply.mailer else ()),
        *envelope.header,
        ("MIME-Version", "1.0"),
    ]
    head = "\r\n".join(f"{name}: {value}" for name, value in fields)
    return head.encode("utf-8") + b"\r\n" + part[0].encode() + b"\r\n\r\n" + part[1]
