"""Looks every template over before it is used: letters, words of faults and forms, Word files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docxtpl import DocxTemplate
from jinja2 import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mailbot.errors import TemplateProblem
from mailbot.writing.selfcheck.lint_letters import lint_letters
from mailbot.writing.words.fault_words import read_fault_words
from mailbot.writing.words.templates import find_template, shipped_templates
from mailbot.writing.words.yaml_words import lacking, overlaid, read_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_WORD_FILES = ("surat-pengantar-permintaan.docx", "surat-pengantar-laporan.docx", "laporan-kinerja.docx")
_WORDS = ("words.yaml", "form.yaml", "report.yaml", "recap.yaml")
_OVERLAID = "words.yaml"
"""The one file of which an office's own need not hold everything: it is laid over mailbot's, group by group."""


def lint_templates(folders: tuple[Path, ...]) -> tuple[str, ...]:
    """Return what is wrong with the templates, one line each, for the operator; nothing if all can be used."""
    return (*lint_letters(folders), *_words(folders), *_word_files(folders))


def _words(folders: tuple[Path, ...]) -> Iterator[str]:
    """The files of words are there and can be read, lack nothing, and every fault has its sentences."""
    for name in _WORDS:
        try:
            path = find_template(folders, name)
            own, shipped = read_words(path), read_words(shipped_templates() / name)
        except TemplateProblem as problem:
            yield str(problem)
        else:
            whole = overlaid(shipped, own) if name == _OVERLAID else own
            yield from (f"{path}: {what}" for what in lacking(whole, shipped))
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
