"""Sentences of a finished report that say more than the data, or something else."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from mailbot.core.model.indicators import Polarity
from tests.writing.report.ground import MISSING, parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mailbot.core.model.form import IndicatorAnswer
    from tests.writing.report.finished import Finished
    from tests.writing.report.ground import Ground

_LABEL = re.compile(r"^(?:Faktor pendukung|Faktor penghambat|Tindak lanjut atau solusi):\s*")
_PLAIN = re.compile(r"^\W*(?:\(?\w{1,2}[.)]\s+)?")
"""The bullet or number before a point."""
_MOVED = re.compile(r"Dibandingkan tahun (\d{4}), realisasi (\w+)(?: (?:sebanyak )?[\d.,]+.*?\((\w+)\))?")
_LAW = re.compile(
    r"(?:Undang-Undang|Peraturan(?: [A-Z][\w-]+| dan)+|Keputusan(?: [A-Z][\w-]+)+|Perpres|Perwali|Perbup|Perda|PP|UU"
    r"|Permen\w+)(?: Nomor| No\.)? ?\d+(?: Tahun |/)\d{4}"
)
_PLACE = re.compile(r"\b(?:Dinas|Kota|Kabupaten|Provinsi)(?: (?:dan |serta )?[A-Z][\w-]+)+")


def _said_by(answer: IndicatorAnswer) -> set[str]:
    """Return what a unit wrote of one indicator, line by line, without the signs before the points of a list."""
    written = (answer.enabling_factors, answer.obstacles, answer.follow_up)
    lines = [line for entry in written for line in (entry.text.strip(), *entry.text.splitlines())]
    return {_PLAIN.sub("", " ".join(line.split())) for line in lines}


def _cause(finished: Finished, ground: Ground) -> Iterator[str]:
    """A cause, an obstacle or a step that no unit wrote."""
    for parent, blocks in finished.under("5. Penyebab"):
        result = ground.results.get(parent.split(" ")[0])
        own = _said_by(result.answer) if result is not None and result.answer is not None else set()
        for block in blocks:
            words = _PLAIN.sub("", _LABEL.sub("", block.text)).strip()
            if words and words != MISSING and words not in own:
                yield f"{parent}: {words}"


def _law(finished: Finished, ground: Ground) -> Iterator[str]:
    """A law that neither the office nor a unit named."""
    yield from (law for law in _LAW.findall(finished.text) if law not in ground.written)


def _stranger(finished: Finished, ground: Ground) -> Iterator[str]:
    """An office or a place that is not this one's."""
    known = ground.written.casefold()
    named = {re.sub(r" (?:Tahun|Triwulan)\b.*", "", found) for found in _PLACE.findall(finished.text)}
    yield from sorted(found for found in named if found.casefold() not in known)


def _unit(finished: Finished, ground: Ground) -> Iterator[str]:
    """A figure within a sentence that lost its unit."""
    for block in finished.blocks:
        if not re.match(r"Target (?:belum )?tercapai", block.text):
            continue
        for said in block.figures:
            result = ground.results.get(said.code)
            if result is None or said.field not in {"actual", "target"} or result.nil or result.indicator.grades:
                continue
            if "Capaian = " in said.before:
                continue
            name = result.indicator.unit_of_measure
            unit = {"Persen": "%", "Indeks": "", "Nilai": ""}.get(name, f" {name.lower()}")
            if not said.after.casefold().startswith(unit):
                yield block.text


def _change(finished: Finished, ground: Ground) -> Iterator[str]:
    """A change that goes the other way, or means the opposite of what is said."""
    for parent, blocks in finished.under("2. Membandingkan"):
        result = ground.results.get(parent.split(" ")[0])
        for block in blocks:
            found = _MOVED.search(block.text)
            if not found or result is None or result.actual is None:
                continue
            before = ground.office.past.of_year(result.indicator, int(found[1]))
            moved = Decimal(0) if before is None else result.actual - before
            better = moved != 0 and (moved > 0) is (result.indicator.polarity is Polarity.UP)
            said = {word for word in (found[2], found[3]) if word}
            right = {"naik" if moved > 0 else "turun", "membaik" if better else "memburuk"} if moved else {"tetap"}
            if not said <= right:
                yield f"{parent}: {found[0]}"


def _benchmark(finished: Finished, ground: Ground) -> Iterator[str]:
    """A value that is called higher than another and is lower, or better and is worse."""
    for parent, blocks in finished.under("4. Membandingkan"):
        result = ground.results.get(parent.split(" ")[0])
        if result is None or result.actual is None:
            continue
        for block in blocks:
            found = re.search(r"realisasi lebih (tinggi|rendah) .*\((belum )?lebih baik\)", block.text)
            others = [parsed(said.text) for said in block.figures if re.fullmatch(r"benchmark_\d+", said.field)]
            other = others[0] if others else None
            if not found or other is None:
                continue
            higher = result.actual > other
            better = higher is (result.indicator.polarity is Polarity.UP)
            if (found[1] == "tinggi") is not higher or bool(found[2]) is better:
                yield f"{parent}: {block.text}"


def _way(finished: Finished, ground: Ground) -> Iterator[str]:
    """An end of the Renstra that is called reached and is not."""
    for parent, blocks in finished.under("3. Membandingkan"):
        result = ground.results.get(parent.split(" ")[0])
        end = result.indicator.plan_end_target if result is not None else None
        if result is None or result.actual is None or end is None:
            continue
        up = result.indicator.polarity is Polarity.UP
        reached = result.actual >= end if up else result.actual <= end
        if any("telah tercapai" in block.text for block in blocks) and not reached:
            yield parent


def _efficiency(finished: Finished, _: Ground) -> Iterator[str]:
    """An efficiency that names a cause, or whose points are none of its figures."""
    for heading in ("6. Efisiensi", "Efisiensi sasaran"):
        for parent, blocks in finished.under(heading):
            for block in blocks:
                if re.search(r"(?<!dihitung, )\b(?:karena|akibat|disebabkan)\b", block.text):
                    yield f"{parent}: {block.text}"
                found = re.search(r"= ([\d.,]+) − ([\d.,]+) = (-?[\d.,]+) poin", block.text)
                values = [parsed(one) for one in found.groups()] if found else []
                if values and None not in values and values[0] - values[1] != values[2]:  # type: ignore[operator] # none is None
                    yield f"{parent}: {block.text}"


def _status(finished: Finished, ground: Ground) -> Iterator[str]:
    """A numbered version that calls itself a draft."""
    if ground.version:
        yield from re.findall(r"(?i)\bdraf(?:t)?\b|berlaku setelah", finished.text)


def _lists(finished: Finished, ground: Ground) -> Iterator[str]:
    """A list of what is missing that does not hold what is marked as missing."""
    annex = "\n".join(block.text for _, blocks in finished.under("LAMPIRAN") for block in blocks)
    marked = [result for result in ground.results.values() if result.missing]
    yield from (one.indicator.code for one in marked if f"Realisasi {one.indicator.code}" not in annex)
    if MISSING in finished.text and "Seluruh isian telah lengkap" in finished.text:
        yield "Seluruh isian telah lengkap"


WORD_RULES: dict[str, Callable[[Finished, Ground], Iterator[str]]] = {
    "cause without source": _cause,
    "foreign law": _law,
    "foreign office": _stranger,
    "unit lost": _unit,
    "change": _change,
    "benchmark": _benchmark,
    "end of the plan": _way,
    "efficiency": _efficiency,
    "status": _status,
    "list of what is missing": _lists,
}
