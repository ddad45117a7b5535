"""What a rehearsal leaves behind: every mail as a file, and the report that a Kasubbag reads and approves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.ledger.values import LetterState
from mailbot.writing.rehearsed.letters_shown import files_of, sorts_of
from mailbot.writing.rehearsed.page import page
from mailbot.writing.rehearsed.printed import printed
from mailbot.writing.rehearsed.told import Happening, SentMail

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from mailbot.ledger.ledger import Ledger
    from mailbot.rehearsal.staff import Deed
    from mailbot.writing.rehearsed.told import Rehearsed

MAILS = "mail"
REPORT = "laporan-gladi"
_MOST = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftMails:
    """The mails of a rehearsal as they were left: ours in the order they went, and how many people wrote."""

    sent: tuple[SentMail, ...]
    came: int


def leave_mails(folder: Path, ledger: Ledger) -> LeftMails:
    """Leave every mail of both directions as .eml in `folder/mail`, numbered in order, to be opened."""
    (folder / MAILS).mkdir(parents=True, exist_ok=True)
    ours = {letter.key: letter for letter in ledger.letters.listing(LetterState.SENT, limit=_MOST)}
    theirs = {str(mail.id): mail for mail in ledger.inbox.listing(limit=_MOST)}
    moments = [(letter.sent_at or letter.queued_at, 1, letter.id, key) for key, letter in ours.items()]
    moments += [(mail.received_at, 0, mail.id, key) for key, mail in theirs.items()]
    sent = []
    for number, (at, is_ours, _, key) in enumerate(sorted(moments), start=1):
        if not is_ours:
            (folder / MAILS / f"{number:04d}-masuk.eml").write_bytes(ledger.inbox.raw(theirs[key].id))
            continue
        letter, raw = ours[key], ledger.letters.raw(key)
        name = f"{MAILS}/{number:04d}-keluar-{letter.address.partition('@')[0]}.eml"
        (folder / name).write_bytes(raw)
        sent.append(
            SentMail(
                at=at,
                person=letter.person,
                kind=letter.kind,
                cycle=letter.cycle,
                unit=letter.unit,
                raw=raw,
                file=name,
            )
        )
    return LeftMails(sent=tuple(sent), came=len(theirs))


def happenings(deeds: Iterable[Deed], before: datetime) -> tuple[Happening, ...]:
    """Return what people did, as the report tells of it."""
    return tuple(
        Happening(at=deed.at, person=deed.person, cycle=deed.cycle, unit=deed.unit, what=deed.what)
        for deed in deeds
        if deed.at <= before
    )


def leave_report(folder: Path, told: Rehearsed, template_folders: tuple[Path, ...]) -> tuple[Path, Path]:
    """Write the report as HTML and PDF, and beside it the files that hang on the letters it shows.

    Returns:
        Where both are.

    Raises:
        TemplateProblem: its template or a word is missing or broken.
    """
    sorts = sorts_of(told)
    for name, content in files_of(sorts).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    web, pdf = folder / f"{REPORT}.html", folder / f"{REPORT}.pdf"
    web.write_bytes(page(told, sorts, template_folders))
    pdf.write_bytes(printed(told, sorts))
    return web, pdf
