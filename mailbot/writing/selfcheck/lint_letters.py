"""Looks the letters over before one is written: each parses, has its subject and blocks, and asks for known values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from jinja2 import TemplateError, TemplateSyntaxError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mailbot.core.model.letters import LetterKind
from mailbot.errors import TemplateProblem
from mailbot.writing.letters.about import ABOUT
from mailbot.writing.letters.rendering import BLOCKS, Face, blocks_of, wrap
from mailbot.writing.words.templates import find_template

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# fmt: off
NAMES = frozenset({
    "about", "accepted_count", "answer_word", "asked_budget", "asked_indicators", "asked_units", "asks_form",
    "attempts", "attention", "board", "by_lines", "changes", "closed_at", "counted", "counting_number", "cycle_key",
    "cycle_standing", "due", "due_short", "enclosed_names", "evidence_rows", "example_code", "example_unit",
    "fault_rows", "figure", "figure_rows", "history", "incomplete", "ledger_sentence", "letter_kind", "letter_number",
    "money_rows", "nil_lines", "note_rows", "office", "open_points", "overdue", "owed", "owed_short", "own_standing",
    "period", "phone", "point", "reference", "remarks", "returned_count", "reviewer", "role", "role_words", "running",
    "second_address", "since", "step_due", "step_words", "submission", "summary", "text_rows", "title", "to",
    "to_copy", "today", "today_moment", "today_short", "turn_role", "turn_words", "unit", "unit_count", "unit_head",
    "unit_key", "unit_keys", "unit_phone", "unit_short", "version", "warning_rows", "when", "whose_move", "words",
})
# fmt: on
"""Every value the words of a letter can use, whatever its kind; a test holds them to `letter_values`."""
_ABOUT_EVERYWHERE = frozenset({"code"})
_SETS_SUBJECT = re.compile(r"\{%-?\s*set\s+subject\b")


def lint_letters(folders: tuple[Path, ...]) -> Iterator[str]:
    """Tell what is wrong with the building blocks and with the words of each kind of letter, one line each."""
    yield from _blocks(folders)
    environment = ImmutableSandboxedEnvironment(autoescape=True)
    environment.filters["wrap"] = wrap
    for kind in LetterKind:
        name = f"letters/{kind.value}.j2"
        try:
            source = find_template(folders, name).read_text(encoding="utf-8")
            tree = environment.parse(source, name)
            asked = meta.find_undeclared_variables(tree) - _own_names(tree)
        except TemplateProblem as problem:
            yield str(problem)
            continue
        except (TemplateError, UnicodeDecodeError) as problem:
            place = f"{name}, line {problem.lineno}" if isinstance(problem, TemplateSyntaxError) else name
            yield f"{place}: {problem.message if isinstance(problem, TemplateSyntaxError) else problem}"
            continue
        if not _SETS_SUBJECT.search(source):
            yield f"{name}: it sets no subject; begin it with {{% set subject %}}...{{% endset %}}"
        for unknown in sorted(asked - NAMES - frozenset(BLOCKS)):
            line = min(one.lineno for one in tree.find_all(nodes.Name) if one.name == unknown)
            yield f"{name}, line {line}: no letter is given a value '{unknown}'"
        for unknown in sorted(_asked_about(tree) - _given_about(kind)):
            line = min(one.lineno for one in tree.find_all(nodes.Getattr) if one.attr == unknown)
            yield f"{name}, line {line}: this kind of letter is given no value 'about.{unknown}'"


def _own_names(tree: nodes.Template) -> frozenset[str]:
    """Return the names a template sets itself, be it in one branch only."""
    return frozenset(one.name for one in tree.find_all(nodes.Name) if one.ctx == "store")


def _asked_about(tree: nodes.Template) -> frozenset[str]:
    """Return the names of `about` that a template asks for."""
    asked = (one for one in tree.find_all(nodes.Getattr) if isinstance(one.node, nodes.Name))
    return frozenset(one.attr for one in asked if isinstance(one.node, nodes.Name) and one.node.name == "about")


def _given_about(kind: LetterKind) -> frozenset[str]:
    """Return the names of `about` that a kind of letter is given."""
    return ABOUT[kind].required | ABOUT[kind].optional | _ABOUT_EVERYWHERE


def _blocks(folders: tuple[Path, ...]) -> Iterator[str]:
    """Both faces define every building block a letter is made of; a letter would fail on one that is missing."""
    for face in Face:
        try:
            blocks_of(folders, face)
        except (TemplateProblem, UnicodeDecodeError) as problem:
            yield str(problem) if isinstance(problem, TemplateProblem) else f"letters/{face.value}: {problem}"
