"""The word that was meant by one that nobody knows: ours for the field's Indonesian, or the nearest in spelling."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from mailbot.settings.sayings.said import Said, said

if TYPE_CHECKING:
    from collections.abc import Iterable

_BY_HABIT = {
    "akhir": "last",
    "alamat": "address",
    "anggaran": "budget",
    "belum": "open",
    "bidang": "unit",
    "email": "address",
    "english": "en",
    "hari": "days",
    "indikator": "indicators",
    "indonesia": "id",
    "inggris": "en",
    "jabatan": "title",
    "jam": "hours",
    "jumat": "friday",
    "jumlah": "sum",
    "kamis": "thursday",
    "kabid": "division_head",
    "kadis": "agency_head",
    "kasi": "section_head",
    "kode": "code",
    "kumulatif": "sum",
    "libur": "closed",
    "mulai": "starts_on",
    "naik": "up",
    "nama": "name",
    "pagu": "budget_idr",
    "pangkat": "rank",
    "penyebut": "denominator",
    "pembilang": "numerator",
    "proses": "running",
    "rabu": "wednesday",
    "rata": "mean",
    "rata-rata": "mean",
    "rerata": "mean",
    "tahunan": "year",
    "terakhir": "last",
    "triwulanan": "quarter",
    "selasa": "tuesday",
    "selesai": "done",
    "senin": "monday",
    "sampai": "until",
    "sasaran": "objectives",
    "satuan": "unit_of_measure",
    "sejak": "since",
    "sekretaris": "secretary",
    "sumber": "data_source",
    "tahun": "year",
    "target": "targets",
    "telepon": "phone",
    "triwulan": "quarter",
    "turun": "down",
}
"""The field's Indonesian word -> our identifier (glossary of `mailbot/__init__.py`)."""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was most likely meant, or None if nothing is near."""
    by_fold = {name.casefold(): name for name in known}
    folded = word.strip().casefold()
    if folded in by_fold:
        return by_fold[folded]
    if _BY_HABIT.get(folded) in by_fold:
        return _BY_HABIT[folded]
    close = get_close_matches(folded, by_fold, n=1, cutoff=0.6)
    return by_fold[close[0]] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> Said | str:
    """Return the hint for a mistyped word: the nearest known one, or all there are."""
    names = list(known)
    near = nearest(word, names)
    if near is not None and near != word:
        return said("meant", near=near)
    return said("known", names=", ".join(names)) if names else ""
