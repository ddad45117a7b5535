"""How invented staff fill a form: they open the workbook they were sent and type into its cells."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Mapping

    from openpyxl.worksheet.worksheet import Worksheet


_NARRATIVE = "Narasi"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_SOURCE = "Sumber Data"
"""Stands in the form already; staff leave it as it is."""
_OUTPUT, _OUTPUT_TARGET = "Realisasi Keluaran", "Target Keluaran"


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What staff know and write, from `templates/rehearsal.yaml`."""

    words: Mapping[str, Any]

    def figure(self, code: str) -> float | str:
        """Return the realised value of an indicator as somebody types it into a cell: a number, or its word."""
        text: str = self.words["realisasi"][code]
        plain = text.replace(".", "").replace(",", ".")
        return float(plain) if _NUMBER.fullmatch(plain) else text

    def about(self, topic: str, code: str) -> str:
        """Return a sentence about an indicator."""
        sentences = self.words[topic]
        return str(sentences.get(code, sentences["lain"]))

    def reply(self, name: str, **values: str) -> str:
        """Return a reply's words."""
        return str(self.words["balasan"][name]).format(**values)


def fill(workbook: bytes, script: Script, *, mistakes: int = 0) -> bytes:
    """Fill a form as its Kepala Bidang would.

    Args:
        workbook: the form as it came by mail.
        script: what he knows.
        mistakes: 0 none; 1 a figure written in words and a missing follow-up; 2 spending over the ceiling.
    """
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    for sheet in book.worksheets:
        header = header_row(sheet)
        if sheet.title == _NARRATIVE:
            _fill_narrative(sheet, script)
        if header is None:
            continue
        row, columns = header
        if "Faktor Pendukung" in columns:
            _fill_indicators(sheet, row, columns, script, mistakes)
        elif "Realisasi (Rp)" in columns:
            _fill_budget(sheet, row, columns, script, mistakes)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def header_row(sheet: Worksheet) -> tuple[int, dict[str, int]] | None:
    """Find the header row: the one whose first words hold `Kode`; return it with each column's number, stars apart."""
    for row in sheet.iter_rows(min_row=1, max_row=30):
        names = {str(cell.value).rstrip(" *").strip(): cell.column for cell in row if cell.value is not None}
        if "Kode" in names and len(names) > 4:  # noqa: PLR2004 - a table, not the explanation of one word
            return int(row[0].row or 0), names
    return None


def _fill_indicators(sheet: Worksheet, header: int, columns: dict[str, int], script: Script, mistakes: int) -> None:
    """Type the figures and explanations of every indicator."""
    first = True
    for row in range(header + 1, sheet.max_row + 1):
        code = str(sheet.cell(row, columns["Kode"]).value or "")
        if code not in script.words["realisasi"]:
            continue
        typed = {
            "Realisasi": script.figure(code),
            "Faktor Pendukung": script.about("pendukung", code),
            "Faktor Penghambat": script.about("penghambat", code),
            "Tindak Lanjut": script.about("tindak_lanjut", code),
            _SOURCE: script.about("sumber", code),
            "Data Dukung": str(script.words["bukti"]).format(kode=code),
        }
        if first and mistakes == 1:
            typed["Realisasi"] = script.words["balasan"]["salah_angka"]
            typed["Faktor Pendukung"] = ""
        first = False
        for name, value in typed.items():
            prefilled = name == _SOURCE and sheet.cell(row, columns[name]).value is not None
            if value != "" and not prefilled:
                sheet.cell(row, columns[name]).value = value


def _fill_narrative(sheet: Worksheet, script: Script) -> None:
    """Type into the open cells of the narrative, from the top: analysis, innovation, awards, recommendation."""
    sentences = iter(script.words["narasi"].values())
    for row in sheet.iter_rows():
        for cell in row:
            if not cell.protection.locked and cell.value is None and (sentence := next(sentences, None)) is not None:
                cell.value = sentence


def _fill_budget(sheet: Worksheet, header: int, columns: dict[str, int], script: Script, mistakes: int) -> None:
    """Type the spending of every sub kegiatan."""
    first = True
    for row in range(header + 1, sheet.max_row + 1):
        code = str(sheet.cell(row, columns["Kode"]).value or "")
        if code not in script.words["anggaran"]:
            continue
        spent = int(script.words["anggaran"][code])
        over = first and mistakes == 2  # noqa: PLR2004 - the second kind of mistake
        sheet.cell(row, columns["Realisasi (Rp)"]).value = spent * 10 if over else spent
        first = False
        if _OUTPUT in columns and not sheet.cell(row, columns[_OUTPUT]).protection.locked:
            sheet.cell(row, columns[_OUTPUT]).value = sheet.cell(row, columns[_OUTPUT_TARGET]).value or 1
