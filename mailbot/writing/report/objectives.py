"""Whether an indicator was measured, and whether it reached its target."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailbot.core.report.analysis import IndicatorResult

_TARGET_PCT = 100


def is_measured(result: IndicatorResult) -> bool:
    """Say whether an indicator has an achievement."""
    return result.achievement_pct is not None


def is_reached(result: IndicatorResult) -> bool:
    """Say whether an indicator reached its target."""
    return result.achievement_pct is not None and result.achievement_pct >= _TARGET_PCT
