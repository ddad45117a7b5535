"""Whether what was recognised on the pages of a scan is what the document says there (rows 7 and 8)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.papers.checked import PaperFlaw, PaperReason

if TYPE_CHECKING:
    from mailbot.core.papers.checked import PaperCheck
    from mailbot.reading.signature.paper import Examined

_WORD = re.compile(r"\w{3,}")
_FIGURE, _SEPARATOR = re.compile(r"\d(?:[\d.,]*\d)?"), re.compile(r"[.,]")
_FEW_FIGURES, _LONG_FIGURE, _FIGURES_PCT = 8, 3, 40
"""Of a clean scan nine in ten are read on most pages, and half where they stand in a chart."""
_FEW = 5
"""A page with fewer words says nothing that could be recognised."""
_OTHER_PCT = 35
"""Where no page has more of its words than this, and many were recognised, it is another document."""
_MANY = 10


def recognised(examined: Examined, texts: tuple[str, ...] | None, enough_pct: int) -> PaperCheck:
    """Return the check of a scan once its pages were recognised.

    Args:
        examined: the scan, and what the document says.
        texts: what was recognised on the pages that were to be read; None: this machine recognises nothing.
        enough_pct: how much of a page's words, in percent, has to be found again.
    """
    check, expected = examined.check, examined.expected
    reasons = list(check.reasons)
    if check.pages != len(expected):
        reasons.append(PaperReason(flaw=PaperFlaw.SCAN_PAGES, detail=f"{len(expected)} {check.pages}"))
    if texts is None:
        reasons.append(PaperReason(flaw=PaperFlaw.NO_RECOGNITION))
        return replace(check, reasons=tuple(reasons))
    wanted = [_words(text) for text in expected]
    found = {number: _words(text) for number, text in zip(examined.to_read, texts, strict=False)}
    moved = check.pages != len(expected)
    shares = [_share_pct(page, found, None if moved else number) for number, page in enumerate(wanted, start=1)]
    said = [share for page, share in zip(wanted, shares, strict=True) if len(page) >= _FEW]
    if said and max(said) < _OTHER_PCT and len(set().union(*found.values())) >= _MANY:
        return replace(check, reasons=(PaperReason(flaw=PaperFlaw.NOT_RECOGNISED_AT_ALL), *reasons))
    reasons.extend(
        PaperReason(flaw=PaperFlaw.PAGE_NOT_RECOGNISED, page=number, detail=str(share))
        for number, share in enumerate(shares, start=1)
        if share < enough_pct
    )
    read = {number: _figures(text) for number, text in zip(examined.to_read, texts, strict=False)}
    reasons.extend(
        PaperReason(flaw=PaperFlaw.OTHER_FIGURES, page=number)
        for number, text in enumerate(expected, start=1)
        if not _has_its_figures(_figures(text), read, None if moved else number, first=number == 1)
    )
    return replace(check, reasons=tuple(reasons))


def _has_its_figures(
    wanted: frozenset[str], read: dict[int, frozenset[str]], place: int | None, *, first: bool
) -> bool:
    """Say whether enough of a page's figures were recognised; words alone are those of last year's report, too.

    On a first page with few of them stand the year and the version: there none may be missing.
    """
    places = read.values() if place is None else [read.get(place, frozenset())]
    if first and len(wanted) < _FEW_FIGURES:
        return any(wanted <= page for page in places)
    long = {figure for figure in wanted if len(figure) >= _LONG_FIGURE}
    if len(long) < _FEW_FIGURES:
        return True
    # A sign of percent is often read as a figure.
    found = max((sum(any(one.startswith(figure) for one in page) for figure in long) for page in places), default=0)
    return found * 100 >= len(long) * _FIGURES_PCT


def _figures(text: str) -> frozenset[str]:
    """Return the figures of a text, without their separators."""
    return frozenset(_SEPARATOR.sub("", figure) for figure in _FIGURE.findall(text))


def _words(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(_WORD.findall(text.casefold()))


def _share_pct(wanted: frozenset[str], found: dict[int, frozenset[str]], place: int | None) -> int:
    """Return how many of a page's words were found in its place, in percent; None: anywhere, for pages are missing.

    Of a page that says next to nothing it is all.
    """
    if len(wanted) < _FEW:
        return 100
    places = found.values() if place is None else [found.get(place, frozenset())]
    return max((len(wanted & page) * 100 // len(wanted) for page in places), default=0)
