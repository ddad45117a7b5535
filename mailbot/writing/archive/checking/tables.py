"""The figures as tables (CSV) beside the record that they were made of, cell by cell, and what describes them."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING, Any

from mailbot.writing.archive.checking.spelling import Finding, finding, sha256_of, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = "datapackage.json"


def package_findings(files: dict[str, bytes], *, taken_out: bool) -> Iterator[Finding]:
    """Compare the description of the tables (`datapackage.json`) with them.

    Args:
        files: the tables, and what describes them, by name.
        taken_out: files were taken out of the archive: a table that is not there may be one of them.

    Raises:
        UNREADABLE: it is none.
    """
    for name, raw in files.items():
        if name == PACKAGE:
            for table in unpacked(raw)["resources"]:
                content = files.get(table["path"])
                if content is None and taken_out:
                    continue
                if content is None or table["hash"] != f"sha256:{sha256_of(content)}" or table["bytes"] != len(content):
                    yield finding("table_described_otherwise", path=table["path"])


def figure_findings(record: dict[str, Any], tables: dict[str, bytes]) -> Iterator[Finding]:
    """Compare the tables with the forms that count, cell by cell.

    Args:
        record: the record.
        tables: name of each table -> its CSV.

    Raises:
        UNREADABLE: a table is none.
    """
    for name, raw in sorted(tables.items()):
        wanted = dict(_ROWS_OF[name](record))
        seen: Counter[str] = Counter()
        for row in _rows(raw):
            seen[row["unit"]] += 1
            key = (row["unit"], row.get("kode", str(seen[row["unit"]])))
            if key not in wanted or {name: row[name] for name in wanted[key]} != wanted.pop(key):
                yield finding("figure_differs", table=name, unit=key[0], row=key[1])
        for unit, code in sorted(wanted):
            yield finding("figure_missing", table=name, unit=unit, row=code)


def _rows(raw: bytes) -> list[dict[str, str]]:
    """Return the rows of a table.

    Raises:
        ValueError: it is none.
    """
    try:
        return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    except csv.Error as problem:
        raise ValueError("no table") from problem


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""How a text begins that a spreadsheet would take for a formula: a sign before it (`'`) keeps it a text."""


def guarded(text: str) -> str:
    """Return a text as it stands in a table, so that no spreadsheet takes it for a formula."""
    text = text.replace("\0", "")
    return f"'{text}" if text.startswith(_FORMULA) else text


Row = tuple[tuple[str, str], dict[str, str]]
"""Unit and code (or number) of a row, and its cells."""
_FIGURES = {
    "indikator": {"realisasi": "actual", "pembilang": "numerator", "penyebut": "denominator"},
    "anggaran": {"realisasi_rp": "spent_idr", "keluaran": "output_actual"},
}
_WORDS_OF = {
    "indikator": {
        "faktor_pendukung": "enabling_factors",
        "faktor_penghambat": "obstacles",
        "tindak_lanjut": "follow_up",
        "sumber_data": "data_source",
        "data_dukung": "evidence",
        "keterangan": "remark",
    },
    "anggaran": {"keterangan": "note"},
}
"""Table -> its columns, and the cells of a form that stand there."""
_TOLD = ("analysis", "innovation", "awards", "recommendation")


def _counting(record: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield the forms that count: unit, what it says, digest of the file."""
    for unit in record.get("units", ()):
        for sent in unit.get("submissions", ()):
            if sent["number"] == unit.get("counted", 0):
                yield unit["unit"], sent["data"], sent["file_sha256"]


def _indicators(record: dict[str, Any]) -> Iterator[Row]:
    """Yield the rows of indicators, with the cell that each figure was read from."""
    for unit, data, sha256 in _counting(record):
        for row in data.get("indicators", ()):
            actual = row.get("actual", {})
            place = {"lembar": guarded(actual.get("sheet", "")), "sel": guarded(actual.get("cell", ""))}
            yield (unit, row["code"]), {**_cells(row, "indikator"), **place, "berkas_sha256": sha256}


def _budget(record: dict[str, Any]) -> Iterator[Row]:
    """Yield the rows of spending."""
    for unit, data, sha256 in _counting(record):
        for row in data.get("budget", ()):
            yield (unit, row["code"]), {**_cells(row, "anggaran"), "berkas_sha256": sha256}


def _narratives(record: dict[str, Any]) -> Iterator[Row]:
    """Yield what units told, in its order."""
    for unit, data, _ in _counting(record):
        texts = (data.get("narrative", {}).get(name, {}).get("text", "") for name in _TOLD)
        for number, text in enumerate((text for text in texts if text.strip()), start=1):
            yield (unit, str(number)), {"isi": guarded(text)}


def _units(record: dict[str, Any]) -> Iterator[Row]:
    """Yield where each unit stood."""
    for unit in record.get("units", ()):
        sent = unit.get("submissions", ())
        cells = {
            "batas_waktu": _second(unit.get("due_at")),
            "kiriman": str(len(sent)),
            "dikembalikan": str(sum(not one.get("accepted", False) for one in sent)),
            "kiriman_berlaku": str(unit.get("counted", 0)),
            "diterima_pada": _second(unit.get("accepted_at")),
        }
        yield (unit["unit"], "1"), cells


def _second(moment: str | None) -> str:
    """Return a moment as it stands in a table."""
    return f"{moment[:19]}Z" if moment else ""


_ROWS_OF = {"indikator": _indicators, "anggaran": _budget, "narasi": _narratives, "unit": _units}


def _cells(row: dict[str, Any], table: str) -> dict[str, str]:
    """Return figures and words of a row."""
    cells = {name: _figure(row.get(cell, {})) for name, cell in _FIGURES[table].items()}
    cells.update({name: guarded(row.get(cell, {}).get("text", "")) for name, cell in _WORDS_OF[table].items()})
    return cells


def _figure(cell: dict[str, Any]) -> str:
    """Return a cell as it stands in a table: its number, NIHIL, or nothing."""
    value = cell.get("value")
    return "NIHIL" if cell.get("nil") else "" if value is None else str(value)
