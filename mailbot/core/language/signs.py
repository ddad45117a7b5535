"""The signs that phones put beside words: those that agree say nothing of their own."""

from __future__ import annotations

import re

AGREEING = (
    "\U0001f44d\U0001f64f\U0001f44c\U0001f91d\U0001f64c\U0001f44f\U0001f4af\u2705\u2714\u2611"
    "\U0001f60a\U0001f642\U0001f600\U0001f601\U0001f603\U0001f604\u263a\U0001f607\u2764"
    "\U0001f606\U0001f609\U0001f60d\U0001f60e\U0001f64b\U0001f917\U0001f929\U0001f970\U0001f973\U0001f4aa\U0001f932\U0001f389\U0001f339\U0001f337\u2728\U0001f490"
    "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff\ufe0f\u200d\u200b\u2060\ufeff"
)
"""What phones put beside a word and nobody means as a word: thumbs up, folded hands, ticks, smiles, their colours."""
_FACE = re.compile(
    "[\u2639\u26a0\u2753-\u2755\U0001f44a\U0001f44e\U0001f494\U0001f4a2\U0001f4a9\U0001f595\U0001f600-\U0001f64f"
    "\U0001f910-\U0001f930\U0001f970-\U0001f97a\U0001fae0-\U0001fae8]"
)
"""A face or a hand: sorrow, anger, doubt and laughter say something about the word beside them."""


def makes_a_face(text: str) -> bool:
    """Say whether a face or a hand stands in a text that does not plainly agree."""
    return not text.isascii() and _FACE.search(without_agreeing(text)) is not None


def without_agreeing(text: str) -> str:
    """Return a text without the signs that agree, wherever they stand in it."""
    return text.translate(dict.fromkeys(map(ord, AGREEING)))
