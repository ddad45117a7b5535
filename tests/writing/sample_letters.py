"""One letter of each kind, fully filled, and the barest letter each kind allows: what the snapshots are made from."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta

from mailbot.core.chasing.debt import Debt, ToldAbove, Why
from mailbot.core.configuration.change import Changed
from mailbot.core.configuration.letters_of_configuration import (
    Answered,
    ConfigAnswered,
    ConfigWaits,
    DeadlineMoved,
    HolderChanged,
)
from mailbot.core.daily.news import Digest, News, Told, news_of
from mailbot.core.daily.weekly import Weekly
from mailbot.core.delivery.letters_of_delivery import (
    CopySent,
    HardCopyWanted,
    NumberWanted,
    PaperNoted,
    PaperShown,
    PaperWanted,
    PublicationWanted,
    ReceiptUnproved,
)
from mailbot.core.draft.document import (
    UNEXAMINED,
    ChangeKind,
    Difference,
    DifferenceKind,
    Edit,
    EditKind,
    Examined,
    TrackedChange,
)
from mailbot.core.draft.letters_of_drafts import (
    AnswersNoted,
    DraftHeld,
    DraftToPlanning,
    OpenChanges,
    Ratify,
    Review,
    Revision,
    SignerTold,
)
from mailbot.core.language.reply_words import Word
from mailbot.core.model.cycle import Cycle, UnitState
from mailbot.core.model.indicators import Period
from mailbot.core.model.letters import About, AlarmCode, Answers, Change, Letter, LetterKind, Part, Reason
from mailbot.core.model.letters_in_answer import (
    ANSWERS,
    DOCX,
    Challenge,
    Doubted,
    DraftAgain,
    EvidenceKept,
    Extended,
    FormAgain,
    FormWaits,
    Guide,
    LinesDropped,
    LinesRead,
    NoLonger,
    NotYours,
    Origin,
    OutOfTurn,
    Status,
    Unclear,
    Unplaced,
    VerdictNoted,
)
from mailbot.core.model.letters_of_rows import (
    Closed,
    Conflict,
    DataNeeds,
    DataNeedsObjected,
    Escalation,
    FileShown,
    HelpWanted,
    Late,
    Partial,
    Recap,
    Receipt,
    Reminder,
    ReminderToday,
    Reopened,
    ReportSubmitted,
    Request,
    RequestCopy,
    Returned,
    ReturnedByPlanning,
    UnitAccepted,
    UnreadableFile,
)
from mailbot.core.model.letters_to_operator import (
    Alarm,
    Away,
    BoardLink,
    DayCount,
    Glance,
    Heard,
    HeardMail,
    HeldBack,
    HeldFate,
    HeldNoted,
    Morning,
    SetAside,
    Undelivered,
)
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.model.unreadable import Unreadable
from mailbot.core.opening.letters_of_opening import (
    Coming,
    CycleCancelledTold,
    OpeningAhead,
    OpeningFate,
    OpeningMissed,
    OpeningNoted,
)
from mailbot.core.papers.checked import PaperCheck, PaperFlaw, PaperKind, PaperReason, PaperSignature, Ratified
from mailbot.core.recall.letters_of_recall import CorrectionTold, DeputyEcho, DeputyTold, Recall, Recalled, RecallTold
from mailbot.core.rollup.letters_of_rollup import RollUp, Silent
from mailbot.writing.selfcheck.sample_offices import sample_rolled
from tests.offices.long_names import DUE, long_named_office
from tests.writing import sample_cycle

WRITTEN_AT = datetime(2026, 1, 9, 2, 30, tzinfo=UTC)
K = LetterKind
CAME_AT = datetime(2026, 1, 8, 2, 16, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A letter with the cycle it is written in and the names of the files that go with it."""

    letter: Letter
    cycle: Cycle | None
    files: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()


def debt_of(person: str, unit: str = "", state: UnitState | Step = UnitState.WAITING, cycle: str = "2025") -> Debt:
    """Return what somebody owes: a unit's form, or (without one) the word of the row."""
    returned = state is UnitState.RETURNED
    return Debt(
        cycle=cycle,
        period=Period(year=2025, quarter=0) if cycle == "2025" else Period(year=2026, quarter=1),
        person=long_named_office().roster.person(person),
        unit=unit,
        step=Step.COLLECT if isinstance(state, UnitState) else state,
        state=state,
        asked_at=datetime(2026, 1, 6, 1, tzinfo=UTC),
        due_at=datetime(2026, 1, 7, 9, tzinfo=UTC),
        reminders=2,
        reminded_at=datetime(2026, 1, 7, 1, tzinfo=UTC),
        snoozed_until=None,
        came=2 if returned else 0,
        returns=2 if returned else 0,
        reference="mb1.0123456789abcdef" if cycle != "2025" or not unit else "",
    )


