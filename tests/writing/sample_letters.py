"""One letter of each kind, fully filled, and the barest letter each kind allows: what the snapshots are made from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from mailbot.core.model.cycle import Cycle
from mailbot.core.model.letters import Answers, Letter, LetterKind
from mailbot.core.model.sop import Step
from mailbot.writing.letters.about import ABOUT
from tests.writing import sample_cycle
from tests.writing.sample import DUE

WRITTEN_AT = datetime(2026, 1, 9, 2, 30, tzinfo=UTC)
K = LetterKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A letter with the cycle it is written in and the names of the files that go with it."""

    letter: Letter
    cycle: Cycle | None
    files: tuple[str, ...] = ()


_GLANCES = (
    '[{"cycle": "2025", "year": 2025, "quarter": 0, "step": "check", "due_at": "2026-01-09T09:00:00+00:00",'
    ' "late_days": 2, "role": "planning", "people": ["kabid_dafduk", "kabid_capil"],'
    ' "units": {"dafduk": "waiting", "capil": "returned", "piak": "partial", "sekretariat": "accepted"},'
    ' "away": [{"unit": "dafduk", "until": "2026-01-13T00:30:00+00:00", "deputy": "plt_piak"},'
    ' {"unit": "capil", "until": "2026-01-14T00:30:00+00:00", "deputy": ""}]},'
    ' {"cycle": "2026-tw1", "year": 2026, "quarter": 1, "step": "ratify", "due_at": "2026-01-20T09:00:00+00:00",'
    ' "late_days": 0, "role": "agency_head", "people": [], "units": {"dafduk": "accepted"}, "away": []}]'
)
"""Two open cycles at a glance, as the clerk gives them to the morning letter."""

