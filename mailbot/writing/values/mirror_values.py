"""The evaluator's mirror in words: short in the letter with the draft, whole in the recap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.people import Role
from mailbot.core.report.mirror import Who, mirror
from mailbot.writing.values.cycle_values import holder_title, title, unit_head

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office
    from mailbot.core.report.mirror import Gap, Scored
    from mailbot.writing.words.phrases import Phrases

_WORDS = "mirror"
_MOST_GAPS, _MOST_POINTS = 4, 3
"""So many criteria a letter names, and so many codes of one gap."""


def mirror_values(cycle: Cycle, office: Office, phrases: Phrases) -> dict[str, object]:
    """Return what the letter says: score, what later rows bring, and the largest gaps with who can close them."""
    seen = mirror(cycle, office)
    worst = seen.worst
    return {
        "score": phrases.number(seen.score),
        "weight": phrases.number(seen.weight),
        "later": phrases.number(seen.later) if seen.later else "",
        "illustrative": seen.illustrative,
        "has_sheet": bool(seen.lines),
        "gaps": tuple(_short(scored, cycle, office, phrases) for scored in worst[:_MOST_GAPS]),
        "more": max(len(worst) - _MOST_GAPS, 0),
    }


def gap_words(gap: Gap, cycle: Cycle, office: Office, phrases: Phrases, most: int = 0) -> str:
    """Return one gap: what is missing, where, and who can supply it; `most` cuts the list of codes."""
    shown = gap.points[:most] if most else gap.points
    rest = len(gap.points) - len(shown)
    where = ", ".join(shown) + (phrases.word(_WORDS, "and_more").format(count=rest) if rest else "")
    what = phrases.word(_WORDS, gap.lack.value) + (f" ({where})" if where else "")
    return phrases.word(_WORDS, "gap").format(what=what, who=_who(gap, cycle, office, phrases))


def _short(scored: Scored, cycle: Cycle, office: Office, phrases: Phrases) -> str:
    """Return one criterion as the letter names it."""
    gaps = [gap_words(gap, cycle, office, phrases, _MOST_POINTS) for gap in scored.gaps if not gap.later]
    return phrases.word(_WORDS, "criterion").format(
        text=scored.criterion.text, missing=phrases.number(scored.missing), gaps="; ".join(gaps)
    )


def _who(gap: Gap, cycle: Cycle, office: Office, phrases: Phrases) -> str:
    """Return the post that can supply what is missing."""
    if gap.who is Who.INSPECTORATE:
        return phrases.word(_WORDS, "inspectorate")
    if gap.who is Who.UNIT:
        head = unit_head(gap.unit, office, cycle.since)
        return title(head) if head is not None else office.roster.unit(gap.unit).name
    return holder_title(office, Role(gap.who.value), cycle.since) or phrases.word("role", gap.who.value)
