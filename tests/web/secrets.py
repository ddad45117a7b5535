"""A ledger in which every unit has a word of its own: in its forms, files, mails, letters and journal lines."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from typing import TYPE_CHECKING

from sqlalchemy import update

from mailbot.core.model.form import Entry, Fault, FaultCode
from mailbot.core.model.mail import Evidence
from mailbot.core.model.outcome import JournalLine, MailOutcome
from mailbot.ledger.columns import table_of
from mailbot.ledger.tables import FileRow
from mailbot.ledger.values import Changes, CycleChange, KeptFile, KeptMail, Outgoing, Settlement
from tests.offices.long_names import long_named_office
from tests.web.boards import AT, board_of
from tests.writing.sample_cycle import complete, submission

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle, UnitForm
    from mailbot.ledger.ledger import Ledger
    from mailbot.web.board import Board

_FILE = table_of(FileRow)
UNITS = ("dafduk", "capil", "piak")
NOBODY = ("3574010101900001", "ISI-BERKAS-DITAHAN", "KODE-SEKALI-PAKAI", "SURAT-DISEGEL", "735 291")
"""What is shown to nobody: a NIK, a file that was held back, a code in a letter or its answer, a sealed mail."""
WHOLE = "RAHASIA-DINAS"
"""What stands where only those look who see the whole office."""


def word_of(unit: str) -> str:
    """Return the word of a unit."""
    return f"RAHASIA-{unit.upper()}"


def secret_board(*others: Cycle, ledger: Ledger | None = None) -> Board:
    """Return the board of an office with a word for every unit, one for the whole, and a file that was held back."""
    base = complete()
    cycle = replace(
        base,
        units=tuple(_with_word(form) if form.unit in UNITS else form for form in base.units),
        draft=replace(base.draft, pdf_sha256=_digest(_draft())) if base.draft is not None else None,
    )
    board = board_of(ledger=ledger)
    mails = [_mail(unit, number) for number, unit in enumerate(UNITS, 1)] + [_mail("", 8), _mail("", 9, NOBODY[3])]
    board.ledger.inbox.keep(mails, AT)
    kept = {mail.message_id: mail for mail in board.ledger.inbox.listing()}
    board.ledger.commit(
        Changes(
            at=AT,
            cycles=tuple(CycleChange(before=None, after=one) for one in (cycle, *others)),
            settled=tuple(
                Settlement(mail=mail.id, outcome=MailOutcome.FORM, cycles=("2025",)) for mail in kept.values()
            ),
            files=tuple(
                KeptFile(content=content, media_type="application/octet-stream")
                for content in (*(_file(unit) for unit in UNITS), _held(), _draft())
            ),
            letters=tuple(_letters()),
            journal=tuple(_journal(cycle)),
        )
    )
    with board.ledger.engine.begin() as connection:
        connection.execute(update(_FILE).where(_FILE.c.sha256 == _digest(mails[-1].raw)).values(sealed=True))
    return board


def _with_word(form: UnitForm) -> UnitForm:
    """Return a unit's part with its word in it, and a second form in which a NIK was found."""
    word = word_of(form.unit)
    first = submission(form.unit)
    rows = tuple(
        replace(row, obstacles=Entry(text=word, sheet="Indikator", cell="K8")) for row in first.data.indicators
    )
    good = replace(
        first,
        file_sha256=_digest(_file(form.unit)),
        file_name=f"{word}.xlsx",
        message_id=f"<{form.unit}@example.go.id>",
        data=replace(first.data, indicators=rows),
        reason=word,
    )
    personal = replace(
        submission(form.unit, 2, accepted=False),
        file_sha256=_digest(_held()),
        faults=(Fault(code=FaultCode.PERSONAL_DATA, sheet="Indikator", cell="K9", given="#" * 16),),
    )
    held = Evidence(
        file_sha256=_digest(_held()), file_name=f"{NOBODY[1]}.pdf", mail_sha256="", received_at=AT, held=True
    )
    return replace(form, submissions=(good, personal), counted=1, evidence=(held,))


def _mail(unit: str, uid: int, sealed: str = "") -> KeptMail:
    """Return a mail of a unit's head, or of the Sekretaris, with a word and a NIK in it and a file beside it."""
    word = sealed or (word_of(unit) if unit else WHOLE)
    sender = f"kabid.{unit}@example.go.id" if unit else "secretary@example.go.id"
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "lkjip@example.go.id", f"Form {word}"
    mail["Message-ID"] = f"<{unit or 'sekretaris'}{sealed}@example.go.id>"
    mail.set_content(f"Terlampir {word}, NIK {NOBODY[0]}.")
    if not unit:
        mail["In-Reply-To"] = f"<challenge.1.{WHOLE}@example.go.id>"
        mail.set_content(f"BENAR {NOBODY[4]}, {word}")
    mail.add_attachment(_held(), maintype="application", subtype="pdf", filename="daftar.pdf")
    mail.set_boundary("batas")
    return KeptMail(
        account="toy",
        folder="INBOX",
        uid_validity=1,
        uid=uid,
        received_at=AT - timedelta(hours=uid),
        raw=mail.as_bytes(),
        message_id=mail["Message-ID"],
        size_bytes=1000,
        sender=sender,
    )


def _letters() -> list[Outgoing]:
    """Return a letter to every unit's head, one to the Sekretaris about each unit, one about none."""
    people = {
        person.unit: person for person in long_named_office().roster.people if person.key.startswith(("kabid", "plt"))
    }
    found = [_letter(f"request/2025/{unit}/1", people[unit].key, unit, word_of(unit)) for unit in UNITS]
    found += [_letter(f"escalation/2025/{unit}", "secretary", unit, f"{word_of(unit)} {WHOLE}") for unit in UNITS]
    found += [_letter(f"{kind}/1/{WHOLE}", "secretary", "", WHOLE, NOBODY[2]) for kind in ("challenge", "board_link")]
    return [*found, _letter("weekly/2026-w02", "head", "", WHOLE)]


def _letter(key: str, person: str, unit: str, words: str, code: str = "") -> Outgoing:
    """Return one letter."""
    letter = EmailMessage()
    letter["Subject"], letter["Message-ID"] = f"Surat {words}", f"<{key.replace('/', '.')}@example.go.id>"
    letter.set_content(f"Isi surat {words}. {code}")
    letter.add_attachment(words.encode(), maintype="application", subtype="octet-stream", filename=f"{words}.xlsx")
    letter.set_boundary("batas")
    return Outgoing(
        key=key,
        kind=key.split("/", maxsplit=1)[0],
        person=person,
        address=f"{person.replace('_', '.')}@example.go.id",
        message_id=letter["Message-ID"],
        raw=letter.as_bytes(),
        due_at=AT,
        cycle="2025" if "2025" in key else "",
        unit=unit,
    )


def _journal(cycle: Cycle) -> list[tuple[str, JournalLine]]:
    """Return a line of the journal for every unit."""
    return [
        (cycle.key, JournalLine(at=AT, event="form_accepted", unit=unit, detail=(("file", word_of(unit)),)))
        for unit in UNITS
    ]


def _file(unit: str) -> bytes:
    """Return what stands in the file that a unit sent."""
    return f"isi form {word_of(unit)}".encode()


def _held() -> bytes:
    """Return what stands in the file that was held back."""
    return f"{NOBODY[1]} {NOBODY[0]}".encode()


def _draft() -> bytes:
    """Return the report, as far as it matters here."""
    return f"%PDF-1.7 {WHOLE}".encode()


def _digest(content: bytes) -> str:
    """Return by what a file is kept."""
    return hashlib.sha256(content).hexdigest()
