"""What a form isian is made of, said once: its sheets, its columns by header, its rows by code (SOP rows 2 to 4).

Whoever writes a form and whoever reads one look here, so that a header is spelled in one place. Columns are found by
header and rows by code, never by position; `aliases` are headers that offices are used to and that mean the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

TEMPLATE_VERSION = 2
"""Written into every form; a form of an older version is read by the same headers and aliases."""


class SheetName(StrEnum):
    """The sheets of a form, by the names on their tabs."""

    GUIDE = "Petunjuk"
    INDICATORS = "Indikator"
    BUDGET = "Anggaran"
    NARRATIVE = "Narasi"
    STAMP = "mailbot"
    """Very hidden: which cycle, unit and template the form was made for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: the field of the answer it holds, its printed header, and whether the unit fills it in."""

    field: str
    header: str
    filled: bool = False
    """True for an input column; the others are locked."""
    figures: bool = False
    """True where a number is expected."""
    optional: bool = False
    """True where nobody misses the column when it is gone."""
    aliases: tuple[str, ...] = ()


HEADER_CHARACTERS = 60
"""A longer text is no header."""
CODE = "code"
"""Field of the column that names the row."""

INDICATOR_COLUMNS: tuple[Column, ...] = (
    Column(field=CODE, header="Kode", aliases=("Kode Indikator", "Kode IKU", "Kode IKK", "Kode IKU/IKK", "Nomor Kode")),
    Column(field="objective", header="Sasaran", aliases=("Sasaran Strategis", "Sasaran Kinerja")),
    Column(
        field="name", header="Indikator Kinerja", aliases=("Indikator", "Indikator Kinerja Utama", "Nama Indikator")
    ),
    Column(field="unit_of_measure", header="Satuan", aliases=("Satuan Ukur",)),
    Column(field="polarity", header="Jenis", optional=True, aliases=("Jenis Indikator", "Polaritas", "Sifat")),
    Column(field="target", header="Target", figures=True, aliases=("Target Kinerja", "Target PK", "Target Tahunan")),
    Column(
        field="last",
        header="Periode lalu",
        figures=True,
        optional=True,
        aliases=("Realisasi Periode Lalu", "Realisasi Lalu", "Realisasi Sebelumnya", "Nilai Lalu"),
    ),
    Column(field="numerator", header="Pembilang", filled=True, figures=True, optional=True, aliases=("Numerator",)),
    Column(field="denominator", header="Penyebut", filled=True, figures=True, optional=True, aliases=("Denominator",)),
    Column(
        field="actual", header="Realisasi", filled=True, figures=True, aliases=("Realisasi Kinerja", "Nilai Realisasi")
    ),
    Column(
        field="achievement_pct", header="Capaian (%)", figures=True, optional=True, aliases=("Capaian", "% Capaian")
    ),
    Column(
        field="enabling_factors",
        header="Faktor Pendukung",
        filled=True,
        aliases=("Faktor Pendorong", "Pendukung", "Pendorong", "Faktor Pendukung/Pendorong"),
    ),
    Column(
        field="obstacles",
        header="Faktor Penghambat",
        filled=True,
        aliases=("Penghambat", "Kendala", "Hambatan", "Faktor Penghambat/Kendala", "Permasalahan"),
    ),
    Column(
        field="follow_up",
        header="Tindak Lanjut",
        filled=True,
        aliases=("Rencana Tindak Lanjut", "RTL", "Solusi", "Tindak Lanjut/Solusi", "Upaya"),
    ),
    Column(field="data_source", header="Sumber Data", filled=True, optional=True, aliases=("Sumber",)),
    Column(
        field="evidence",
        header="Data Dukung",
        filled=True,
        aliases=("Data Pendukung", "Bukti Dukung", "Bukti", "Eviden", "Evidence", "Dokumen Pendukung"),
    ),
    Column(field="remark", header="Keterangan", filled=True, optional=True, aliases=("Ket", "Catatan")),
)
"""Sheet `Indikator`, from left to right."""

BUDGET_COLUMNS: tuple[Column, ...] = (
    Column(field=CODE, header="Kode", aliases=("Kode Sub Kegiatan", "Kode Rekening", "Kode Kegiatan")),
    Column(
        field="name",
        header="Sub Kegiatan",
        aliases=("Subkegiatan", "Nama Sub Kegiatan", "Program/Kegiatan/Sub Kegiatan", "Uraian Sub Kegiatan"),
    ),
    Column(field="budget", header="Pagu (Rp)", figures=True, aliases=("Pagu", "Pagu Anggaran", "Anggaran", "DPA")),
    Column(
        field="spent_idr",
        header="Realisasi (Rp)",
        filled=True,
        figures=True,
        aliases=("Realisasi", "Realisasi Anggaran", "Realisasi Keuangan"),
    ),
    Column(
        field="absorption_pct",
        header="Serapan (%)",
        figures=True,
        optional=True,
        aliases=("Serapan", "% Serapan", "Penyerapan", "Penyerapan (%)"),
    ),
    Column(field="note", header="Keterangan", filled=True, optional=True, aliases=("Ket", "Catatan")),
    Column(field="output", header="Keluaran", optional=True, aliases=("Indikator Keluaran", "Output")),
    Column(field="output_unit", header="Satuan Keluaran", optional=True, aliases=("Satuan Output",)),
    Column(
        field="output_target",
        header="Target Keluaran",
        figures=True,
        optional=True,
        aliases=("Target Output", "Target Fisik"),
    ),
    Column(
        field="output_actual",
        header="Realisasi Keluaran",
        filled=True,
        figures=True,
        optional=True,
        aliases=("Realisasi Output", "Realisasi Fisik"),
    ),
)
"""Sheet `Anggaran`, from left to right; the last four stand there only if a line of the unit has an output."""

NARRATIVE_COLUMNS: tuple[Column, ...] = (
    Column(field=CODE, header="Kode"),
    Column(field="name", header="Uraian", aliases=("Pertanyaan", "Narasi")),
    Column(field="answer", header="Isian", filled=True, aliases=("Jawaban", "Uraian Isian")),
)
"""Sheet `Narasi`, from left to right."""

NARRATIVE_ROWS: dict[str, str] = {
    "NAR-01": "analysis",
    "NAR-02": "innovation",
    "NAR-03": "awards",
    "NAR-04": "recommendation",
    "NAR-05": "filled_by",
}
"""Code of a row of sheet `Narasi` -> the field it fills."""

NARRATIVE_NAMES: dict[str, tuple[str, ...]] = {
    "NAR-01": ("Analisis", "Analisa", "Analisis singkat", "Analisis singkat capaian unit kerja"),
    "NAR-02": ("Inovasi", "Inovasi yang dilaksanakan"),
    "NAR-03": ("Penghargaan", "Penghargaan yang diterima"),
    "NAR-04": ("Rekomendasi", "Rekomendasi untuk periode berikutnya"),
    "NAR-05": ("Diisi oleh", "Pengisi"),
}
"""Code of a row of sheet `Narasi` -> what it may be called in a line of a mail instead."""

COLUMNS: dict[SheetName, tuple[Column, ...]] = {
    SheetName.INDICATORS: INDICATOR_COLUMNS,
    SheetName.BUDGET: BUDGET_COLUMNS,
    SheetName.NARRATIVE: NARRATIVE_COLUMNS,
}
"""The sheets that are filled in, with their columns."""

SIGNATURE_FIELDS: dict[SheetName, frozenset[str]] = {
    SheetName.INDICATORS: frozenset({"name", "target", "actual", "obstacles", "unit_of_measure", "evidence"}),
    SheetName.BUDGET: frozenset({"name", "budget", "spent_idr"}),
    SheetName.NARRATIVE: frozenset({"name", "answer"}),
}
"""Fields by whose headers a sheet is recognised, whatever its tab is called."""

_QUALIFIER = re.compile(
    r"\((?:[^()]*)\)|\b(?:tw|triwulan|tribulan|tahun|thn|semester|smt|s/d|sd)\b\.?\s*(?:[ivx]+\b|\d+)?|\b(?:19|20)\d\d\b"
)
_NOISE = re.compile(r"[^0-9a-z%]+")
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
"""A cell's A1 reference; Excel's last one is XFD1048576."""


@lru_cache(maxsize=4096)
def header_key(text: str) -> str:
    """Return a header as it is compared: without case, blanks, punctuation, what stands in brackets, and its period.

    `Realisasi TW I (Persen)` and `REALISASI` are the same header.
    """
    folded = text.casefold()
    return _NOISE.sub("", _QUALIFIER.sub(" ", folded)) or _NOISE.sub("", folded)


@lru_cache(maxsize=4096)
def code_key(text: str) -> str:
    """Return a code as it is compared: without case, punctuation and leading zeros.

    `iku 2`, `IKU02` and `IKU-02` are one code; so are `2.12.01.02.01.0006` and `2.12.01.2.01.0006`.
    """
    parts = re.findall(r"\d+|[^\W\d_]+", text.casefold())
    return ".".join(part.lstrip("0") or "0" if part.isdigit() else part for part in parts)


def _fields_by_header(columns: tuple[Column, ...]) -> dict[str, str]:
    """Return the field of every header and alias of a sheet."""
    return {header_key(name): column.field for column in columns for name in (column.header, *column.aliases)}


FIELDS_BY_HEADER: dict[SheetName, dict[str, str]] = {
    sheet: _fields_by_header(columns) for sheet, columns in COLUMNS.items()
}
"""For each sheet: header as `header_key` gives it -> field."""


@lru_cache(maxsize=16_384)
def address(row: int, column: int) -> str:
    """Return the A1 reference of a cell, both counted from 1; forms use the same few hundred again and again."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"


@lru_cache(maxsize=16_384)
def place_of(reference: str) -> tuple[int, int]:
    """Return the row and the column of an A1 reference, the other way round.

    Raises:
        ValueError: it is none.
    """
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise ValueError(f"{reference!r} is no cell")
    column = 0
    for letter in found[1].upper():
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(found[2]), column


HEADERS = {column.field: column.header for columns in COLUMNS.values() for column in columns if column.filled}
"""Field of an answer -> the column's header in the form."""
