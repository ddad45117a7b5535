"""How the office numbers its letters, and what a number given by mail must look like (SOP rows 2 and 8)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

DEFAULT_PATTERN = "{classification}/{number}/{office_code}/{year}"
PLACES = ("classification", "number", "office_code", "prefix", "year", "month", "roman")
"""What a pattern may name between braces."""
GAP = "…"
"""Stands where the register's own number belongs, in a number that is shown as an example."""
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_AGENDA = r"[0-9][0-9A-Za-z.\-]*"
_PLACE = re.compile(r"\{(\w+)\}")


class Numbered(StrEnum):
    """The letters that bear a number; each may have a classification code of its own."""

    REQUEST = "request"
    """Row 2: stays in the house."""
    SUBMISSION = "submission"
    """Row 8: goes out."""


class NumberFault(StrEnum):
    """What is wrong with a number that was given."""

    PATTERN = "pattern"
    YEAR = "year"
    MONTH = "month"
    USED = "used"


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenNumber:
    """A number as the register gave it, and the number as it is printed."""

    agenda: str
    whole: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterNumbers:
    """How letters are numbered; a number is never invented."""

    classification: str
    office_code: str
    reserved: tuple[str, ...] = ()
    """Numbers the office set aside for letters that go out, used in order."""
    reserved_inside: tuple[str, ...] = ()
    """The same for letters that stay in the house: those that go out never find theirs used up by them."""
    pattern: str = DEFAULT_PATTERN
    prefix: str = ""
    classifications: Mapping[Numbered, str] = field(default_factory=dict)
    """Letter -> its own classification code."""
    awaited: bool = False
    """The report does not leave before its cover letter has a number: Subbag Program is asked for one."""
    used: Mapping[str, str] = field(default_factory=dict)
    """`year/number` -> the paper that bears it; whoever decides lays those of the ledger in here."""

    def whole(self, agenda: str, paper: Numbered, day: date) -> str:
        """Return a number as it is printed on a letter of that day."""
        held = {
            "classification": self.classifications.get(paper) or self.classification,
            "number": agenda,
            "office_code": self.office_code,
            "prefix": self.prefix,
            "year": str(day.year),
            "month": f"{day.month:02d}",
            "roman": _ROMAN[day.month - 1],
        }
        return _PLACE.sub(lambda place: held[place[1]], self.pattern)

    def next_out(self, day: date) -> str:
        """Return the next number that is set aside for letters that go out; empty where none is left."""
        return next((agenda for agenda in self.reserved if self.used_by(agenda, day) is None), "")

    def used_by(self, agenda: str, day: date) -> str | None:
        """Return which paper of that day's year bears a number, None if none does."""
        return self.used.get(register_entry(agenda, day))

    def read(self, text: str, paper: Numbered, day: date) -> GivenNumber | NumberFault:
        """Read a number that somebody wrote: whole, or the register's own number alone.

        Args:
            text: what was written.
            paper: which letter it is for.
            day: the day that the letter will bear.
        """
        written = re.sub(r"\s*([/.\-])\s*", r"\1", text.strip().rstrip(".,;"))
        if re.fullmatch(_AGENDA, written):
            return self._unused(written, paper, day)
        found = re.fullmatch(self._expression(paper), written, re.IGNORECASE)
        if found is None:
            return NumberFault.PATTERN
        parts = found.groupdict()
        if parts.get("year", str(day.year)) != str(day.year):
            return NumberFault.YEAR
        month = parts.get("roman", _ROMAN[day.month - 1]).upper(), parts.get("month", f"{day.month:02d}")
        if month != (_ROMAN[day.month - 1], f"{day.month:02d}"):
            return NumberFault.MONTH
        return self._unused(parts["number"], paper, day)

    def _unused(self, agenda: str, paper: Numbered, day: date) -> GivenNumber | NumberFault:
        """Return a number, unless another paper bears it."""
        if self.used_by(agenda, day) is not None:
            return NumberFault.USED
        return GivenNumber(agenda=agenda, whole=self.whole(agenda, paper, day))

    def _expression(self, paper: Numbered) -> str:
        """Return the regular expression of a whole number of that letter."""
        held = {
            "classification": re.escape(self.classifications.get(paper) or self.classification),
            "number": f"(?P<number>{_AGENDA})",
            "office_code": re.escape(self.office_code),
            "prefix": re.escape(self.prefix),
            "year": r"(?P<year>\d{4})",
            "month": r"(?P<month>\d{2})",
            "roman": f"(?P<roman>{'|'.join(_ROMAN)})",
        }
        texts = _PLACE.split(self.pattern)
        return "".join(held[text] if place % 2 else re.escape(text) for place, text in enumerate(texts))


def register_entry(agenda: str, day: date) -> str:
    """Return under which name a number is known as used: the register begins anew each year, and knows no case."""
    return f"{day.year}/{agenda}".casefold()


def unknown_places(pattern: str) -> tuple[str, ...]:
    """Return what a pattern names that is no part of a number, and braces that enclose no name."""
    names = tuple(name for name in _PLACE.findall(pattern) if name not in PLACES)
    return names + tuple(sign for sign in "{}" if sign in _PLACE.sub("", pattern))
