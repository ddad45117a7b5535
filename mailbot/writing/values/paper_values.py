"""What was found in a paper that came back, in the words of `templates/words.yaml` (rows 7 and 8)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailbot.core.papers.checked import PaperCheck, PaperFlaw, PaperSignature
    from mailbot.writing.words.phrases import Phrases

_MB = 1_000_000
_TWO = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperShown:
    """A checked paper as people read it."""

    file_name: str
    verdict: str
    """What it is, in one sentence."""
    signatures: tuple[str, ...]
    """By whom and when, one sentence each."""
    reasons: tuple[str, ...]
    """What was found, the gravest first."""
    mend: str
    """The way out; empty where there is nothing to mend."""


def paper_shown(check: PaperCheck, phrases: Phrases, planning: str) -> PaperShown:
    """Return a checked paper in words; `planning` is what the office calls the unit that looks at it."""
    words = phrases.words["paper"]
    flaws = list(dict.fromkeys(reason.flaw for reason in sorted(check.reasons, key=lambda one: _gravity(one.flaw))))
    return PaperShown(
        file_name=check.file_name,
        verdict=words["verdict"][check.verdict.value],
        signatures=tuple(_signature(one, phrases) for one in check.signatures),
        reasons=tuple(_sentence(flaw, check, phrases) for flaw in flaws),
        mend=words["mend"].get(check.verdict.value, "").format(planning=planning),
    )


def pages_of(numbers: list[int]) -> str:
    """Return page numbers as people write them: `3, 5–7`."""
    runs = groupby(enumerate(sorted(set(numbers))), key=lambda pair: pair[1] - pair[0])
    ends = [(run[0][1], run[-1][1]) for run in (list(run) for _, run in runs)]
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in ends)


def _gravity(flaw: PaperFlaw) -> int:
    """Return how far down the list of flaws one stands."""
    return list(type(flaw)).index(flaw)


def _sentence(flaw: PaperFlaw, check: PaperCheck, phrases: Phrases) -> str:
    """Return the sentence of one flaw, with all pages that have it."""
    words = phrases.words["paper"]
    found = [reason for reason in check.reasons if reason.flaw is flaw]
    numbers = found[0].detail.split()
    first, second = (*numbers, "", "")[:_TWO]
    if flaw.value == "too_large":
        first, second = (str(round(int(number) / _MB)) for number in numbers)
    dated = flaw.value == "expired"
    pages = [reason.page for reason in found if reason.page]
    sentence: str = words["flaw"][flaw.value]
    return sentence.format(
        pages=words["pages"].format(pages=pages_of(pages)),
        first=first,
        second=second,
        detail=phrases.when(found[0].detail) if dated else found[0].detail,
    )


def _signature(one: PaperSignature, phrases: Phrases) -> str:
    """Return by whom and when, and who says so."""
    words = phrases.words["paper"]
    at = one.stamped_at or one.signed_at
    pattern: str = words["stamped" if one.stamped_at else "signed" if at else "undated"]
    return pattern.format(signer=one.signer, issuer=one.issuer, moment=phrases.moment(at) if at else "")
