"""Story 16 against real Postfix and Dovecot: a year is closed; the next quarter's form and report know its figures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbot.clerk.opening.openings import open_cycle
from mailbot.core.model.indicators import Period
from mailbot.rehearsal.cast import read_script
from mailbot.rehearsal.filling import fill
from mailbot.rehearsal.own import script_of
from mailbot.writing.word.word_file import text_of
from tests.office import HEADS
from tests.servers.real_mail import RealMail
from tests.servers.real_office import RealOffice, real_office
from tests.stories.test_16_next_period import QUARTER, shown

pytestmark = pytest.mark.servers
FIRST_QUARTER = Period(year=2026, quarter=1)


@pytest.fixture
def office(tmp_path: Path, real_mail: RealMail) -> Iterator[RealOffice]:
    """The office with the year 2025 reported, ratified and archived, all by mail."""
    with real_office(tmp_path, real_mail, {}) as at_work:
        at_work.collects()
        at_work.agrees()
        assert at_work.cycle().closed
        yield at_work


def test_the_quarter_after_a_closed_year_stands_beside_it(office: RealOffice) -> None:
    """The form shows last year's value, and the quarter's report prints it, the quarter and the yearly target."""
    closed = office.unit("DAFDUK").counting
    last = closed.data.figure("IKU-05") if closed is not None else None
    assert last is not None
    assert last.value is not None
    open_cycle(office.clerk.books, office.clerk.maker, QUARTER, office.clock())
    office.works()
    for _ in range(3):
        office.next_morning()
    script = script_of(office.office, FIRST_QUARTER, read_script(office.settings.template_folders))
    for key in HEADS.values():
        request = office.letter(key, "request", 2)
        name, form = request.file(".xlsx") or ("", b"")
        before = shown(form, "Periode lalu")
        assert before.get("IKU-05", float(last.value)) == float(last.value)
        office.answers(key, request, "Terlampir form isian.", (name, fill(form, script, mistakes=0)))
        office.next_morning()
    found = office.letter("perencanaan", "draft", 2).file(".docx")
    assert found is not None
    report = text_of(found[1])
    assert "Triwulan I Tahun 2026" in report
    assert f"Realisasi setahun penuh tahun 2025 adalah {last.value:.2f}%".replace(".", ",") in report
    assert "75,00" in report  # what is promised for the whole year
