"""What letters say of a draft: where it disagrees with the data, what is open or new in it, whose figures are in it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mailbot.core.draft.document import DifferenceKind
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.letters_in_answer import Unclear
from mailbot.core.remarks.remark import OBJECT
from mailbot.core.report.analysis import analyse
from mailbot.writing.values.missing import Ground, missing_rows
from mailbot.writing.values.remark_lines import marked_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mailbot.core.draft.document import Difference, Edit, Examined, TrackedChange
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office
    from mailbot.writing.letters.letter_context import LetterContext
    from mailbot.writing.words.phrases import Phrases

_WITH_DRAFT = frozenset({LetterKind.DRAFT, LetterKind.REVIEW, LetterKind.RATIFY})
_MOST_LINES = 12
_MOST_CODES = 8
_LONGEST = 120
"""So many signs of words are quoted of a change."""


def difference_lines(examined: Examined, phrases: Phrases) -> tuple[str, ...]:
    """Return each disagreement in a line: `Tabel 3.2, IKU-05: 67,50 di draf, 69,50 di data`; what is gone by place."""
    lines: list[str] = []
    gone: defaultdict[str, list[Difference]] = defaultdict(list)
    for one in examined.differences:
        place = one.table or one.heading
        if one.kind is DifferenceKind.GONE:
            gone[place].append(one)
            continue
        lines.append(
            phrases.word("difference", one.kind.value).format(
                place=_at(place, one.code),
                table=place,
                codes=one.code,
                count=one.count,
                in_draft=_cut(one.in_draft),
                in_data=_cut(one.in_data),
            )
        )
    for place, missing in gone.items():
        named = [code for code in dict.fromkeys(one.code for one in missing) if code]
        if not place and not named:
            lines.append(phrases.word("difference", "all_gone").format(count=missing[0].count))
            continue
        more = phrases.word("difference", "more").format(count=len(named) - _MOST_CODES)
        shown = ", ".join(named[:_MOST_CODES]) + (f" {more}" if len(named) > _MOST_CODES else "")
        lines.append(
            phrases.word("difference", "gone").format(place=_at(place, shown), count=sum(one.count for one in missing))
        )
    return _few(lines, phrases, examined.more)


def open_change_lines(found: Sequence[TrackedChange], phrases: Phrases) -> tuple[str, ...]:
    """Return each open change in a line, with who made it."""
    lines = [
        phrases.word("open_change", one.kind.value).format(
            words=_cut(one.words.replace(OBJECT, phrases.word("remark", "object")))
        )
        + (phrases.word("open_change", "by").format(author=_cut(one.author)) if one.author.strip() else "")
        for one in found
    ]
    return _few(lines, phrases)


def marks(here: LetterContext) -> tuple[str, ...]:
    """Return what is marked in the files beside a consent, where a letter asks about them."""
    about = here.letter.about
    return marked_lines(about.marked, here.phrases) if isinstance(about, Unclear) else ()


def edit_lines(found: Sequence[Edit], phrases: Phrases) -> tuple[str, ...]:
    """Return what changed from one version to the next, each in a line."""
    lines = [
        phrases.word("edit", one.kind.value).format(
            place=_at(one.heading, one.code), old=_cut(one.old), new=_cut(one.new)
        )
        for one in found
    ]
    return _few(lines, phrases)


def unstamped_words(tags: Iterable[str], phrases: Phrases) -> str:
    """Return what could not be stamped, in one phrase."""
    return ", ".join(dict.fromkeys(phrases.word("stamp", tag.rpartition(":")[2].partition("_")[0]) for tag in tags))


def units_in(cycle: Cycle, office: Office, *, counted: bool) -> tuple[str, ...]:
    """Return the units whose figures are in the report, or those whose figures are not."""
    return tuple(office.roster.unit(form.unit).name for form in cycle.units if bool(form.counted) is counted)


def incomplete(here: LetterContext, cycle: Cycle) -> tuple[str, ...]:
    """Return what the report lacks with whose turn it is, for the letters by which a draft is passed on."""
    if here.letter.kind not in _WITH_DRAFT:
        return ()
    ground = Ground(cycle=cycle, office=here.office, phrases=here.phrases, analysis=analyse(cycle, here.office))
    return tuple(f"{row.what} - {row.who}" for row in missing_rows(ground))


def _at(place: str, code: str) -> str:
    """Return where something stands: `Tabel 3.2, IKU-05`."""
    return ", ".join(part for part in (_cut(place), code) if part)


def _few(lines: list[str], phrases: Phrases, unnamed: int = 0) -> tuple[str, ...]:
    """Return the first lines, and how many more there are, with those that nobody has named."""
    left = max(0, len(lines) - _MOST_LINES) + unnamed
    more = (phrases.word("difference", "more").format(count=left),) if left else ()
    return (*lines[:_MOST_LINES], *more)


def _cut(text: str) -> str:
    """Return words on one line, and not too many of them."""
    folded = " ".join(text.split())
    return folded if len(folded) <= _LONGEST else f"{folded[:_LONGEST]}…"
