"""The small office of these tests: three units, every role, five indicators, three budget lines, nine rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal

from mailbot.core.calendar.work_calendar import WorkCalendar
from mailbot.core.delivery.letter_numbers import LetterNumbers
from mailbot.core.language.reply_words import Word
from mailbot.core.model.indicators import (
    Aggregation,
    Band,
    BudgetLine,
    Formulas,
    Indicator,
    Objective,
    Period,
    Polarity,
)
from mailbot.core.model.office import Letterhead, Office, Policy
from mailbot.core.model.people import Acting, Person, Role, Roster, Unit
from mailbot.core.model.sop import DoneWhen, Sop, SopRow, Step
from mailbot.core.opening.plans import CyclePlan
from mailbot.writing.words.beside_words import with_words
from mailbot.writing.words.templates import shipped_templates

YEAR = "2025"
"""Key of the annual cycle."""
QUARTER = "2026-tw1"
"""Key of the quarterly cycle."""

HOLIDAYS_2026 = (
    *("2026-01-01", "2026-01-16", "2026-02-16", "2026-02-17", "2026-03-18", "2026-03-19", "2026-03-20", "2026-03-23"),
    *("2026-03-24", "2026-04-03", "2026-05-01", "2026-05-14", "2026-05-15", "2026-05-27", "2026-05-28", "2026-06-01"),
    *("2026-06-16", "2026-08-17", "2026-08-25", "2026-12-24", "2026-12-25"),
)
"""SKB for 2026: libur nasional and cuti bersama that fall on a weekday (domain facts, section 6)."""

CALENDAR = WorkCalendar(
    zone="Asia/Jakarta",
    zone_label="WIB",
    opens=time(7, 30),
    closes=time(16, 0),
    closed=frozenset(date.fromisoformat(day) for day in HOLIDAYS_2026),
)


def wib(day: int, hour: float = 8, *, month: int = 1, year: int = 2026) -> datetime:
    """Return a moment by the office's clock, as UTC; `hour` 7.5 is 07.30."""
    return CALENDAR.at(date(year, month, day), time(int(hour), round(hour % 1 * 60)))


KICK_OFF = wib(5, 7.5)


def person(key: str, role: Role, unit: str | None = None, address: str = "") -> Person:
    """Return one invented official, named by the post only."""
    own = address or f"{key.replace('-', '.')}@example.go.id"
    return Person(key=key, role=role, title=key, name=key, addresses=(own,), unit=unit)


PEOPLE = (
    person("perencanaan", Role.PLANNING),
    person("sekretaris", Role.SECRETARY),
    person("kepala-sekretariat", Role.DIVISION_HEAD, "SEKRETARIAT", "sekretaris@example.go.id"),
    person("kadis", Role.AGENCY_HEAD),
    Person(
        key="kabid-dafduk",
        role=Role.DIVISION_HEAD,
        title="Kepala Bidang Pelayanan Pendaftaran Penduduk",
        name="kabid-dafduk",
        addresses=("kabid.dafduk@example.go.id", "kabid.dafduk@surel.example"),
        unit="DAFDUK",
        second_address="dafduk.cadangan@example.go.id",
    ),
    person("kasi-identitas", Role.SECTION_HEAD, "DAFDUK"),
    person("kasi-pindah", Role.SECTION_HEAD, "DAFDUK"),
    person("kabid-capil", Role.DIVISION_HEAD, "CAPIL"),
    Person(
        key="plt-capil",
        role=Role.DIVISION_HEAD,
        title="Kepala Bidang Pelayanan Pencatatan Sipil",
        name="plt-capil",
        addresses=("plt.capil@example.go.id",),
        unit="CAPIL",
        acting=Acting.ACTING,
        since=date(2026, 1, 14),
        until=date(2026, 1, 20),
    ),
    person("bappeda", Role.PLANNING_BOARD),
    person("inspektur", Role.COPIED),
    person("operator", Role.OPERATOR),
)

