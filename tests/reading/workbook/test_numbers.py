"""Figures as people write them: the rules one by one, and what must hold for any text at all."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.core.model.form import FaultCode
from mailbot.reading.numbers import (
    BLANK,
    Measure,
    Reading,
    exact,
    measure_of,
    read_bare_cell,
    read_number,
    read_percent_cell,
    shown,
    typed,
)

UNITS = ("Persen", "Indeks", "Hari kerja", "Kali", "Perangkat Daerah", "Rupiah", "")
AMBIGUOUS, NO_NUMBER, WRONG = FaultCode.AMBIGUOUS_NUMBER, FaultCode.NOT_A_NUMBER, FaultCode.WRONG_UNIT

figures = st.decimals(min_value=-(10**12), max_value=10**12, allow_nan=False, allow_infinity=False, places=2)


@pytest.mark.parametrize(
    ("unit", "measure"),
    [
        ("Persen", Measure.PERCENT),
        (" % ", Measure.PERCENT),
        ("Indeks", Measure.SCORE),
        ("Nilai", Measure.SCORE),
        ("Hari kerja", Measure.TIME),
        ("Jam layanan", Measure.TIME),
        ("Rupiah", Measure.MONEY),
        ("Perangkat Daerah", Measure.COUNT),
        ("Inovasi", Measure.COUNT),
        ("sesuatu", Measure.COUNT),
        ("", Measure.COUNT),
    ],
)
def test_a_unit_of_measure_is_of_one_kind(unit: str, measure: Measure) -> None:
    """What is not known is counted."""
    assert measure_of(unit) is measure


@pytest.mark.parametrize(
    ("text", "unit", "reading"),
    [
        ("1.234", "Persen", Reading(fault=AMBIGUOUS, readings=(Decimal("1.234"), Decimal(1234)))),
        ("98,5 %.", "Persen", Reading(value=Decimal("98.5"))),
        ("1,5 jt.", "Rupiah", Reading(value=Decimal(1500000))),
        ("Nihil (belum ada kegiatan)", "Kali", Reading(fault=NO_NUMBER, proposal="NIHIL")),
        ("nihil - tidak ada laporan", "Persen", Reading(fault=NO_NUMBER, proposal="NIHIL")),
        ("nihil 2024, 5 pada 2025", "Kali", Reading(fault=NO_NUMBER)),
        ("1.234", "Indeks", Reading(fault=AMBIGUOUS, readings=(Decimal("1.234"), Decimal(1234)))),
        ("1.234", "Kali", Reading(value=Decimal(1234))),
        ("1,234", "Kali", Reading(fault=AMBIGUOUS, readings=(Decimal("1.234"), Decimal(1234)))),
        ("1,234", "Persen", Reading(value=Decimal("1.234"))),
        ("1.500 juta", "Rupiah", Reading(fault=AMBIGUOUS, readings=(Decimal(1_500_000), Decimal(1_500_000_000)))),
        ("88,5%", "Indeks", Reading(fault=WRONG, proposal="88,5")),
        ("52%", "Kali", Reading(fault=WRONG)),
        ("3 jam", "Hari kerja", Reading(fault=WRONG)),
        ("12 m", "Kali", Reading(fault=NO_NUMBER)),
        ("12 juta", "Persen", Reading(fault=NO_NUMBER)),
        ("5-", "Kali", Reading(fault=NO_NUMBER)),
        ("--5", "Kali", Reading(fault=NO_NUMBER)),
        ("(5", "Kali", Reading(fault=NO_NUMBER)),
        ("1.2345.678", "Kali", Reading(fault=NO_NUMBER)),
        ("1 23", "Kali", Reading(fault=NO_NUMBER)),
        ("9" * 40, "Kali", Reading(fault=NO_NUMBER)),
        ("9" * 70, "Kali", Reading(fault=NO_NUMBER)),
        ("tidak ada", "Kali", Reading(fault=NO_NUMBER, proposal="NIHIL")),
        ("Nihil", "Kali", Reading(nil=True)),
        ("", "Kali", BLANK),
        (" \u00a0 ", "Kali", BLANK),
    ],
)
def test_a_text_is_read_by_the_rules_of_its_unit(text: str, unit: str, reading: Reading) -> None:
    """One text, one reading; never a guess."""
    assert read_number(text, unit) == reading


@given(st.text(), st.sampled_from(UNITS))
def test_no_text_makes_the_reader_fail_or_say_two_things(text: str, unit: str) -> None:
    """A reading is a finite number, or NIHIL, or a fault, or nothing: exactly one of them."""
    reading = read_number(text, unit)
    assert (reading.value is not None) + reading.nil + (reading.fault is not None) + (reading == BLANK) == 1
    assert reading.value is None or reading.value.is_finite()
    assert (reading.fault is AMBIGUOUS) == (len(reading.readings) == 2)


@given(st.from_regex(r"[0-9., ]{1,15}", fullmatch=True), st.sampled_from(UNITS))
def test_digits_and_signs_are_read_as_the_digits_they_are(text: str, unit: str) -> None:
    """Whatever the signs mean, no digit is lost, added or moved."""
    reading = read_number(text, unit)
    digits = "".join(sign for sign in text if sign.isdigit()).lstrip("0").rstrip("0")
    for value in (reading.value, *reading.readings):
        if value is not None:
            assert "".join(sign for sign in f"{value:f}" if sign.isdigit()).strip("0") == digits


@given(figures, st.sampled_from(["Persen", "Indeks", "Rupiah", "Kali"]))
def test_a_figure_written_the_indonesian_way_is_read_back(value: Decimal, unit: str) -> None:
    """`1.234,50` is one thousand two hundred thirty-four and a half for every unit."""
    text = f"{value:,.2f}".translate(str.maketrans(".,", ",."))
    assert read_number(text, unit).value == value


@given(figures, st.sampled_from(UNITS))
def test_a_proposal_is_read_as_what_it_proposes(value: Decimal, unit: str) -> None:
    """What we ask somebody to type is never ambiguous itself."""
    text = typed(value)
    reading = read_number(text, unit)
    assert reading.value == value or (reading.fault is AMBIGUOUS and value in reading.readings)


@given(figures)
def test_money_is_money_with_or_without_its_trappings(value: Decimal) -> None:
    """`Rp 1.234,50`, `Rp. 1.234,50` and `1.234,50 rupiah` are the same."""
    text = f"{abs(value):,.2f}".translate(str.maketrans(".,", ",."))
    for written in (f"Rp {text}", f"Rp. {text}", f"{text} rupiah", f"IDR {text}"):
        assert read_number(written, "Rupiah").value == abs(value)


@given(st.integers(min_value=1, max_value=999), st.integers(min_value=0, max_value=999))
def test_a_lone_group_of_three_is_asked_back_or_decided_never_mixed(head: int, tail: int) -> None:
    """A lone dot before three digits: thousands for counts, asked back for percentages, both readings shown."""
    text = f"{head}.{tail:03}"
    grouped, decimal = Decimal(f"{head}{tail:03}"), Decimal(text)
    assert read_number(text, "Kali").value == grouped
    assert set(read_number(text, "Persen").readings) == {grouped, decimal}


@given(st.floats())
def test_a_real_number_cell_is_its_number_or_no_number(number: float) -> None:
    """Infinity and not-a-number are faults; everything else is the number as Excel shows it."""
    reading = read_number(number, "Persen")
    if math.isfinite(number) and abs(number) < 10**18:
        assert reading.value == exact(number)
        assert float(reading.value or 0) == pytest.approx(number, rel=1e-14)
    else:
        assert reading == Reading(fault=NO_NUMBER)


def test_a_truth_value_is_no_number_and_an_empty_cell_is_nothing() -> None:
    """TRUE is not one, blank is not zero."""
    assert read_number(True, "Kali") == Reading(fault=NO_NUMBER)
    assert read_number(None, "Kali") == BLANK


def test_a_cell_shown_as_a_percentage_is_taken_times_a_hundred() -> None:
    """0.985 shown as 98,5%: percent where percent is asked, a slip elsewhere."""
    assert read_percent_cell(0.985, "Persen") == Reading(value=Decimal("98.5"))
    assert read_percent_cell(0.52, "Kali") == Reading(fault=WRONG, proposal="52")
    assert read_percent_cell(math.inf, "Persen") == Reading(fault=NO_NUMBER)


def test_a_share_whose_format_is_not_known_is_asked_back() -> None:
    """In an xls 0.985 may be 98,5% or 0,985 per cent; 98.5 is plain, and so is nought."""
    assert read_bare_cell(0.985, "Persen") == Reading(fault=AMBIGUOUS, readings=(Decimal("0.985"), Decimal("98.500")))
    assert read_bare_cell(98.5, "Persen") == Reading(value=Decimal("98.5"))
    assert read_bare_cell(0.0, "Persen") == Reading(value=Decimal(0))
    assert read_bare_cell(0.75, "Hari kerja") == Reading(value=Decimal("0.75"))


@pytest.mark.parametrize(
    ("value", "text"),
    [("1234567.5", "1.234.567,5"), ("0.10", "0,1"), ("-1000", "-1.000"), ("1E+3", "1.000"), ("0", "0")],
)
def test_a_number_is_shown_the_indonesian_way(value: str, text: str) -> None:
    """Dots for thousands, a comma for decimals, no zeros that say nothing."""
    assert shown(Decimal(value)) == text
