"""A day as people write it: as in YAML with or without its noughts, or as on paper, day before month."""

from __future__ import annotations

import re
from datetime import date

_AS_IN_YAML = re.compile(r"(?P<year>\d{4})[/.-](?P<month>\d{1,2})[/.-](?P<day>\d{1,2})")
_AS_ON_PAPER = re.compile(r"(?P<day>\d{1,2})([/.-])(?P<month>\d{1,2})\2(?P<year>\d{4})")


def day_meant(text: str) -> date | None:
    """Return the day that a text means; None where it means none, or one that is in no calendar."""
    typed = "".join(text.split())
    found = _AS_IN_YAML.fullmatch(typed) or _AS_ON_PAPER.fullmatch(typed)
    if found is None:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
