"""Looks every template over before it is used: letters, words of faults and forms, Word files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docxtpl import DocxTemplate
from jinja2 import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mailbot.core.letters import LetterKind
from mailbot.errors import TemplateProblem
from mailbot.writing.fault_words import read_fault_words
from mailbot.writing.templates import find_template

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SETS_SUBJECT = re.compile(r"\{%-?\s*set\s+subject\b")
_WORD_FILES = ("surat-pengantar-permintaan.docx", "surat-pengantar-laporan.docx", "laporan-kinerja.docx")
_WORDS = ("words.yaml", "form.yaml", "faults.yaml")


def lint_templates(folders: tuple[Path, ...]) -> tuple[str, ...]:
    """Return what is wrong with the templates, one line each, for the operator; nothing if all can be used."""
    return (*_letters(folders), *_words(folders), *_word_files(folders))


def _letters(folders: tuple[Path, ...]) -> Iterator[str]:
    """Every kind of letter has a template that can be parsed and sets a subject."""
    environment = ImmutableSandboxedEnvironment(autoescape=True)
    for kind in LetterKind:
        name = f"letters/{kind.value}.j2"
        try:
            source = find_template(folders, name).read_text(encoding="utf-8")
            environment.parse(source, name)
        except TemplateProblem as problem:
            yield str(problem)
            continue
        except (TemplateError, UnicodeDecodeError) as problem:
            yield f"{name}: {problem}"
            continue
        if not _SETS_SUBJECT.search(source):
            yield f"{name}: it sets no subject; begin it with {{% set subject %}}...{{% endset %}}"


def _words(folders: tuple[Path, ...]) -> Iterator[str]:
    """The files of words are there, and every fault has its sentences."""
    for name in _WORDS:
        try:
            find_template(folders, name)
        except TemplateProblem as problem:
            yield str(problem)
    try:
        read_fault_words(folders)
    except TemplateProblem as problem:
        yield str(problem)


def _word_files(folders: tuple[Path, ...]) -> Iterator[str]:
    """The Word files can be opened and their tags read; a tag that has no value is found when the file is filled."""
    environment = ImmutableSandboxedEnvironment(autoescape=True)
    for name in _WORD_FILES:
        try:
            path = find_template(folders, f"docx/{name}")
            DocxTemplate(path).get_undeclared_template_variables(environment)
        except TemplateProblem as problem:
            yield str(problem)
        except (TemplateError, ValueError, KeyError, OSError) as problem:
            yield f"docx/{name}: {problem}"
