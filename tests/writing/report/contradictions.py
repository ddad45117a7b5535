"""Lays a finished report beside what it was made from and lists whatever contradicts it, by rules of its own.

Nothing of what writes the report is asked: the rules read the file, the forms and the office's settings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.writing.report.contradicted_figures import FIGURE_RULES
from tests.writing.report.contradicted_form import FORM_RULES
from tests.writing.report.contradicted_words import WORD_RULES
from tests.writing.report.finished import read
from tests.writing.report.ground import Contradiction, Ground

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office

RULES = {**FIGURE_RULES, **WORD_RULES, **FORM_RULES}
"""Name of a contradiction -> the rule that finds it."""


def contradictions(docx: bytes, cycle: Cycle, office: Office, version: int) -> list[Contradiction]:
    """Return what contradicts itself or the data in a finished report."""
    finished, ground = read(docx), Ground(cycle=cycle, office=office, version=version)
    return [Contradiction(kind=kind, text=text) for kind, rule in RULES.items() for text in rule(finished, ground)]
