"""The Surat Pengantar: every value stands in it, numbers are never invented, an office's own Word file is linted."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest

from mailbot.core.model.letters import LetterKind
from mailbot.core.model.letters_of_rows import Request
from mailbot.core.model.office import Office
from mailbot.core.model.people import Role
from mailbot.errors import TemplateProblem
from mailbot.writing.word.cover_letter import printed_name, write_cover_letter
from mailbot.writing.word.word_file import clean, fill_word_file, text_of
from tests.writing.docx_paper import placeholder_logo
from tests.writing.sample_letters import full_letter


def cover(kind: LetterKind, office: Office, folders: tuple[Path, ...], **changes: object) -> bytes:
    """Return the cover letter of a sample letter."""
    sample = full_letter(kind)
    assert sample.cycle is not None
    letter = replace(sample.letter, **changes)  # type: ignore[arg-type] # the fields of a letter, by name
    return write_cover_letter(letter, sample.cycle, office, template_folders=folders)


def test_the_request_says_whom_what_and_by_when(office: Office, folders: tuple[Path, ...]) -> None:
    """Row 2: addressee, unit, period, deadline, and the Sekretaris signs on behalf of the Kepala Dinas."""
    text = text_of(cover(LetterKind.REQUEST, office, folders))
    for words in (
        "PEMERINTAH KABUPATEN KEPULAUAN CONTOH SELATAN BARAT DAYA",
        "Contoh Selatan Barat Daya, 5 Januari 2026",
        "000.8.6.3/___/425.111/2026",
        "1 (satu) berkas",
        f"Yth. {office.roster.person('kabid_dafduk').title}",
        f"Form Isian Data Kinerja {office.roster.unit('dafduk').name} Tahun 2025",
        "paling lambat hari Senin, 12 Januari 2026 pukul 16.00 WIB",
        "a.n. Kepala Dinas, Sekretaris Dinas, selaku Ketua Tim Penyusun Laporan Kinerja,",
        "WIRAWAN HADIKUSUMO, S.Sos., M.Si. Pembina Tingkat I NIP 19750101 199901 1 001",
    ):
        assert words in text


def test_the_report_goes_out_with_a_receipt_to_sign(office: Office, folders: tuple[Path, ...]) -> None:
    """Row 8: SURAT PENGANTAR with its table, signed by the Kepala Dinas, with the block of receipt."""
    text = text_of(cover(LetterKind.SUBMISSION, office, folders))
    for words in (
        "SURAT PENGANTAR Nomor: 000.8.6.3/___/425.111/2026",
        "Yth. Kepala Badan Perencanaan Pembangunan, Penelitian, dan Pengembangan Daerah di Contoh Selatan Barat Daya",
        f"Laporan Kinerja (LKjIP) {office.letterhead.agency_name} Tahun 2025",
        "RAHMAWATI KARTASASMITA, S.Sos., M.Si., M.A.P. Pembina Utama Muda NIP 19700101 199501 2 001",
        "Diterima tanggal:",
    ):
        assert words in text


def test_a_number_is_taken_only_from_the_letter(office: Office, folders: tuple[Path, ...]) -> None:
    """The register's number stands in its place when the core gives one."""
    text = text_of(cover(LetterKind.REQUEST, office, folders, about=Request(letter_number="17")))
    assert "000.8.6.3/17/425.111/2026" in text


def test_the_same_state_gives_the_same_bytes(office: Office, folders: tuple[Path, ...]) -> None:
    """A letter composed again is byte for byte the same."""
    assert cover(LetterKind.REQUEST, office, folders) == cover(LetterKind.REQUEST, office, folders)


def test_a_letter_nobody_can_sign_is_not_written(office: Office, folders: tuple[Path, ...]) -> None:
    """Without a Kepala Dinas on that day there is no letter, and the reason says so."""
    people = tuple(
        replace(person, until=date(2025, 12, 31)) if person.role is Role.AGENCY_HEAD else person
        for person in office.roster.people
    )
    vacant = replace(office, roster=replace(office.roster, people=people))
    with pytest.raises(TemplateProblem, match="nobody is agency_head on 2026-01-05"):
        cover(LetterKind.REQUEST, vacant, folders)


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Drs. Sukarno Putra, M.Si.", "Drs. SUKARNO PUTRA, M.Si."),
        ("Sekretaris Dinas", "SEKRETARIS DINAS"),
        ("", ""),
    ],
)
def test_names_are_capitals_and_degrees_are_not(name: str, printed: str) -> None:
    """As a signature block is written."""
    assert printed_name(name) == printed


def word_file(folder: Path, *paragraphs: str) -> Path:
    """Write an office's own Word file with these paragraphs."""
    made = docx.Document()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    made.save(str(folder / "own.docx"))
    return folder / "own.docx"


