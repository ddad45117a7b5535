"""The figures of a cycle as tables for programs: CSV, described by a `datapackage.json` (Frictionless Data Package)."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from mailbot.core.report.analysis import analyse
from mailbot.writing.archive.checking.tables import guarded
from mailbot.writing.words.phrases import safe_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from decimal import Decimal

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.form import Entry, FormData
    from mailbot.core.model.office import Office
    from mailbot.writing.words.phrases import Phrases

DESCRIPTION = "datapackage.json"
_COLUMNS: dict[str, tuple[tuple[str, str], ...]] = {
    "unit": (
        ("unit", "string"),
        ("nama", "string"),
        ("keadaan", "string"),
        ("batas_waktu", "datetime"),
        ("kiriman", "integer"),
        ("dikembalikan", "integer"),
        ("kiriman_berlaku", "integer"),
        ("diterima_pada", "datetime"),
    ),
    "indikator": (
        ("unit", "string"),
        ("kode", "string"),
        ("nama", "string"),
        ("satuan", "string"),
        ("sasaran", "string"),
        ("target", "number"),
        ("target_atas", "number"),
        ("realisasi", "number"),
        ("pembilang", "number"),
        ("penyebut", "number"),
        ("capaian_persen", "number"),
        ("predikat", "string"),
        ("faktor_pendukung", "string"),
        ("faktor_penghambat", "string"),
        ("tindak_lanjut", "string"),
        ("sumber_data", "string"),
        ("data_dukung", "string"),
        ("keterangan", "string"),
        ("lembar", "string"),
        ("sel", "string"),
        ("berkas_sha256", "string"),
    ),
    "anggaran": (
        ("unit", "string"),
        ("kode", "string"),
        ("sub_kegiatan", "string"),
        ("pagu_rp", "number"),
        ("realisasi_rp", "number"),
        ("keluaran", "number"),
        ("satuan_keluaran", "string"),
        ("keterangan", "string"),
        ("berkas_sha256", "string"),
    ),
    "narasi": (("unit", "string"), ("bagian", "string"), ("isi", "string")),
}
"""Table -> its columns with their types; what each means stands in `words.yaml`."""
_KEYS = {"unit": ["unit"], "indikator": ["unit", "kode"], "anggaran": ["unit", "kode"], "narasi": ["unit", "bagian"]}
_PARTS = ("analysis", "innovation", "awards", "recommendation")
Cells = list[str]


def tables(cycle: Cycle, office: Office, phrases: Phrases) -> Iterator[tuple[str, bytes]]:
    """Yield each table and what describes them, with the names of their files.

    Raises:
        TemplateProblem: `words.yaml` has no word for a column.
    """
    rows = {
        "unit": _units(cycle, office, phrases),
        "indikator": _indicators(cycle, office),
        "anggaran": _budget(cycle, office),
        "narasi": _narratives(cycle, phrases),
    }
    files = {name: _written(name, rows[name]) for name in _COLUMNS}
    for name, content in files.items():
        yield f"{name}.csv", content
    yield DESCRIPTION, _described(cycle, office, phrases, files)


def _written(name: str, rows: Sequence[Cells]) -> bytes:
    """Return a table as CSV (RFC 4180, UTF-8)."""
    into = io.StringIO(newline="")
    writer = csv.writer(into, lineterminator="\r\n")
    writer.writerow([column for column, _ in _COLUMNS[name]])
    writer.writerows(
        [
            [
                guarded(value) if kind == "string" else value
                for value, (_, kind) in zip(row, _COLUMNS[name], strict=True)
            ]
            for row in rows
        ]
    )
    return into.getvalue().encode()


def _described(cycle: Cycle, office: Office, phrases: Phrases, files: dict[str, bytes]) -> bytes:
    """Return the description of all tables."""
    import hashlib  # noqa: PLC0415 - used here alone

    name = safe_name(f"lkjip-{office.letterhead.agency_short}-{cycle.key}").lower()
    package = {
        "name": name.replace("_", "-"),
        "title": phrases.word("figures", "title").format(
            period=phrases.period(cycle.period), agency=office.letterhead.agency_name
        ),
        "created": (cycle.closed_at or cycle.since).isoformat(),
        "profile": "tabular-data-package",
        "resources": [
            {
                "name": table,
                "path": f"{table}.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(content),
                "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
                "schema": _schema(table, phrases),
            }
            for table, content in files.items()
        ],
    }
    return json.dumps(package, indent=2, ensure_ascii=False).encode() + b"\n"


def _schema(table: str, phrases: Phrases) -> dict[str, Any]:
    """Return what a table's columns are."""
    fields = [
        {"name": name, "type": kind, "description": phrases.word("figures", name)} for name, kind in _COLUMNS[table]
    ]
    schema: dict[str, Any] = {"fields": fields, "missingValues": ["", "NIHIL"], "primaryKey": _KEYS[table]}
    if table != "unit":
        schema["foreignKeys"] = [{"fields": ["unit"], "reference": {"resource": "unit", "fields": ["unit"]}}]
    return schema


