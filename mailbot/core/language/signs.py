"""The signs that phones put beside words: those that agree say nothing of their own."""

from __future__ import annotations

AGREEING = (
    "\U0001f44d\U0001f64f\U0001f44c\U0001f91d\U0001f64c\U0001f44f\U0001f4af\u2705\u2714\u2611"
    "\U0001f60a\U0001f642\U0001f600\U0001f601\U0001f603\U0001f604\u263a\U0001f607\u2764"
    "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff\ufe0f\u200d\u200b\u2060\ufeff"
)
"""What phones put beside a word and nobody means as a word: thumbs up, folded hands, ticks, smiles, their colours."""


def without_agreeing(text: str) -> str:
    """Return a text without the signs that agree, wherever they stand in it."""
    return text.translate(dict.fromkeys(map(ord, AGREEING)))
