"""One cell, one number: what people write for a figure, read by fixed rules for each unit, never guessed (row 4).

The rules, in this order (domain: numbers as offices write them; `M` is miliar):

1.  A real number cell is that number; one shown as a percentage is taken times a hundred where percent is the unit.
2.  `NIHIL` is an answer. A blank is none.
3.  `Rp`, `,-`, `%`, `juta`, and the unit's own name may stand beside the figure; another unit's name is a fault.
4.  Both `.` and `,`: the last one is the decimal sign, the other groups thousands.
5.  One sign more than once groups thousands.
6.  One sign once, not followed by exactly three digits: it is the decimal sign.
7.  `1.234`: thousands for counts and rupiah; for percent, indices and times it can be either, and is asked back.
8.  `1,234`: a decimal for percent, indices and times; for counts and rupiah it can be either, and is asked back.
9.  Everything else (ranges, two values, words) is no number.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from mailbot.core.model.form import FaultCode


class Measure(StrEnum):
    """Kinds of unit that read a lone dot or comma in their own way."""

    PERCENT = "percent"
    SCORE = "score"
    TIME = "time"
    COUNT = "count"
    MONEY = "money"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one cell came to: a number, NIHIL, nothing, or a fault with what could be proposed."""

    value: Decimal | None = None
    nil: bool = False
    fault: FaultCode | None = None
    readings: tuple[Decimal, ...] = ()
    """Both readings of an ambiguous number."""
    proposal: str = ""
    """An unambiguous correction, written the Indonesian way."""


BLANK = Reading()

_UNITS: dict[Measure, frozenset[str]] = {
    Measure.PERCENT: frozenset({"%", "persen", "prosen", "percent", "pct", "persentase", "prosentase"}),
    Measure.SCORE: frozenset({"indeks", "index", "nilai", "skor", "score", "poin", "point", "angka", "level"}),
    Measure.TIME: frozenset({"hari", "hari kerja", "hk", "jam", "menit", "minggu", "bulan", "tahun", "detik"}),
    Measure.MONEY: frozenset({"rp", "rupiah", "idr"}),
    Measure.COUNT: frozenset(
        {
            *(
                "kali",
                "x",
                "inovasi",
                "dokumen",
                "orang",
                "jiwa",
                "keping",
                "lembar",
                "berkas",
                "buah",
                "unit",
                "paket",
            ),
            *(
                "kegiatan",
                "laporan",
                "perangkat daerah",
                "opd",
                "pd",
                "skpd",
                "instansi",
                "desa",
                "kelurahan",
                "keluarga",
            ),
            *("anak", "penduduk", "pemohon", "permohonan", "layanan", "pks", "aplikasi", "kk", "kartu", "kecamatan"),
        }
    ),
}
"""Words that name a unit, by the kind they belong to."""

_SAME = (
    {"perangkat daerah", "opd", "pd", "skpd", "instansi"},
    {"hari", "hari kerja", "hk"},
    {"kali", "x"},
    {"orang", "jiwa"},
)
"""Names that mean the same unit."""

_MAGNITUDES = {
    **dict.fromkeys(("rb", "ribu"), Decimal(10) ** 3),
    **dict.fromkeys(("jt", "juta"), Decimal(10) ** 6),
    **dict.fromkeys(("m", "miliar", "milyar", "miliard", "mlr"), Decimal(10) ** 9),
    **dict.fromkeys(("t", "triliun", "trilyun"), Decimal(10) ** 12),
}
_NIL = frozenset({"nihil", "nil"})
_MEANT_NIL = frozenset({"tidak ada", "belum ada", "kosong", "tdk ada"})
_NIL_EXPLAINED = re.compile(r"nihil\b[^\d]*$")
"""NIHIL with words behind it: it is meant, and its reason belongs beside it."""
_FULL_STOP = re.compile(r"(?<=[a-z%])\.$")
_MONEY_ONLY = frozenset({"m", "t"})
"""A lone letter is a magnitude beside money alone."""
_GROUPING_MEASURES = frozenset({Measure.COUNT, Measure.MONEY})
_MOST = Decimal(10) ** 18
"""No figure of an office is as large; beyond it a number is a slip."""
_MOST_CHARACTERS = 60

