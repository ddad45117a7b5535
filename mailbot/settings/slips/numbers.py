"""A number written as people write it, with points, a comma, `Rp`, `%` or a dash for none: the way YAML wants it."""

from __future__ import annotations

import re

from mailbot.settings.sayings.said import Said, said

_RUPIAH = re.compile(r"(?:Rp\.?\s*)?(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)(?:,(?:-|\d*))?", re.IGNORECASE)
_WITH_COMMA = re.compile(r"(?P<whole>\d+),(?P<decimals>\d+)")
_PERCENT = re.compile(r"(?P<number>\d+(?:[.,]\d+)?)\s*%")
_NONE = frozenset({"-", "–", "--", "nihil", "tidak ada", "n/a"})


def number_way_out(text: str) -> Said:
    """Return the way out of a text that was meant as a number: the number itself, where it can be told."""
    typed = text.strip()
    if typed.casefold() in _NONE:
        return said("null_for_none")
    if found := _PERCENT.fullmatch(typed):
        return said("no_percent", number=found["number"].replace(",", "."))
    if found := _WITH_COMMA.fullmatch(typed):
        return said("full_stop", number=f"{found['whole']}.{found['decimals']}")
    if found := _RUPIAH.fullmatch(typed):
        return said("no_points", number=found["whole"].replace(".", ""))
    return said("write_digits")