_FULL: dict[LetterKind, tuple[str, str, Cycle, dict[str, str], tuple[str, ...], tuple[str, ...]]] = {
    K.DATA_NEEDS: ("secretary", "", sample_cycle.opened(), {}, (), ("Form-Isian-DAFDUK-2025.xlsx",)),
    K.DATA_NEEDS_OBJECTED: (
        "planning",
        "",
        sample_cycle.opened(),
        {"person": "secretary", "version": "1"},
        ("Mohon indikator IKK-15 disertai bukti SK inovasi.", "Pagu agar memakai DPA Perubahan."),
        (),
    ),
    K.REQUEST: (
        "kabid_dafduk",
        "dafduk",
        sample_cycle.collecting(),
        {},
        (),
        ("Surat-Pengantar-DAFDUK-2025.docx", "Surat-Pengantar-DAFDUK-2025.pdf", "Form-Isian-DAFDUK-2025.xlsx"),
    ),
    K.REQUEST_COPY: (
        "kasi_identitas",
        "dafduk",
        sample_cycle.collecting(),
        {},
        (),
        ("Surat-Pengantar-DAFDUK-2025.docx", "Form-Isian-DAFDUK-2025.xlsx"),
    ),
    K.RECEIPT: (
        "kabid_dafduk",
        "dafduk",
        sample_cycle.collecting(),
        {"number": "1"},
        ("IKU-02|98.02|98.12",),
        (),
    ),
    K.RETURNED: (
        "kabid_dafduk",
        "dafduk",
        sample_cycle.collecting(),
        {"number": "1"},
        (),
        ("Form-Isian-DAFDUK-2025-perlu-disesuaikan.xlsx",),
    ),
    K.PARTIAL: (
        "plt_piak",
        "piak",
        sample_cycle.collecting(),
        {"count": "5", "total": "7"},
        ("IKU-06", "2.12.04.2.01.0002"),
        ("Form-Isian-PIAK-2025.xlsx",),
    ),
    K.UNREADABLE: (
        "kabid_capil",
        "capil",
        sample_cycle.collecting(),
        {"reason": "picture", "file_name": "foto form.jpg"},
        (),
        ("Form-Isian-CAPIL-2025.xlsx",),
    ),
    K.HELP_WANTED: (
        "planning",
        "dafduk",
        sample_cycle.collecting(),
        {},
        ("1|2026-01-08T02:16:00+00:00|kabid.dafduk@example.go.id|5",),
        ("Form-Isian-DAFDUK-2025-perlu-disesuaikan.xlsx",),
    ),
    K.REOPENED: (
        "kabid_dafduk",
        "dafduk",
        sample_cycle.collecting(),
        {"person": "planning"},
        ("Realisasi KIA belum memuat data Desember.",),
        ("Form-Isian-DAFDUK-2025.xlsx",),
    ),
    K.CONFLICT: (
        "kabid_dafduk",
        "dafduk",
        sample_cycle.collecting(),
        {"first": "kasi_identitas", "second": "staf.dafduk@example.go.id"},
        ("IKU-02|98.12|98.50", "IKU-05|74.3|70.1"),
        (),
    ),
    K.LATE: ("planning", "dafduk", sample_cycle.complete(), {}, ("IKU-02|98.12|98.50",), ()),
    K.EXTENDED: ("kabid_dafduk", "dafduk", sample_cycle.collecting(), {"reason": "planning"}, ("Menunggu DKB.",), ()),
    K.RETURNED_BY_PLANNING: (
        "kabid_dafduk",
        "dafduk",
        sample_cycle.collecting(),
        {},
        ("Realisasi IKU-05 berbeda dengan laporan semester.",),
        ("Form-Isian-DAFDUK-2025.xlsx",),
    ),
    K.UNIT_ACCEPTED: ("planning", "dafduk", sample_cycle.collecting(), {}, (), ()),
    K.LINES_READ: (
        "kabid_dafduk",
        "dafduk",
        sample_cycle.collecting(),
        {"number": "1", "word": "BENAR", "unread": "serta listrik padam\nTW IV 2025"},
        ("IKU-02|98.02|98.12", "IKK-12"),
        ("Form-Isian-DAFDUK-2025-terisi.xlsx",),
    ),
    K.LINES_DROPPED: (
        "kabid_dafduk",
        "dafduk",
        sample_cycle.collecting(),
        {},
        (),
        ("Form-Isian-DAFDUK-2025.xlsx",),
    ),
    K.EVIDENCE_KEPT: (
        "kabid_dafduk",
        "dafduk",
        sample_cycle.collecting(),
        {"file_name": "Rekap DKB Semester II.pdf"},
        (),
        (),
    ),
    K.REMINDER: (
        "plt_piak",
        "piak",
        sample_cycle.collecting(),
        {"state": "partial", "step": "collect", "count": "1", "late_days": "0"},
        (),
        ("Form-Isian-PIAK-2025.xlsx",),
    ),
    K.REMINDER_TODAY: ("head", "", sample_cycle.complete(Step.RATIFY), {}, (), ("Draf-LKjIP-2025-v2.pdf",)),
    K.ESCALATION: (
        "secretary",
        "capil",
        sample_cycle.collecting(),
        {"person": "kabid_capil", "count": "2", "since": "2026-01-06T01:00:00+00:00"},
        (),
        (),
    ),
    K.RECAP: ("planning", "", sample_cycle.complete(Step.ANALYSE), {}, (), ("Rekap-Kinerja-2025.xlsx",)),
    K.DRAFT: (
        "planning",
        "",
        sample_cycle.complete(),
        {"version": "2", "sha_short": "0123456789ab"},
        ("Analisis SS3 belum diisi (Sekretariat)",),
        ("Draf-LKjIP-2025-v2.docx", "Draf-LKjIP-2025-v2.pdf"),
    ),
    K.REVIEW: (
        "secretary",
        "",
        sample_cycle.complete(Step.REVIEW),
        {"version": "2", "sha_short": "0123456789ab"},
        (),
        ("Draf-LKjIP-2025-v2.docx", "Draf-LKjIP-2025-v2.pdf"),
    ),
    K.REVISION: (
        "planning",
        "",
        sample_cycle.complete(),
        {"person": "secretary", "version": "2"},
        ("Tabel 3.2 mohon ditambah tahun 2023.", "Analisis IKU-06 agar menyebut jumlah petugas."),
        ("Draf-dengan-catatan.docx",),
    ),
    K.RATIFY: (
        "head",
        "",
        sample_cycle.complete(Step.RATIFY),
        {"version": "2", "sha_short": "0123456789ab"},
        (),
        ("Draf-LKjIP-2025-v2.docx", "Draf-LKjIP-2025-v2.pdf"),
    ),
    K.SUBMISSION: (
        "bappeda",
        "",
        sample_cycle.complete(Step.SUBMIT),
        {},
        (),
        ("Surat-Pengantar-LKjIP-2025.pdf", "LKjIP-2025.docx", "LKjIP-2025.pdf"),
    ),
    K.CLOSED: ("planning", "", sample_cycle.closed(), {"archive": "arsip/2025"}, (), ("LKjIP-2025.pdf",)),
    K.VERDICT_NOTED: (
        "secretary",
        "",
        sample_cycle.complete(Step.RATIFY),
        {"word": "SETUJU", "step": "review", "version": "2", "sha_short": "0123456789ab"},
        (),
        (),
    ),
    K.UNCLEAR: (
        "secretary",
        "",
        sample_cycle.complete(Step.REVIEW),
        {},
        ("ok, lanjut saja dengan sedikit catatan",),
        (),
    ),
    K.OUT_OF_TURN: (
        "head",
        "",
        sample_cycle.complete(Step.REVIEW),
        {"word": "DISAHKAN", "reason": "not_yet", "step": "review"},
        (),
        (),
    ),
    K.NOT_YOURS: (
        "kabid_capil",
        "",
        sample_cycle.complete(Step.RATIFY),
        {"word": "DISAHKAN", "reason": "", "step": "ratify", "role": "agency_head"},
        (),
        (),
    ),
    K.CHALLENGE: ("head", "", sample_cycle.complete(Step.RATIFY), {"word": "DISAHKAN"}, (), ()),
    K.STATUS: ("kabid_capil", "capil", sample_cycle.collecting(), {"word": "STATUS"}, (), ()),
    K.GUIDE: ("kabid_dafduk", "dafduk", sample_cycle.collecting(), {"word": "BANTUAN"}, (), ()),
    K.FORM_AGAIN: (
        "kabid_dafduk",
        "dafduk",
        sample_cycle.collecting(),
        {"word": "FORM"},
        (),
        ("Form-Isian-DAFDUK-2025.xlsx",),
    ),
    K.DRAFT_AGAIN: (
        "secretary",
        "",
        sample_cycle.complete(),
        {"word": "DRAF", "version": "2"},
        (),
        ("Draf-LKjIP-2025-v2.docx",),
    ),
    K.UNPLACED: ("kabid_capil", "capil", sample_cycle.collecting(), {"subject": "Data kinerja"}, (), ()),
    K.ORIGIN: (
        "secretary",
        "dafduk",
        sample_cycle.complete(),
        {
            "code": "IKU-02",
            "number": "1",
            "file_name": "Form dafduk (1) fix final.xlsx",
            "sha_short": "0123456789ab",
            "sender": "kabid.dafduk@example.go.id",
            "received_at": "2026-01-08T02:16:00+00:00",
            "sheet": "Indikator",
            "cell": "H7",
            "text": "98,12",
            "value": "98.12",
        },
        (),
        (),
    ),
    K.HELD_BACK: (
        "planning",
        "",
        sample_cycle.collecting(),
        {
            "file_name": "daftar pemohon.xlsx",
            "sender": "kabid.piak@example.go.id",
            "received_at": "2026-01-08T02:16:00+00:00",
        },
        (),
        (),
    ),
    K.UNDELIVERED: (
        "operator",
        "capil",
        sample_cycle.collecting(),
        {
            "letter_key": "request/2025/capil/kabid_capil",
            "kind": "request",
            "person": "kabid_capil",
            "address": "kabid.capil@example.go.id",
            "reply": "5.1.1 User unknown",
            "permanent": "yes",
        },
        (),
        (),
    ),
    K.SET_ASIDE: (
        "operator",
        "",
        sample_cycle.collecting(),
        {
            "mail": "9f86d081884c",
            "sender": "kabid.piak@example.go.id",
            "subject": "Form",
            "received_at": "2026-01-08T02:16:00+00:00",
            "error": "MemoryError in reading",
            "tries": "3",
        },
        (),
        (),
    ),
    K.MORNING: (
        "operator",
        "",
        sample_cycle.collecting(),
        {
            "received": "42",
            "forms": "31",
            "replies": "6",
            "robots": "3",
            "to_look_at": "2",
            "on_server": "42",
            "difference": "0",
            "sent": "57",
            "queued": "1",
            "put_off": "0",
            "cycles": _GLANCES,
            "strangers": "orang@lain.example.com (2), iklan@toko.example.com",
            "silenced": "kabid.piak@example.go.id",
        },
        ("kabid.piak@example.go.id: Tanya soal IKU-06",),
        (),
    ),
    K.ALARM: (
        "operator",
        "",
        sample_cycle.collecting(),
        {"what": "login_refused", "since": "2026-01-09T01:00:00+00:00", "detail": "535 5.7.8 authentication failed"},
        (),
        (),
    ),
}
"""Kind -> addressee, unit, cycle, about, remarks, names of files."""
_WITH_SUBMISSION = {K.LINES_READ, K.RECEIPT, K.PARTIAL, K.LATE, K.UNIT_ACCEPTED}
_WITH_FAULTS = {K.RETURNED, K.HELP_WANTED}
_WITHOUT_DUE = {K.HELD_BACK, K.CLOSED, K.MORNING, K.ALARM, K.SET_ASIDE, K.UNDELIVERED, K.STATUS, K.LATE}
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
}


