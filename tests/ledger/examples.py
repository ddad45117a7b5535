"""Small complete values for the ledger's tests: a mail, a letter, a cycle half way through, a moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from mailbot.core.draft.versions import Draft
from mailbot.core.model.cycle import Cycle, UnitForm, UnitState, Verdict
from mailbot.core.model.form import Entry, Fault, FaultCode, FormData, IndicatorAnswer, Submission
from mailbot.core.model.indicators import Period
from mailbot.core.model.mail import Proof
from mailbot.core.model.outcome import JournalLine
from mailbot.core.model.sop import Step
from mailbot.ledger.values import Changes, CycleChange, KeptMail, Outgoing

NOW = datetime(2027, 1, 11, 2, 30, tzinfo=UTC)
"""A Monday, half past nine in Jakarta."""
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
LEASE = timedelta(minutes=15)
ACCOUNT, FOLDER, EPOCH = "laporan@imap.example.go.id", "INBOX", 1_700_000_000


def a_mail(uid: int, raw: bytes | None = None, *, folder: str = FOLDER, epoch: int = EPOCH) -> KeptMail:
    """Return a mail at a place on the server, its bytes its own unless given."""
    return KeptMail(
        account=ACCOUNT,
        folder=folder,
        uid_validity=epoch,
        uid=uid,
        received_at=NOW + uid % 10_000 * MINUTE,
        raw=b"Subject: nomor %d\r\n\r\n" % uid if raw is None else raw,
        message_id=f"<{uid}@example.go.id>",
    )


def a_letter(
    key: str, *, due_at: datetime = NOW, kind: str = "request", is_answer: bool = False, proved: bool = False
) -> Outgoing:
    """Return a finished letter of the cycle of the examples."""
    return Outgoing(
        key=key,
        kind=kind,
        cycle="2026",
        unit="piak",
        person="kabid-piak",
        address="kabid-piak@example.go.id",
        message_id=f"<{key}@example.go.id>",
        raw=f"Subject: {key}\r\n\r\n".encode(),
        due_at=due_at,
        is_answer=is_answer,
        proved=proved,
    )


def a_line(event: str, at: datetime = NOW) -> JournalLine:
    """Return a line for the journal."""
    return JournalLine(at=at, event=event, actor="mailbot", unit="piak", detail=(("attempt", "1"),))


def a_new_cycle(key: str = "2026") -> Cycle:
    """Return a cycle that has just been opened for three units, in an order that is not the alphabet's."""
    return Cycle(
        key=key,
        period=Period(year=2026),
        step=Step.INFORM,
        since=NOW,
        due_at=NOW + DAY,
        opened_at=NOW,
        units=tuple(UnitForm(unit=unit) for unit in ("piak", "dafduk", "capil")),
        row_days=((Step.COLLECT, 5),),
    )


def a_full_cycle(key: str = "2026") -> Cycle:
    """Return a cycle in which everything that can be written is written somewhere."""
    faulty = Submission(
        number=1,
        file_sha256="1" * 64,
        file_name="form.xlsx",
        sender="kabid-piak@example.go.id",
        message_id="<a@example.go.id>",
        received_at=NOW + DAY,
        data=FormData(
            indicators=(
                IndicatorAnswer(code="IKU-01", actual=Entry(value=Decimal("98.50"), sheet="Indikator", cell="F5")),
            )
        ),
        faults=(Fault(code=FaultCode.OUT_OF_RANGE, sheet="Indikator", cell="F5", given="98,50", expected="0-95"),),
    )
    good = Submission(
        number=2,
        file_sha256="2" * 64,
        file_name="form (2).xlsx",
        sender="kasi-piak@example.go.id",
        message_id="<b@example.go.id>",
        received_at=NOW + 2 * DAY,
        data=FormData(filled_by="Kepala Seksi"),
        accepted=True,
    )
    verdict = Verdict(
        step=Step.REVIEW,
        person="sekretaris",
        address="sekretaris@example.go.id",
        word="PERBAIKI",
        approved=False,
        draft_version=2,
        docx_sha256="3" * 64,
        given_at=NOW + 3 * DAY,
        message_id="<c@example.go.id>",
        mail_sha256="4" * 64,
        proof=Proof.AUTHENTICATED,
        remarks=("Lengkapi Bab III", "Perbaiki tabel 2"),
    )
    return Cycle(
        key=key,
        period=Period(year=2026, quarter=1),
        step=Step.DRAFT,
        since=NOW + 3 * DAY,
        due_at=NOW + 5 * DAY,
        opened_at=NOW,
        round=2,
        units=(
            UnitForm(
                unit="piak",
                state=UnitState.ACCEPTED,
                due_at=NOW + DAY,
                first_due_at=NOW,
                submissions=(faulty, good),
                counted=2,
                accepted_at=NOW + 2 * DAY,
                reminders=1,
                reminded_at=NOW + DAY,
            ),
            UnitForm(unit="dafduk", snoozed_until=NOW + 4 * DAY, reopened=1),
        ),
        draft=Draft(version=2, docx_sha256="3" * 64, compiled_at=NOW + 3 * DAY),
        verdicts=(verdict,),
        rows_done=((Step.INFORM, NOW, NOW + DAY, NOW + MINUTE),),
        signed_pdf_sha256="",
    )


def opening(cycle: Cycle) -> Changes:
    """Return what writes a new cycle."""
    return Changes(at=NOW, cycles=(CycleChange(before=None, after=cycle),))


def queueing(*letters: Outgoing, at: datetime = NOW) -> Changes:
    """Return what queues letters and nothing else."""
    return Changes(at=at, letters=letters)
