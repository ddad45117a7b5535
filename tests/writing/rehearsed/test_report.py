"""The report of a rehearsal: what it counts, what it says, and that nothing in it reaches out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot.core.model.office import Office
from mailbot.core.model.people import Role
from mailbot.writing.rehearsed.answered import answered_table
from mailbot.writing.rehearsed.letters_shown import face_of, files_of, sorts_of
from mailbot.writing.rehearsed.mail_counts import cycle_tables, year_table
from mailbot.writing.rehearsed.page import page
from mailbot.writing.rehearsed.printed import printed
from mailbot.writing.rehearsed.row_times import time_tables
from mailbot.writing.rehearsed.told import Rehearsed
from mailbot.writing.rehearsed.verdict import looked_at, sentences_of
from tests.writing.rehearsed.small import FOLDERS, MORNING, key_of, rehearsed

OUTWARD = re.compile(r'(?:href|src)="(?!(?:mail|lampiran)/|#)[^"]*"|url\(|<script|@import', re.IGNORECASE)
"""Whatever makes a browser ask somebody else, or would write a mail."""


@pytest.fixture(scope="module")
def told(office: Office) -> Rehearsed:
    """Return the small rehearsal."""
    return rehearsed(office)


def test_letters_are_counted_by_person_and_subbag_program_and_operator_apart(told: Rehearsed, office: Office) -> None:
    """Months, total and the fullest day; the sum is that of officials and units alone."""
    rows = {row[0]: row[1:] for row in year_table(told).rows}
    assert rows[told.title(key_of(office, Role.DIVISION_HEAD))] == ("3", "3", "2")
    assert rows[told.words["kalender"]["jumlah_orang"]] == ("3", "3", "")
    assert rows[told.title(key_of(office, Role.PLANNING))] == ("2", "2", "2")
    assert rows[told.title(key_of(office, Role.OPERATOR))] == ("2", "2", "1")
    (weeks,) = cycle_tables(told)
    assert weeks.headers[1:3] == ("5 Jan", "12 Jan")
    assert {row[0]: row[1:] for row in weeks.rows}[told.title(key_of(office, Role.DIVISION_HEAD))] == ("1", "2", "3")


def test_letters_of_one_sort_are_shown_once(told: Rehearsed) -> None:
    """Two morning letters differ in the day alone; a reminder and a receipt are two sorts."""
    sorts = sorts_of(told)
    assert [(sort.shown.kind, len(sort.others)) for sort in sorts] == [
        ("request", 0),
        ("morning", 1),
        ("reminder_today", 0),
        ("receipt", 0),
        ("unit_accepted", 0),
        ("recap", 0),
    ]
    assert sorted(files_of(sorts)) == ["lampiran/0001/Form.xlsx", "lampiran/0004/Form.xlsx", "lampiran/0007/Rekap.xlsx"]


def test_the_page_shows_every_letter_and_reaches_nobody(told: Rehearsed) -> None:
    """A button that would write to the office's mailbox, and a picture from elsewhere, are taken out."""
    shown = page(told, sorts_of(told), FOLDERS).decode()
    assert OUTWARD.findall(shown) == []
    assert shown.count("<article") == shown.count("<template shadowrootmode") == 6
    assert 'href="lampiran/0001/Form.xlsx"' in shown
    assert "SETUJU</a>" in shown
    assert face_of(told.mails[0]).files == (("Form.xlsx", b"Form.xlsx"),)


def test_the_verdict_says_what_was_finished_what_it_cost_and_what_went_wrong(told: Rehearsed) -> None:
    """Three sentences; each tells the truth when it is another one."""
    finished, mailed, otherwise = sentences_of(told)
    assert finished.startswith("Seluruh siklus (1) selesai sampai laporan diterima: Tahun 2025 ")
    assert finished.endswith("SOP menetapkan 13 hari 1 jam untuk satu siklus penuh.")
    assert mailed.startswith(
        "Kepada pejabat dan unit kerja, termasuk penyusun laporan, terkirim 5 surel, kepada operator 2; "
    )
    assert mailed.endswith("tidak satu pun berangkat di luar jam kerja.")
    assert otherwise.startswith("Terdapat 2 hal yang berjalan lain dari seharusnya atau dari biasanya; ")
    held_up = sentences_of(replace(told, cycles=()))[2]
    assert not held_up.endswith("seluruhnya terjawab dan tuntas.")
    night = replace(told.mails[0], at=MORNING + timedelta(hours=12))
    stuck = replace(told, cycles=(), mails=(night,), happenings=(), troubles=((MORNING, "server"),))
    finished, mailed, otherwise = sentences_of(stuck)
    assert finished == "Dari 1 siklus, 0 selesai; yang belum selesai pada akhir gladi: Tahun 2025."
    assert mailed.endswith("1 berangkat di luar jam kerja.")
    assert otherwise.startswith("Semua menjawab pada waktunya dan dengan cara yang biasa. Pada 1 hal mailbot tidak ")
    assert looked_at(stuck)[:2] == ["7 Jan 08.00: server", "Siklus Tahun 2025 belum selesai pada akhir gladi."]


def test_what_went_wrong_stands_with_its_answer_and_its_outcome(told: Rehearsed) -> None:
    """The reminder and the receipt answer who was silent; what is not settled says so."""
    late, sah = answered_table(told).rows
    assert late[2] == "diam atas permintaan, baru menjawab setelah diingatkan"
    assert [line.partition(":")[0] for line in late[3].splitlines()] == ["12 Jan", "12 Jan", "12 Jan"]
    assert late[4] == "diterima 12 Jan 10.00, tepat waktu"
    assert "DISAHKAN tercatat" in sah[4]
    unsettled = answered_table(replace(told, cycles=())).rows[0]
    assert unsettled[4] == "belum tuntas"


def test_rows_and_units_stand_beside_the_sop(told: Rehearsed) -> None:
    """A table of rows and one of units for each cycle, under headers that are as many as the cells."""
    rows, units = time_tables(told)
    assert rows.name == "Tahun 2025: waktu tiap baris SOP"
    assert rows.rows[0][0] == "3"
    assert len(units.rows) == len(told.cycles[0].units)
    assert {len(row) for table in (rows, units) for row in table.rows} == {8} == {len(rows.headers), len(units.headers)}


def test_the_pdf_is_the_same_for_the_same_rehearsal(told: Rehearsed) -> None:
    """It can be signed, and compared."""
    made = printed(told, sorts_of(told))
    assert made.startswith(b"%PDF-1.4")
    assert made == printed(told, sorts_of(told))
