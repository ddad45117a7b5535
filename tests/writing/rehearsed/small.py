"""A rehearsal written down by hand: one closed cycle of the toy office, seven letters, two things that went wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage

from mailbot.core.model.cycle import Cycle
from mailbot.core.model.indicators import Period
from mailbot.core.model.office import Office
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.opening.plans import CyclePlan
from mailbot.writing.rehearsed.told import Happening, Rehearsed, SentMail
from mailbot.writing.words.phrases import read_phrases
from mailbot.writing.words.templates import read_words, shipped_templates
from tests.writing import sample_cycle

FOLDERS = (shipped_templates(),)
MORNING = datetime(2026, 1, 7, 1, 0, tzinfo=UTC)
"""Wednesday, 08.00 WIB."""


def mail(subject: str, *, files: tuple[str, ...] = ()) -> bytes:
    """Return a letter with a button and these files."""
    made = EmailMessage()
    made["Subject"] = f"{subject} [DISDUKCAPIL-LKJIP/2025]"
    made.set_content("Yth. Bapak/Ibu\n\nMohon kiranya.\n")
    made.add_alternative(
        '<html><head><style>.word{color:red}</style></head><body style="margin:0">'
        '<p>Mohon kiranya.</p><a href="mailto:lkjip@example.go.id?body=SETUJU">SETUJU</a>'
        '<img src="https://luar.example/pixel.png"></body></html>',
        subtype="html",
    )
    for name in files:
        made.add_attachment(name.encode(), maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def key_of(office: Office, role: Role) -> str:
    """Return the key of the first person of a role."""
    return next(person.key for person in office.roster.people if person.role is role)


def letters(office: Office) -> tuple[SentMail, ...]:
    """Return the letters, in the order they left."""
    head, unit = key_of(office, Role.DIVISION_HEAD), office.roster.units[0]
    planning, operator = key_of(office, Role.PLANNING), key_of(office, Role.OPERATOR)
    wanted = [
        (0, head, "request", unit.key, f"Permintaan Data - {unit.key} - batas 12 Jan", ("Form.xlsx",)),
        (0, operator, "morning", "", "Laporan pagi 7 Jan", ()),
        (24, operator, "morning", "", "Laporan pagi 8 Jan", ()),
        (120, head, "reminder_today", unit.key, f"Batas waktu hari ini: form isian - {unit.key}", ("Form.xlsx",)),
        (122, head, "receipt", unit.key, f"Form {unit.key} diterima - terima kasih", ()),
        (122, planning, "unit_accepted", unit.key, f"Form {unit.key} diterima (1 dari 4 unit)", ()),
        (123, planning, "recap", "", "Rekapitulasi Data Kinerja Tahun 2025", ("Rekap.xlsx",)),
    ]
    return tuple(
        SentMail(
            at=MORNING + timedelta(hours=hours),
            person=person,
            kind=kind,
            cycle="2025",
            unit=of,
            raw=mail(subject, files=files),
            file=f"mail/{number:04d}-keluar-x.eml",
        )
        for number, (hours, person, kind, of, subject, files) in enumerate(wanted, start=1)
    )


def closed_cycle(office: Office) -> Cycle:
    """Return the sample's closed cycle; its first unit's form came five days after the request."""
    closed = sample_cycle.closed()
    came = MORNING + timedelta(hours=122)
    first = next(form for form in closed.units if form.unit == office.roster.units[0].key)
    moved = replace(
        first,
        accepted_at=came,
        due_at=came + timedelta(hours=2),
        submissions=tuple(replace(one, received_at=came) for one in first.submissions),
    )
    passed = (Step.COLLECT, MORNING, came + timedelta(hours=2), came)
    closed = replace(closed, key="2025", rows_done=(passed,), opened_at=MORNING, closed_at=came + timedelta(days=7))
    return closed.with_unit(moved)


def rehearsed(office: Office) -> Rehearsed:
    """Return the rehearsal."""
    unit = office.roster.units[0].key
    head, chief = key_of(office, Role.DIVISION_HEAD), key_of(office, Role.AGENCY_HEAD)
    done = (("late", head, unit), ("sah", chief, ""))
    return Rehearsed(
        office=office,
        phrases=read_phrases(FOLDERS, office.calendar),
        words=read_words(FOLDERS[0] / "rehearsal.yaml")["laporan"],
        plans=(CyclePlan(key="2025", period=Period(year=2025), starts_on=date(2026, 1, 5)),),
        cycles=(closed_cycle(office),),
        mails=letters(office),
        answers=3,
        happenings=tuple(
            Happening(at=MORNING, person=person, cycle="2025", unit=of, what=what) for what, person, of in done
        ),
        troubles=(),
        notes=("pesan pertama",),
        since=MORNING,
        until=MORNING + timedelta(days=20),
        documents=True,
        calm=False,
    )
