"""Every letter as its reader sees it: one of each sort whole, the others of that sort listed."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from email.message import EmailMessage

    from mailbot.writing.rehearsed.told import Rehearsed, SentMail

_TOKEN = re.compile(r"\s*\[[^\[\]]*\]\s*$")
_DEADLINE = re.compile(r"\s+-\s+(?:batas|s\.d\.|due|by)\s.*$")
_VARIES = re.compile(
    r"\d+|\b(?:Jan|Feb|Mar|Apr|Mei|May|Jun|Jul|Agt|Agu|Aug|Sep|Okt|Oct|Nov|Des|Dec|(?:Triwulan|Quarter) [IV]+|Tahun)\b"
)
_BODY = re.compile(r"<body(?P<head>[^>]*)>(?P<inside>.*)</body>", re.DOTALL | re.IGNORECASE)
_STYLE = re.compile(r"<style[^>]*>.*?</style>", re.DOTALL | re.IGNORECASE)
_OWN_STYLE = re.compile(r'style="(?P<style>[^"]*)"')
_ADDRESS = re.compile(r'\s(?:href|src)="(?!#)[^"]*"', re.IGNORECASE)
"""Goes out of every letter: a button in the report would write to the office's real mailbox, a picture ask a server."""
_NUMBER = 4
"""So many digits begin the name of a mail's file."""
_DARK = "(prefers-color-scheme: dark)"


@dataclass(slots=True, kw_only=True)
class Sort:
    """Letters that differ in names, numbers and days alone."""

    shown: SentMail
    others: list[SentMail] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One letter, as it is seen."""

    subject: str
    text: str
    style: str
    body: str
    """HTML, without anything that a click could set off."""
    files: tuple[tuple[str, bytes], ...]


def sorts_of(told: Rehearsed) -> tuple[Sort, ...]:
    """Return every sort of letter, in the order in which the first of each left."""
    found: dict[tuple[str, ...], Sort] = {}
    for mail in told.mails:
        key = _key(mail, told)
        if key in found:
            found[key].others.append(mail)
        else:
            found[key] = Sort(shown=mail)
    return tuple(found.values())


def matter_of(mail: SentMail) -> str:
    """Return what a letter is about, as its subject begins."""
    return _DEADLINE.sub("", subject_of(mail.raw))


@lru_cache(maxsize=4096)
def subject_of(raw: bytes) -> str:
    """Return a letter's subject without the reference behind it."""
    head = raw.split(b"\r\n\r\n", 1)[0] + b"\r\n\r\n"
    return _TOKEN.sub("", " ".join(str(_parsed(head)["Subject"] or "").split()))


def face_of(mail: SentMail) -> Face:
    """Return a letter as its reader sees it."""
    parsed = _parsed(mail.raw)
    plain, html = (parsed.get_body((kind,)) for kind in ("plain", "html"))
    shown = html.get_content() if html is not None else ""
    body = _BODY.search(shown)
    style = _OWN_STYLE.search(body["head"]) if body else None
    inside = _ADDRESS.sub("", body["inside"]) if body else ""
    return Face(
        subject=" ".join(str(parsed["Subject"] or "").split()),
        text=plain.get_content() if plain is not None else "",
        style="".join(_STYLE.findall(shown)).replace(_DARK, "not all"),
        body=f'<div style="{style["style"] if style else ""}">{inside}</div>' if inside else "",
        files=tuple(
            (PurePosixPath(name).name, content)
            for part in parsed.iter_attachments()
            if (name := part.get_filename()) and isinstance(content := part.get_payload(decode=True), bytes)
        ),
    )


def files_of(sorts: Sequence[Sort]) -> dict[str, bytes]:
    """Return the files that hang on the letters that are shown, by their place beside the report."""
    return {
        place_of(sort.shown, name): content for sort in sorts for name, content in face_of(sort.shown).files if name
    }


def place_of(mail: SentMail, name: str) -> str:
    """Return where a file that hangs on a letter lies, from the folder of the report."""
    return f"lampiran/{PurePosixPath(mail.file).stem[:_NUMBER]}/{name}"


def _parsed(raw: bytes) -> EmailMessage:
    """Return a mail as a mail program takes it apart."""
    return email.message_from_bytes(raw, policy=email.policy.default)


def _key(mail: SentMail, told: Rehearsed) -> tuple[str, ...]:
    """Return what letters of one sort have in common: kind, the reader's role, and a subject without what varies."""
    person, subject = told.person(mail.person), subject_of(mail.raw)
    for unit in told.office.roster.units:
        subject = subject.replace(unit.key, "").replace(unit.name, "")
    return mail.kind, person.role.value if person is not None else "", " ".join(_VARIES.sub("", subject).split())
