"""The toy office these tests write for: the sample of the field's facts, with people named by their role only."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

from mailbot.core.language.reply_words import Word
from mailbot.core.model.calendar import Period, WorkCalendar
from mailbot.core.model.indicators import Aggregation, Band, BudgetLine, Formulas, Indicator, Objective, Polarity
from mailbot.core.model.office import CyclePlan, Letterhead, LetterNumbers, Office, Policy
from mailbot.core.model.people import Acting, Person, Role, Roster, Unit
from mailbot.core.model.sop import DoneWhen, Sop, SopRow, Step

YEAR = 2025
OPENED = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
DUE = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)
SECRET = b"a secret of invented people"

UNITS = (
    Unit(key="sekretariat", name="Sekretariat"),
    Unit(key="dafduk", name="Bidang Pelayanan Pendaftaran Penduduk"),
    Unit(key="capil", name="Bidang Pelayanan Pencatatan Sipil"),
    Unit(key="piak", name="Bidang PIAK dan Pemanfaatan Data"),
)


def _person(key: str, role: Role, title: str, unit: str | None = None, nip: str = "", rank: str = "") -> Person:
    """Return one invented official, named by the title only."""
    address = f"{key.replace('_', '.')}@example.go.id"
    return Person(key=key, role=role, title=title, name=title, addresses=(address,), unit=unit, nip=nip, rank=rank)


PEOPLE = (
    _person("planning", Role.PLANNING, "Kepala Sub Bagian Perencanaan dan Keuangan", nip="19850101 201001 2 001"),
    _person(
        "secretary", Role.SECRETARY, "Sekretaris Dinas", "sekretariat", "19750101 199901 1 001", "Pembina Tingkat I"
    ),
    _person("head", Role.AGENCY_HEAD, "Kepala Dinas", nip="19700101 199501 2 001", rank="Pembina Utama Muda"),
    _person("kabid_dafduk", Role.DIVISION_HEAD, "Kepala Bidang Pelayanan Pendaftaran Penduduk", "dafduk"),
    _person("kasi_identitas", Role.SECTION_HEAD, "Kepala Seksi Identitas Penduduk", "dafduk"),
    _person("kabid_capil", Role.DIVISION_HEAD, "Kepala Bidang Pelayanan Pencatatan Sipil", "capil"),
    Person(
        key="plt_piak",
        role=Role.DIVISION_HEAD,
        title="Kepala Bidang PIAK dan Pemanfaatan Data",
        name="Pejabat Pelaksana Tugas, S.Kom., M.Si.",
        addresses=("kabid.piak@example.go.id",),
        unit="piak",
        acting=Acting.ACTING,
    ),
    _person("bappeda", Role.PLANNING_BOARD, "Kepala Bappeda Litbang Kota Probolinggo"),
    _person("operator", Role.OPERATOR, "Pengelola Sistem"),
)

ROWS = (
    (
        "1",
        Step.INFORM,
        "Kasubbag Program menginformasikan Kebutuhan Data Kinerja",
        Role.SECRETARY,
        DoneWhen.UNOPPOSED,
        1,
    ),
    ("2", Step.REQUEST, "Pengiriman Surat Pengantar Permintaan Data", Role.PLANNING, DoneWhen.ALL_SENT, 1),
    ("3", Step.COLLECT, "Pengumpulan Form Isian Data Kinerja", Role.DIVISION_HEAD, DoneWhen.ALL_RECEIVED, 3),
    ("4", Step.CHECK, "Meneliti Kesesuaian Data", Role.DIVISION_HEAD, DoneWhen.ALL_ACCEPTED, 1),
    ("5", Step.ANALYSE, "Analisa dan Pengolahan Data", Role.PLANNING, DoneWhen.AT_ONCE, 2),
    ("6", Step.DRAFT, "Penyusunan Draft Laporan Kinerja", Role.PLANNING, DoneWhen.APPROVED, 2),
    ("6b", Step.REVIEW, "Penyerahan Draft ke Sekretaris untuk direviu", Role.SECRETARY, DoneWhen.APPROVED, 2),
    ("7", Step.RATIFY, "Pengesahan Laporan Kinerja oleh Kepala Dinas", Role.AGENCY_HEAD, DoneWhen.APPROVED, 1),
    ("8", Step.SUBMIT, "Pengiriman Laporan ke Bappeda Litbang", Role.PLANNING_BOARD, DoneWhen.ACKNOWLEDGED, 1),
)

OBJECTIVES = (
    Objective(code="SS1", text="Meningkatnya kualitas pelayanan administrasi kependudukan"),
    Objective(code="SS2", text="Meningkatnya kualitas dan pemanfaatan data kependudukan"),
    Objective(code="SS3", text="Meningkatnya akuntabilitas kinerja perangkat daerah"),
)

_CASES = Path(__file__).parent / "cases"
_INDICATORS = (_CASES / "indicators.txt").read_text(encoding="utf-8")
"""code | objective | name | satuan | polarity | aggregation | target | history | Renstra | national | owner | source"""
_BUDGET = (_CASES / "budget.txt").read_text(encoding="utf-8")
"""code | sub kegiatan | owner | pagu in rupiah"""

PROGRAMS = (
    ("2.12.01", "Program Penunjang Urusan Pemerintahan Daerah Kabupaten/Kota"),
    ("2.12.02", "Program Pendaftaran Penduduk"),
    ("2.12.03", "Program Pencatatan Sipil"),
    ("2.12.04", "Program Pengelolaan Informasi Administrasi Kependudukan"),
    ("2.12.05", "Program Pengelolaan Profil Kependudukan"),
)


def _indicator(line: str) -> Indicator:
    """Read one line of the table above."""
    code, objective, name, satuan, polarity, aggregation, targets, history, end, national, owner, source = line.split(
        "|"
    )
    quarters = [None if value == "-" else Decimal(value) for value in targets.split()]
    return Indicator(
        code=code,
        objective=objective,
        name=name,
        unit_of_measure=satuan,
        polarity=Polarity(polarity),
        aggregation=Aggregation(aggregation),
        targets=dict.fromkeys((YEAR, YEAR + 1), (quarters[0], quarters[1], quarters[2], quarters[3])),
        history=dict(zip(range(2022, 2025), map(Decimal, history.split()), strict=True)),
        plan_end_year=2029,
        plan_end_target=Decimal(end),
        national=Decimal(national) if national else None,
        owner=owner,
        data_source=source,
        decimals=0 if satuan in {"Perangkat Daerah", "Kali", "Inovasi"} else 2,
    )


def _budget_line(line: str) -> BudgetLine:
    """Read one line of the table above."""
    code, name, owner, pagu = line.split("|")
    return BudgetLine(code=code, name=name, owner=owner, budget_idr={YEAR: Decimal(pagu), YEAR + 1: Decimal(pagu)})


def sample_office() -> Office:
    """Return the whole toy office."""
    return Office(
        letterhead=Letterhead(
            government="PEMERINTAH KOTA PROBOLINGGO",
            agency="DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL",
            agency_name="Dinas Kependudukan dan Pencatatan Sipil Kota Probolinggo",
            agency_short="DISDUKCAPIL",
            address_line="Jl. Mastrip No. 03 Probolinggo 67213, Telepon/Faksimile (0335) 4438894",
            place="Probolinggo",
            contact="Sub Bagian Perencanaan dan Keuangan, telepon (0335) 4438894",
        ),
        letter_numbers=LetterNumbers(classification="000.8.6.3", office_code="425.111"),
        mailbox="laporan@example.go.id",
        own_addresses=("laporan@example.go.id",),
        roster=Roster(units=UNITS, people=PEOPLE),
        sop=Sop(
            rows=tuple(
                SopRow(sop=sop, step=step, title=title, who=who, done_when=done, days=days)
                for sop, step, title, who, done, days in ROWS
            )
        ),
        calendar=WorkCalendar(
            zone="Asia/Jakarta",
            zone_label="WIB",
            opens=time(7, 30),
            closes=time(16, 0),
            closed=frozenset({date(2026, 1, 1), date(2026, 1, 16)}),
        ),
        objectives=OBJECTIVES,
        indicators=tuple(_indicator(line) for line in _INDICATORS.strip().splitlines()),
        budget=tuple(_budget_line(line) for line in _BUDGET.strip().splitlines()),
        bands=tuple(
            Band(at_least=Decimal(least), label=label)
            for least, label in (
                (91, "Sangat Tinggi"),
                (76, "Tinggi"),
                (66, "Sedang"),
                (51, "Rendah"),
                (0, "Sangat Rendah"),
            )
        ),
        formulas=Formulas(negative="a", average_cap_pct=Decimal(120), efficiency_tolerance=Decimal(5)),
        policy=Policy(
            reminder_weekday=0,
            escalate_after=2,
            help_after_returns=3,
            correction_days=2,
            snooze_max_days=3,
            explain_below_pct=Decimal(100),
            explain_above_pct=Decimal(120),
            ratio_tolerance=Decimal("0.01"),
            jump_limit_pct=Decimal(50),
            opens_within_days=5,
            proof_required=True,
            acting_head_may_ratify_own_review=False,
            code_valid_days=7,
            answers_per_day=20,
            evidence_attached=False,
        ),
        cycles=(
            CyclePlan(key="2025", period=Period(year=YEAR), starts_on=date(2026, 1, 5)),
            CyclePlan(key="2026-tw1", period=Period(year=2026, quarter=1), starts_on=date(2026, 4, 1)),
        ),
        synonyms={word.value.casefold(): word for word in Word},
        doubtful=frozenset({"ok", "acc"}),
        programs=PROGRAMS,
    )
