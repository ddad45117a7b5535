"""An office of another kind from `init` alone: a dozen answers, `check`, its first letters, no word of the sample's."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from mailbot.settings.blank.answers import Answers
from mailbot.settings.blank.questions import asked
from mailbot.settings.loading import load
from mailbot.settings.packaged import init
from tests.offices.read_back import texts_of
from tests.offices.roads import RoadsOffice, requested_roads
from tests.settings.folders import ENGLISH

ANSWERED = {
    "ask_agency": " Dinas Lingkungan  Hidup Kota Bontang ",
    "ask_address_line": "Jl. Bessai Berinta No. 1, Telp. (0548) 21001",
    "ask_zone": "wita",
    "ask_office_code": "660.1",
    "ask_mailbox": "lkjip@dlh.bontang.test",
    "ask_units": "Sekretariat; Bidang Pengelolaan Sampah; Bidang Pengendalian Pencemaran;Bidang Penataan Lingkungan",
    "ask_year": "2025",
    "ask_starts_on": "2026-01-05",
}
FOREIGN = re.compile(
    r"\w*dukcapil\w*|\w*penduduk\w*|pencatatan sipil|\w*probolinggo\w*|\bbappeda\b|\bmastrip\b|\b425\.111\b"
    r"|\b(?:DAFDUK|CAPIL|PIAK|KTP|KIA|IKD)\b",
    re.IGNORECASE,
)


def answers() -> tuple[Answers, list[str]]:
    """Answer what is asked, and take what is offered for the rest; return the questions too."""
    put: list[str] = []

    def ask(question: str, usual: str) -> str:
        put.append(question)
        return ANSWERED.get(question, usual)

    return asked(ask, lambda why: pytest.fail(str(why)), date(2026, 1, 5)), put


def test_no_more_than_twelve_questions_are_put_and_most_offer_their_answer() -> None:
    """What follows from the name and the mailbox is offered: abbreviation, servers."""
    given, put = answers()
    assert len(put) <= 12
    assert (given.agency, given.short, given.zone) == ("Dinas Lingkungan Hidup Kota Bontang", "DLH", "WITA")
    assert (given.imap, given.smtp) == ("imap.dlh.bontang.test", "smtp.dlh.bontang.test")


def test_its_files_are_in_order_and_check_names_what_is_still_to_fill_in(tmp_path: Path) -> None:
    """Its own names everywhere, comments included; the examples are counted, and nothing else is left."""
    folder = tmp_path / "kantor"
    init(folder, answers()[0])
    texts = {path.name: path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file()}
    assert {name: FOREIGN.findall(text) for name, text in texts.items() if FOREIGN.search(text)} == {}
    assert {name for name, text in texts.items() if "example.go.id" in text} == {"recipients.yaml"}
    settings = load(folder, ENGLISH)
    office = settings.office()
    assert (office.calendar.zone, office.calendar.zone_label) == ("Asia/Makassar", "WITA")
    names = [unit.name for unit in office.roster.units]
    assert names[1:3] == ["Bidang Pengelolaan Sampah", "Bidang Pengendalian Pencemaran"]
    assert settings.trust.authserv_ids == ("mx.dlh.bontang.test",)
    told = [note.removeprefix(f"{folder}/") for note in settings.notes()]
    assert [note.partition(" (look")[0] for note in told if "still examples" in note] == [
        "office.yaml:25: still examples: 1; the first is 'letterhead.contact'",
        "recipients.yaml:44: still examples: 17; the first is 'people[kepala].name'",
        "indicators.yaml:12: still examples: 18; the first is 'objectives[SS1].text'",
    ]
    assert sum("is still an example: " in note for note in told) == len(office.roster.people)


def test_its_first_letters_name_no_other_office(tmp_path: Path) -> None:
    """Sekretaris and heads get theirs, with the form and the Surat Pengantar; each page and cell is read back."""
    made = tmp_path / "kantor"
    init(made, answers()[0])
    office = requested_roads(type("FoundedOffice", (RoadsOffice,), {"folder": made}))
    letters = [raw for _, raw in office.post.delivered]
    asked_for = {address for address, raw in office.post.delivered if b".xlsx" in raw}
    assert asked_for >= {f"{name}@example.go.id" for name in ("umum", "kabid.1", "kabid.2", "kabid.3")}
    texts = [text for number, raw in enumerate(letters) for _, text in texts_of(f"{number}.eml", raw)]
    assert any("Dinas Lingkungan Hidup Kota Bontang" in text for text in texts)
    assert sorted({word for text in texts for word in FOREIGN.findall(text)}) == []
