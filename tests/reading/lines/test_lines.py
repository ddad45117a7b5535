"""Answers in lines: every way a phone or a person writes them, what is unmistakable read, the rest named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.core.model.form import Fault, FaultCode
from mailbot.core.model.form_layout import COLUMNS, SheetName
from mailbot.reading.lines.line_answers import Line
from mailbot.reading.lines.lines import Lines, find_lines

CODES = (
    ("IKU-02", "Persentase kepemilikan KTP-el", SheetName.INDICATORS),
    ("IKU-05", "Persentase kepemilikan KIA", SheetName.INDICATORS),
    ("IKK-12", "Jumlah pelayanan jemput bola", SheetName.INDICATORS),
    ("2.12.02.2.01.0005", "Pencatatan", SheetName.BUDGET),
    ("2.12.02.2.01", "Kegiatan", SheetName.BUDGET),
    *((f"NAR-0{number}", "", SheetName.NARRATIVE) for number in range(1, 6)),
)


def indicator(code: str, text: str, field: str = "actual") -> Line:
    """Return an answer on sheet Indikator."""
    return Line(sheet=SheetName.INDICATORS, code=code, field=field, text=text)


def money(text: str, field: str = "spent_idr") -> Line:
    """Return an answer on sheet Anggaran."""
    return Line(sheet=SheetName.BUDGET, code="2.12.02.2.01.0005", field=field, text=text)


def narrative(code: str, text: str) -> Line:
    """Return an answer on sheet Narasi."""
    return Line(sheet=SheetName.NARRATIVE, code=code, field="answer", text=text)


READ: tuple[tuple[str, Line], ...] = (
    ("IKU-02: 99,12", indicator("IKU-02", "99,12")),
    ("IKU-02 : 99,12", indicator("IKU-02", "99,12")),
    ("IKU-02:99,12", indicator("IKU-02", "99,12")),
    ("iku-02: 99,12", indicator("IKU-02", "99,12")),
    ("Iku 2 = 99,12", indicator("IKU-02", "99,12")),
    ("IKU02=99,12", indicator("IKU-02", "99,12")),
    ("IKU.02 : 99,12", indicator("IKU-02", "99,12")),
    ("IKU_02: 99,12", indicator("IKU-02", "99,12")),
    ("IKU-002: 99,12", indicator("IKU-02", "99,12")),
    ("IKU\u2011 02\uff1a 99,12", indicator("IKU-02", "99,12")),
    ("IKU\u00a002\u00a0:\u00a099,12", indicator("IKU-02", "99,12")),
    ("\u200bIKU-02: 99,12\u200b", indicator("IKU-02", "99,12")),
    ("*IKU-02*: 99,12", indicator("IKU-02", "99,12")),
    ("*IKU-02:* 99,12", indicator("IKU-02", "99,12")),
    ("**IKU-02: 99,12**", indicator("IKU-02", "99,12")),
    ("_IKU-02_ = *99,12*", indicator("IKU-02", "99,12")),
    ("- IKU-02: 99,12", indicator("IKU-02", "99,12")),
    ("\u2022 IKU-02: 99,12", indicator("IKU-02", "99,12")),
    ("1. IKU-02: 99,12", indicator("IKU-02", "99,12")),
    ("(2) *IKU-02* : 99,12", indicator("IKU-02", "99,12")),
    ("Kode IKU-02: 99,12", indicator("IKU-02", "99,12")),
    ("IKU-02 99,12", indicator("IKU-02", "99,12")),
    ("IKU-02 99,12%", indicator("IKU-02", "99,12%")),
    ("IKU-02: 99,12 % ;", indicator("IKU-02", "99,12 %")),
    ("IKU-02 Persentase kepemilikan KTP-el: 99,12", indicator("IKU-02", "99,12")),
    ("IKU-02 realisasi: 99,12", indicator("IKU-02", "99,12")),
    ("IKU-02 Realisasi TW IV: 99,12", indicator("IKU-02", "99,12")),
    ("IKU-02 pembilang: 144.902", indicator("IKU-02", "144.902", "numerator")),
    ("IKU-02 penyebut = 145210", indicator("IKU-02", "145210", "denominator")),
    ("IKK-12: NIHIL", indicator("IKK-12", "NIHIL")),
    ("ikk 12 nihil", indicator("IKK-12", "nihil")),
    ("IKU-05 kendala: jaringan putus", indicator("IKU-05", "jaringan putus", "obstacles")),
    ("IKU-05 - kendala: jaringan putus", indicator("IKU-05", "jaringan putus", "obstacles")),
    ("IKU-05 (kendala): jaringan putus", indicator("IKU-05", "jaringan putus", "obstacles")),
    ("IKU-05: kendala: jaringan putus", indicator("IKU-05", "jaringan putus", "obstacles")),
    ("IKU-05, faktor penghambat: jaringan putus", indicator("IKU-05", "jaringan putus", "obstacles")),
    ("Kendala IKU-05: jaringan putus", indicator("IKU-05", "jaringan putus", "obstacles")),
    ("IKU-05 RTL: tambah alat", indicator("IKU-05", "tambah alat", "follow_up")),
    ("IKU-05 TINDAK LANJUT : tambah alat", indicator("IKU-05", "tambah alat", "follow_up")),
    ("IKU-05 pendukung: jemput bola", indicator("IKU-05", "jemput bola", "enabling_factors")),
    ("IKU-05 bukti: rekap.pdf", indicator("IKU-05", "rekap.pdf", "evidence")),
    ("IKU-05 sumber data: SIAK", indicator("IKU-05", "SIAK", "data_source")),
    ("IKU-05 ket: pukul 10:30 diperiksa", indicator("IKU-05", "pukul 10:30 diperiksa", "remark")),
    ("2.12.02.2.01.0005 realisasi: Rp 1.234.567,-", money("Rp 1.234.567,-")),
    ("2.12.02.2.01.0005: Rp309.725.000", money("Rp309.725.000")),
    ("Sub kegiatan 2.12.02.02.01.0005 = 12 juta", money("12 juta")),
    ("2.12.02.2.01.0005 Rp 309.725.000", money("Rp 309.725.000")),
    ("2.12.02.2.01.0005 keterangan: sisa lelang", money("sisa lelang", "note")),
    ("NAR-01: capaian baik", narrative("NAR-01", "capaian baik")),
    ("nar 5 : Kepala Bidang", narrative("NAR-05", "Kepala Bidang")),
)

NAMED: tuple[tuple[str, FaultCode, str], ...] = (
    ("IKU-02 - 99,12", FaultCode.LINE_UNREAD, "IKU-02"),
    ("IKU-02 kendla: jaringan", FaultCode.LINE_UNREAD, "IKU-02"),
    ("IKU-02 2025: 99", FaultCode.LINE_UNREAD, "IKU-02"),
    ("2.12.02.2.01.0005 kendala: lelang", FaultCode.LINE_UNREAD, "2.12.02.2.01.0005"),
    (f"IKU-02 kendala: {'x' * 5000}", FaultCode.LINE_UNREAD, "IKU-02"),
    ("IKU-02 target: 99", FaultCode.LINE_NOT_FILLED_IN, "IKU-02"),
    ("IKU-02 capaian: 99", FaultCode.LINE_NOT_FILLED_IN, "IKU-02"),
    ("2.12.02.2.01.0005 pagu: 99", FaultCode.LINE_NOT_FILLED_IN, "2.12.02.2.01.0005"),
    ("IKU-99: 12", FaultCode.LINE_UNKNOWN_CODE, "IKU-99"),
    ("iku 77 kendala: banyak", FaultCode.LINE_UNKNOWN_CODE, "iku 77"),
    ("IKK-13 NIHIL", FaultCode.LINE_UNKNOWN_CODE, "IKK-13"),
    ("2.99.02.2.01.0005: Rp 5", FaultCode.LINE_UNKNOWN_CODE, "2.99.02.2.01.0005"),
)

NO_ANSWER = (
    "",
    "Pak, IKU-02 itu targetnya berapa?",
    "IKU-05 sudah kami perbaiki, form terlampir",
    "IKU-05 kami perbaiki setelah rapat dengan Kepala Dinas: mohon waktu",
    "IKU-02:",
    "IKU-02 kendala:",
    "Inovasi: layanan malam",
    "> IKU-02: 99,12",
    "| IKU-02: 99,12",
    "12.01.2026: rapat",
    "2.12.2026: rapat",
    "TW 4: selesai",
    "Bab 3: mohon diperbaiki",
    "HP: 0812 3456 7890",
    "BENAR",
    "IKU-02 Persentase kepemilikan KTP-el naik menjadi 99,12",
)


@pytest.mark.parametrize(("words", "line"), READ, ids=[words for words, _ in READ])
def test_what_is_unmistakable_is_read(words: str, line: Line) -> None:
    """Exactly one answer, and nothing else."""
    assert find_lines(words, CODES) == Lines(answers=(line,))


@pytest.mark.parametrize(("words", "code", "row"), NAMED, ids=[words[:40] for words, _, _ in NAMED])
def test_what_begins_with_a_code_and_is_no_answer_is_named(words: str, code: FaultCode, row: str) -> None:
    """Never guessed, never passed over in silence."""
    found = find_lines(words, CODES)
    assert found is not None
    assert (found.answers, [(fault.code, fault.row) for fault in found.faults]) == ((), [(code, row)])


@pytest.mark.parametrize("words", NO_ANSWER)
def test_a_mail_without_an_answer_is_no_mail_of_lines(words: str) -> None:
    """A question about an indicator, a date, a telephone number, a line left blank."""
    assert find_lines(words, CODES) is None


def test_a_table_pasted_into_a_mail_is_named_row_by_row() -> None:
    """One row may be a sentence; two are a table, and which of its figures is meant nobody can say."""
    found = find_lines("IKU-02 KTP-el 98,5 99,12\nIKU-05 KIA 70 74,3", CODES)
    assert found is not None
    assert [fault.row for fault in found.faults] == ["IKU-02", "IKU-05"]


def test_two_lines_for_one_place_spoil_each_other_unless_they_say_the_same() -> None:
    """Which of two figures counts is the sender's to say."""
    found = find_lines("IKU-02: 99,12\nIKU-05: 70\niku 2 = 98,12\nIKU-05 : 70", CODES)
    twice = Fault(code=FaultCode.LINE_TWICE, row="IKU-02", column="Realisasi", given="99,12", other="98,12")
    assert found == Lines(answers=(indicator("IKU-05", "70"),), faults=(twice,))


