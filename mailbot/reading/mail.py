"""Bytes -> `Mail`: everything one arrived mail says and its files at any depth, judged by nobody yet; never raises.

Files stand inline, without a name, in an attached mail, a zip or winmail.dat; each becomes a value of its own.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from mailbot.core.model.mail import Automatic, Mail
from mailbot.reading.defects import Defect
from mailbot.reading.files.collecting import Collected, collect_attachments
from mailbot.reading.limits import MailLimits
from mailbot.reading.mime.decoding import clean_line
from mailbot.reading.mime.headers import Headers, read_senders, read_sent_by
from mailbot.reading.mime.parts import Part, split
from mailbot.reading.proof.sender_proof import SenderProof, prove_sender
from mailbot.reading.proof.signed_parts import as_far_as_signed
from mailbot.reading.robots.absence import read_return, read_stand_in
from mailbot.reading.robots.automatic import Signs, automatic_of, is_list, report_of
from mailbot.reading.text.bodies import Body, read_body
from mailbot.reading.text.own_words import cloud_links_in, codes_in, renderings_agree

_TOKEN = re.compile(r"(?<![0-9a-z])mb1\.[0-9a-f]{16}(?![0-9a-f])", re.IGNORECASE)
_TOKEN_LINE = re.compile(r"^\W*(?:rujukan|ref\w*)\W{1,4}mb1\.[0-9a-f]{16}\b", re.IGNORECASE | re.MULTILINE)
# Whoever copies our reference into a mail of his own writes little else; a letter of ours holds more lines than that.
_LEAKED_LINES = 8
# What a report carries is our own letter come back, with our own files.
_REPORTS = frozenset({Automatic.BOUNCE, Automatic.DELAY, Automatic.DELIVERED})
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
    own = frozenset(map(str.casefold, own_addresses))
    signs = Signs(root=root, senders=said.senders, own_addresses=own, report=report, text=body.visible)
    automatic = automatic_of(signs)
    proved = prove_sender(root.headers, said.senders, authserv_ids, signed_by)
    held = _held(body, automatic, bounds, defects)
    said = replace(said, automatic=automatic, through_list=automatic is Automatic.LIST and is_list(signs))
    said = _with_absence(said) if automatic is Automatic.VACATION else said
    return replace(
        _as_proved(said, proved, root, body, bounds),
        bounces=bounces if automatic in _REPORTS else (),
        attachments=held.files,
        unopened=held.unopened,
        defects=tuple(sorted(defect.value for defect in defects)),
    )


def _held(body: Body, automatic: Automatic | None, limits: MailLimits, defects: set[Defect]) -> Collected:
    """Return the files of a mail; none of one that was cut, and none of a report, which carries our own."""
    if not body.has_files or Defect.MESSAGE_TOO_LARGE in defects or automatic in _REPORTS:
        return Collected()
    return collect_attachments(body, limits, defects)


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
    senders = read_senders(root.headers, defects)
    return Mail(
        sha256=hashlib.sha256(raw).hexdigest(),
        message_id=next(iter(root.headers.message_ids("message-id")), ""),
        received_at=received_at,
        senders=senders,
        sent_by=read_sent_by(root.headers, senders),
        subject=subject,
        in_reply_to=_answered(root.headers),
        own_words=body.own_words,
        own_texts=body.own_texts,
        quotes=body.quotes,
        renderings_agree=_agree(root, body, defects),
        tokens=_tokens(root, subject, body.visible, limits),
        codes=codes_in(body.own_words),
        cloud_links=cloud_links_in(body.own_words, body.links),
        gesture=body.gesture,
    )


def _with_absence(said: Mail) -> Mail:
    """Return a vacation reply with what it says: the day of return, and who stands in."""
    returns_on = read_return(f"{said.subject}. {said.own_words}", received_on=said.received_at.date())
    return replace(said, returns_on=returns_on, stands_in=read_stand_in(said.own_words))


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
    own, left = {id(part) for part in root.own_parts()}, limits.words_bytes
    for part in root.walk() if header_too else (part for child in root.children for part in child.walk()):
        texts += [" ".join(part.headers.message_ids(name)) for name in ("in-reply-to", "references", "message-id")]
        if id(part) not in own and part.media_type == "text/plain" and left > 0:
            texts.append(part.text(left, set()))
            left -= len(texts[-1])
    # Only what is not seen can stand within a token; else a long text need not be gone through for it.
    clean = (text if text.isascii() else clean_line(text) for text in texts)
    found = (match[0].casefold() for text in clean for match in _TOKEN.finditer(text))
    return tuple(dict.fromkeys(found))
