"""Figures of a finished report that the data contradict, or that contradict each other."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from tests.writing.report.ground import MISSING, UNKNOWN, codes_of, parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tests.writing.report.finished import Finished, Said
    from tests.writing.report.ground import Ground

_CENT = Decimal("0.01")
_HUNDRED = 100


def _told(value: Decimal | None, decimals: int = 2) -> Decimal | None:
    """Return a number as it is printed: at least so many decimals, and no more than two where it has more."""
    return None if value is None else value.quantize(min(_CENT, Decimal(1).scaleb(-decimals)), rounding=ROUND_HALF_UP)


def _against_data(finished: Finished, ground: Ground) -> Iterator[str]:
    """Realised value, target and achievement of an indicator; pagu and spending of a sub kegiatan."""
    lines = {line.code: line for line in ground.analysis.budget}
    for said in finished.figures:
        result, line = ground.results.get(said.code), lines.get(said.code)
        expected: dict[str, Decimal | None] = {}
        if result is not None and not result.nil and not result.indicator.grades:
            expected = {"actual": result.actual, "target": result.target, "achievement": result.achievement_pct}
            if said.field == "target" and said.code in ground.results and result.indicator.upper_targets:
                continue
        elif line is not None:
            expected = {"budget": line.budget_idr, "spent": line.spent_idr}
        if expected.get(said.field) is not None and parsed(said.text) != _told(expected[said.field]):
            yield f"{said.tag} {said.text!r}"


def _unknown_code(finished: Finished, ground: Ground) -> Iterator[str]:
    """A figure of something that this office does not have."""
    office = ground.office
    known = {"", "total", *codes_of(office), *(line.code.rpartition(".")[0] for line in office.budget)}
    yield from (said.tag for said in finished.figures if said.code not in known)


def _same_tag(finished: Finished, _: Ground) -> Iterator[str]:
    """One figure that is told twice, each time otherwise."""
    texts: dict[str, set[str]] = defaultdict(set)
    for said in finished.figures:
        texts[said.tag].add(said.text)
    yield from (f"{tag} {sorted(found)}" for tag, found in texts.items() if len(found) > 1)


def _missing(finished: Finished, ground: Ground) -> Iterator[str]:
    """What nobody supplied stands there as anything but missing."""
    lines = {line.code: line for line in ground.analysis.budget}
    for said in finished.figures:
        result, line = ground.results.get(said.code), lines.get(said.code)
        lacking = (result is not None and result.missing and said.field == "actual") or (
            line is not None and line.spent_idr is None and said.field == "spent"
        )
        if lacking and said.text != MISSING:
            yield f"{said.tag} {said.text!r}"
        unknown = result is not None and result.achievement_pct is None and said.field == "achievement"
        if unknown and said.text != UNKNOWN:
            yield f"{said.tag} {said.text!r}"


def _verdict(finished: Finished, ground: Ground) -> Iterator[str]:
    """A target that is called reached and was not, or the other way round."""
    for block in finished.blocks:
        found = re.match(r"Target (belum )?tercapai", block.text)
        result = ground.results.get(block.figures[0].code) if found and block.figures else None
        achieved = result.achievement_pct if result is not None else None
        if found and (achieved is None or (achieved >= _HUNDRED) is bool(found[1])):
            yield block.text


def _behind(said: Said, labels: Iterable[str]) -> str:
    """Return the predikat that stands right behind a figure, if one does."""
    after = said.after.lstrip(" (|")
    return next((label for label in labels if after.startswith(label)), "")


def _rating(finished: Finished, ground: Ground) -> Iterator[str]:
    """A predikat that the scale does not give to this achievement."""
    for said in finished.figures:
        value, label = parsed(said.text), _behind(said, ground.labels)
        if said.field == "achievement" and label and value is not None and ground.rated(value) != label:
            yield f"{said.tag} {said.text} {label}"


def _unearned(finished: Finished, ground: Ground) -> Iterator[str]:
    """A predikat behind an average that lacks an indicator."""
    parts = {one.objective.code: one.indicators for one in ground.analysis.objectives}
    parts[""] = ground.analysis.indicators
    for said in finished.figures:
        whole = all(one.achievement_pct is not None for one in parts.get(said.code, ()))
        if said.field == "achievement" and not whole and _behind(said, ground.labels):
            yield f"{said.tag} {_behind(said, ground.labels)}"


def _average(finished: Finished, ground: Ground) -> Iterator[str]:
    """The average of a sasaran that is no average of its indicators, each held to the office's cap."""
    cap = ground.office.formulas.average_cap_pct
    for one in ground.analysis.objectives:
        known = [each.achievement_pct for each in one.indicators if each.achievement_pct is not None]
        held = [value if cap is None else min(value, cap) for value in known]
        mean = _told(sum(held, start=Decimal(0)) / len(held)) if held else None
        for said in finished.figures:
            told = (said.code, said.field) == (one.objective.code, "achievement")
            if told and mean is not None and parsed(said.text) != mean:
                yield f"{said.tag} {said.text}, {mean}"


def _absorption(finished: Finished, ground: Ground) -> Iterator[str]:
    """An absorption that sets what was spent against the pagu of what nobody has reported."""
    came = [line for line in ground.analysis.budget if line.spent_idr is not None]
    budget = sum((line.budget_idr for line in came), start=Decimal(0))
    spent = sum((line.spent_idr or Decimal(0) for line in came), start=Decimal(0))
    share = _told(spent / budget * 100) if budget else None
    for said in finished.figures:
        if (said.code, said.field) == ("", "absorption") and share is not None and parsed(said.text) != share:
            yield f"{said.text}, {share}"


def _sum(finished: Finished, ground: Ground) -> Iterator[str]:
    """A sum of the budget's table that its lines do not come to."""
    lines = {line.code for line in ground.analysis.budget}
    for field in ("budget", "spent"):
        each = {said.code: parsed(said.text) for said in finished.figures if said.field == field and said.code in lines}
        whole = sum((value or Decimal(0) for value in each.values()), start=Decimal(0))
        for said in finished.figures:
            if (said.code, said.field) == ("total", field) and parsed(said.text) not in {whole, None}:
                yield f"{said.text}, {whole}"


def _picture(finished: Finished, _: Ground) -> Iterator[str]:
    """A picture that shows other values than its workbook holds, or a label that tells another than its bar."""
    for number, picture in enumerate(finished.pictures, start=1):
        held = sorted(Decimal(one) for one in picture.workbook)
        shown = sorted(Decimal(one) for series in picture.shown for one in series)
        if held != shown:
            yield f"{number}: {shown}, {held}"
        told = [parsed(re.split(r" [–»]", label)[0]) for label in picture.labels if re.search(r"\d", label)]
        if not set(told) <= {_told(one) for one in shown}:
            yield f"{number}: {picture.labels}"


FIGURE_RULES: dict[str, Callable[[Finished, Ground], Iterator[str]]] = {
    "figure against data": _against_data,
    "figure of nothing": _unknown_code,
    "figure told twice": _same_tag,
    "missing not marked": _missing,
    "verdict": _verdict,
    "rating": _rating,
    "rating of an incomplete average": _unearned,
    "average": _average,
    "absorption": _absorption,
    "sum": _sum,
    "picture": _picture,
}
