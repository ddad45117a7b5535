"""What becomes of a file that is held back: asked of Subbag Program once, HAPUS with the code, SIMPAN, or silence."""

from __future__ import annotations

from pathlib import Path

from mailbot.clerk.desk.archiving import archive
from mailbot.clerk.desk.kept_mail import read_kept
from mailbot.core.held.held_back import held_in
from mailbot.ledger.backup import backup
from mailbot.ledger.personal.destroying import held_mail
from mailbot.ledger.personal.sealing import give_key
from mailbot.writing.archive.verify import verify_archive
from tests.clerk.test_sealed import HEAD, SHOWN, brings_a_nik, office_at
from tests.office import CYCLE, SECRET, ToyOffice
from tests.planted import NIK
from tests.stories.form_life import filled, last, sends, typed
from tests.stories.test_11_code import code_in

PLANNING, CAPIL = "perencanaan", "kabid-capil"


def holding(folder: Path) -> tuple[ToyOffice, int]:
    """Return the office that holds a mail with a NIK sealed, and the mail's number."""
    office = office_at(folder)
    give_key(office.ledger.engine, SECRET)
    return office, brings_a_nik(office)


def says(office: ToyOffice, word: str, *, with_code: bool = True) -> None:
    """Let Subbag Program answer the letter about the file, and bring the code if one is asked for."""
    before = len(office.letters_to(PLANNING, "challenge"))
    office.answers(PLANNING, office.letter(PLANNING, "held_back"), word)
    asked = office.letters_to(PLANNING, "challenge")[before:]
    if asked and with_code:
        office.answers(PLANNING, asked[0], code_in(asked[0]))


def events(office: ToyOffice, word: str) -> list[dict[str, str]]:
    """Return what the journal's lines of an event say."""
    return [dict(one.line.detail) for one in office.ledger.journal.read() if one.line.event == word]


def test_the_letter_asks_subbag_program_alone_and_once(tmp_path: Path) -> None:
    """Whoever sent it, and the operator, are told and not asked; what was sealed stands in the journal."""
    office, number = holding(tmp_path)
    assert "HAPUS" in office.letter(PLANNING, "held_back").text
    assert "HAPUS" not in office.letter("operator", "held_back").text
    kept = office.ledger.inbox.get(number)
    (line,) = events(office, "sealed")
    held = held_in(read_kept(office.clerk.books, office.clerk.reader, kept))
    assert line["mail"] == kept.sha256
    assert set(held) <= set(line["files"].split())
    office.days_pass(9)
    assert len(office.letters_to(PLANNING, "held_back")) == 1
    assert SHOWN in office.ledger.inbox.raw(number)


def test_hapus_costs_the_code_though_the_mail_is_proved(tmp_path: Path) -> None:
    """Until it comes nothing goes, for it cannot be put back."""
    office, number = holding(tmp_path)
    says(office, "HAPUS", with_code=False)
    assert office.letters_to(PLANNING, "held_noted") == []
    assert SHOWN in office.ledger.inbox.raw(number)


def test_after_hapus_nothing_of_it_is_anywhere_and_everything_verifies(tmp_path: Path) -> None:
    """Neither sealed nor open, in the ledger, its log, its free pages or the next backup; the digest stays."""
    office, number = holding(tmp_path)
    kept = office.ledger.inbox.get(number)
    with office.ledger.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT content FROM file WHERE sealed").fetchall()
    sealed = [bytes(row[0]) for row in rows]
    assert len(sealed) > 1
    says(office, "HAPUS")
    assert "telah kami musnahkan" in " ".join(office.letter(PLANNING, "held_noted").text.split())
    backup(f"sqlite:///{tmp_path / 'ledger.db'}", tmp_path / "cadangan.db")
    there = [one.read_bytes() for one in tmp_path.iterdir() if one.is_file()]
    pieces = [SHOWN, *(content[place : place + 64] for content in sealed for place in (16, len(content) - 64))]
    assert [piece for piece in pieces for content in there if piece in content] == []
    mail = office.ledger.inbox.get(number)
    assert (mail.sha256, mail.pruned, office.ledger.inbox.raw(number)) == (kept.sha256, True, b"")
    assert office.ledger.journal.verify() is None
    (line,) = events(office, "held_destroyed")
    assert (line["held"], line["proof"]) == (kept.sha256, "code")
    says(office, "HAPUS")
    assert "sudah tidak ada" in office.letter(PLANNING, "held_noted").subject