def test_rows_of_the_narrative_may_be_called_by_name_beside_coded_lines() -> None:
    """`Inovasi:` alone could be anything; beside a code it is plain."""
    found = find_lines("IKK-12: 5\nInovasi: layanan malam\nDiisi oleh: Kepala Seksi", CODES)
    answers = (indicator("IKK-12", "5"), narrative("NAR-02", "layanan malam"), narrative("NAR-05", "Kepala Seksi"))
    assert found == Lines(answers=answers)


@pytest.mark.parametrize(
    ("salutation", "thanks"),
    [("Yth. Kasubag Program, berikut data 2025", "Terima kasih"), ("Dear team, data for 2025", "Kind regards")],
)
def test_lines_that_may_have_been_meant_are_told_and_courtesies_are_not(salutation: str, thanks: str) -> None:
    """What follows a text, or holds a figure, may belong to an answer; courtesies of either language do not."""
    words = f"{salutation}\nIKU-05 kendala: jaringan\nserta listrik padam\n{thanks}\n99,12"
    found = find_lines(words, CODES)
    assert found == Lines(
        answers=(indicator("IKU-05", "jaringan", "obstacles"),), ignored=("serta listrik padam", "99,12")
    )


def test_no_more_is_told_than_can_be_read() -> None:
    """Ten lines of a pasted page are enough to see what happened."""
    found = find_lines("IKU-02: 1\n" + "\n".join(f"halaman {number}" for number in range(40)), CODES)
    assert found is not None
    assert len(found.ignored) == 10


