"""What one office-year came to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one office-year came to."""

    number: int
    breaches: tuple[str, ...]
    letters: Counter[str]
    """By kind."""
    passes: int
    mails: int
    closed: int
    cycles: int
    befell: Counter[str]
    events: tuple[str, ...]