EXAMINED = Examined(
    differences=(
        Difference(kind=DifferenceKind.DIFFERS, code="IKU-05", table="Tabel 3.2", in_draft="67,50", in_data="69,50"),
        Difference(kind=DifferenceKind.GONE, code="IKU-06", table="Tabel 3.2", count=3),
        Difference(kind=DifferenceKind.GONE, code="IKU-07", table="Tabel 3.2"),
        Difference(kind=DifferenceKind.GONE, code="", count=804),
        Difference(kind=DifferenceKind.FOREIGN, code="BM-01, BM-02", table="Tabel 9.1", count=2),
    ),
    more=2,
    unstamped=("mb::date", "mb::signer_name", "mb::signer_nip"),
    of_version="1",
    damaged=("word/footnotes.xml",),
)
"""What may be found in a draft that somebody has edited."""
OPEN = Examined(
    open_changes=(
        TrackedChange(kind=ChangeKind.INSERTED, author="Staf Program", at="", words="Tambahan alinea tentang KIA."),
        TrackedChange(kind=ChangeKind.ROW_DELETED, author="", at="", words="IKU-09 | 1,00"),
    )
)
EDITS = (
    Edit(kind=EditKind.FIGURE, heading="Tabel 3.2", code="IKU-05", old="67,50", new="69,50"),
    Edit(kind=EditKind.ADDED, heading="BAB IV", new="Bab IV dilengkapi."),
    Edit(kind=EditKind.REMOVED, heading="BAB I", old="Kalimat ganda."),
    Edit(kind=EditKind.CHANGED, heading="BAB II", old="tahun 2024", new="tahun 2025"),
)

OPENS = Coming(
    key="2026-tw1",
    period=Period(year=2026, quarter=1),
    opens_at=CAME_AT + timedelta(days=1),
    units=("dafduk", "capil"),
    forms_due_at=CAME_AT + timedelta(days=6),
    ends_at=CAME_AT + timedelta(days=12),
)

_GLANCES = (
    Glance(
        period=Period(year=2025),
        step=Step.CHECK,
        due_at=datetime(2026, 1, 9, 9, tzinfo=UTC),
        late_days=2,
        role=Role.PLANNING,
        people=("kabid_dafduk", "kabid_capil"),
        units=(
            ("dafduk", UnitState.WAITING),
            ("capil", UnitState.RETURNED),
            ("piak", UnitState.PARTIAL),
            ("sekretariat", UnitState.ACCEPTED),
        ),
        away=(
            Away(unit="dafduk", until=datetime(2026, 1, 13, 0, 30, tzinfo=UTC), deputy="plt_piak"),
            Away(unit="capil", until=datetime(2026, 1, 14, 0, 30, tzinfo=UTC), deputy=""),
        ),
    ),
    Glance(
        period=Period(year=2026, quarter=1),
        step=Step.RATIFY,
        due_at=datetime(2026, 1, 20, 9, tzinfo=UTC),
        late_days=0,
        role=Role.AGENCY_HEAD,
        people=(),
        units=(("dafduk", UnitState.ACCEPTED),),
        word="DISAHKAN",
        stands_at=datetime(2026, 1, 19, 2, 30, tzinfo=UTC),
    ),
)
"""Two open cycles at a glance, as the clerk gives them to the morning letter."""


def _told(news: News, unit: str, actor: str, **detail: str) -> Told:
    """Return a line of the journal that the day's letter tells."""
    return Told(news=news, at=CAME_AT, unit=unit, actor=actor, detail=tuple(detail.items()))


