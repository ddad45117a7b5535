"""The sample office: complete, valid, and saying what the sources say."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mailbot.core.language.reply_words import Word
from mailbot.core.model.indicators import Indicator, Period
from mailbot.core.model.office import Office
from mailbot.core.model.people import Acting, Role, Unit
from mailbot.core.model.profile import Benchmark, CriterionRule, FollowUpState, Post
from mailbot.core.model.sop import Step
from mailbot.settings.files.letters import WordsBlock
from mailbot.settings.files.office import OfficeFile, RatingBlock
from mailbot.settings.loading import load
from mailbot.settings.packaged import init, sample_folder
from tests.settings.folders import change

ANNUAL, FIRST_QUARTER = Period(year=2025), Period(year=2026, quarter=1)


@pytest.fixture(scope="module")
def office() -> Office:
    """Load the sample once."""
    return load(sample_folder(), {}).office()


def test_the_units_and_who_submits_for_each(office: Office) -> None:
    """Four units; the Sekretariat, which has no Kepala Bidang, is headed by the Kasubbag Umum dan Kepegawaian."""
    assert office.roster.units == (
        Unit(key="SEKRETARIAT", name="Sekretariat"),
        Unit(key="DAFDUK", name="Bidang Pelayanan Pendaftaran Penduduk"),
        Unit(key="CAPIL", name="Bidang Pelayanan Pencatatan Sipil"),
        Unit(key="PIAK", name="Bidang Pengelolaan Informasi Administrasi Kependudukan dan Pemanfaatan Data"),
    )
    heads = {
        unit.key: head.title
        for unit in office.roster.units
        if (head := office.roster.holder(Role.DIVISION_HEAD, date(2026, 1, 5), unit.key))
    }
    assert heads == {
        "SEKRETARIAT": "Kepala Sub Bagian Umum dan Kepegawaian",
        "DAFDUK": "Kepala Bidang Pelayanan Pendaftaran Penduduk",
        "CAPIL": "Kepala Bidang Pelayanan Pencatatan Sipil",
        "PIAK": "Kepala Bidang PIAK dan Pemanfaatan Data",
    }


def test_every_role_is_held_and_each_unit_of_the_public_has_a_section_head(office: Office) -> None:
    """Everybody whom the SOP names can be written to on the day the cycle opens; nobody oversees an office alone."""
    on = date(2026, 1, 5)
    assert [role for role in Role if office.roster.holder(role, on) is None] == [Role.OVERSEER]
    assert [office.roster.section_heads(unit.key, on)[:1] != () for unit in office.roster.units] == [
        False,
        True,
        True,
        True,
    ]


def test_what_the_annual_and_the_quarterly_cycle_ask(office: Office) -> None:
    """All fifteen indicators and thirteen lines for the year; fourteen indicators for a first quarter."""
    assert sum(len(office.asked_indicators(unit.key, ANNUAL)) for unit in office.roster.units) == 15
    assert sum(len(office.asked_budget(unit.key, ANNUAL)) for unit in office.roster.units) == 13
    asked = {one.code for unit in office.roster.units for one in office.asked_indicators(unit.key, FIRST_QUARTER)}
    assert {one.code for one in office.indicators} - asked == {"IKU-14"}


def test_one_indicator_to_the_last_field(office: Office) -> None:
    """Numbers stay exactly as they are written: 99.10 is no 99.1."""
    wanted = office.indicator("IKU-02")
    assert isinstance(wanted, Indicator)
    assert [str(target) for target in wanted.targets[2025] if target is not None] == [
        "99.00",
        "99.10",
        "99.25",
        "99.40",
    ]
    assert (wanted.history, wanted.plan_end_year, wanted.plan_end_target, wanted.national, wanted.owner) == (
        {2022: Decimal("98.60"), 2023: Decimal("98.94"), 2024: Decimal("99.12")},
        2029,
        Decimal("99.80"),
        Decimal("99.40"),
        "DAFDUK",
    )
    assert (wanted.minimum, wanted.maximum, wanted.decimals) == (Decimal(0), Decimal(100), 2)


def test_no_number_went_through_a_float(office: Office) -> None:
    """Every target, history and pagu is a Decimal whose text is short."""
    numbers = [target for one in office.indicators for quarters in one.targets.values() for target in quarters]
    numbers += [value for one in office.indicators for value in one.history.values()]
    numbers += [amount for line in office.budget for amount in line.budget_idr.values()]
    kept = [number for number in numbers if number is not None]
    assert {type(number) for number in kept} == {Decimal}
    assert max(len(str(number)) for number in kept) == len("6120000000")


def test_the_pagu_of_each_program_adds_up(office: Office) -> None:
    """The totals of the source: 8,258,500,000 rupiah in five programs."""
    totals = {
        code: sum(line.budget_idr[2025] for line in office.budget if line.code.startswith(f"{code}."))
        for code, name in office.programs
        if name.startswith("Program")
    }
    assert totals == {
        "2.12.01": 7_196_500_000,
        "2.12.02": 535_500_000,
        "2.12.03": 328_000_000,
        "2.12.04": 152_500_000,
        "2.12.05": 46_000_000,
    }
    assert sum(totals.values()) == 8_258_500_000


def test_the_durations_add_up_to_thirteen_days_and_one_hour(office: Office) -> None:
    """And the quarterly cycle to five days."""
    assert (sum(row.days for row in office.sop.rows), sum(row.hours for row in office.sop.rows)) == (13, 1)
    assert sum(days for _, days in office.plan("2026-tw1").row_days) == 5
    assert {row.step for row in office.sop.rows} - {step for step, _ in office.plan("2026-tw1").row_days} == {
        Step.SUBMIT
    }


def test_counted_from_its_opening_the_annual_cycle_is_over_on_23_january(office: Office) -> None:
    """Thirteen working days after Monday 5 January 2026; the 16th is a holiday."""
    opened = office.calendar.opening(office.plan("2025").starts_on)
    assert office.calendar.local(office.calendar.add_days(opened, 13)).date() == date(2026, 1, 23)


@pytest.mark.parametrize("path", sorted(sample_folder().glob("*.yaml")), ids=lambda path: path.name)
def test_every_address_lies_under_the_domain_for_examples(path: Path) -> None:
    """Nobody real gets a mail because somebody tried the sample; comments count too."""
    addresses = re.findall(r"@([\w.-]+\w)", path.read_text(encoding="utf-8"))
    assert set(addresses) <= {"example.go.id"}


def test_nobody_in_the_sample_has_a_real_number(office: Office) -> None:
    """The sample has no NIP at all: one of zeros would be printed below the signature."""
    assert {person.nip for person in office.roster.people} == {""}


def test_the_commented_deputy_is_valid_once_uncommented(tmp_path: Path) -> None:
    """The Plt. of the example stands before the incumbent within his dates, and only there."""
    folder = tmp_path / "config"
    init(folder)
    path = folder / "recipients.yaml"
    text = path.read_text(encoding="utf-8")
    block = re.search(r"(?m)^  # - key: plt-kadis\n(?:  #   .*\n)+", text)
    assert block is not None
    path.write_text(text.replace(block[0], re.sub(r"(?m)^  # ", "  ", block[0])), encoding="utf-8")
    roster = load(folder, {}).office().roster
    holders = [roster.holder(Role.AGENCY_HEAD, date(2026, 1, day)) for day in (11, 12, 30, 31)]
    assert [person.key if person else None for person in holders] == ["kadis", "plt-kadis", "plt-kadis", "kadis"]
    assert roster.person("plt-kadis").acting is Acting.ACTING
    assert {person.key for person in roster.senders("sekretaris.disdukcapil@example.go.id", date(2026, 1, 12))} == {
        "sekretaris",
        "plt-kadis",
    }


@pytest.mark.parametrize(
    ("name", "day", "works"),
    [
        ("closed", date(2026, 9, 4), False),
        ("open", date(2026, 12, 24), True),
        ("moved", date(2026, 6, 15), False),
        ("moved", date(2026, 6, 16), True),
    ],
)
def test_the_commented_days_are_valid_once_uncommented(name: str, day: date, works: bool, tmp_path: Path) -> None:  # noqa: FBT001 - a column of the table above
    """The examples of a closed, an open and a moved day do what their comment says."""
    folder = tmp_path / "config"
    init(folder)
    path = folder / "office.yaml"
    block = re.search(rf"(?m)^  #   {name}:\n(?:  #     .*\n)+", path.read_text(encoding="utf-8"))
    assert block is not None
    change(folder, "office.yaml", f"\n  {name}: []\n", "\n")
    change(folder, "office.yaml", block[0], re.sub(r"(?m)^  #   ", "  ", block[0]))
    before, after = load(sample_folder(), {}).office().calendar, load(folder, {}).office().calendar
    assert (before.is_working_day(day), after.is_working_day(day)) == (not works, works)


def test_what_the_sample_repeats_of_the_defaults_is_the_default() -> None:
    """Rating scale and doubtful phrases of the sample are those that hold where an office names none."""
    shown = load(sample_folder(), {}).office()
    ratings = OfficeFile.model_fields["ratings"].default
    assert [(band.at_least, band.label) for band in shown.bands] == [
        (rating.at_least, rating.label) for rating in ratings if isinstance(rating, RatingBlock)
    ]
    assert shown.doubtful == set(WordsBlock().doubtful)


def test_every_word_is_its_own_synonym(office: Office) -> None:
    """Whatever an office adds, the words of the SOP always count."""
    assert {word.value.casefold(): word for word in Word}.items() <= office.synonyms.items()
    assert office.synonyms["disetujui"] is Word.SETUJU


def test_the_evaluators_sheet_weighs_what_reporting_weighs_and_asks_every_rule(office: Office) -> None:
    """Fifteen points for "Pelaporan" (PermenPANRB 88/2021); no rule without its criterion; said to be a sample."""
    assert sum(criterion.weight for criterion in office.profile.criteria) == 15
    assert {criterion.rule for criterion in office.profile.criteria} == set(CriterionRule)
    assert office.profile.illustrative


def test_the_profile_reaches_the_core_whole(office: Office) -> None:
    """A few of each kind, with the kinds that the core names."""
    profile = office.profile
    assert profile.planning_unit == "Sub Bagian Perencanaan dan Keuangan"
    assert profile.posts[:2] == (Post(title="Kepala Dinas"), Post(title="Sekretaris", under="Kepala Dinas"))
    assert [(aim.code, aim.objectives) for aim in profile.aims] == [("T1", ("SS1", "SS2")), ("T2", ("SS3",))]
    assert [one.state for one in profile.recommendations] == list(FollowUpState)
    assert office.indicator("IKU-05").benchmarks == (
        Benchmark(
            name="Nasional", value=Decimal("50.00"), year=2023, source="Target Ditjen Dukcapil tahun 2023 (contoh)"
        ),
    )
    assert profile.agreement == ""
