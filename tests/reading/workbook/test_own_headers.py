"""Headers of the office's own are read beside the usual ones, in the reading process too."""

from __future__ import annotations

from dataclasses import replace

from mailbot.core.model.form import FaultCode
from mailbot.core.model.office import Office
from mailbot.reading.limits import mail_limits
from mailbot.reading.workbook.answers import known_rows
from mailbot.reading.workbook.form_json import Task, dump_task, load_task
from mailbot.reading.workbook.read_form import read_form
from mailbot.reading.workbook.workbook import USUAL_LIMITS
from mailbot.settings.files.limits import Limits
from tests.offices.long_names import SECRET
from tests.offices.long_names import long_named_office as office
from tests.reading.workbook.cases import figures
from tests.reading.workbook.edits import form_with, typed
from tests.writing.form.paper import FIGURES, SPENT

RENAMED = form_with(
    typed("Indikator!K7", "Hasil TW IV"), typed("Indikator!N7", "Masalah Utama"), typed("Anggaran!E7", "Hasil")
)


def of_own_names(**names: tuple[str, ...]) -> Office:
    """Return the office with headers of its own."""
    return replace(office(), policy=replace(office().policy, column_names=names))


def test_a_header_that_the_office_has_renamed_is_read() -> None:
    """Case, blanks and the period do not matter; one header may stand on two sheets."""
    content = RENAMED()
    missing = [fault.column for fault in read_form(content, "form.xlsx", known_rows(office()), SECRET).faults]
    assert missing == ["Realisasi", "Faktor Penghambat", "Realisasi (Rp)"]
    own = of_own_names(actual=("HASIL",), obstacles=("Kesulitan", "masalah  utama"), spent_idr=("Hasil",))
    form = read_form(content, "form.xlsx", known_rows(own), SECRET)
    assert [fault for fault in form.faults if fault.code is FaultCode.COLUMN_MISSING] == []
    assert figures(form) == FIGURES | SPENT
    assert form.data.indicators[0].obstacles.text


def test_the_usual_header_stays_the_column_s_own() -> None:
    """A further column under the office's name does not take its place, though its own bears the mark of a duty."""
    content = form_with(typed("Indikator!S7", "Hasil"), typed("Indikator!S8", 1))()
    form = read_form(content, "form.xlsx", known_rows(of_own_names(actual=("Hasil",))), SECRET)
    assert (form.faults, figures(form)) == ((), FIGURES | SPENT)


def test_they_reach_the_process_that_reads() -> None:
    """They are told to it with the codes."""
    known = Task(
        rows=known_rows(of_own_names(remark=("Penjelasan",))),
        secret=SECRET,
        limits=USUAL_LIMITS,
        mails=mail_limits(Limits()),
        cpu_seconds=1,
        memory_bytes=1,
    )
    assert load_task(dump_task(known)).rows.headers == {"remark": ["penjelasan"]}