UNITS = (
    Unit(key="SEKRETARIAT", name="Sekretariat"),
    Unit(key="DAFDUK", name="Bidang Pelayanan Pendaftaran Penduduk"),
    Unit(key="CAPIL", name="Bidang Pelayanan Pencatatan Sipil"),
)

ROWS = (
    SopRow(sop="1", step=Step.INFORM, title="1", who=Role.SECRETARY, done_when=DoneWhen.UNOPPOSED, days=1),
    SopRow(sop="2", step=Step.REQUEST, title="2", who=Role.PLANNING, done_when=DoneWhen.ALL_SENT, days=1),
    SopRow(sop="3", step=Step.COLLECT, title="3", who=Role.DIVISION_HEAD, done_when=DoneWhen.ALL_RECEIVED, days=3),
    SopRow(
        sop="4",
        step=Step.CHECK,
        title="4",
        who=Role.PLANNING,
        done_when=DoneWhen.ALL_ACCEPTED,
        days=1,
        back=Step.COLLECT,
    ),
    SopRow(sop="5", step=Step.ANALYSE, title="5", who=Role.PLANNING, done_when=DoneWhen.AT_ONCE, days=2),
    SopRow(sop="6", step=Step.DRAFT, title="6", who=Role.PLANNING, done_when=DoneWhen.APPROVED, days=2),
    SopRow(
        sop="6b",
        step=Step.REVIEW,
        title="6b",
        who=Role.SECRETARY,
        done_when=DoneWhen.APPROVED,
        days=2,
        back=Step.DRAFT,
    ),
    SopRow(
        sop="7",
        step=Step.RATIFY,
        title="7",
        who=Role.AGENCY_HEAD,
        done_when=DoneWhen.APPROVED,
        days=1,
        back=Step.DRAFT,
    ),
    SopRow(sop="8", step=Step.SUBMIT, title="8", who=Role.PLANNING_BOARD, done_when=DoneWhen.ACKNOWLEDGED, hours=1),
)


def quarters(*targets: str) -> tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]:
    """Return the targets of four quarters; `-` for one in which nothing is promised."""
    first, second, third, fourth = (None if target == "-" else Decimal(target) for target in targets)
    return first, second, third, fourth


def indicator(  # noqa: PLR0913 - the columns of one row
    code: str,
    owner: str,
    measure: str,
    kind: str,
    targets: str,
    before: str,
    *,
    objective: str = "SS1",
    ratio: bool = False,
    maximum: str | None = None,
    end: str | None = None,
    national: str | None = None,
) -> Indicator:
    """Return one indicator with the same targets in 2025 and 2026, and its value of 2024."""
    promised = quarters(*targets.split())
    polarity, aggregation = kind.split()
    return Indicator(
        code=code,
        objective=objective,
        name=f"Nama {code}",
        unit_of_measure=measure,
        polarity=Polarity(polarity),
        aggregation=Aggregation(aggregation),
        targets={2025: promised, 2026: promised},
        history={2024: Decimal(before), 2025: Decimal(before)},
        plan_end_year=2029,
        plan_end_target=Decimal(end) if end else None,
        national=Decimal(national) if national else None,
        owner=owner,
        data_source="SIAK",
        maximum=Decimal(maximum) if maximum else None,
        numerator="pemilik" if ratio else "",
        denominator="wajib" if ratio else "",
    )


INDICATORS = (
    indicator("IKU-01", "SEKRETARIAT", "Indeks", "up last", "86.50 87.00 87.50 88.50", "87.42"),
    indicator(
        *("IKU-02", "DAFDUK", "Persen", "up last", "99.00 99.10 99.25 99.40", "99.12"),
        ratio=True,
        maximum="100",
        end="99.80",
        national="99.40",
    ),
    indicator("IKK-10", "CAPIL", "Hari kerja", "down mean", "3 3 3 3", "3.10"),
    indicator("IKK-12", "DAFDUK", "Kali", "up sum", "10 12 14 12", "44", end="60", national="40"),
    indicator("IKU-14", "SEKRETARIAT", "Nilai", "up last", "- - - 82.00", "81.20", objective="SS3"),
)

