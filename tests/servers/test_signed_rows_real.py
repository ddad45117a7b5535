"""Rows 6b to 8 against real Postfix and Dovecot: taken back once, signed, numbered by mail, copied, and thanked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mailbot.core.model.sop import Step
from mailbot.rehearsal.keyboard import Got
from mailbot.rehearsal.sandbox import write_settings
from tests.reading.signature.authority import authority, holder, signed
from tests.servers.real_mail import RealMail
from tests.servers.real_office import RealOffice, office_at, office_in
from tests.stories.test_31_signed_papers import PlainPdf

pytestmark = pytest.mark.servers

WHOLE = "000.8.6.3/12/425.111/2026"


@pytest.fixture
def office(tmp_path: Path, real_mail: RealMail) -> Iterator[RealOffice]:
    """An office that wants report and cover letter signed, and gives half an hour to take a word back."""
    config = tmp_path / "kantor"
    office_at(config, real_mail)
    (config / "penerbit").mkdir()
    (config / "penerbit" / "akar.pem").write_bytes(authority().pem)
    wanted: dict[str, object] = {"ratified.report": "signed_pdf", "ratified.cover_letter": "signed_pdf"}
    wanted |= {"ratified.certificates": "penerbit", "decisions.recall_minutes": 30}
    write_settings(config / "office.yaml", wanted)
    with office_in(config, real_mail, {}) as at_work:
        at_work.has(pdf=PlainPdf())
        yield at_work


def stands(office: RealOffice) -> None:
    """Let the time go by in which a word can be taken back."""
    office.clock.set_to(office.clock() + timedelta(minutes=31))
    office.works()


def signs(office: RealOffice, letter: Got) -> bytes:
    """Let the Kepala Dinas sign the PDF that a letter lays before him, and send it back."""
    enclosed = letter.file(".pdf")
    assert enclosed is not None
    name = office.office.roster.person("kadis").name.split(",")[0]
    given = signed(enclosed[1], holder(name, days=(-400, 5000)))
    office.answers("kadis", letter, "Terlampir, sudah saya tanda tangani.", (enclosed[0], given))
    return given


def test_what_leaves_the_house_is_ratified_signed_numbered_and_received(office: RealOffice) -> None:
    """Every word is a mail, every paper a file in one; what leaves are the bytes that he signed, nothing editable."""
    office.collects()
    office.answers("perencanaan", office.letter("perencanaan", "draft"), "TERUSKAN")
    stands(office)
    office.answers("sekretaris", office.letter("sekretaris", "review"), "SETUJU")
    stands(office)
    laid = office.letter("kadis", "ratify")
    office.answers("kadis", laid, "DISAHKAN")
    office.answers("kadis", office.letter("kadis", "verdict_noted"), "BATAL")
    stands(office)
    assert office.cycle().step is Step.RATIFY
    office.answers("kadis", office.letter("kadis", "recalled"), "DISAHKAN")
    stands(office)
    assert office.cycle().step is Step.RATIFY
    report = signs(office, office.letter("kadis", "paper_wanted", 2))
    office.answers("perencanaan", office.letter("perencanaan", "number_wanted"), f"NOMOR {WHOLE}")
    stands(office)
    cover = signs(office, office.letter("kadis", "paper_wanted", 3))
    stands(office)
    stands(office)
    for key, kind in (("bappeda", "submission"), ("inspektur", "copy_sent")):
        got = office.letter(key, kind)
        assert WHOLE in got.text
        assert {content for _, content in got.files} == {report, cover}
    office.answers("bappeda", office.letter("bappeda", "submission"), "Sudah kami terima, terima kasih.")
    stands(office)
    assert office.cycle().closed
    assert {paper.check.signer for paper in office.cycle().papers} == {
        office.office.roster.person("kadis").name.split(",")[0]
    }