def test_simpan_is_noted_and_the_same_mail_may_be_destroyed_later(tmp_path: Path) -> None:
    """It costs no code, for nothing goes."""
    office, number = holding(tmp_path)
    says(office, "SIMPAN")
    assert office.letters_to(PLANNING, "challenge") == []
    assert "tetap disimpan" in office.letter(PLANNING, "held_noted").subject
    assert SHOWN in office.ledger.inbox.raw(number)
    assert len(events(office, "held_kept")) == 1
    says(office, "HAPUS")
    assert office.ledger.inbox.raw(number) == b""


def test_only_subbag_program_decides_and_only_about_the_letter_that_is_answered(tmp_path: Path) -> None:
    """The sender's HAPUS, and Subbag Program's in answer to something else, destroy nothing and are answered."""
    office, number = holding(tmp_path)
    office.answers(HEAD, office.letter(HEAD, "request"), "HAPUS")
    assert office.letters_to(HEAD, "not_yours") != []
    office.answers(PLANNING, None, "HAPUS")
    assert "tidak menjawab surat kami" in " ".join(office.letter(PLANNING, "out_of_turn").text.split())
    assert SHOWN in office.ledger.inbox.raw(number)


def test_a_form_with_a_nik_goes_its_figures_stay_and_the_archive_verifies(tmp_path: Path) -> None:
    """Nothing is destroyed while the letter that gives the form back has not left; a clean form is not touched."""
    office, _ = holding(tmp_path)
    office.archives_in(tmp_path / "arsip")
    office.sends_form("kabid-piak", "PIAK")
    request = office.letter(CAPIL, "request")
    office.ledger.outbox.hold_all()
    form = filled(office, request, typed("IKU-03", "Faktor Pendukung", f"Layanan khusus a.n. {NIK}"))
    sends(office, CAPIL, request, form)
    mail = office.ledger.inbox.listing(limit=1)[0]
    assert held_mail(office.ledger.engine, mail.sha256[:16]) == (mail.sha256, "leaving")
    office.ledger.outbox.release_all()
    office.works()
    says(office, "HAPUS")
    assert office.ledger.inbox.raw(mail.id) == b""
    sent = office.unit("CAPIL").submissions[-1]
    assert office.ledger.files.read(sent.file_sha256) == b""
    assert sent.faults != ()
    assert office.ledger.files.read(last(office.unit("PIAK")).file_sha256) != b""
    raws = [office.ledger.letters.raw(one.key) for one in office.ledger.letters.of_cycle(CYCLE)]
    assert raws.count(b"") == 1
    office.answers(CAPIL, None, "FORM")
    archive(office.clerk.books, office.clerk.maker, office.clerk.reader, office.cycle())
    assert verify_archive(tmp_path / "arsip" / CYCLE) == ()
    kept = [one for one in (tmp_path / "arsip" / CYCLE / "3-surat-masuk").iterdir() if one.stat().st_size == 0]
    assert kept == []
    assert office.ledger.inbox.counts().set_aside == 0


def test_whoever_asks_where_a_figure_comes_from_is_told_that_its_mail_was_destroyed(tmp_path: Path) -> None:
    """The form lay clean beside the list, and counts; it alone is still there."""
    office, _ = holding(tmp_path)
    files = (office.filled("CAPIL"), ("daftar pemohon.csv", f"nama;nik\r\nA;{NIK}\r\n".encode()))
    office.answers(CAPIL, office.letter(CAPIL, "request"), "Terlampir.", *files)
    says(office, "HAPUS")
    assert office.ledger.files.read(last(office.unit("CAPIL")).file_sha256) == files[0][1]
    office.answers(PLANNING, None, "ASAL IKU-03")
    told = office.letter(PLANNING, "origin")
    assert "isinya telah dimusnahkan atas permintaan" in " ".join(told.text.split())
    assert [name for name, _ in told.files if name.endswith(".eml")] == []
