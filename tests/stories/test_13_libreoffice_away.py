"""Story 13: LibreOffice falls over, hangs, is missing, has no memory: letters leave or wait, the operator hears."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from mailbot.core.model.sop import Step
from mailbot.ledger.ledger import open_ledger
from mailbot.writing.word.pdf import PdfMaker
from tests.office import HEADS, ToyOffice, collected, requested
from tests.writing.word.stand_in import DIES, DOES_NOT_START, FAILS, HANGS, WORKS, stand_in

OUT_OF_MEMORY = DOES_NOT_START
COVERS = ["Surat-Pengantar-CAPIL-2025.docx", "Surat-Pengantar-CAPIL-2025.pdf"]


@contextmanager
def with_libreoffice(office: ToyOffice, program: str, *, waits: bool = False) -> Iterator[None]:
    """Let an office make PDFs; time passes for LibreOffice as it does for the office."""
    with closing(
        PdfMaker(program=program, timeout_seconds=1, waits=waits, elapsed=lambda: office.clock().timestamp())
    ) as maker:
        office.has(pdf=maker)
        yield


def first_days(office: ToyOffice) -> None:
    """Let the cycle open, and row 1 go by in silence, so that the requests leave."""
    office.works()
    office.days_pass(1)
    office.morning()


def covers(office: ToyOffice, head: str = "kabid-capil") -> list[str]:
    """Return the names of the Surat Pengantar somebody got with the request."""
    return [name for name, _ in office.letter(head, "request").files if name.startswith("Surat")]


def alarms(office: ToyOffice) -> list[str]:
    """Return the subjects of the alarms the operator got."""
    return [letter.subject.rpartition(" [")[0] for letter in office.letters_to("operator", "alarm")]


def minutes_pass(office: ToyOffice, minutes: int) -> None:
    """Let time pass, with a pass every five minutes."""
    for _ in range(minutes // 5):
        office.hours_pass(5 / 60)


def test_the_requests_of_a_day_are_made_in_one_call(tmp_path: Path) -> None:
    """One for each unit; the copy for a Kepala Seksi encloses the same paper, which is made once."""
    office, libreoffice = ToyOffice(), stand_in(tmp_path)
    with with_libreoffice(office, libreoffice.program):
        first_days(office)
    assert libreoffice.calls == ["start", f"convert {len(HEADS)}"]
    assert covers(office) == COVERS
    copies = [letter for letter in office.letters_to("kasi-inovasi", "request_copy") if letter.file(".pdf")]
    assert copies[0].file(".pdf")[1] == office.letter("kabid-piak", "request").file(".pdf")[1]


def test_killed_in_the_middle_it_makes_the_letters_all_the_same(tmp_path: Path) -> None:
    """A fresh one is started, and nobody hears of it."""
    office, libreoffice = ToyOffice(), stand_in(tmp_path, DIES)
    libreoffice.heals()
    with with_libreoffice(office, libreoffice.program):
        libreoffice.goes(DIES)
        first_days(office)
    assert covers(office) == COVERS
    assert alarms(office) == []


@pytest.mark.parametrize("how", [OUT_OF_MEMORY, FAILS, HANGS, "missing"])
def test_letters_leave_without_pdf_and_the_operator_hears_of_it_once(how: str, tmp_path: Path) -> None:
    """Once when it breaks, once when it works again, whatever else is written meanwhile."""
    office, libreoffice = ToyOffice(), stand_in(tmp_path, how)
    if how == "missing":
        libreoffice.goes_away()
    with with_libreoffice(office, libreoffice.program):
        first_days(office)
        assert covers(office) == COVERS[:1]
        assert alarms(office) == ["Perlu perhatian: layanan surel"]
        assert "LibreOffice tidak bekerja" in " ".join(office.letter("operator", "alarm").text.split())
        minutes_pass(office, 30)
        assert len(alarms(office)) == 1
        stand_in(tmp_path, WORKS)
        minutes_pass(office, 30)
        assert alarms(office) == ["Perlu perhatian: layanan surel", "Pulih: layanan surel"]
        collected(office)
        assert office.letter("perencanaan", "draft").file(".pdf")


def test_requests_wait_for_their_pdf_where_the_office_wants_it_so(tmp_path: Path) -> None:
    """Nothing else waits: a question is answered, and with LibreOffice come the requests, once each."""
    office, libreoffice = ToyOffice(), stand_in(tmp_path, OUT_OF_MEMORY)
    with with_libreoffice(office, libreoffice.program, waits=True):
        first_days(office)
        assert office.letters_to("kabid-capil", "request") == []
        assert office.cycle().step is Step.INFORM
        assert office.works().trouble == ("no PDF: LibreOffice failed: no memory",)
        assert alarms(office) == ["Perlu perhatian: layanan surel"]
        office.answers("sekretaris", office.letter("sekretaris", "data_needs"), "STATUS")
        assert len(office.letters_to("sekretaris", "status")) == 1
        libreoffice.goes(WORKS)
        minutes_pass(office, 30)
        assert office.cycle().step is Step.COLLECT
        assert covers(office) == COVERS
        assert [len(office.letters_to(head, "request")) for head in HEADS.values()] == [1] * len(HEADS)
        assert alarms(office)[1:] == ["Pulih: layanan surel"]


def test_a_mail_waits_whose_answer_awaits_its_pdf(tmp_path: Path) -> None:
    """The word DISAHKAN brings about a letter with a Surat Pengantar: it is never set aside, and holds up nobody."""
    office, libreoffice = requested(), stand_in(tmp_path)
    with with_libreoffice(office, libreoffice.program, waits=True):
        collected(office)
        for key, kind, word in (("perencanaan", "draft", "TERUSKAN"), ("sekretaris", "review", "SETUJU")):
            office.answers(key, office.letter(key, kind), word)
        libreoffice.goes(FAILS)
        office.answers("kadis", office.letter("kadis", "ratify"), "DISAHKAN")
        for _ in range(5):
            office.works()
        office.answers("perencanaan", office.letter("perencanaan", "draft"), "STATUS")
        assert len(office.letters_to("perencanaan", "status")) == 1
        assert (office.cycle().step, office.letters_to("bappeda")) == (Step.RATIFY, [])
        assert [mail.attempts for mail in office.ledger.inbox.unsettled(9)] == [0]
        libreoffice.goes(WORKS)
        minutes_pass(office, 5)
        assert office.cycle().step is Step.SUBMIT
        assert office.letter("bappeda", "submission").file(".pdf")
        assert office.ledger.inbox.unsettled(9) == ()
        assert office.letters_to("operator", "set_aside") == []


class Writing(PdfMaker):
    """Makes PDFs, and writes into the ledger's file while it does."""

    ledger: Path

    def convert_all(self, documents: Sequence[bytes]) -> tuple[bytes | None, ...]:
        """Take the database for a moment, which fails at once if anybody has it."""
        with closing(sqlite3.connect(self.ledger, timeout=0, isolation_level=None)) as database:
            database.execute("BEGIN IMMEDIATE")
            database.execute("ROLLBACK")
        return super().convert_all(documents)


def test_nobody_has_the_database_while_a_pdf_is_made(tmp_path: Path) -> None:
    """A PDF may take its minute: the requests, the draft and the submission are made before their transaction."""
    libreoffice = stand_in(tmp_path / "office")
    with open_ledger(f"sqlite:///{tmp_path}/ledger.db") as ledger:
        office = ToyOffice(ledger=ledger)
        maker = Writing(program=libreoffice.program)
        maker.ledger = tmp_path / "ledger.db"
        with closing(maker):
            office.has(pdf=maker)
            first_days(office)
            collected(office)
            assert office.letter("perencanaan", "draft").file(".pdf")
    assert libreoffice.calls == ["start", "convert 4", "convert 1"]
