"""Turns a letter as the core means it into finished mail: the same letter, the same ids and bytes, for ever."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass, replace
from email.utils import format_datetime
from typing import TYPE_CHECKING

from mailbot.core.model.letters import LetterKind
from mailbot.writing.letters.address_field import address_field
from mailbot.writing.letters.deadline_file import deadline_file
from mailbot.writing.letters.letter_context import LetterContext, addressee_of, token_of
from mailbot.writing.letters.letter_values import LetterValues
from mailbot.writing.letters.mime import Attached, header, mail_bytes
from mailbot.writing.letters.rendering import render_letter
from mailbot.writing.letters.reply_link import Reply
from mailbot.writing.letters.thread import thread_headers, thread_root
from mailbot.writing.words.phrases import read_phrases
from mailbot.writing.words.templates import in_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from mailbot.core.draft.document import Edit
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office

_PREFIX = "mb1"
_HEX_DIGITS = 16
_BREAK = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One finished letter: its Message-ID, its RFC 5322 bytes, and its subject for the record."""

    message_id: str
    raw: bytes
    subject: str


def write_letter(  # noqa: PLR0913 - what a finished letter is made of, all named
    letter: Letter,
    cycle: Cycle | None,
    office: Office,
    *,
    enclosures: tuple[Attached, ...] = (),
    edits: tuple[Edit, ...] = (),
    witness: tuple[int, str] | None = None,
    secret: bytes,
    written_at: datetime,
    template_folders: tuple[Path, ...],
) -> Written:
    """Write one letter in its reader's language: plain text complete by itself, the HTML beside it, what it encloses.

    Args:
        letter: the letter as the core means it.
        cycle: the cycle as it stands now; None for a letter that belongs to none.
        office: the office.
        enclosures: the finished files, made by `writing.enclose`.
        edits: what changed in the draft since the version that the addressee got last.
        witness: number and hash of the journal's last line, if the letter prints them.
        secret: the office's; Message-ID, reference and one-time code are made from it and the letter's key.
        written_at: the letter's Date, an aware moment.
        template_folders: the office's own folder first.
    """
    folders = in_language(template_folders, office.speaks_to(addressee_of(letter, office)))
    context = LetterContext(
        letter=letter,
        cycle=cycle,
        office=office,
        phrases=read_phrases(folders, office.calendar),
        written_at=written_at,
        folders=folders,
        reference=message_token(secret, name_of(letter)),
        code=one_time_code(secret, letter.key) if letter.kind is LetterKind.CHALLENGE else "",
        edits=edits,
        witness=witness,
    )
    return _written(context, enclosures, secret)


def _written(context: LetterContext, enclosures: tuple[Attached, ...], secret: bytes) -> Written:
    """Return the mail that a letter's words, what it encloses and the deadline that it sets make.

    Raises:
        TemplateProblem, KeyError: a template is missing or broken, or the letter lacks, or names, what there is not.
    """
    context.look_over()
    letter, office = context.letter, context.office
    files = (*enclosures, *deadline_file(context, secret))
    context = replace(context, enclosed_names=tuple(attached.name for attached in files))
    reply = Reply(mailbox=office.mailbox, subject_end=f"[{subject_token(letter, office)}] {context.reference}")
    rendered = render_letter(context.folders, letter.kind.value, LetterValues(context), reply)
    subject = f"{rendered.matter} [{subject_token(letter, office)}]"
    own_id = message_id(secret, name_of(letter), office.mailbox)
    headers = _headers(context, subject, own_id, thread_root(secret, letter, office.mailbox))
    raw = mail_bytes(headers, rendered.text, rendered.html, files, letter.key)
    return Written(message_id=own_id, raw=raw, subject=subject)


def name_of(letter: Letter) -> str:
    """Return what a letter's Message-ID is made from: its key, and the file about which it asks a word.

    After an old copy of the ledger was put back, a letter of the same key may ask about other bytes. It is another
    letter then: the copy in the folder for sent mail is not its own, and a word to the former one does not answer it.
    """
    file = letter.asks.docx_sha256 if letter.asks is not None else ""
    return f"{letter.key}#{file}" if file else letter.key


def message_token(secret: bytes, name: str) -> str:
    """Return `mb1.{16 hex}`, the HMAC-SHA256 of a letter's name (`name_of`); nobody without the secret can make one.

    It stands in the Message-ID and in the body line `Rujukan:`, which survives quoting.
    """
    digest = hmac.new(secret, name.encode(), hashlib.sha256).hexdigest()
    return f"{_PREFIX}.{digest[:_HEX_DIGITS]}"


def message_id(secret: bytes, name: str, mailbox: str) -> str:
    """Return a letter's Message-ID, `<mb1.{16 hex}@{domain of the mailbox}>`: the same for the same name, for ever."""
    domain = mailbox.rpartition("@")[2]
    return f"<{message_token(secret, name)}@{domain}>"


def one_time_code(secret: bytes, key: str) -> str:
    """Return the six digits that the letter of that key asks back (CHALLENGE); the same for the same key, for ever."""
    digest = hmac.new(secret, b"code/" + key.encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**6:06d}"


def subject_token(letter: Letter, office: Office) -> str:
    """Return what ends every subject in brackets, `DISDUKCAPIL-LKJIP/2026-TW1`; the head alone without a cycle.

    A phone shows the first forty signs of a subject: the matter has to stand there.
    """
    return token_of(letter.cycle, office)


def _headers(context: LetterContext, subject: str, own_id: str, root: str) -> Iterator[bytes]:
    """Yield the headers every letter has; nobody's text can break out of a header."""
    letter, office, person = context.letter, context.office, context.addressee
    yield address_field("From", _one_line(office.letterhead.agency_name), office.mailbox)
    named = "" if letter.to == letter.address else person.name or person.title
    yield address_field("To", _one_line(named), letter.address)
    yield header("Subject", _one_line(subject))
    yield header("Date", format_datetime(office.calendar.local(context.written_at)))
    yield header("Auto-Submitted", "auto-replied" if letter.answers else "auto-generated")
    yield header("X-Auto-Response-Suppress", "OOF, AutoReply")
    yield header("X-Mailbot-Loop", "1")
    yield header("Message-ID", own_id)
    yield from thread_headers(letter.answers, root, _one_line(_topic(context)))


def _topic(context: LetterContext) -> str:
    """Return what the thread of a letter is called: the unit's data, or the report."""
    plans = (plan.period for plan in context.office.cycles if plan.key == context.letter.cycle)
    known = context.cycle.period if context.cycle is not None else next(plans, None)
    if known is None:
        return ""
    what = "unit" if context.unit is not None else "report"
    unit, period = context.letter.unit.upper(), context.phrases.period(known)
    topic = context.phrases.word("thread", what).format(unit=unit, period=period)
    return f"{topic} [{subject_token(context.letter, context.office)}]"


def _one_line(text: str) -> str:
    """Return a header's text on one line."""
    return " ".join(_BREAK.sub(" ", text).split())
