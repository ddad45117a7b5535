"""What a mail that is proved by its signature alone really says: what the signature leaves open may be anybody's.

A signed mail can be sent once more by whoever has it, with other header fields on top. So by a signature alone the
thread counts only where the reference of our letter stands in what is signed, and the words only where the signed bytes
say the same of themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from mailbot.core.model.mail import Mail, Proof
from mailbot.reading.limits import MailLimits
from mailbot.reading.mime.headers import Headers
from mailbot.reading.mime.parts import Part, split
from mailbot.reading.proof.dkim_check import signature_tags
from mailbot.reading.text.bodies import read_body

_THREAD = frozenset({"to", "cc", "in-reply-to", "references"})
"""Fields that say to whom, and to which letter, somebody answered."""
_SHAPE = re.compile(r"content-|mime-version$")
"""Fields that say what of the body is text, and how it is written."""
_DELIMITER = re.compile(
    rb"\s*(?:This is a multi-?part message in MIME format\.?\s+)?--([!-~](?:[!-~ ]{0,200}[!-~])?)[ \t]*\r?\n"
    rb"(?:(?:Content-[!-9;-~]+:|X-[!-9;-~]+:)|\r?\n)",
    re.IGNORECASE,
)


def as_far_as_signed(
    said: Mail, root: Part, signers: tuple[frozenset[str], ...], signed_tokens: Iterable[str], limits: MailLimits
) -> Mail:
    """Return a mail proved by signatures alone, less what they do not cover; unproved where too little is left.

    Args:
        said: the mail as read, proved.
        root: it, cut into parts.
        signers: for each signature that holds, the domains it may be of.
        signed_tokens: references of our letters in its subject, its text and the mails attached to it.
        limits: how much is read.
    """
    headers = root.headers
    open_fields = _open_fields(headers, signers)
    if "subject" in open_fields:
        return replace(said, proof=Proof.NONE)
    tokens = frozenset(signed_tokens)
    if not headers.has("to") or _THREAD & open_fields:
        if not tokens:
            return replace(said, proof=Proof.NONE)
        thread = tuple(known for known in said.in_reply_to if not (token := _token(known)) or token in tokens)
        said = replace(said, in_reply_to=thread, tokens=tuple(known for known in said.tokens if known in tokens))
    shaped = any(_SHAPE.match(name) for name in open_fields)
    return replace(said, words_of_body=_words_of_body(root, limits)) if shaped else said


def _open_fields(headers: Headers, signers: tuple[frozenset[str], ...]) -> frozenset[str]:
    """Return the names of the fields that none of these signers vouches for, or that are there more than once.

    A signature that does not hold may stand beside one that does, under the same name: a signer vouches only for what
    all signatures cover that may be his.
    """
    signatures = signature_tags(headers)
    lists = [[tags.get("h", "").split(":") for tags in signatures if tags["d"] in of_one] for of_one in signers]

    def vouched(name: str) -> bool:
        count = len(headers.raw(name))
        signed = any(names and all(fields.count(name) >= count for fields in names) for names in lists)
        return signed and (count == 1 or not _SHAPE.match(name))

    return frozenset(name for name in {name for name, _ in headers.fields} if not vouched(name))


def _token(message_id: str) -> str:
    """Return the reference in the Message-ID of a letter of ours; empty for any other."""
    found = re.fullmatch(r"<(mb1\.[0-9a-f]{16})@[^<>]*>", message_id, re.IGNORECASE)
    return found[1].casefold() if found is not None else ""


def _words_of_body(root: Part, limits: MailLimits) -> str:
    """Return the own words as the body's bytes give them by themselves: its first part, or all of it as plain text."""
    content = root.buffer[root.start : root.end]
    delimiter = _DELIMITER.match(content)
    kind = b'multipart/mixed; boundary="%s"' % _escaped(delimiter[1]) if delimiter is not None else b"text/plain"
    alone = split(b"Content-Type: %s\r\n\r\n%s" % (kind, content), limits, set())
    while alone.children and not alone.is_mail:
        alone = alone.children[0]
    return read_body(alone, limits, set()).own_words


def _escaped(boundary: bytes) -> bytes:
    """Return a boundary as it may stand between quotation marks."""
    return boundary.replace(b"\\", b"\\\\").replace(b'"', b'\\"')
