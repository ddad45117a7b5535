"""Stories about what units really send for the report: pasted texts, nothing at all, far more than usual."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from openpyxl.cell.cell import Cell

from mailbot.core.model.cycle import UnitState
from mailbot.writing.word.pdf import PdfMaker
from mailbot.writing.word.word_file import text_of
from tests.offices.roads import ROADS, RoadsOffice, requested_roads
from tests.yaml_files import rewritten, write

LONG = "Perkerasan ruas utara dikerjakan bertahap. " * 70
PASTED = (
    "\uf0b7\tHujan lebat \U0001f327 pada bulan Januari\n\uf0a7 Harga {{ aspal }} naik {% if x %}\n"
    "\u2022 Alat rusak & <b>tebal</b>\n1. Pembebasan lahan\n2) Cuaca"
)
TABLE = "Kegiatan\tTarget\tRealisasi\nRekonstruksi\t12,75\t12,10\nPemeliharaan\t245\t\u202e240\u202c\u200b"
FIFTY = "Nama indikator yang sangat panjang karena disalin dari dokumen perencanaan lengkap dengan penjelasannya nomor"


def filled_with(form: bytes, words: dict[str, str]) -> bytes:
    """Return a filled form in which these columns of each indicator say something else; each of them must be there."""
    book = openpyxl.load_workbook(io.BytesIO(form))
    sheet = book["Indikator"]
    header = next(row for row in sheet.iter_rows(max_row=20) if "Kode" in [cell.value for cell in row][:3])
    columns = {str(cell.value).removesuffix(" *").strip(): cell for cell in header}
    for name, text in words.items():
        for row in range(int(columns[name].row or 0) + 1, sheet.max_row + 1):
            at = sheet.cell(row, int(columns[name].column or 0))
            if isinstance(at, Cell) and at.value is not None:
                at.value = text
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def sends(office: RoadsOffice, unit: str, change: Callable[[bytes], bytes]) -> None:
    """Let a unit's head send its form, changed by hand."""
    name, form = office.filled(unit)
    head = office.head_of(unit)
    office.answers(head, office.letter(head, "request"), "Terlampir.", (name, change(form)))
    assert office.unit(unit).state is UnitState.ACCEPTED


def test_what_people_paste_is_printed_and_nothing_of_it_acts() -> None:
    """Three thousand signs, Symbol bullets, a table of Word, emoji and tags: all words stand in the report."""
    office = requested_roads()
    words = {"Faktor Pendukung": LONG, "Faktor Penghambat": PASTED, "Tindak Lanjut": TABLE}
    sends(office, "BINAMARGA", lambda form: filled_with(form, words))

    docx = office.asks_for_the_draft()
    said = text_of(docx)
    lines = [paragraph.text for paragraph in Document(io.BytesIO(docx)).paragraphs]

    assert len(LONG) >= 3000
    assert said.count(LONG.strip()) >= 6
    for part in ("Hujan lebat \U0001f327 pada", "Harga {{ aspal }} naik {% if x %}", "Alat rusak & <b>tebal</b>"):
        assert any(line.strip("\u2022 \t").startswith(part.split(" pada")[0]) for line in lines), part
    assert [sign for sign in "\uf0b7\uf0a7\u202e\u202c" if sign in said] == []
    assert any("12,75" in line and "12,10" in line for line in lines)


def test_a_unit_that_is_missing_is_named_with_all_it_owes() -> None:
    """Nothing is reckoned for it: its indicators are marked, and the last page says whose turn it is."""
    office = requested_roads()
    office.all_send(but=("CIPTAKARYA",))

    said = text_of(office.asks_for_the_draft())

    owed = [one for one in office.office.indicators if one.owner == "CIPTAKARYA"]
    assert len(owed) == 6
    assert "belum diisi" in said
    assert all(one.name in said for one in owed)
    head = office.person(office.head_of("CIPTAKARYA")).title
    assert said.count(head) >= len(owed)


def test_where_everything_is_nihil_nothing_is_reckoned() -> None:
    """A report of a year in which nobody has anything to say is still a report, and has no predikat."""
    office = requested_roads()
    for unit in office.office.roster.units:
        head = office.head_of(unit.key)
        owned = [one for one in office.office.indicators if one.owner == unit.key]
        money = [line.code for line in office.office.budget if line.owner == unit.key]
        lines = [f"{code}: NIHIL" for code in (*(one.code for one in owned), *money)]
        lines += [
            f"{one.code} {why}: Pekerjaan belum dimulai" for one in owned for why in ("penghambat", "tindak lanjut")
        ]
        office.answers(head, office.letter(head, "request"), "\n".join(lines))
        office.answers(head, office.letters_to(head)[-1], "BENAR")
    assert {one.state for one in office.cycle().units} == {UnitState.ACCEPTED}

    said = text_of(office.asks_for_the_draft())

    assert "NIHIL" in said or "nihil" in said
    assert "dengan predikat Memuaskan" not in said


class LargeOffice(RoadsOffice):
    """Forty indicators and a sixth unit, all with names that no column is wide enough for."""


def enlarged(folder: Path) -> type[RoadsOffice]:
    """Write the configuration of the large office into a folder, and return the office."""
    folder.mkdir()
    for name in ("office", "sop", "cycles"):
        (folder / f"{name}.yaml").write_bytes((ROADS / f"{name}.yaml").read_bytes())
    people, promised = rewritten(ROADS / "recipients.yaml"), rewritten(ROADS / "indicators.yaml")
    people["units"].append(
        {"key": "UPT", "name": "Unit Pelaksana Teknis Peralatan, Perbekalan, dan Pengujian Laboratorium Bahan Jalan"}
    )
    head = next(one for one in people["people"] if one["key"] == "kabid-sda")
    people["people"].append(
        head | {"key": "kepala-upt", "unit": "UPT", "title": "Kepala UPT", "address": "upt@example.go.id"}
    )
    first = promised["indicators"][0]
    promised["indicators"] += [
        first | {"code": f"UPT-{number:02d}", "owner": "UPT", "name": f"{FIFTY} {number}"} for number in range(1, 17)
    ]
    write(folder / "recipients.yaml", people)
    write(folder / "indicators.yaml", promised)
    return type("Large", (LargeOffice,), {"folder": folder})


def test_forty_indicators_of_six_units_fit(tmp_path: Path) -> None:
    """Every name stands in the report as it was written, whole."""
    office = requested_roads(enlarged(tmp_path / "besar"))
    office.all_send()

    said = text_of(office.asks_for_the_draft())

    assert len(office.office.indicators) == 40
    assert [one.code for one in office.office.indicators if one.name not in said] == []


@pytest.mark.slow
def test_without_its_fonts_the_report_is_a_pdf_all_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine with one font only: what LibreOffice puts in its place, the words are the same."""
    (tmp_path / "fonts.conf").write_text(
        '<?xml version="1.0"?><fontconfig><dir>/usr/share/fonts/truetype/dejavu</dir>'
        f"<cachedir>{tmp_path / 'cache'}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    office = requested_roads()
    office.all_send()
    docx = office.asks_for_the_draft()
    maker = PdfMaker()
    try:
        pdf = maker.convert(docx) if maker.available() else b"%PDF-"
    finally:
        maker.close()
    assert pdf is not None
    assert pdf.startswith(b"%PDF-")