_SHAPE = re.compile(
    r"(?P<open>\()?(?P<sign>[-+])?\s*(?:(?P<money>rp|idr)\.?\s*)?(?P<after>[-+])?\s*(?P<body>[0-9][0-9., ]*|[.,][0-9]+)"
    r"(?P<dash>[-=]{1,3})?(?P<close>\))?\s*(?P<tail>%|[a-z][a-z %.]*)?"
)
_GROUPED = {sign: re.compile(rf"[0-9]{{1,3}}(?:{re.escape(sign)}[0-9]{{3}})+") for sign in (".", ",", " ")}
_INDONESIAN = str.maketrans(".,", ",.")
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f\t", " ") | {"\u2212": "-", "\u2013": "-"})


@lru_cache(maxsize=256)
def measure_of(unit_of_measure: str) -> Measure:
    """Return which kind of unit a unit of measure is; what is not known is counted."""
    name = unit_of_measure.strip().casefold()
    for measure, names in _UNITS.items():
        if name in names or (measure is Measure.TIME and name.split(" ")[0] in names):
            return measure
    return Measure.COUNT


def shown(value: Decimal) -> str:
    """Return a number the Indonesian way, `1.234,5`, with as many decimals as it has."""
    text = f"{value:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(_INDONESIAN)


def typed(value: Decimal) -> str:
    """Return a number as it may be typed into a cell without being misread: `1234,5`."""
    return shown(value).replace(".", "")


def exact(number: float) -> Decimal | None:
    """Return a cell's number as Excel shows it (15 significant digits); None if it is infinite, none or absurd."""
    if not math.isfinite(number) or abs(number) >= _MOST:
        return None
    return Decimal(f"{number:.15g}") + 0


def read_number(raw: str | float | bool | None, unit_of_measure: str) -> Reading:  # noqa: FBT001 - a cell may hold a truth value
    """Return what a cell's raw value comes to.

    Args:
        raw: the cell's own value: a number, a text, a truth value, or None for an empty cell.
        unit_of_measure: the unit the figure should be in (satuan).
    """
    if raw is None:
        return BLANK
    if isinstance(raw, bool):
        return Reading(fault=FaultCode.NOT_A_NUMBER)
    if isinstance(raw, str):
        return _read_text(raw, unit_of_measure)
    value = exact(raw)
    return Reading(fault=FaultCode.NOT_A_NUMBER) if value is None else Reading(value=value)


def read_percent_cell(number: float, unit_of_measure: str) -> Reading:
    """Return what a number cell shown as a percentage comes to: 0.985 shown as 98,5%."""
    value = exact(number)
    if value is None or abs(value) * 100 >= _MOST:
        return Reading(fault=FaultCode.NOT_A_NUMBER)
    value *= 100
    if measure_of(unit_of_measure) is Measure.PERCENT:
        return Reading(value=value.normalize() + 0)
    return Reading(fault=FaultCode.WRONG_UNIT, proposal=typed(value))


def read_bare_cell(number: float, unit_of_measure: str) -> Reading:
    """Return what a number comes to whose format is not known (xls, xlsb): 0.985 may be 98,5% or 0,985%."""
    reading = read_number(number, unit_of_measure)
    value = reading.value
    if value is not None and measure_of(unit_of_measure) is Measure.PERCENT and 0 < abs(value) <= 1:
        return Reading(fault=FaultCode.AMBIGUOUS_NUMBER, readings=(value, value * 100))
    return reading


def _read_text(text: str, unit_of_measure: str) -> Reading:
    """Return what a text comes to."""
    plain = re.sub(r" +", " ", text.translate(_SPACES)).strip(" '\u200b\ufeff\n\r").casefold()
    if not plain:
        return BLANK
    if plain.rstrip(".") in _NIL:
        return Reading(nil=True)
    if plain.rstrip(".") in _MEANT_NIL or _NIL_EXPLAINED.match(plain):
        return Reading(fault=FaultCode.NOT_A_NUMBER, proposal="NIHIL")
    plain = _FULL_STOP.sub("", plain)
    shape = _SHAPE.fullmatch(plain) if len(plain) <= _MOST_CHARACTERS else None
    if shape is None or bool(shape["open"]) != bool(shape["close"]) or (shape["sign"] and shape["after"]):
        return Reading(fault=FaultCode.NOT_A_NUMBER)
    return _read_shape(shape, unit_of_measure)


