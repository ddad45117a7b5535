"""A value of an indicator as it is printed: its number, the word that stands for it, or a range of two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.targets import word_of

if TYPE_CHECKING:
    from decimal import Decimal

    from mailbot.core.model.indicators import Indicator
    from mailbot.writing.words.phrases import Phrases


def printed_worth(indicator: Indicator, value: Decimal | None, phrases: Phrases) -> str:
    """Return `98,50`, or `BB` where the indicator has a word for it; where there is none, what is said for missing."""
    return word_of(indicator, value) or phrases.number(value, indicator.decimals)


def printed_target(indicator: Indicator, low: Decimal | None, high: Decimal | None, phrases: Phrases) -> str:
    """Return a target; a range, whose upper bound is `high`, as `7,00–7,50`."""
    if low is None or high is None or low == high:
        return printed_worth(indicator, low, phrases)
    return f"{phrases.number(low, indicator.decimals)}–{phrases.number(high, indicator.decimals)}"
