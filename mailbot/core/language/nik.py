"""Sixteen digits that look like a NIK, found in a text and masked: how they are written by hand (UU 27/2022)."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, TypeVar

from mailbot.core.model.form import BudgetAnswer, Entry, Fault, FormData, IndicatorAnswer, Narrative

if TYPE_CHECKING:
    from collections.abc import Iterator

_DIGITS = 16
_PLACE, _BIRTH = 6, 12
"""Where the place's six digits end, and the birthday's six after them; four of the series follow."""
_BETWEEN = r"(?:[ \u00a0\u2009\u202f]?[.\-\u2010-\u2013][ \u00a0\u2009\u202f]?|[ \u00a0\u2009\u202f])"
_NUMBER = re.compile(rf"\d(?:{_BETWEEN}?\d)+")
"""Digits as people write long numbers and lists of them: a blank, a dot or a dash between, or a dash with blanks."""
_GROUP = re.compile(r"\d+")
_BORN = re.compile(r"[1-9]\d{5}(?:[04][1-9]|[1256]\d|[37][01])(?:0[1-9]|1[0-2])\d{6}")
"""Six digits of the place, the day of birth (a woman's plus 40), month, year, and four of the series."""
_FOURS = (4, 4, 4, 4)
_DATE = r"(?:(?:0[1-9]|[12]\d|3[01])\D(?:0[1-9]|1[0-2])\D(?:19|20)\d\d|(?:19|20)\d\d\D(?:0[1-9]|1[0-2])\D\d\d)"
_TIMES = re.compile(rf"{_DATE}\D{{1,3}}{_DATE}|(?:(?:19|20)\d\d\D{{1,3}}){{3}}(?:19|20)\d\d")
"""Sixteen digits that are two dates, or four years."""
MASK = "#" * _DIGITS
"""What stands for a number like a NIK in what is kept."""

Span = tuple[int, int]
Row = TypeVar("Row", IndicatorAnswer, BudgetAnswer, Narrative)


def holds_nik(text: str) -> bool:
    """Say whether a number like a NIK stands in a text."""
    return bool(_niks(text))


def masked(text: str) -> str:
    """Return a text with every number like a NIK made unreadable.

    The rule, for digits that stand together with at most a blank, a dot or a dash between them:
        sixteen in all are masked, however they are grouped: also `3.574.010.101.900.001`, for an amount of that size
        is a state's and not an office's. Any other amount, a NIP (18 digits), two dates and a list of years stay;
        among more digits, sixteen unbroken ones are masked, unless a dot before them makes them a fraction;
        among more digits, sixteen in groups of one kind (or a fraction) are masked if they have a day of birth in them;
        groups with two kinds of signs between them, or a dash with blanks around it, are masked if they have a day of
        birth in them and are cut as a NIK is: by fours, or after the place and after the birthday.
    """
    finished, behind = [], 0
    for start, end in _niks(text):
        if start >= behind:
            finished += [text[behind:start], MASK]
        behind = max(behind, end)
    return "".join((*finished, text[behind:]))


def born_in_groups(text: str) -> bool:
    """Say whether sixteen digits with a day of birth, in groups cut as a NIK is, stand in a text of any kind.

    For files, where figures of every sort stand beside each other; unbroken digits are not asked about here.
    """
    return any(
        len(window) > 1 and _is_cut_as_nik(window) and _is_born(text, window)
        for run in _NUMBER.finditer(text)
        for _, window in _windows(_groups(text, *run.span()))
    )


def _niks(text: str) -> list[Span]:
    """Return from where to where numbers like a NIK reach, in order; two of them may overlap."""
    found: list[Span] = []
    for run in _NUMBER.finditer(text):
        if len(run.group()) < _DIGITS:
            continue
        groups = _groups(text, *run.span())
        windows = list(_windows(groups))
        if (0, groups) in windows and not _signs(text, groups, wide=True):
            found += () if _TIMES.fullmatch(run.group()) else (run.span(),)
        else:
            found += [(window[0][0], window[-1][1]) for first, window in windows if _among(text, first, window)]
    return found


def _among(text: str, first: int, window: list[Span]) -> bool:
    """Say whether sixteen digits among neighbouring groups are a number like a NIK."""
    if len(window) == 1 and not (first and text[window[0][0] - 1] == "."):
        return True
    plain = len(_signs(text, window)) <= 1 and not _signs(text, window, wide=True)
    return _is_born(text, window) and (plain or _is_cut_as_nik(window))


def _groups(text: str, start: int, end: int) -> list[Span]:
    """Return from where to where each group of digits reaches."""
    return [group.span() for group in _GROUP.finditer(text, start, end)]


def _windows(groups: list[Span]) -> Iterator[tuple[int, list[Span]]]:
    """Give every row of neighbouring groups that comes to sixteen digits, with the place it begins at."""
    for first in range(len(groups)):
        near = groups[first : first + _DIGITS]
        sizes = list(accumulate(end - start for start, end in near))
        if _DIGITS in sizes:
            yield first, near[: sizes.index(_DIGITS) + 1]


def _signs(text: str, groups: list[Span], *, wide: bool = False) -> set[str]:
    """Return what stands between groups; with `wide` only what is more than one sign."""
    between = {text[end:start] for (_, end), (start, _) in pairwise(groups)}
    return {signs for signs in between if not wide or len(signs) > 1}


def _is_cut_as_nik(window: list[Span]) -> bool:
    """Say whether groups end where the parts of a NIK end, or are four fours."""
    sizes = tuple(end - start for start, end in window)
    return sizes == _FOURS or {_PLACE, _BIRTH} <= set(accumulate(sizes))


def _is_born(text: str, window: list[Span]) -> bool:
    """Say whether there is a day of birth in the digits of neighbouring groups, where a NIK has it."""
    return bool(_BORN.fullmatch("".join(text[start:end] for start, end in window)))


def masked_fault(fault: Fault) -> Fault:
    """Return a finding that repeats no number like a NIK."""
    return replace(fault, given=masked(fault.given), expected=masked(fault.expected), other=masked(fault.other))


def masked_data(data: FormData) -> FormData:
    """Return a form's answers as they are kept: what looks like a NIK goes into no receipt, recap or report."""
    return replace(
        data,
        indicators=tuple(map(_masked_row, data.indicators)),
        budget=tuple(map(_masked_row, data.budget)),
        narrative=_masked_row(data.narrative),
        filled_by=masked(data.filled_by),
    )


def _masked_row(row: Row) -> Row:
    """Return a row with every text masked; its figures stay."""
    entries = ((field.name, getattr(row, field.name)) for field in fields(row))
    told: dict[str, Any] = {
        name: replace(entry, text=masked(entry.text))
        for name, entry in entries
        if isinstance(entry, Entry) and entry.value is None
    }
    return replace(row, **told)
