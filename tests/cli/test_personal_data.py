"""record, subject, breach: what is held of people is told, or of one of them; what is not known is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mailbot.core.codes.languages import Language
from mailbot.ledger import ledger as opened
from mailbot.ledger.columns import Table
from mailbot.ledger.door import rows as door
from mailbot.ledger.door.door import BoardLink, BoardSession
from mailbot.ledger.personal.record import COLUMNS, ENTRIES, FILES, Data
from mailbot.ledger.personal.sealing import give_key
from mailbot.settings.loading import load
from mailbot.settings.sayings.catalogue import words_of
from tests.cli.terminal import mailbot, office_in, worked_in
from tests.office import ToyOffice
from tests.planted import NIK

HEAD, ADDRESS = "kabid-dafduk", "kabid.dafduk@example.go.id"


@pytest.fixture
def office(here: Path) -> ToyOffice:
    """The office after a stranger's mail, one of a head's, and one of his with a NIK."""
    office_in(here)
    secret = load(here / "kantor", {}).secret_key(lambda size: b"k" * size)
    office = worked_in(here)
    give_key(office.ledger.engine, secret)
    office.works()
    office.arrives(office.mail("", None, "Salam.", address="orang.lain@example.com", proved=False))
    office.answers(HEAD, None, "Mohon penjelasan.", address=ADDRESS)
    office.answers(HEAD, None, "Terlampir.", ("daftar.csv", f"nama;{NIK}".encode()), address=ADDRESS)
    return office


def test_every_column_says_what_of_people_it_holds() -> None:
    """One that is added to a table and not to the record fails here; so does a kind of data without words."""
    assert opened is not None
    assert door is not None
    told = {
        table: sorted(name for names in (*held.values(), plain) for name in names.split())
        for table, (held, plain) in COLUMNS.items()
    }
    assert told == {table.name: sorted(column.name for column in table.c) for table in Table.metadata.sorted_tables}
    assert ENTRIES.keys() == set(Data)
    assert {data for held, _ in COLUMNS.values() for data in held} | {data for _, data in FILES} == set(Data)
    assert all(entry.kinds or entry.ends for entry in ENTRIES.values())
    assert {code for entry in ENTRIES.values() for code in (entry.what, entry.why)} <= words_of(Language.ENGLISH).keys()


def test_the_record_is_printed_with_the_offices_own_ends(here: Path) -> None:
    """In its language; what has no end says so."""
    office_in(here)
    ran = mailbot("--language", "id", "--config", "kantor", "record")
    assert ran.code == 0
    assert "surat masuk di luar siklus: 365 hari sesudah diterima atau ditulis" in ran.text
    assert "UU 27/2022 Pasal 31" in ran.text
    assert ran.out.decode().count("siapa yang melihat") == len(ENTRIES)


def test_a_person_gets_his_own_and_nothing_that_is_held_back(office: ToyOffice, here: Path) -> None:
    """By address or name; what holds a NIK is named and left out; of a stranger to the books nothing is held."""
    at, hour = office.clock(), timedelta(hours=1)
    link = BoardLink(
        link_sha256="l", browser_sha256="b", code_sha256="c", address=ADDRESS, made_at=at, ends_at=at + hour
    )
    signed_in = BoardSession(
        session_sha256="s", address=ADDRESS, network="203.0.113.0/24", seen_at=at, made_at=at, ends_at=at + 8 * hour
    )
    for one in (link, replace(link, link_sha256="m"), replace(link, link_sha256="n", address="lain@example.com")):
        office.ledger.door.add_link(one)
    assert office.ledger.door.sign_in("l", signed_in)
    by_address = mailbot("--config", "kantor", "subject", ADDRESS, "--into", "jawaban")
    assert "Signed in to the board: 2" in by_address.text
    assert "signed in from 203.0.113.0/24, until" in by_address.text
    assert by_address.text.count("a link to sign in, not used yet") == 1
    assert by_address.code == 0
    assert "Mails he sent: 2" in by_address.text
    assert by_address.text.count("left out") == 2, "the mail, and the letter by which a form went back"
    index = (here / "jawaban" / "index.txt").read_text(encoding="utf-8")
    assert by_address.out.decode() == f"{index}All of it lies in jawaban. Next: look it over, and hand it on.\n"
    assert " WIB  " in index
    assert "T00:" not in index
    mails = [one.read_bytes() for one in (here / "jawaban" / "mails").iterdir()]
    assert [b"Mohon penjelasan" in one for one in mails] == [True]
    assert not any(NIK.encode() in one.read_bytes() for one in (here / "jawaban").rglob("*") if one.is_file())
    name = office.person(HEAD).name
    assert mailbot("--config", "kantor", "subject", name).out.decode() == index.replace(ADDRESS, name, 1)
    assert "Mails he sent: 1" in mailbot("--config", "kantor", "subject", "Orang.Lain@example.com").text
    assert mailbot("--config", "kantor", "subject", "nobody@example.com").code == 1
    assert mailbot("--config", "kantor", "subject", "o").code == 2
    assert mailbot("--config", "kantor", "subject", ADDRESS, "--into", "jawaban").code == 2


def test_a_breach_sheet_says_what_whose_whom_and_what_cannot_be_known(office: ToyOffice, here: Path) -> None:
    """With the 72 hours from when it was found, in the office's own time, and every address that was known by then."""
    day = office.clock().date()
    asked = ("--since", str(day), "--until", str(day + timedelta(days=1)), "--found", "2026-03-02T08:00")
    ran = mailbot("--language", "id", "--config", "kantor", "breach", *asked, "--into", "lembar.html")
    assert ran.code == 0
    assert "paling lambat 2026-03-05 08.00 WIB (3 x 24 jam)" in ran.text
    assert "orang.lain@example.com: 1 surat masuk, 0 surat keluar" in ran.text
    assert "Berkas yang memuat NIK: 3, tersandi" in ran.text
    assert "siapa yang membaca atau menyalin disk" in ran.text
    page = (here / "lembar.html").read_text(encoding="utf-8")
    assert "<h1>Lembar kegagalan pelindungan data pribadi" in page
    assert "orang.lain@example.com" in page
    before = mailbot("--config", "kantor", "breach", "--since", "2020-01-01", "--until", "2020-01-02")
    assert "0 addresses" in before.text
    assert mailbot("--config", "kantor", "breach", "--since", "besok").code == 2
    assert mailbot("--config", "kantor", "breach", "--since", "2026-01-02", "--until", "2026-01-01").code == 2
