"""Answers to remarks as lines of a mail: `4: diperbaiki, hal. 12` (SOP row 6).

A line is an answer only where it begins with the number of a remark that there is. Written with a colon it answers any;
written like an item of a list (`4. diperbaiki`) only one that waits for its answer, for mail programs number lists by
themselves, from 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailbot.core.language.reservations import ANYWHERE, asks
from mailbot.core.language.wrapping import goes_on

_NUMBERS = r"\d{1,4}(?:\s*(?:,|&|/|dan|serta|s\.?\s?d\.?|sampai|-|–)\s*(?:no\.?\s*)?\d{1,4})*"
_LINE = re.compile(
    rf"\s*(?:[-*•]\s*)?(?:(?:catatan|jawaban|nomor|butir|poin|no)\b\.?\s*)*\#?(?P<numbers>{_NUMBERS})\s*"
    r"(?P<sign>[:=]|[.)]|\s[-–]\s)\s*(?P<text>\S.*)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d{1,4})\s*(?:s\.?\s?d\.?|sampai|-|–)\s*(?:no\.?\s*)?(\d{1,4})", re.IGNORECASE)
_CLOCK = re.compile(r"\s*\d{1,2}[:.]\d{2}(?!\d)")
"""A time of the day."""
_WORDS_BACK = f"{ANYWHERE['delays']} {ANYWHERE['withdrawals']} jangan jgn belum blm"
_TAKES_BACK = re.compile(rf"\b(?:{_WORDS_BACK.replace(' ', '|')})\b", re.IGNORECASE)
"""What may be meant of the draft as a whole rather than of the remark."""
_LONGEST = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLines:
    """What a text answers, and what else stands in it."""

    answers: tuple[tuple[int, str], ...] = ()
    """Number and text, in the order of the lines; of a number that is answered twice both."""
    rest: str = ""


def read_answers(text: str, known: frozenset[int], waiting: frozenset[int]) -> AnswerLines:
    """Take the answers out of a mail's own words.

    Args:
        text: the own words.
        known: the numbers of all remarks of the cycle.
        waiting: those of the remarks that nobody has answered.
    """
    answers: list[tuple[int, str]] = []
    rest: list[str] = []
    numbers: tuple[int, ...] = ()
    last = ""
    for line in text.splitlines():
        found = _answer(line, known, waiting)
        if found is not None:
            numbers, said = found
            answers.extend((number, said) for number in numbers)
        elif numbers and goes_on(last, line) and not (_TAKES_BACK.search(line) or asks([line])):
            # What takes something back is left where it is seen, and asked about beside an approving word.
            went = len(numbers)
            answers[-went:] = [(number, f"{said} {line.strip()}") for number, said in answers[-went:]]
        else:
            numbers = ()
            rest.append(line)
        last = line
    cut = tuple((number, said[:_LONGEST]) for number, said in answers)
    return AnswerLines(answers=cut, rest="\n".join(rest))


def _answer(line: str, known: frozenset[int], waiting: frozenset[int]) -> tuple[tuple[int, ...], str] | None:
    """Return which remarks a line answers, and how; None where it answers none."""
    found = _LINE.fullmatch(line)
    if found is None or _CLOCK.match(line):
        return None
    numbers = numbers_in(found["numbers"])
    allowed = known if found["sign"] in {":", "="} else waiting
    if not numbers or not allowed.issuperset(numbers):
        return None
    return numbers, found["text"].strip()


def numbers_in(text: str) -> tuple[int, ...]:
    """Return the numbers of a list such as `3, 5 dan 7-9`, each once."""
    found: dict[int, None] = {}
    for first, last in _RANGE.findall(text):
        if 0 <= int(last) - int(first) <= _MOST:
            found |= dict.fromkeys(range(int(first), int(last) + 1))
    singles = _RANGE.sub(" ", text)
    found |= dict.fromkeys(int(number) for number in re.findall(r"\d{1,4}", singles))
    return tuple(sorted(found))


_MOST = 200
"""A range longer than this is none."""
_NAMED = re.compile(
    rf"\s*(?:(?:dengan|untuk|sesuai|atas)\s+)?(?:catatan|nomor|butir|poin|no)?\b\.?\s*(?:nomor|no)?\.?\s*(?P<numbers>{_NUMBERS})(?=\s*(?:$|[:.;,]))\s*[:.;,]*\s*",
    re.IGNORECASE,
)


def named_remarks(reason: str, known: frozenset[int]) -> tuple[tuple[int, ...], str]:
    """Return which remarks the reason of an order names first (`catatan 3 dan 5: ...`), and the rest of it."""
    found = _NAMED.match(reason)
    numbers = numbers_in(found["numbers"]) if found is not None else ()
    if found is None or not numbers or not known.issuperset(numbers):
        return (), reason
    return numbers, reason[found.end() :].strip()