DAY = news_of(
    sample_cycle.collecting(),
    (
        _told(News.ACCEPTED, "sekretariat", "kasubbag", number="1"),
        _told(News.RETURNED, "capil", "kabid_capil", number="1"),
        _told(News.SAME, "capil", "kabid_capil", number="1"),
        _told(News.PARTIAL, "piak", "plt_piak", number="1", open="IKU-08,IKK-11"),
        _told(News.EVIDENCE, "piak", "plt_piak", files="Rekap IKU-08.pdf"),
        _told(News.UNREADABLE, "dafduk", "kabid_dafduk"),
        _told(News.REMINDED, "dafduk", "mailbot", to="kabid_dafduk"),
        _told(News.LATE, "dafduk", "kabid_dafduk", differs="IKU-01,IKU-02"),
        _told(News.VERDICT, "", "secretary", step="inform", word="SETUJU", version="1"),
        _told(News.VERDICT, "", "secretary", step="review", word="SETUJU", version="2"),
    ),
    WRITTEN_AT,
    long_named_office(),
)
"""What a day brought in a cycle in which forms are collected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Full:
    """A letter with everything such a letter can carry: what differs from kind to kind."""

    about: About
    to: str
    cycle: Cycle
    unit: str = ""
    remarks: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    changes: tuple[Change, ...] = ()
    open_rows: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    examined: Examined = UNEXAMINED
    edits: tuple[Edit, ...] = ()
    papers: tuple[PaperCheck, ...] = ()


_HIS = PaperSignature(
    signer="Contoh Kepala Dinas", issuer="Otoritas Contoh", signed_at=datetime(2026, 1, 8, 2, tzinfo=UTC), holds=True
)
CHANGED = PaperCheck(
    file_sha256="5" * 64,
    file_name="LKjIP ttd.pdf",
    pages=44,
    signatures=(_HIS,),
    reasons=(PaperReason(flaw=PaperFlaw.COVERED, page=3), PaperReason(flaw=PaperFlaw.NOT_WHOLE)),
)
"""A file that is signed, and was covered on a page after that."""
UNSURE = PaperCheck(
    file_sha256="6" * 64,
    file_name="pindai surat.pdf",
    pages=1,
    scan=True,
    reasons=(PaperReason(flaw=PaperFlaw.PAGE_NOT_RECOGNISED, page=1),),
)
"""A scan of which nobody can tell by machine whether it is the paper."""


_EDITED = (
    "Alamat surel Sekretaris Dinas berganti dari sekretaris@example.go.id menjadi sekretaris.baru@example.go.id.",
    "office.yaml, pacing.per_minute: berganti dari 20 menjadi 19.",
)

_FULL = (
    _Full(about=DataNeeds(), to="secretary", cycle=sample_cycle.opened(), files=("Form-Isian-DAFDUK-2025.xlsx",)),
    _Full(
        about=DataNeedsObjected(person="secretary"),
        to="planning",
        cycle=sample_cycle.opened(),
        remarks=("Mohon indikator IKK-15 disertai bukti SK inovasi.", "Pagu agar memakai DPA Perubahan."),
    ),
    _Full(
        about=Request(),
        to="kabid_dafduk",
        unit="dafduk",
        cycle=sample_cycle.collecting(),
        files=("Surat-Pengantar-DAFDUK-2025.docx", "Surat-Pengantar-DAFDUK-2025.pdf", "Form-Isian-DAFDUK-2025.xlsx"),
    ),
    _Full(
        about=RequestCopy(),
        to="kasi_identitas",
        unit="dafduk",
        cycle=sample_cycle.collecting(),
        files=("Surat-Pengantar-DAFDUK-2025.docx", "Form-Isian-DAFDUK-2025.xlsx"),
    ),
    _Full(
        about=Receipt(number=1),
        to="kabid_dafduk",
        unit="dafduk",
        cycle=sample_cycle.collecting(),
        changes=(Change(code="IKU-02", old="98.02", new="98.12"),),
    ),
    _Full(
        about=Returned(number=1),
        to="kabid_dafduk",
        unit="dafduk",
        cycle=sample_cycle.collecting(),
        files=("Form-Isian-DAFDUK-2025-perlu-disesuaikan.xlsx",),
    ),
    _Full(
        about=Partial(count=5, total=7),
        to="plt_piak",
        unit="piak",
        cycle=sample_cycle.collecting(),
        open_rows=("IKU-06", "2.12.04.2.01.0002"),
        files=("Form-Isian-PIAK-2025.xlsx",),
    ),
    _Full(
        about=UnreadableFile(reason=Unreadable.PICTURE, file_name="foto form.jpg"),
        to="kabid_capil",
        unit="capil",
        cycle=sample_cycle.collecting(),
        files=("Form-Isian-CAPIL-2025.xlsx",),
    ),
    _Full(
        about=HelpWanted(),
        to="planning",
        unit="dafduk",
        cycle=sample_cycle.collecting(),
        files=("Form-Isian-DAFDUK-2025-perlu-disesuaikan.xlsx",),
    ),
    _Full(
        about=Reopened(person="planning"),
        to="kabid_dafduk",
        unit="dafduk",
        cycle=sample_cycle.collecting(),
        remarks=("Realisasi KIA belum memuat data Desember.",),
        files=("Form-Isian-DAFDUK-2025.xlsx",),
    ),
    _Full(
        about=Conflict(first="kasi_identitas", second="staf.dafduk@example.go.id"),
        to="kabid_dafduk",
        unit="dafduk",
        cycle=sample_cycle.collecting(),
        changes=(Change(code="IKU-02", old="98.12", new="98.50"), Change(code="IKU-05", old="74.3", new="70.1")),
    ),
    _Full(
        about=Late(),
        to="planning",
        unit="dafduk",
        cycle=sample_cycle.complete(),
        changes=(Change(code="IKU-02", old="98.12", new="98.50"),),
    ),
    _Full(
        about=Extended(), to="kabid_dafduk", unit="dafduk", cycle=sample_cycle.collecting(), remarks=("Menunggu DKB.",)
    ),
    _Full(
        about=ReturnedByPlanning(),
        to="kabid_dafduk",
        unit="dafduk",
        cycle=sample_cycle.collecting(),
        remarks=("Realisasi IKU-05 berbeda dengan laporan semester.",),
        files=("Form-Isian-DAFDUK-2025.xlsx",),
    ),
    _Full(about=UnitAccepted(), to="kabid_dafduk", unit="dafduk", cycle=sample_cycle.collecting()),
    _Full(
        about=LinesRead(number=1, word=Word.BENAR, unread="serta listrik padam\nTW IV 2025"),
        to="kabid_dafduk",
        unit="dafduk",
        cycle=sample_cycle.collecting(),
        changes=(Change(code="IKU-02", old="98.02", new="98.12"),),
        open_rows=("IKK-12",),
        files=("Form-Isian-DAFDUK-2025-terisi.xlsx",),
    ),
    _Full(
        about=LinesDropped(),
        to="kabid_dafduk",
        unit="dafduk",
        cycle=sample_cycle.collecting(),
        files=("Form-Isian-DAFDUK-2025.xlsx",),
    ),
    _Full(
        about=NoLonger(person="kabid_piak", until=datetime(2026, 1, 7, 9, tzinfo=UTC)),
        to="plt_piak",
        cycle=sample_cycle.collecting(),
    ),
    _Full(
        about=FormWaits(),
        to="kasi_identitas",
        unit="dafduk",
        cycle=sample_cycle.collecting(),
    ),
    _Full(
        about=EvidenceKept(file_name="Rekap DKB Semester II.pdf"),
        to="kabid_dafduk",
        unit="dafduk",
        cycle=sample_cycle.collecting(),
    ),
    _Full(
        about=Reminder(state=UnitState.PARTIAL, step=Step.COLLECT, count=1, late_days=0, tomorrow=True),
        to="plt_piak",
        unit="piak",
        cycle=sample_cycle.collecting(),
        files=("Form-Isian-PIAK-2025.xlsx",),
    ),
    _Full(
        about=ReminderToday(state=Step.RATIFY, step=Step.RATIFY, late_days=0),
        to="head",
        cycle=sample_cycle.complete(Step.RATIFY),
        files=("LKjIP-2025-versi-2.pdf",),
    ),
    _Full(
        about=Escalation(
            told=(
                ToldAbove(debt=debt_of("kabid_dafduk", "dafduk", UnitState.RETURNED), why=(Why.LATE,), late_days=2),
                ToldAbove(debt=debt_of("kabid_capil", "capil"), why=(Why.LATE,), late_days=2),
            )
        ),
        to="secretary",
        cycle=sample_cycle.collecting(),
    ),
    _Full(about=Recap(), to="planning", cycle=sample_cycle.complete(Step.ANALYSE), files=("Rekap-Kinerja-2025.xlsx",)),
    _Full(
        about=DraftToPlanning(version=2, sha_short="0123456789ab", former=1),
        to="planning",
        cycle=sample_cycle.complete(),
        examined=EXAMINED,
        edits=EDITS,
        remarks=("Analisis SS3 belum diisi (Sekretariat)",),
        files=("LKjIP-2025-versi-2.docx", "LKjIP-2025-versi-2.pdf"),
    ),
    _Full(
        about=Review(version=2, sha_short="0123456789ab", former=1),
        to="secretary",
        cycle=sample_cycle.remarked(Step.REVIEW),
        numbers=(1, 2, 3, 4, 5),
        edits=EDITS,
        examined=EXAMINED,
        files=("LKjIP-2025-versi-2.docx", "LKjIP-2025-versi-2.pdf", "LKjIP-2025-versi-2-perubahan.docx"),
    ),
    _Full(
        about=Revision(person="secretary", version=2),
        to="planning",
        cycle=sample_cycle.remarked(),
        numbers=(1, 2, 3, 4),
        files=("LKjIP-2025-versi-2.docx", "LKjIP-2025-catatan.docx"),
    ),
    _Full(
        about=SignerTold(person="head", first="secretary", version=3),
        to="planning",
        cycle=sample_cycle.complete(Step.REVIEW),
    ),
    _Full(
        about=DraftHeld(
            word=Word.TERUSKAN,
            version=2,
            sha_short="0123456789ab",
            file_name="Draf sunting.docx",
            person="secretary",
            waits=True,
        ),
        to="planning",
        cycle=sample_cycle.remarked(),
        numbers=(3, 4),
        examined=EXAMINED,
    ),
    _Full(
        about=AnswersNoted(word=ANSWERS, answered=(1, 2), left=(3, 4), unread="Bab IV besok."),
        to="planning",
        cycle=sample_cycle.remarked(),
        numbers=(1, 2, 3, 4),
    ),
    _Full(
        about=OpenChanges(word=DOCX, version=1, file_name="Draf sunting.docx"),
        to="planning",
        cycle=sample_cycle.complete(),
        examined=OPEN,
    ),
    _Full(
        about=Ratify(version=2, sha_short="0123456789ab"),
        to="head",
        cycle=sample_cycle.complete(Step.RATIFY),
        examined=EXAMINED,
        files=("LKjIP-2025-versi-2.docx", "LKjIP-2025-versi-2.pdf"),
    ),
    _Full(
        about=ReportSubmitted(),
        to="bappeda",
        cycle=sample_cycle.complete(Step.SUBMIT),
        files=("Surat-Pengantar-LKjIP-2025.pdf", "LKjIP-2025.pdf"),
    ),
    _Full(
        about=NumberWanted(example="000.8.6.3/…/425.111/2026", used_up=True),
        to="planning",
        cycle=sample_cycle.complete(Step.SUBMIT),
    ),
    _Full(
        about=PaperWanted(which=PaperKind.REPORT, by=Ratified.SIGNED_PDF),
        to="head",
        cycle=sample_cycle.complete(Step.RATIFY),
        files=("LKjIP-2025-untuk-ditandatangani.pdf",),
    ),
    _Full(
        about=PaperNoted(which=PaperKind.REPORT), to="head", cycle=sample_cycle.complete(Step.RATIFY), papers=(CHANGED,)
    ),
    _Full(
        about=PaperShown(which=PaperKind.COVER_LETTER, person="head"),
        to="planning",
        cycle=sample_cycle.complete(Step.SUBMIT),
        files=("Naskah-2025-yang-kami-terima.pdf", "Naskah-2025-yang-kami-kirimkan.pdf"),
        papers=(UNSURE,),
    ),
    _Full(
        about=HardCopyWanted(sheets=144, folder="2025"),
        to="planning",
        cycle=sample_cycle.closed(),
        files=("Arsip-LKjIP-2025-siap-cetak.pdf",),
    ),
    _Full(about=PublicationWanted(where="https://lkjip.example.go.id"), to="planning", cycle=sample_cycle.closed()),
    _Full(
        about=ReceiptUnproved(person="bappeda", address="staf.bappeda@example.go.id", received_at=CAME_AT),
        to="planning",
        cycle=sample_cycle.complete(Step.SUBMIT),
    ),
    _Full(
        about=CopySent(letter_number="0121", whole_number="000.8.6.3/0121/425.111/2026"),
        to="inspektur",
        cycle=sample_cycle.complete(Step.SUBMIT),
        files=("Surat-Pengantar-LKjIP-2025.pdf", "LKjIP-2025.pdf"),
    ),
    _Full(
        about=FileShown(person="head", word=Word.DISAHKAN, step=Step.RATIFY, version=2, file_name="LKjIP ttd.pdf"),
        to="planning",
        cycle=sample_cycle.complete(Step.SUBMIT),
        files=("LKjIP-2025-lampiran-jawaban.pdf",),
    ),
    _Full(
        about=Closed(
            archive="arsip/2025", prints=True, sheets=144, publishes=True, where="https://lkjip.example.go.id"
        ),
        to="planning",
        cycle=sample_cycle.closed(),
        files=("LKjIP-2025.pdf", "Arsip-LKjIP-2025-siap-cetak.pdf"),
    ),
    _Full(
        about=VerdictNoted(word=Word.SETUJU, step=Step.REVIEW, version=2, sha_short="0123456789ab"),
        to="secretary",
        cycle=sample_cycle.complete(Step.RATIFY),
    ),
    _Full(
        about=Recalled(word=Word.BATAL, said=Word.SETUJU, step=Step.REVIEW, version=2),
        to="secretary",
        cycle=sample_cycle.complete(Step.REVIEW),
        files=("LKjIP-2025-versi-2.docx", "LKjIP-2025-versi-2.pdf"),
    ),
    _Full(
        about=DeputyEcho(person="planning", since=CAME_AT, until=CAME_AT + timedelta(days=4)),
        to="secretary",
        cycle=sample_cycle.complete(Step.REVIEW),
    ),
    _Full(
        about=DeputyTold(principal="secretary", person="planning", since=CAME_AT, until=CAME_AT + timedelta(days=4)),
        to="secretary",
        cycle=sample_cycle.complete(Step.REVIEW),
    ),
    _Full(
        about=OpeningAhead(openings=(OPENS,), latest=CAME_AT + timedelta(days=14)),
        to="planning",
        cycle=sample_cycle.collecting(),
    ),
    _Full(
        about=OpeningNoted(word=Word.TUNDA, fate=OpeningFate.PUT_OFF, openings=(OPENS,), limit=10),
        to="planning",
        cycle=sample_cycle.collecting(),
    ),
    _Full(about=OpeningMissed(openings=(OPENS,)), to="planning", cycle=sample_cycle.collecting()),
    _Full(
        about=CycleCancelledTold(since=CAME_AT),
        to="head",
        cycle=sample_cycle.complete(Step.COLLECT),
        remarks=("Siklus dibuka sebulan terlalu awal.",),
    ),
    _Full(
        about=CorrectionTold(person="planning", version=2),
        to="head",
        cycle=sample_cycle.complete(),
        remarks=("Realisasi IKU-05 tertukar dengan tahun sebelumnya.",),
    ),
    _Full(
        about=RecallTold(fate=Recall.WISHED, person="secretary", said=Word.SETUJU, step=Step.REVIEW, version=2),
        to="planning",
        cycle=sample_cycle.complete(Step.RATIFY),
        remarks=("Tabel 3.2 ternyata belum memuat angka perubahan.",),
    ),
    _Full(
        about=Unclear(),
        to="secretary",
        cycle=sample_cycle.complete(Step.REVIEW),
        remarks=("ok, lanjut saja dengan sedikit catatan",),
    ),
    _Full(
        about=Doubted(word=Word.DISAHKAN, version=2),
        to="head",
        cycle=sample_cycle.complete(Step.RATIFY),
        remarks=("Sampulnya ganti warna biru.",),
    ),
    _Full(
        about=OutOfTurn(word=Word.DISAHKAN, reason=Reason.NOT_YET), to="head", cycle=sample_cycle.complete(Step.REVIEW)
    ),
    _Full(
        about=NotYours(word=Word.DISAHKAN, role=(Role.AGENCY_HEAD,)),
        to="kabid_capil",
        cycle=sample_cycle.complete(Step.RATIFY),
    ),
    _Full(about=Challenge(word=Word.DISAHKAN), to="head", cycle=sample_cycle.complete(Step.RATIFY)),
    _Full(about=Status(word=Word.STATUS), to="kabid_capil", unit="capil", cycle=sample_cycle.collecting()),
    _Full(about=Guide(word=Word.BANTUAN), to="kabid_dafduk", unit="dafduk", cycle=sample_cycle.collecting()),
    _Full(
        about=FormAgain(word=Word.FORM),
        to="kabid_dafduk",
        unit="dafduk",
        cycle=sample_cycle.collecting(),
        files=("Form-Isian-DAFDUK-2025.xlsx",),
    ),
    _Full(
        about=DraftAgain(word=Word.DRAF, version=2),
        to="secretary",
        cycle=sample_cycle.complete(),
        files=("LKjIP-2025-versi-2.docx",),
    ),
    _Full(about=Unplaced(subject="Data kinerja"), to="kabid_capil", unit="capil", cycle=sample_cycle.collecting()),
    _Full(
        about=Origin(word=Word.ASAL, code="IKU-02"),
        to="secretary",
        unit="dafduk",
        cycle=sample_cycle.complete(),
        files=("DAFDUK-kiriman-1-surel.eml", "DAFDUK-kiriman-1.xlsx"),
    ),
    _Full(about=Weekly(cycles=_GLANCES), to="head", cycle=sample_cycle.collecting()),
    _Full(
        about=Digest(
            news=(DAY,),
            mails=(HeardMail(person="kabid_capil", address="kabid.capil@example.go.id", at=CAME_AT),),
            ended=(debt_of("secretary", state=Step.REVIEW), debt_of("planning", state=Step.DRAFT, cycle="2026-tw1")),
        ),
        to="planning",
        cycle=sample_cycle.collecting(),
    ),
    _Full(
        about=Heard(
            mails=(
                HeardMail(
                    person="kabid_capil",
                    address="kabid.capil@example.go.id",
                    at=CAME_AT,
                    subject="Re: Permintaan data",
                    answers=K.REQUEST,
                    words=("Apakah target IKU-07 memakai Renstra perubahan?",),
                ),
                HeardMail(person="kabid_dafduk", address="kabid.dafduk@example.go.id", at=CAME_AT),
            )
        ),
        to="planning",
        cycle=sample_cycle.collecting(),
    ),
    _Full(
        about=HeldBack(
            file_name="daftar pemohon.xlsx",
            sender="kabid.piak@example.go.id",
            received_at=CAME_AT,
        ),
        to="planning",
        cycle=sample_cycle.collecting(),
    ),
    _Full(about=HeldNoted(word=Word.HAPUS, fate=HeldFate.DESTROYED), to="planning", cycle=sample_cycle.collecting()),
    _Full(
        about=Undelivered(
            letter_key="request/2025/capil/kabid_capil",
            kind=LetterKind.REQUEST,
            person="kabid_capil",
            address="kabid.capil@example.go.id",
            reply="5.1.1 User unknown",
        ),
        to="operator",
        unit="capil",
        cycle=sample_cycle.collecting(),
    ),
    _Full(
        about=SetAside(
            mail="9f86d081884c",
            sender="kabid.piak@example.go.id",
            subject="Form",
            received_at=CAME_AT,
            error="MemoryError in reading",
            tries=3,
        ),
        to="operator",
        cycle=sample_cycle.collecting(),
    ),
    _Full(
        about=Morning(
            received=42,
            forms=31,
            replies=6,
            robots=3,
            to_look_at=2,
            on_server=42,
            difference=0,
            sent=57,
            queued=1,
            put_off=0,
            cycles=_GLANCES,
            strangers="orang@lain.example.com (2), iklan@toko.example.com",
            silenced="kabid.piak@example.go.id",
            days=(
                DayCount(at=CAME_AT, new=0, received=35, on_server=35, difference=0),
                DayCount(at=WRITTEN_AT, new=7, received=42, on_server=42, difference=0),
            ),
            backed_up_at=CAME_AT,
            next_on=date(2026, 1, 12),
        ),
        to="operator",
        cycle=sample_cycle.collecting(),
        remarks=("kabid.piak@example.go.id: Tanya soal IKU-06",),
    ),
    _Full(
        about=Alarm(
            what=AlarmCode.LOGIN_REFUSED,
            since=datetime(2026, 1, 9, 1, tzinfo=UTC),
            detail="535 5.7.8 authentication failed",
        ),
        to="operator",
        cycle=sample_cycle.collecting(),
    ),
    _Full(
        about=BoardLink(
            link="https://lkjip.example.go.id/sign-in/link/3q2-7wAAAAA",
            code="4821 9037",
            minutes=15,
            asked_at=WRITTEN_AT,
            browser="Firefox, Windows",
            network="203.0.113.0/24",
        ),
        to="secretary",
        cycle=sample_cycle.collecting(),
    ),
    _Full(
        about=ConfigWaits(digest="9f86d081884c7d65" * 4, count=1),
        to="operator",
        cycle=sample_cycle.collecting(),
        remarks=_EDITED,
    ),
    _Full(
        about=ConfigAnswered(fate=Answered.REFUSED, digest="9f86d081884c7d65" * 4),
        to="operator",
        cycle=sample_cycle.collecting(),
        remarks=_EDITED,
    ),
    _Full(
        about=HolderChanged(
            change=Changed.ACTING,
            post="Kepala Bidang Pelayanan Pencatatan Sipil",
            now="Sekretaris Dinas",
            since=date(2026, 1, 12),
            until=date(2026, 1, 30),
        ),
        to="kabid_capil",
        cycle=sample_cycle.collecting(),
    ),
    _Full(
        about=DeadlineMoved(former=DUE + timedelta(days=1), earlier=True),
        to="kabid_capil",
        unit="capil",
        cycle=sample_cycle.collecting(),
    ),
    _Full(
        about=RollUp(
            at=WRITTEN_AT,
            rolled=sample_rolled(sample_cycle.collecting()),
            unread=("Dinas Contoh Empat",),
            silent=(Silent(name="Dinas Contoh Lima", since=CAME_AT),),
        ),
        to="pembina",
        cycle=sample_cycle.collecting(),
        files=("Rekap-Perangkat-Daerah-2026-01-09.xlsx",),
    ),
)
_WITH_SUBMISSION = {K.LINES_READ, K.RECEIPT, K.PARTIAL, K.LATE, K.UNIT_ACCEPTED}
_WITH_FAULTS = {K.RETURNED, K.HELP_WANTED}
_WITHOUT_DUE = {
    K.WEEKLY,
    K.ROLLUP,
    K.DIGEST,
    K.FORM_WAITS,
    K.HEARD,
    K.NO_LONGER,
    K.HEARD,
    K.HELD_BACK,
    K.CLOSED,
    K.MORNING,
    K.ALARM,
    K.BOARD_LINK,
    K.RECALL_TOLD,
    K.DEPUTY_ECHO,
    K.DEPUTY_TOLD,
    K.CORRECTION_TOLD,
    K.SET_ASIDE,
    K.UNDELIVERED,
    K.STATUS,
    K.LATE,
    K.CONFIG_WAITS,
    K.CONFIG_ANSWERED,
    K.HOLDER_CHANGED,
}
_ANSWERS = Answers(message_id="<balasan-1@example.go.id>", references=("<mb1.0000000000000000@example.go.id>",))
_IN_ANSWER = {
    K.RECEIPT,
    K.RETURNED,
    K.PARTIAL,
    K.UNREADABLE,
    K.VERDICT_NOTED,
    K.UNCLEAR,
    K.OUT_OF_TURN,
    K.NOT_YOURS,
    K.STATUS,
    K.GUIDE,
    K.FORM_AGAIN,
    K.DRAFT_AGAIN,
    K.UNPLACED,
    K.ORIGIN,
    K.LINES_READ,
    K.LINES_DROPPED,
    K.EVIDENCE_KEPT,
    K.FORM_WAITS,
    K.NO_LONGER,
    K.DRAFT_HELD,
    K.OPEN_CHANGES,
    K.RECALLED,
    K.DEPUTY_ECHO,
    K.ANSWERS_NOTED,
    K.CONFIG_ANSWERED,
}


def full_letter(kind: LetterKind) -> Sample:
    """Return a letter of that kind with everything such a letter can carry."""
    full = next(full for full in _FULL if full.about.letter_kind is kind)
    form = next((form for form in full.cycle.units if form.unit == full.unit), None)
    sent = form.submissions[-1] if form and form.submissions else None
    letter = Letter(
        key=f"{kind.value}/2025/{full.unit or full.to}/1",
        about=full.about,
        to=full.to,
        address=f"{full.to.replace('_', '.')}@example.go.id",
        cycle=full.cycle.key,
        unit=full.unit,
        due_at=None if kind in _WITHOUT_DUE else full.cycle.due_at,
        answers=_ANSWERS if kind in _IN_ANSWER else None,
        submission=sent if kind in _WITH_SUBMISSION | _WITH_FAULTS else None,
        faults=sample_cycle.FAULTS if kind in _WITH_FAULTS else (),
        remarks=full.remarks,
        numbers=full.numbers,
        changes=full.changes,
        open_rows=full.open_rows,
        examined=full.examined,
        papers=full.papers,
    )
    return Sample(letter=letter, cycle=full.cycle, files=full.files, edits=full.edits)


def bare_letter(kind: LetterKind) -> Sample:
    """Return the barest letter of that kind: no cycle, unit, deadline or value it does not insist on."""
    full = full_letter(kind)
    about = full.letter.about
    needs = about.needs
    insists = {field.name: getattr(about, field.name) for field in fields(about) if field.default is MISSING}
    letter = replace(
        full.letter,
        about=type(about)(**insists),
        cycle=full.letter.cycle if Part.CYCLE in needs else "",
        unit=full.letter.unit if Part.UNIT in needs else "",
        due_at=(full.letter.due_at or DUE) if Part.DUE in needs else None,
        answers=None,
        submission=full.letter.submission if Part.SUBMISSION in needs else None,
        examined=UNEXAMINED,
        papers=(),
        faults=(),
        remarks=(),
        numbers=(),
        changes=(),
        open_rows=(),
    )
    return Sample(letter=letter, cycle=full.cycle if Part.CYCLE in needs else None)
