"""What is looked at before a daemon begins: templates of the office's own, which no test of ours has seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.errors import TemplateProblem
from mailbot.writing.words.templates import has_own

if TYPE_CHECKING:
    from pathlib import Path


def look_over(templates: tuple[Path, ...]) -> None:
    """Refuse broken templates where an office has some of its own; those that mailbot ships passed with its tests.

    To look all of them over takes longer than all the rest of a start; `check` writes every letter once.

    Raises:
        TemplateProblem: it names every fault.
    """
    if not has_own(templates):
        return
    from mailbot.writing.selfcheck.lint import lint_templates

    if faults := lint_templates(templates):
        raise TemplateProblem("\n".join(faults))
