"""Story 23: what comes along with a mail is named for what it is, to whoever sent it, whatever else the mail says."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbot.core.model.cycle import UnitState
from tests.office import ToyOffice, requested
from tests.stories.form_life import filled, plain, workbook

CASES = Path(__file__).parents[1] / "cases"
NAMED = {
    "mails/180-dragged-msg.eml": "berupa pesan Outlook (.msg)",
    "mails/own-gsheet-shortcut.eml": "hanya berupa pintasan",
    "mails/own-url-shortcut.eml": "hanya berupa pintasan",
    "mails/own-numbers-file.eml": "aplikasi Apple (Numbers)",
    "mails/own-word-form-beside-unreadable-file.eml": "rusak dan tidak dapat dibuka",
    "mails/177-wps-kdocs.eml": "tautan penyimpanan daring",
    "mails/own-link-kdocs.eml": "tautan penyimpanan daring",
    "mails/own-link-office-365.eml": "tautan penyimpanan daring",
}
"""Each kept input that is to be named, and what it is called."""
BROKEN = ("Form.xlsx", b"PK\x03\x04" + b"rusak" * 100)


@pytest.fixture
def office() -> ToyOffice:
    """The office on the day the units owe their forms."""
    return requested()


def named_or_linked() -> set[str]:
    """Give the inputs whose table says that they are named, or named as a link."""
    lines = [line for table in ("expect.tsv", "own.tsv") for line in (CASES / table).read_text().splitlines()]
    return {name for name, must in (line.split("\t") for line in lines if line) if must in {"named", "link"}}


def test_every_input_that_is_to_be_named_is_played() -> None:
    """The tables and this story know the same ones."""
    assert named_or_linked() == set(NAMED)


@pytest.mark.parametrize("name", NAMED)
def test_a_kept_input_is_named_as_what_it_is_with_the_way_out(office: ToyOffice, name: str) -> None:
    """One letter to its sender; it says what came and has the form with it."""
    raw = (CASES / name).read_bytes().replace(b"mail.example.go.id;", b"mx.example.go.id;")
    before = len(office.post.delivered)
    office.arrives(raw)
    assert len(office.post.delivered) == before + 1
    answer = office.letter("kabid-piak", "unreadable")
    assert NAMED[name] in plain(answer.text)
    assert answer.file(".xlsx")[1] == workbook(office.letter("kabid-piak", "request"))


@pytest.mark.parametrize("words", ["Form", "form", "FORM", "Form terlampir", "Form.", "Kirim ulang"])
def test_the_word_form_beside_a_file_is_about_the_file(office: ToyOffice, words: str) -> None:
    """The file is named, and the form comes with that letter; nobody is sent the form as if he had asked for it."""
    office.answers("kabid-capil", office.letter("kabid-capil", "request"), words, BROKEN)
    assert "rusak dan tidak dapat dibuka" in plain(office.letter("kabid-capil", "unreadable").text)
    assert not office.letters_to("kabid-capil", "form_again")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Form\n\nhttps://drive.google.com/file/d/1AbC/view", "tautan penyimpanan daring"),
        ("Form\n\nTerlampir.", "tidak disertai berkas form"),
    ],
)
def test_the_word_form_beside_a_link_or_nothing_is_about_that(office: ToyOffice, words: str, told: str) -> None:
    """A link is named as one, and a file that was forgotten is missed."""
    office.answers("kabid-capil", office.letter("kabid-capil", "request"), words)
    assert told in plain(office.letter("kabid-capil", "unreadable").text)


def test_the_word_form_alone_still_asks_for_it(office: ToyOffice) -> None:
    """Nothing came along, so the form is wanted; so it is where the sender owes none."""
    office.answers("kabid-capil", office.letter("kabid-capil", "request"), "Form")
    assert office.letters_to("kabid-capil", "form_again")
    office.answers("sekretaris", None, "FORM", BROKEN)
    assert office.letters_to("sekretaris", "form_again")


def test_the_word_form_beside_evidence_is_about_the_evidence(office: ToyOffice) -> None:
    """A unit whose form counts sends a PDF and calls it Form: kept as evidence."""
    request = office.letter("kabid-capil", "request")
    office.answers("kabid-capil", request, "Terlampir.", ("Form.xlsx", filled(office, request)))
    office.answers("kabid-capil", request, "Form", ("bukti.pdf", b"%PDF-1.7\n%%EOF"))
    assert "bukti.pdf" in plain(office.letter("kabid-capil", "evidence_kept").text)


def test_a_shortcut_beside_a_form_or_evidence_is_named_and_is_no_evidence(office: ToyOffice) -> None:
    """The form counts; the receipt says that the shortcut's content did not come. Evidence alone likewise."""
    request = office.letter("kabid-capil", "request")
    shortcut = ("Bukti.gsheet", b'{"doc_id": "1AbC"}')
    office.answers("kabid-capil", request, "Terlampir.", ("Form.xlsx", filled(office, request)), shortcut)
    assert office.unit("CAPIL").state is UnitState.ACCEPTED
    assert "“Bukti.gsheet” dalam surel yang sama hanya berupa pintasan" in plain(
        office.letter("kabid-capil", "receipt").text
    )
    office.answers("kabid-capil", request, "Data dukung.", ("foto.pdf", b"%PDF-1.7\n%%EOF"), shortcut)
    assert "Pintasan: Bukti.gsheet" in plain(office.letter("kabid-capil", "evidence_kept").text)
    assert {file.file_name for file in office.unit("CAPIL").evidence} == {"foto.pdf"}
    office.answers("kabid-capil", request, "Data dukung.", shortcut)
    assert "hanya berupa pintasan" in plain(office.letter("kabid-capil", "unreadable").text)


