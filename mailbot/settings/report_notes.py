"""What the report will print as not filled in: told before a cycle opens, one sentence for each part of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.settings.sayings.said import Said, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.settings.files import IndicatorsFile, OfficeFile
    from mailbot.settings.folder import Files

_PARTS = {
    "bab_i": (
        *("background", "laws", "purposes", "task", "functions", "posts", "staff", "facilities", "overview"),
        "strategic_aspects",
    ),
    "bab_ii": ("vision", "missions", "aims"),
    "lampiran": ("agreement", "actions"),
}
"""Part of the report -> the settings under `profile` that it is made of."""
_SHOWN = 3
"""So many codes are named; the others are counted."""


def report_notes(files: Files) -> Iterator[Said]:
    """Give every note about the report."""
    yield from _profile(files.office)
    yield from _another_year(files)
    yield from _evaluation(files.office)
    yield from _indicators(files.indicators)
    yield from _aims(files)


def _profile(office: OfficeFile) -> Iterator[Said]:
    """Each part of the report that has nothing to say, or not all, with the settings that are empty."""
    for part, names in _PARTS.items():
        empty = [name for name in names if not getattr(office.profile, name)]
        if empty:
            yield said("profile_empty", part=said(f"part_{part}"), empty=tuple(empty))


def _another_year(files: Files) -> Iterator[Said]:
    """Cycles of later years than the one that agreement, actions and recommendations belong to."""
    year = files.office.profile.year
    later = [cycle.key for cycle in files.cycles.cycles if year is not None and cycle.year > year]
    if later:
        yield (said("profile_of_another_year", year=year, later=tuple(later)))


def _evaluation(office: OfficeFile) -> Iterator[Said]:
    """Last year's recommendations, and a sheet that is the evaluator's own."""
    evaluation = office.evaluation
    empty = [name for name in ("report", "recommendations", "criteria") if not getattr(evaluation, name)]
    if empty:
        yield said("evaluation_empty", empty=tuple(empty))
    if evaluation.criteria and evaluation.illustrative:
        yield (said("evaluation_of_sample"))


def _indicators(file: IndicatorsFile) -> Iterator[Said]:
    """What an evaluator looks for beside each indicator."""
    wanted = {
        "definition": [one.code for one in file.indicators if not one.definition],
        "formula": [one.code for one in file.indicators if not one.formula],
        "programs": [one.code for one in file.indicators if not one.programs] if file.budget else [],
        "plan_end_target": [one.code for one in file.indicators if one.plan_end_target is None],
    }
    if not file.budget:
        yield said("no_budget")
    told = [
        said("lacking", name=name, codes=_few(codes, len(file.indicators))) for name, codes in wanted.items() if codes
    ]
    if told:
        yield said("indicators_lack", told=tuple(told))


def _aims(files: Files) -> Iterator[Said]:
    """Each sasaran serves an aim, where aims are written."""
    served = {code for aim in files.office.profile.aims for code in aim.objectives}
    left = [one.code for one in files.indicators.objectives if one.code not in served]
    if files.office.profile.aims and left:
        yield said("objectives_without_aim", left=tuple(left))


def _few(codes: list[str], of: int) -> Said:
    """Name the first few of some codes, and count the others."""
    if len(codes) == of:
        return said("of_none")
    shown, more = ", ".join(codes[:_SHOWN]), len(codes) - _SHOWN
    return said("not_of_and_more", codes=shown, more=more) if more > 0 else said("not_of", codes=shown)