def test_an_office_without_codes_of_letters_or_of_numbers_is_read_too() -> None:
    """What an unknown code looks like is learnt from the known ones."""
    budget = (("2.12.02.2.01.0005", "Pencatatan", SheetName.BUDGET),)
    indicators = (("IKU-02", "KTP-el", SheetName.INDICATORS),)
    assert find_lines("IKU-02: 5", budget) is None
    assert find_lines("2.12.02.2.01.0005: 5", indicators) is None
    assert find_lines("1.1: 5", (("1.1", "Satu", SheetName.INDICATORS),)) == Lines(answers=(indicator("1.1", "5"),))


@given(st.text(max_size=400))
def test_nothing_a_person_writes_makes_the_reader_stumble(words: str) -> None:
    """Whatever is found stands in the mail, with a code the office has."""
    found = find_lines(words, CODES)
    known = {code for code, _, _ in CODES}
    for line in found.answers if found is not None else ():
        assert line.code in known
        assert line.text
        assert line.field in {column.field for column in COLUMNS[line.sheet] if column.filled}


@st.composite
def dressed(draw: st.DrawFn) -> tuple[str, Line]:
    """Draw an answer, and the line of it as some phone or person would write it."""
    code = draw(st.sampled_from([code for code, _, sheet in CODES if sheet is SheetName.INDICATORS]))
    column = draw(st.sampled_from([column for column in COLUMNS[SheetName.INDICATORS] if column.filled]))
    text = draw(st.text(st.characters(categories=["L"]), min_size=1, max_size=30))
    mark = draw(st.sampled_from(["", "*", "_", "**"]))
    spelt = draw(st.sampled_from(["-", " ", "", ".", "_", " - "])).join(code.split("-"))
    head = f"{mark}{spelt}{mark} {column.header}"
    head = head.lower() if draw(st.booleans()) else head
    bullet = draw(st.sampled_from(["", "- ", "\u2022 ", "3. ", "  "]))
    sign = draw(st.sampled_from([": ", ":", " : ", " = ", "=", "\uff1a"]))
    return f"{bullet}{head}{sign}{text}", indicator(code, text, column.field)


@given(dressed())
def test_an_answer_is_read_however_it_is_dressed(drawn: tuple[str, Line]) -> None:
    """Bullet, bold, sign, blanks, hyphen and case change nothing about what a line says."""
    words, line = drawn
    assert find_lines(words, CODES) == Lines(answers=(line,))
