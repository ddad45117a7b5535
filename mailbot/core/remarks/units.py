"""Whose data a remark is about: the unit whose code or name stands in it, if it is one (SOP rows 4 and 6)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.core.model.office import Office
    from mailbot.core.remarks.remark import Remark

_CODES = (re.compile(r"[A-Za-z]{2,5}[ .-]?\d{1,3}(?!\d)"), re.compile(r"\d{1,2}(?:\.\d{1,4}){3,6}"))
"""How indicators are numbered, and budget lines."""


def unit_of(remark: Remark, office: Office) -> str:
    """Return the key of the one unit that a remark speaks of: in its own words, else in those around, else above it.

    Empty where it speaks of none, or of several: whose it is then is for Subbag Program to say.
    """
    for text in (f"{remark.text}\n{remark.former}", remark.around, remark.heading):
        named = dict.fromkeys(_named(text, office))
        if named:
            return next(iter(named)) if len(named) == 1 else ""
    return ""


def _named(text: str, office: Office) -> Iterator[str]:
    """Yield the keys of the units whose codes, names or keys stand in a text."""
    codes = {_folded(match[0]) for code in _CODES for match in code.finditer(text)}
    if codes:
        yield from (indicator.owner for indicator in office.indicators if _folded(indicator.code) in codes)
        yield from (row.owner for row in office.budget if _folded(row.code) in codes)
    plain = " ".join(text.split()).casefold()
    for unit in office.roster.units:
        # The key by itself only in capitals: `umum` is a word like any other.
        called = rf"(?i:\b(?:bidang|subbag|sub bagian|bagian|seksi))\s+(?i:{re.escape(unit.key)})\b"
        by_key = rf"\b{re.escape(unit.key.upper())}\b|{called}"
        if unit.name.casefold() in plain or re.search(by_key, text):
            yield unit.key


def _folded(code: str) -> str:
    """Return a code as it is compared: `IKU 05` and `iku-05` are one; a budget line keeps its points."""
    return re.sub(r"[ -]|(?<=[a-z])\.", "", code.casefold())