def _units(cycle: Cycle, office: Office, phrases: Phrases) -> list[Cells]:
    """Return where each unit stood."""
    names = {unit.key: unit.name for unit in office.roster.units}
    return [
        [
            form.unit,
            names.get(form.unit, form.unit),
            phrases.word("unit_state", form.state.value),
            _moment(form.due_at),
            str(form.attempts),
            str(form.returned),
            str(form.counted),
            _moment(form.accepted_at),
        ]
        for form in cycle.units
    ]


def _counting(cycle: Cycle) -> Iterator[tuple[str, FormData, str]]:
    """Yield the forms that count: unit, what it says, digest of the file."""
    for form in cycle.units:
        if form.counting is not None:
            yield form.unit, form.counting.data, form.counting.file_sha256


def _indicators(cycle: Cycle, office: Office) -> list[Cells]:
    """Return every indicator of the forms that count."""
    results = {
        result.indicator.code: result
        for objective in analyse(cycle, office).objectives
        for result in objective.indicators
    }
    rows = []
    for unit, data, sha256 in _counting(cycle):
        for answer in data.indicators:
            result = results.get(answer.code)
            known = result.indicator if result is not None else None
            rows.append(
                [
                    *(unit, answer.code),
                    *((known.name, known.unit_of_measure, known.objective) if known else ("", "", "")),
                    *((_number(result.target), _number(result.upper)) if result else ("", "")),
                    *(_figure(answer.actual), _figure(answer.numerator), _figure(answer.denominator)),
                    *((_number(result.achievement_pct), result.rating) if result else ("", "")),
                    *(answer.enabling_factors.text, answer.obstacles.text, answer.follow_up.text),
                    *(answer.data_source.text, answer.evidence.text, answer.remark.text),
                    *(answer.actual.sheet, answer.actual.cell, sha256),
                ]
            )
    return rows


def _budget(cycle: Cycle, office: Office) -> list[Cells]:
    """Return every sub kegiatan of the forms that count."""
    lines = {line.code: line for line in office.budget}
    rows = []
    for unit, data, sha256 in _counting(cycle):
        for answer in data.budget:
            line = lines.get(answer.code)
            rows.append(
                [
                    *(unit, answer.code, line.name if line else ""),
                    _number(line.budget_idr.get(cycle.period.year)) if line else "",
                    *(_figure(answer.spent_idr), _figure(answer.output_actual)),
                    *(line.output_unit if line else "", answer.note.text, sha256),
                ]
            )
    return rows


def _narratives(cycle: Cycle, phrases: Phrases) -> list[Cells]:
    """Return the narratives of the forms that count."""
    return [
        [unit, phrases.word("narrative_part", part), entry.text]
        for unit, data, _ in _counting(cycle)
        for part, entry in zip(_PARTS, data.narrative.entries, strict=True)
        if entry.text.strip()
    ]


def _figure(entry: Entry) -> str:
    """Return a cell as `checking.tables` expects it: its number as it was read, NIHIL, or nothing."""
    return "NIHIL" if entry.nil else _number(entry.value)


def _number(value: Decimal | None) -> str:
    """Return a number as it is."""
    return "" if value is None else str(value)


def _moment(moment: datetime | None) -> str:
    """Return a moment in UTC."""
    return "" if moment is None else moment.strftime("%Y-%m-%dT%H:%M:%SZ")
