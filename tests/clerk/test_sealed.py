"""A mail with numbers like a NIK lies sealed: as it came, what it carries, the letters about it, and every copy."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from mailbot.clerk.held.sealing_former import seal_former
from mailbot.errors import LedgerProblem
from mailbot.ledger.backup import backup
from mailbot.ledger.ledger import Ledger, open_ledger
from mailbot.ledger.personal.sealing import Seal, give_key
from tests.copied import closed_with_its_last_user, copy_of
from tests.office import SECRET, ToyOffice, requested
from tests.planted import NIK, workbook

HEAD = "kabid-dafduk"
SHOWN = NIK.encode()


def office_at(folder: Path) -> ToyOffice:
    """Return the office that has asked for forms, on a ledger in a file, which has no key yet."""
    begun, place = requested(), folder / "ledger.db"
    place.write_bytes(copy_of(begun.ledger))
    ledger = closed_with_its_last_user(open_ledger(f"sqlite:///{place}"))
    return ToyOffice(ledger=ledger, post=begun.post, clock=begun.clock)


def brings_a_nik(office: ToyOffice) -> int:
    """Let a mail with a NIK in its words and in a plain file come; return its number."""
    files = (("daftar.csv", f"nama;{NIK}".encode()), ("daftar.xlsx", workbook(NIK)))
    office.answers(HEAD, office.letter(HEAD, "request"), f"Penduduk dengan NIK {NIK}.", *files)
    return office.ledger.inbox.listing(limit=1)[0].id


def open_in(ledger: Ledger) -> int:
    """Return how many files show the number to whoever reads the database past mailbot."""
    with ledger.engine.connect() as connection:
        rows = connection.execute(text("SELECT content, sealed FROM file")).all()
    assert all(SHOWN not in bytes(content) for content, sealed in rows if sealed)
    return sum(SHOWN in bytes(content) for content, _ in rows)


def test_what_holds_a_nik_is_sealed_with_the_decision_about_it(tmp_path: Path) -> None:
    """Nothing in the database, its log or a backup shows the number; mailbot reads the mail as it came."""
    office = office_at(tmp_path)
    give_key(office.ledger.engine, SECRET)
    number = brings_a_nik(office)
    assert SHOWN in office.ledger.inbox.raw(number)
    assert open_in(office.ledger) == 0
    backup(f"sqlite:///{tmp_path / 'ledger.db'}", tmp_path / "cadangan.db")
    there = [one for one in tmp_path.iterdir() if one.is_file()]
    assert [one.name for one in there if SHOWN in one.read_bytes()] == []
    office.works()
    assert SHOWN in office.ledger.inbox.raw(number)


def test_what_lay_open_before_is_sealed_once(tmp_path: Path) -> None:
    """A ledger from before there were seals: the mails that Subbag Program was told of are read again."""
    office = office_at(tmp_path)
    number = brings_a_nik(office)
    assert open_in(office.ledger) > 0
    give_key(office.ledger.engine, SECRET)
    assert seal_former(office.clerk.books, office.clerk.reader) == 1
    assert open_in(office.ledger) == 0
    assert SHOWN in office.ledger.inbox.raw(number)
    assert seal_former(office.clerk.books, office.clerk.reader) == 0


def test_without_the_key_or_with_another_nothing_is_opened(tmp_path: Path) -> None:
    """Both say what to put back; nothing else of the ledger is out of reach."""
    office = office_at(tmp_path)
    give_key(office.ledger.engine, SECRET)
    number = brings_a_nik(office)
    office.ledger.close()
    for secret, hint in ((None, "secret.key"), (b"another", "sealed with another key")):
        with open_ledger(f"sqlite:///{tmp_path / 'ledger.db'}", secret=secret) as ledger:
            assert ledger.inbox.get(number).sha256
            with pytest.raises(LedgerProblem, match=hint):
                ledger.inbox.raw(number)


def test_a_seal_is_the_same_for_the_same_bytes_and_shows_when_it_is_broken() -> None:
    """And bytes that only look sealed are sealed themselves, or a stranger's file could stop whoever reads it."""
    seal = Seal(SECRET)
    kept = seal.close(b"isi")
    assert kept == seal.close(b"isi")
    assert seal.open(kept) == b"isi"
    assert kept[16:28] != seal.close(b"lain")[16:28]
    with pytest.raises(LedgerProblem):
        seal.open(kept[:-1] + bytes([kept[-1] ^ 1]))