def test_text_of_users_survives_word_whatever_it_holds(tmp_path: Path) -> None:
    """Ampersands, angle brackets, template marks, control characters and a lone surrogate neither vanish nor act."""
    evil = "A & B <Bidang> {{ 7*7 }} {% if %} \x0c\x07\x00\ud800 =1+1"
    filled = fill_word_file(word_file(tmp_path, "Unit: {{ unit }}."), {"unit": evil})
    assert text_of(filled) == "Unit: A & B <Bidang> {{ 7*7 }} {% if %} =1+1."
    assert clean("a\r\nb\tc\x00") == "a\nb\tc "
    assert clean("\ufeff12\u200b,\u202e50\u202c") == "12,50"


def test_a_misspelt_tag_is_named(tmp_path: Path) -> None:
    """A tag without a value stops the letter instead of leaving a hole."""
    with pytest.raises(TemplateProblem, match=r"own.docx uses tags that have no value: periode"):
        fill_word_file(word_file(tmp_path, "{{ unit }} {{ periode }}"), {"unit": "x"})


def test_a_broken_tag_is_named(tmp_path: Path) -> None:
    """A block that never ends is a fault of the template, told with the file's name."""
    with pytest.raises(TemplateProblem, match=r"own.docx \(in the body: nothing ends"):
        fill_word_file(word_file(tmp_path, "{% if unit %} {{ unit }}"), {"unit": "x"})


def test_of_two_tags_in_one_place_none_is_dropped_in_silence(tmp_path: Path) -> None:
    """A tag that takes its whole paragraph would take the other one's place."""
    own = word_file(tmp_path, "{{p unit }} {{p period }}")
    with pytest.raises(TemplateProblem, match=r"own.docx: two tags stand where one would take the other's place"):
        fill_word_file(own, {"unit": "x", "period": "y"})


def test_what_a_tag_printed_and_word_does_not_show_is_not_lost_in_silence(tmp_path: Path) -> None:
    """A whole paragraph's tag wants a paragraph: of plain words Word shows nothing."""
    with pytest.raises(TemplateProblem, match=r"own.docx lost 1 value\(s\) .*: 'Bidang PIAK'"):
        fill_word_file(word_file(tmp_path, "{{p unit }}", "Demikian."), {"unit": "Bidang PIAK"})


def test_what_no_tag_comes_to_print_is_not_missed(tmp_path: Path) -> None:
    """A list whose lines stand in a branch that is not taken is no lost value."""
    own = word_file(tmp_path, "{% if many %}{% for one in many %}{{ title }}: {{ one }}{% endfor %}{% endif %}Nihil.")
    assert text_of(fill_word_file(own, {"many": [], "title": "Daftar"})) == "Nihil."


def test_a_template_cannot_reach_out_of_its_sandbox(tmp_path: Path) -> None:
    """Even an office's own file cannot touch the program."""
    with pytest.raises(TemplateProblem, match="unsafe"):
        fill_word_file(word_file(tmp_path, "{{ ''.__class__.__mro__ }}{{ unit }}"), {"unit": "x"})


def test_the_filled_file_opens_again(office: Office, folders: tuple[Path, ...]) -> None:
    """Word's own reader finds the table of what is sent."""
    document = docx.Document(io.BytesIO(cover(LetterKind.REQUEST, office, folders)))
    assert [cell.text for cell in document.tables[3].rows[0].cells] == [
        "No",
        "Jenis yang dikirim",
        "Banyaknya",
        "Keterangan",
    ]


def test_the_offices_own_emblem_takes_the_place_of_the_neutral_one(
    office: Office, folders: tuple[Path, ...], tmp_path: Path
) -> None:
    """A picture twice as wide as high keeps its shape inside the square; one that is nowhere, or none, is named.

    Without an emblem its place closes up, and the letterhead stands in the middle.
    """
    bare = docx.Document(io.BytesIO(cover(LetterKind.REQUEST, office, folders)))
    assert not bare.inline_shapes
    place, lines = bare.tables[0].rows[0].cells
    assert (place.width.cm < 0.1, lines.width.cm > 16) == (True, True)
    png = tmp_path / "lambang.png"
    png.write_bytes(_wide_png())
    own = replace(office, letterhead=replace(office.letterhead, logo=str(png)))
    document = docx.Document(io.BytesIO(cover(LetterKind.REQUEST, own, folders)))
    shape = document.inline_shapes[0]
    assert (shape.width, shape.height) == (792000, 396000)
    lost = replace(office, letterhead=replace(office.letterhead, logo="nowhere.png"))
    with pytest.raises(TemplateProblem, match=r"nowhere\.png is nowhere"):
        cover(LetterKind.REQUEST, lost, folders)
    png.write_bytes(b"no picture")
    with pytest.raises(TemplateProblem, match="no picture that Word knows"):
        cover(LetterKind.REQUEST, own, folders)


def _wide_png() -> bytes:
    """Return a grey PNG of 20 by 10 pixels."""
    square = placeholder_logo(20)
    head = struct.pack(">IIBBBBB", 20, 10, 8, 0, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    return square[:8] + chunk + square[33:]
