"""What the report will print as not filled in: told before a cycle opens, one sentence for each part of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mailbot.settings.files import IndicatorsFile, OfficeFile
    from mailbot.settings.folder import Files

_PARTS = {
    "Bab I": (
        *("background", "laws", "purposes", "task", "functions", "posts", "staff", "facilities", "overview"),
        "strategic_aspects",
    ),
    "Bab II": ("vision", "missions", "aims"),
    "the lampiran": ("agreement", "actions"),
}
"""Part of the report -> the settings under `profile` that it is made of."""
_SHOWN = 3
"""So many codes are named; the others are counted."""


def report_notes(files: Files) -> Iterator[str]:
    """Give every note about the report."""
    yield from _profile(files.office)
    yield from _another_year(files)
    yield from _evaluation(files.office)
    yield from _indicators(files.indicators)
    yield from _aims(files)


def _profile(office: OfficeFile) -> Iterator[str]:
    """Each part of the report that has nothing to say, or not all, with the settings that are empty."""
    for part, names in _PARTS.items():
        empty = [name for name in names if not getattr(office.profile, name)]
        if empty:
            yield f'profile in office.yaml: {part} of the report prints "belum diisi" for {_listed(empty)}'


def _another_year(files: Files) -> Iterator[str]:
    """Cycles of later years than the one that agreement, actions and recommendations belong to."""
    year = files.office.profile.year
    later = [cycle.key for cycle in files.cycles.cycles if year is not None and cycle.year > year]
    if later:
        yield (
            f"profile.year in office.yaml is {year}: agreement, actions and recommendations are printed as "
            f'"belum diisi" in the report of {_listed(later)}'
        )


def _evaluation(office: OfficeFile) -> Iterator[str]:
    """Last year's recommendations, and a sheet that is the evaluator's own."""
    evaluation = office.evaluation
    empty = [name for name in ("report", "recommendations", "criteria") if not getattr(evaluation, name)]
    if empty:
        yield f"evaluation in office.yaml: nothing is written under {_listed(empty)}"
    if evaluation.criteria and evaluation.illustrative:
        yield (
            "evaluation.criteria in office.yaml is a sample: put the Inspektorat's own sheet in its place, and take "
            "`illustrative` away"
        )


def _indicators(file: IndicatorsFile) -> Iterator[str]:
    """What an evaluator looks for beside each indicator."""
    wanted = {
        "definition": [one.code for one in file.indicators if not one.definition],
        "formula": [one.code for one in file.indicators if not one.formula],
        "programs": [one.code for one in file.indicators if not one.programs] if file.budget else [],
        "plan_end_target": [one.code for one in file.indicators if one.plan_end_target is None],
    }
    if not file.budget:
        yield "indicators.yaml has no budget: pagu, spending, absorption and efficiency are marked in the report"
    told = [f"{name} ({_few(codes, len(file.indicators))})" for name, codes in wanted.items() if codes]
    if told:
        yield f"indicators.yaml does not say of each indicator its {_listed(told)}"


def _aims(files: Files) -> Iterator[str]:
    """Each sasaran serves an aim, where aims are written."""
    served = {code for aim in files.office.profile.aims for code in aim.objectives}
    left = [one.code for one in files.indicators.objectives if one.code not in served]
    if files.office.profile.aims and left:
        yield f"profile.aims in office.yaml: no aim names {_listed(left)}"


def _few(codes: list[str], of: int) -> str:
    """Name the first few of some codes, and count the others."""
    if len(codes) == of:
        return "of none"
    more = f" and {len(codes) - _SHOWN} more" if len(codes) > _SHOWN else ""
    return f"not of {', '.join(codes[:_SHOWN])}{more}"


def _listed(names: Iterable[str]) -> str:
    """Join names as a sentence does."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