BUDGET = (
    BudgetLine(
        code="2.12.01.2.01.0006",
        name="Koordinasi",
        owner="SEKRETARIAT",
        budget_idr={2025: Decimal(18_500_000), 2026: Decimal(18_500_000)},
    ),
    BudgetLine(
        code="2.12.02.2.01.0005",
        name="Pencatatan",
        owner="DAFDUK",
        budget_idr={2025: Decimal(325_000_000), 2026: Decimal(325_000_000)},
    ),
    BudgetLine(code="2.12.03.2.01.0001", name="Penerbitan", owner="CAPIL", budget_idr={2025: Decimal(210_000_000)}),
)

BANDS = tuple(
    Band(at_least=Decimal(least), label=label)
    for least, label in (
        (91, "Sangat Tinggi"),
        (76, "Tinggi"),
        (66, "Sedang"),
        (51, "Rendah"),
        (0, "Sangat Rendah"),
    )
)

POLICY = Policy(
    reminder_weekday=0,
    late_every_days=3,
    most_per_debt=8,
    superior_after_days=2,
    agency_head_after_days=5,
    help_after_returns=3,
    correction_days=2,
    snooze_max_days=3,
    explain_below_pct=Decimal(100),
    explain_above_pct=Decimal(120),
    ratio_tolerance=Decimal("0.05"),
    jump_limit_pct=Decimal(50),
    opens_within_days=7,
    proof_required=True,
    acting_head_may_ratify_own_review=False,
    recall_minutes=0,
    code_valid_days=7,
    answers_per_day=20,
    evidence_attached=False,
)

FORMULAS = Formulas(negative="a", average_cap_pct=Decimal(120), efficiency_tolerance=Decimal(5))

_OFFICE = Office(
    letterhead=Letterhead(
        government="PEMERINTAH KOTA",
        agency="DINAS",
        agency_name="Dinas",
        agency_short="DINAS",
        address_line="Jalan",
        place="Probolinggo",
        contact="Subbag Program",
    ),
    letter_numbers=LetterNumbers(classification="000.8.6.3", office_code="425.111"),
    mailbox="laporan@example.go.id",
    own_addresses=("laporan@example.go.id", "lkjip@example.go.id"),
    roster=Roster(units=UNITS, people=PEOPLE),
    sop=Sop(rows=ROWS),
    calendar=CALENDAR,
    objectives=(
        Objective(code="SS1", text="Pelayanan"),
        Objective(code="SS2", text="Pemanfaatan data"),
        Objective(code="SS3", text="Akuntabilitas"),
    ),
    indicators=INDICATORS,
    budget=BUDGET,
    bands=BANDS,
    formulas=FORMULAS,
    policy=POLICY,
    cycles=(
        CyclePlan(key=YEAR, period=Period(year=2025), starts_on=date(2026, 1, 5)),
        CyclePlan(
            key=QUARTER,
            period=Period(year=2026, quarter=1),
            starts_on=date(2026, 4, 1),
            row_days=((Step.COLLECT, 1), (Step.DRAFT, 1)),
            units=("DAFDUK", "CAPIL"),
        ),
    ),
    synonyms={word.value.casefold(): word for word in Word} | {"disetujui": Word.SETUJU},
    doubtful=frozenset({"siap", "baik", "setuju dengan catatan", "tidak setuju", "belum setuju"}),
    programs=(("2.12.01", "Penunjang"), ("2.12.02", "Pendaftaran Penduduk"), ("2.12.03", "Pencatatan Sipil")),
)

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)

OFFICE = with_words(_OFFICE, (shipped_templates(),))
"""The office with the ways of writing that mailbot comes with."""


def row_5_apart(office: Office) -> Office:
    """Return an office whose row 5 is not over at once: the recap is a letter of its own."""
    rows = (
        replace(row, done_when=DoneWhen.ALL_ACCEPTED) if row.step is Step.ANALYSE else row for row in office.sop.rows
    )
    return replace(office, sop=replace(office.sop, rows=tuple(rows)))