def test_of_several_files_the_one_that_was_meant_as_the_form_is_named(office: ToyOffice) -> None:
    """A PDF stands first, the broken workbook behind it: the workbook is what the answer is about."""
    office.answers(
        "kabid-capil", office.letter("kabid-capil", "request"), "Terlampir.", ("a.pdf", b"%PDF-1.7\n%%EOF"), BROKEN
    )
    told = plain(office.letter("kabid-capil", "unreadable").text)
    assert "Berkas “Form.xlsx” sampai" in told.replace('"Form.xlsx"', "“Form.xlsx”")


NOTES = tuple((f"catatan-{number:02}.txt", f"catatan nomor {number}".encode()) for number in range(1, 26))
LARGE = ("Laporan.xlsx", b"PK\x03\x04" + bytes(11_000_000))


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("kadis", "STATUS"),
        ("kadis", "Mohon dilihat berkas-berkas ini."),
        ("sekretaris", "SETUJU"),
        ("kabid-capil", "TUNDA 2 HARI"),
        ("kabid-capil", "Catatan kami."),
        ("kabid-capil", "IKU-03: 98,12"),
    ],
)
@pytest.mark.parametrize("proved", [True, False])
def test_files_beyond_those_that_are_opened_are_named_whatever_the_mail_says(
    office: ToyOffice, who: str, words: str, *, proved: bool
) -> None:
    """Five of twenty-five; of mail that is not proved, only how many."""
    before = len(office.letters_to(who))
    office.answers(who, None, words, *NOTES, proved=proved)
    (answer,) = office.letters_to(who)[before:]
    told = plain(answer.text)
    names = "catatan-21.txt, catatan-22.txt, catatan-23.txt, catatan-24.txt, catatan-25.txt"
    assert (names in told) is proved
    assert ("Sebanyak 5 berkas" in told) is not proved
    assert told.count("belum kami buka") == 1


@pytest.mark.parametrize(("who", "words"), [("kadis", "STATUS"), ("sekretaris", "Mohon dilihat."), ("bappeda", "Halo")])
def test_a_file_too_large_is_named_to_anybody(office: ToyOffice, who: str, words: str) -> None:
    """Whoever sent it, and whatever he wrote."""
    before = len(office.letters_to(who))
    office.answers(who, None, words, LARGE)
    (answer,) = office.letters_to(who)[before:]
    assert "lebih besar daripada yang dapat kami terima" in plain(answer.text)
    assert "Terlalu besar: Laporan.xlsx" in plain(answer.text)


def test_nothing_is_said_of_files_where_all_were_opened_or_the_answer_names_them(office: ToyOffice) -> None:
    """No answer says it twice, and none without a cause."""
    office.answers("kadis", None, "STATUS", *NOTES[:3])
    assert "kami buka" not in plain(office.letter("kadis", "status").text)
    office.answers("kabid-capil", office.letter("kabid-capil", "request"), "Terlampir.", LARGE)
    assert plain(office.letter("kabid-capil", "unreadable").text).count("lebih besar daripada") == 1
