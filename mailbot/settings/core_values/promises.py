"""From `indicators.yaml` and the report part of `office.yaml` to what the core knows of promises and the office."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mailbot.core.language.plain_line import plain
from mailbot.core.model.indicators import BudgetLine, Indicator, Objective
from mailbot.core.model.profile import Action, Aim, Amount, Benchmark, Criterion, Post, Profile, Recommendation
from mailbot.settings.core_values.fields import made

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mailbot.settings.files import IndicatorsFile, OfficeFile
    from mailbot.settings.files.indicators import BudgetBlock, IndicatorBlock

Quarters = tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]


def promises_of(file: IndicatorsFile) -> dict[str, Any]:
    """Return what the office promised and spends, by the names of its fields in the core's value."""
    return {
        "objectives": tuple(made(Objective, objective) for objective in file.objectives),
        "indicators": tuple(_indicator(each, file.plan_end_year) for each in file.indicators),
        "budget": tuple(_budget_line(line) for line in file.budget),
        "programs": tuple((program.code, program.name) for program in file.programs),
        "strategic_issues": file.strategic_issues,
    }


def profile_of(office: OfficeFile, agreement: Path | None) -> Profile:
    """Return what the report says of the office; `agreement` is the scanned file, with its whole path."""
    block, evaluation = office.profile, office.evaluation
    return made(
        Profile,
        block,
        posts=tuple(made(Post, post) for post in block.posts),
        staff=tuple(made(Amount, amount) for amount in block.staff),
        facilities=tuple(made(Amount, amount) for amount in block.facilities),
        aims=tuple(made(Aim, aim) for aim in block.aims),
        actions=tuple(made(Action, action) for action in block.actions),
        agreement=str(agreement.resolve()) if agreement else "",
        evaluation=evaluation.report,
        recommendations=tuple(made(Recommendation, one) for one in evaluation.recommendations),
        criteria=tuple(made(Criterion, criterion) for criterion in evaluation.criteria),
        published=evaluation.published,
        illustrative=evaluation.illustrative,
    )


def _indicator(block: IndicatorBlock, plan_end_year: int) -> Indicator:
    """Return one indicator: of a range the two bounds apart, of a word its score."""
    scores = {plain(word): score for word, score in block.grades.items()}
    return made(
        Indicator,
        block,
        plan_end_year=plan_end_year,
        targets={year: _bounds(targets, 0, scores) for year, targets in block.targets.items()},
        upper_targets={
            year: _bounds(targets, -1, scores)
            for year, targets in block.targets.items()
            if any(isinstance(target, tuple) for target in targets)
        },
        history={year: _score(value, scores) for year, value in block.history.items()},
        plan_end_target=_score(block.plan_end_target, scores),
        national=_score(block.national, scores),
        negative=block.negative or "",
        grades=tuple(block.grades.items()),
        benchmarks=tuple(made(Benchmark, one, value=_score(one.value, scores)) for one in block.benchmarks),
    )


def _bounds(targets: tuple[Any, ...], side: int, scores: Mapping[str, Decimal]) -> Quarters:
    """Return the lower (0) or upper (-1) bound of each quarter's target."""
    first, second, third, fourth = (
        _score(target[side] if isinstance(target, tuple) else target, scores) for target in targets
    )
    return first, second, third, fourth


def _score(value: Decimal | str | None, scores: Mapping[str, Decimal]) -> Any:  # noqa: ANN401 - None for None, else a number
    """Return the number that a value is, or that its word stands for."""
    return scores[plain(value)] if isinstance(value, str) else value


def _budget_line(block: BudgetBlock) -> BudgetLine:
    """Return one budget line; years that it has no budget in, and outputs without a target, are left out."""
    return made(
        BudgetLine,
        block,
        budget_idr=_told(block.budget_idr),
        original_idr=_told(block.original_idr),
        output_targets=_told(block.output_targets),
    )


def _told(by_year: Mapping[int, Decimal | None]) -> dict[int, Decimal]:
    """Return the years that have a number."""
    return {year: amount for year, amount in by_year.items() if amount is not None}
