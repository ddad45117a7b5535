"""Lines are read by the rules of the form: figures by unit of measure, texts as they stand, no answer has a cell."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.core.model.form import BudgetAnswer, Entry, FaultCode, FormData, IndicatorAnswer, Narrative
from mailbot.reading.lines.lines import read_lines
from mailbot.reading.mail import read_mail
from mailbot.reading.numbers import read_number, typed
from mailbot.settings.loading import load
from mailbot.settings.packaged import sample_folder

OFFICE = load(sample_folder(), {}).office()
MEASURES = {indicator.code: indicator.unit_of_measure for indicator in OFFICE.indicators}

FIGURES = (
    ("IKU-02: 99,12", "99.12", None),
    ("IKU-02: 99.12", "99.12", None),
    ("IKU-02: 98,5 %", "98.5", None),
    ("IKU-02: 1.234", None, FaultCode.AMBIGUOUS_NUMBER),
    ("IKU-02: 1.234,5", "1234.5", None),
    ("IKU-02: 98-99", None, FaultCode.NOT_A_NUMBER),
    ("IKU-02: sekitar 98", None, FaultCode.NOT_A_NUMBER),
    ("IKU-02: 98 hari", None, FaultCode.WRONG_UNIT),
    ("IKU-02: tidak ada", None, FaultCode.NOT_A_NUMBER),
    ("IKU-01: 88,94", "88.94", None),
    ("IKU-01: 88%", None, FaultCode.WRONG_UNIT),
    ("IKU-08: 1.234", "1234", None),
    ("IKU-08: 1,234", None, FaultCode.AMBIGUOUS_NUMBER),
    ("IKK-09: 1,5 hari kerja", "1.5", None),
    ("IKK-12: 52 kali", "52", None),
    ("IKU-02 pembilang: 144.902", "144902", None),
    ("2.12.02.2.01.0005: Rp 309.725.000,-", "309725000", None),
    ("2.12.02.2.01.0005: 1,5 juta", "1500000", None),
    ("2.12.02.2.01.0005: 1,5 M", "1500000000", None),
    ("2.12.02.2.01.0005: 98%", None, FaultCode.WRONG_UNIT),
)


@pytest.mark.parametrize(("line", "value", "fault"), FIGURES, ids=[line for line, _, _ in FIGURES])
def test_a_figure_is_read_by_the_rules_of_its_unit(line: str, value: str | None, fault: FaultCode | None) -> None:
    """The same rules as in a cell; what could be two figures is asked back with both."""
    read = read_lines(line, OFFICE)
    assert read is not None
    rows: tuple[IndicatorAnswer | BudgetAnswer, ...] = (*read.form.data.indicators, *read.form.data.budget)
    (row,) = rows
    (entry,) = [cell for field in fields(row) if isinstance(cell := getattr(row, field.name), Entry) and not cell.blank]
    assert entry.value == (None if value is None else Decimal(value))
    assert (entry.sheet, entry.cell) == ("", "")
    assert [found.code for found in read.form.faults] == ([] if fault is None else [fault])
    assert all((fault.sheet, fault.cell, fault.row) == ("", "", row.code) for fault in read.form.faults)


def test_a_mail_of_lines_is_a_form_without_a_stamp() -> None:
    """Rows in the order of the office, the narrative by its fields; the file is the mail's own words."""
    words = (
        "IKK-12: NIHIL\nIKU-02: 99,12\nIKU-02 bukti: Rekap.pdf\n2.12.02.2.01.0005 ket: lelang\n"
        "NAR-02: Layanan malam\nNAR-05: Kepala Seksi\nhalaman 2"
    )
    read = read_lines(words, OFFICE)
    assert read is not None
    assert read.form.data == FormData(
        indicators=(
            IndicatorAnswer(
                code="IKU-02", actual=Entry(value=Decimal("99.12"), text="99,12"), evidence=Entry(text="Rekap.pdf")
            ),
            IndicatorAnswer(code="IKK-12", actual=Entry(text="NIHIL", nil=True)),
        ),
        budget=(BudgetAnswer(code="2.12.02.2.01.0005", note=Entry(text="lelang")),),
        narrative=Narrative(innovation=Entry(text="Layanan malam")),
        filled_by="Kepala Seksi",
    )
    assert (read.written, read.ignored) == (words, ("halaman 2",))
    assert (read.form.file_name, read.form.stamp, read.form.unreadable) == ("balasan.txt", None, None)
    assert read.form.file_sha256 == sha256(words.encode()).hexdigest()


def test_a_mail_without_lines_is_none() -> None:
    """Most mails are not."""
    assert read_lines("Terima kasih, form terlampir.", OFFICE) is None


@given(st.sampled_from(sorted(MEASURES)), st.decimals(0, 10**9, places=2))
def test_a_number_as_we_would_type_it_is_read_as_it_is(code: str, value: Decimal) -> None:
    """What a letter of ours proposes can be copied into a line; else the reader asks, as it does of a cell."""
    read = read_lines(f"{code}: {typed(value)}", OFFICE)
    assert read is not None
    (row,) = read.form.data.indicators
    wanted = read_number(typed(value), MEASURES[code])
    assert (row.actual.value, [found.code for found in read.form.faults]) == (
        wanted.value,
        [] if wanted.fault is None else [wanted.fault],
    )


@given(st.text(max_size=300))
def test_whatever_is_written_never_makes_the_reader_stumble(words: str) -> None:
    """Lone surrogates, digits of other scripts, controls."""
    read = read_lines(f"IKU-02: 1\nIKU-05 kendala: {words}", OFFICE)
    assert read is not None
    assert read.form.data.indicators[0].code == "IKU-02"


def test_answers_in_the_html_of_a_phone_are_read_as_they_are_seen() -> None:
    """A list, bold codes, a table of two columns, what is quoted below."""
    page = (
        "<div dir='auto'>Berikut isian kami:<ul><li><b>IKU-02</b>: 99,12</li><li><b>IKU 05 kendala</b> : "
        "<i>jaringan</i></li></ul><table><tr><td>IKK-12</td><td>52</td></tr></table></div>"
        "<div class='gmail_quote'>Pada Sen, 5 Jan 2026 menulis:"
        "<blockquote class='gmail_quote'>IKU-07: 98,12</blockquote></div>"
    )
    head = "From: kabid@example.go.id\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    mail = read_mail((head + page).encode(), received_at=datetime(2026, 1, 8, tzinfo=UTC), own_addresses=())
    read = read_lines(mail.own_words, OFFICE)
    assert read is not None
    assert [(row.code, row.actual.text, row.obstacles.text) for row in read.form.data.indicators] == [
        ("IKU-02", "99,12", ""),
        ("IKU-05", "", "jaringan"),
        ("IKK-12", "52", ""),
    ]
    assert (read.form.faults, read.ignored) == ((), ())
