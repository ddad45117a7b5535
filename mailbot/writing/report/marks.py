"""What every part of the report is made from, and the mark that stands where nothing was supplied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mailbot.writing.word.word_file import Marked

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office
    from mailbot.core.model.profile import Profile
    from mailbot.core.report.analysis import Analysis
    from mailbot.writing.words.phrases import Phrases

Values = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything a report is made from."""

    cycle: Cycle
    office: Office
    phrases: Phrases
    words: dict[str, Any]
    analysis: Analysis
    version: int

    @property
    def profile(self) -> Profile:
        """Return the office as this report's year tells it."""
        return self.office.profile.for_year(self.cycle.period.year)


def marked(text: str, report: Report, *, asked: bool = True) -> Marked:
    """Return a text, or in its place the mark of what is missing (a dash where nothing was asked)."""
    if text.strip():
        return Marked(text.strip(), "Terisi")
    if not asked:
        return Marked(report.phrases.word("none"), "Terisi")
    return Marked(report.phrases.word("missing"), "BelumDiisi")
