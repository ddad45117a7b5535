"""The pages of the binder that are ours to write: what each unit wrote, the list of letters, the words of some."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.policy import compat32
from functools import partial
from typing import TYPE_CHECKING, Any

from mailbot.core.model.form import Entry
from mailbot.core.report.analysis import analyse
from mailbot.writing.archive.checking.holding import parts_of
from mailbot.writing.archive.printed import Table, print_table, short_day

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

    from mailbot.core.model.form import FormData
    from mailbot.core.model.office import Office
    from mailbot.writing.archive.kept import Kept, KeptMessage
    from mailbot.writing.print.flowing import Flow
    from mailbot.writing.words.phrases import Phrases

_PRINTED = frozenset({"request", "review", "ratify", "submission", "verdict_noted", "verdict", "data_needs", "closed"})
"""Letters and mails whose words are printed; of the others the binder has the list."""
_CORRESPONDENCE = (6, 16, 60, 40)
_FIGURES, _CAUSES, _MONEY, _NARRATIVE = (12, 60, 16, 14, 16, 14), (12, 40, 40, 40), (26, 66, 22, 22), (20, 110)
_MOST_LINES, _MOST_SIGNS, _LONGEST_LINE = 400, 40_000, 4_000
"""So much of one letter or mail is printed."""
_WRAPPED_AT = 76
"""Letters of ours are wrapped at so many signs."""
_LABELLED = re.compile(r" {3}(?P<label>[^:]{1,16}?) *: (?P<value>.*)")
_ITEM = re.compile(r"\d+\. ")
_PARTS = ("analysis", "innovation", "awards", "recommendation")


def print_forms(flow: Flow, kept: Kept, office: Office, phrases: Phrases, words: Mapping[str, Any]) -> None:
    """Set down what each unit wrote, as it counts."""
    names = {unit.key: unit.name for unit in office.roster.units}
    for form in kept.cycle.units:
        if form.counting is not None:
            flow.heading(names.get(form.unit, form.unit))
            _indicators(flow, form.counting.data, kept, office, phrases, words)
            _money(flow, form.counting.data, kept, office, phrases, words)
            told = zip(_PARTS, form.counting.data.narrative.entries, strict=True)
            rows = [(phrases.word("narrative_part", part), one.text) for part, one in told if one.text.strip()]
            if rows:
                flow.table(words["binder"]["narrative"], rows, _NARRATIVE)


def _indicators(
    flow: Flow, data: FormData, kept: Kept, office: Office, phrases: Phrases, words: Mapping[str, Any]
) -> None:
    """Set down a form's indicators, and the causes that were given for them."""
    parts = analyse(kept.cycle, office).objectives
    results = {one.indicator.code: one for part in parts for one in part.indicators}
    figures = []
    for answer in data.indicators:
        result = results.get(answer.code)
        known = result.indicator if result else None
        decimals = partial(phrases.number, decimals=known.decimals) if known else phrases.number
        figures.append(
            (
                answer.code,
                known.name if known else "",
                known.unit_of_measure if known else "",
                _written(result.target if result else None, decimals, words),
                _written(answer.actual, decimals, words),
                _written(result.achievement_pct if result else None, phrases.number, words),
            )
        )
    causes = [(one.code, one.enabling_factors.text, one.obstacles.text, one.follow_up.text) for one in data.indicators]
    if figures:
        flow.table(words["binder"]["indicators"], figures, _FIGURES, (3, 4, 5))
        flow.table(words["binder"]["causes"], [row for row in causes if any(row[1:])], _CAUSES)


def _money(flow: Flow, data: FormData, kept: Kept, office: Office, phrases: Phrases, words: Mapping[str, Any]) -> None:
    """Set down a form's spending."""
    lines, year = {line.code: line for line in office.budget}, kept.cycle.period.year
    rows = []
    for one in data.budget:
        line = lines.get(one.code)
        budget = _written(line.budget_idr.get(year) if line else None, phrases.rupiah, words)
        rows.append((one.code, line.name if line else "", budget, _written(one.spent_idr, phrases.rupiah, words)))
    if rows:
        flow.table(words["binder"]["money"], rows, _MONEY, (2, 3))


def _written(value: Entry | Decimal | None, printed: Callable[[Decimal], str], words: Mapping[str, Any]) -> str:
    """Return a number as it is printed; of a cell that holds none, what was written there."""
    number = value.value if isinstance(value, Entry) else value
    if number is not None:
        return printed(number)
    return (value.text if isinstance(value, Entry) else "") or str(words["none"])