def _read_shape(shape: re.Match[str], unit_of_measure: str) -> Reading:
    """Return what a figure with its surroundings comes to."""
    measure = measure_of(unit_of_measure)
    magnitude, unit = _split_tail(shape["tail"] or "", money=bool(shape["money"]) or measure is Measure.MONEY)
    named = unit or ("rp" if shape["money"] else "")
    if shape["dash"] and not (shape["money"] or measure is Measure.MONEY):
        return Reading(fault=FaultCode.NOT_A_NUMBER)
    if magnitude is not None and measure not in _GROUPING_MEASURES:
        return Reading(fault=FaultCode.NOT_A_NUMBER)
    body = shape["body"].rstrip("., ")
    found = _digits(body, measure, scaled=magnitude is not None)
    if not found:
        return Reading(fault=FaultCode.NOT_A_NUMBER)
    negative = bool(shape["open"]) or "-" in (shape["sign"], shape["after"])
    factor = (magnitude or Decimal(1)) * (-1 if negative else 1)
    values = tuple(_trimmed(value * factor) for value in found)
    if any(abs(value) >= _MOST for value in values):
        return Reading(fault=FaultCode.NOT_A_NUMBER)
    if named and not _fits(named, unit_of_measure, measure):
        known = any(named in names for names in _UNITS.values())
        proposal = typed(values[0]) if known and len(values) == 1 and _may_stay(named, measure) else ""
        return Reading(fault=FaultCode.WRONG_UNIT if known else FaultCode.NOT_A_NUMBER, proposal=proposal)
    if len(values) > 1:
        return Reading(fault=FaultCode.AMBIGUOUS_NUMBER, readings=values)
    return Reading(value=values[0])


def _split_tail(tail: str, *, money: bool) -> tuple[Decimal | None, str]:
    """Return the magnitude and the unit that follow a figure: `juta rupiah`, `%`, `hari kerja`."""
    words = tail.replace(".", " ").split()
    magnitude = _MAGNITUDES.get(words[0]) if words and (money or words[0] not in _MONEY_ONLY) else None
    return magnitude, " ".join(words[1:] if magnitude is not None else words)


def _fits(named: str, unit_of_measure: str, measure: Measure) -> bool:
    """Say whether a unit written beside the figure is the one asked for."""
    wanted = unit_of_measure.strip().casefold()
    if named == wanted or any(named in same and wanted in same for same in _SAME):
        return True
    return measure is not Measure.TIME and measure is not Measure.COUNT and named in _UNITS[measure]


def _may_stay(named: str, measure: Measure) -> bool:
    """Say whether the bare figure may be proposed: a % beside an index is a slip, hours for days are not."""
    return named in _UNITS[Measure.PERCENT] and measure is Measure.SCORE


def _digits(body: str, measure: Measure, *, scaled: bool) -> tuple[Decimal, ...]:
    """Return the reading of bare digits and signs, both readings where there are two, nothing where there is none."""
    body = re.sub(r" ?([.,]) ?", r"\1", body)
    if " " in body:
        return _spaced(body)
    if "." in body and "," in body:
        return _two_signs(body)
    sign = "." if "." in body else ","
    if body.count(sign) > 1:
        return (Decimal(body.replace(sign, "")),) if _GROUPED[sign].fullmatch(body) else ()
    decimal = Decimal(body.replace(sign, ".") if not body.startswith(sign) else f"0.{body[1:]}")
    if not _GROUPED[sign].fullmatch(body) or body.startswith("0"):
        return (decimal,)
    grouped = Decimal(body.replace(sign, ""))
    if sign == ".":
        return (grouped,) if measure in _GROUPING_MEASURES and not scaled else (decimal, grouped)
    return (decimal, grouped) if measure in _GROUPING_MEASURES and not scaled else (decimal,)


def _spaced(body: str) -> tuple[Decimal, ...]:
    """Return the reading of digits grouped by blanks: `1 234 567,5`."""
    whole, sign, rest = body.partition("," if "," in body else ".")
    if not _GROUPED[" "].fullmatch(whole) or not re.fullmatch(r"[0-9]*", rest):
        return ()
    return (Decimal(whole.replace(" ", "") + (f".{rest}" if sign and rest else "")),)


def _two_signs(body: str) -> tuple[Decimal, ...]:
    """Return the reading of digits with both signs: the last one is the decimal sign."""
    decimal_sign = max(".,", key=body.rfind)
    group = "," if decimal_sign == "." else "."
    whole, _, rest = body.rpartition(decimal_sign)
    if decimal_sign in whole or not _GROUPED[group].fullmatch(whole):
        return ()
    return (Decimal(f"{whole.replace(group, '')}.{rest}"),)


def _trimmed(value: Decimal) -> Decimal:
    """Return a number without zeros at the end of its decimals, and never as `1E+3`."""
    whole = value.to_integral_value()
    return Decimal(f"{whole:f}") if value == whole else value.normalize()