def full_letter(kind: LetterKind) -> Sample:
    """Return a letter of that kind with everything such a letter can carry."""
    to, unit, cycle, about, remarks, files = _FULL[kind]
    form = next((form for form in cycle.units if form.unit == unit), None)
    sent = form.submissions[-1] if form and form.submissions else None
    letter = Letter(
        key=f"{kind.value}/2025/{unit or to}/1",
        kind=kind,
        to=to,
        address=f"{to.replace('_', '.')}@example.go.id",
        cycle=cycle.key,
        unit=unit,
        due_at=None if kind in _WITHOUT_DUE else cycle.due_at,
        answers=_ANSWERS if kind in _IN_ANSWER else None,
        submission=sent if kind in _WITH_SUBMISSION | _WITH_FAULTS else None,
        faults=sample_cycle.FAULTS if kind in _WITH_FAULTS else (),
        remarks=remarks,
        about=tuple(about.items()),
    )
    return Sample(letter=letter, cycle=cycle, files=files)


def bare_letter(kind: LetterKind) -> Sample:
    """Return the barest letter of that kind: no cycle, unit, deadline or named value it does not insist on."""
    needs, full = ABOUT[kind], full_letter(kind)
    about = tuple((name, value) for name, value in full.letter.about if name in needs.required)
    letter = replace(
        full.letter,
        cycle=full.letter.cycle if needs.cycle else "",
        unit=full.letter.unit if needs.unit else "",
        due_at=(full.letter.due_at or DUE) if needs.due else None,
        answers=None,
        submission=full.letter.submission if needs.submission else None,
        faults=(),
        remarks=(),
        about=about,
    )
    return Sample(letter=letter, cycle=full.cycle if needs.cycle else None)