def print_letters(flow: Flow, kept: Kept, office: Office, words: Mapping[str, Any]) -> None:
    """Set down the list of all letters and mails, and the words of those that ask, decide or hand over."""
    binder, rows, printed = words["binder"], [], []
    both = [(one, True) for one in kept.letters] + [(one, False) for one in kept.mails]
    for number, (message, ours) in enumerate(sorted(both, key=lambda one: (one[0].at, one[0].name)), start=1):
        held = kept.holds_back(message)
        subject, other = ("", "") if held else _headers(message, ours=ours)
        state = binder["received"] if not ours else binder["sent"] if message.left else binder["unsent"]
        about = f"{message.name} {binder['held']}" if held else f"{subject or message.name} ({state})"
        rows.append((str(number), short_day(message.at, office), about, other))
        if not held and message.name.split("/", 1)[0] in _PRINTED:
            printed.append((number, message, subject, ours))
    headers = tuple(binder["correspondence"])
    print_table(
        flow, Table(name=binder["parts"]["letters"][0], headers=headers, rows=tuple(rows), shares=_CORRESPONDENCE)
    )
    for number, message, subject, ours in printed:
        flow.heading(f"{number}. {subject or message.name}", 11)
        print_plain(flow, _own_words(message, str(binder["longer"]), ours=ours), 8.5)


def _own_words(message: KeptMessage, longer: str, *, ours: bool) -> str:
    """Return what somebody wrote, as far as it is printed: an appendix to a mail may be a book of its own."""
    said = parts_of(message.raw)[0]
    lines = _reflowed(said.splitlines()) if ours else _unquoted(said.splitlines())
    own = [line[:_LONGEST_LINE] for line in lines]
    if len(own) <= _MOST_LINES and len(said) <= _MOST_SIGNS:
        return "\n".join(own)
    return "\n".join((*"\n".join(own[:_MOST_LINES])[:_MOST_SIGNS].splitlines(), longer))


def _unquoted(lines: list[str]) -> list[str]:
    """Return the lines of a mail without what it quotes, and without the line that announces the quotation."""
    first = next((place for place, line in enumerate(lines) if line.startswith(">")), len(lines))
    above = "\n".join(lines[:first]).rstrip().split("\n")
    if first < len(lines) and above[-1].endswith(":"):
        announcing = above.pop()
        while above and _goes_on(above[-1], announcing):
            announcing = above.pop()
        first_left = above
    else:
        first_left = lines[:first]
    return [*first_left, *(line for line in lines[first:] if not line.startswith(">"))]


def _reflowed(lines: list[str]) -> list[str]:
    """Return the lines of a letter of ours with those joined that were one before it was wrapped."""
    whole: list[str] = []
    former = ""
    for line in lines:
        if whole and _goes_on(former, line):
            whole[-1] += f" {line.strip()}"
        else:
            whole.append(line)
        former = line
    return whole


def _goes_on(former: str, line: str) -> bool:
    """Say whether a line was broken only since the next word had no room."""
    word = next(iter(line.split()), "")
    return bool(former and word) and _ITEM.match(line) is None and len(former) + 1 + len(word) > _WRAPPED_AT


def print_plain(flow: Flow, text: str, size: float = 9.0) -> None:
    """Set a plain text down, line by line."""
    for line in text.replace("\r", "").strip().split("\n"):
        flow.paragraph(line.strip("\ufeff"), size, after=1.0)
    flow.y -= 10


def print_paper(flow: Flow, text: str, size: float = 9.0) -> None:
    """Set one of the archive's own texts down: its title, its items, and what is said of each, aligned.

    The first line is the title; a sentence may go on in the next line; what belongs to an item is indented.
    """
    title, *lines = text.strip().split("\n")
    flow.heading(title, 12)
    pairs: list[tuple[str, str]] = []
    sentence = ""
    for line in (*lines, ""):
        found = _LABELLED.fullmatch(line)
        indented = line.startswith("   ")
        if sentence and (indented or not line or _ITEM.match(line)):
            flow.paragraph(sentence, size, bold=bool(_ITEM.match(sentence)), after=1.0)
            sentence = ""
        if found is not None:
            pairs.append((found["label"], found["value"]))
            continue
        if pairs:
            flow.facts(pairs, size, bold=False, after=1.0)
            pairs = []
        if indented:
            flow.paragraph(line.strip(), size, after=1.0)
        elif not line:
            flow.y -= size
        else:
            sentence = f"{sentence} {line}".strip()
    flow.y -= 10


def _headers(message: KeptMessage, *, ours: bool) -> tuple[str, str]:
    """Return the subject of a letter or mail, and whom it is to or from."""
    mail = message_from_bytes(message.raw, policy=compat32)
    return _decoded(mail["Subject"]), _decoded(mail["To" if ours else "From"])


def _decoded(value: Any) -> str:  # noqa: ANN401 - what the library gives
    """Return a header as it is read."""
    try:
        return " ".join(str(make_header(decode_header(str(value or "")))).split())
    except (LookupError, MessageError, ValueError):
        return ""
