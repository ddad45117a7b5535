"""Looks every template over before it is used: letters, words of faults and forms, Word files; nothing is written."""

from __future__ import annotations

import re
from dataclasses import fields
from functools import lru_cache
from typing import TYPE_CHECKING

from docxtpl import DocxTemplate
from jinja2 import TemplateError, TemplateSyntaxError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mailbot.core.codes.languages import Language
from mailbot.core.model.letters import LetterKind
from mailbot.errors import TemplateProblem
from mailbot.writing.letters.letter_values import VALUES
from mailbot.writing.letters.rendering import BLOCK_WORDS, BLOCKS, BRIEF, OWED, RECALL, UNOPENED, Face, blocks_of, wrap
from mailbot.writing.selfcheck.sample_letters import KINDS
from mailbot.writing.word.tags import misspelt
from mailbot.writing.word.word_file import blaming
from mailbot.writing.words.form_words import read_fault_words
from mailbot.writing.words.templates import find_template, in_language, lacking, overlaid, read_words, shipped_templates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mailbot.core.model.letters import About

_WORD_FILES = ("surat-pengantar-permintaan.docx", "surat-pengantar-laporan.docx", "laporan-kinerja.docx")
_WORDS = ("words.yaml", "form.yaml", "report.yaml", "recap.yaml")
_OVERLAID = "words.yaml"
"""The one file of which an office's own need not hold everything: it is laid over mailbot's, group by group."""
_OF_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_ONE_BRACE = re.compile(r"\{ *[a-z_][a-z_.]* *(?:\|[^{}\n]*)?\}")
_SANDBOX = ImmutableSandboxedEnvironment(autoescape=True)
_SANDBOX.filters["wrap"] = wrap


def lint_templates(folders: tuple[Path, ...]) -> tuple[str, ...]:
    """Return what is wrong with the templates, one line each, for the operator; nothing if all can be used."""
    spoken = tuple(dict.fromkeys(line for language in Language for line in _spoken(folders, language)))
    return (*spoken, *_words(folders, _WORDS), *_word_files(folders))


def _spoken(folders: tuple[Path, ...], language: Language) -> Iterator[str]:
    """Look over what is said in one language; the file is named with the folder that the language has."""
    of_it, before = in_language(folders, language), "" if language is Language.INDONESIAN else f"{language.value}/"
    yield from _blocks(of_it)
    yield from _block_words(of_it, before)
    lines = (
        *(line for number in range(len(KINDS)) for line in _letter(number, of_it, before)),
        *(line for name in (UNOPENED, BRIEF, OWED, RECALL) for line in _piece(name, of_it, before)),
    )
    yield from lines
    if before:
        yield from _words(of_it, (f"{before}{_OVERLAID}",))


def _blocks(folders: tuple[Path, ...]) -> Iterator[str]:
    """Both faces define every building block a letter is made of; a letter would fail on one that is missing."""
    for face in Face:
        try:
            blocks_of(folders, face)
        except (TemplateProblem, UnicodeDecodeError) as problem:
            yield str(problem) if isinstance(problem, TemplateProblem) else f"letters/{face.value}: {problem}"


def _block_words(folders: tuple[Path, ...], before: str) -> Iterator[str]:
    """The blocks have every word that they say themselves."""
    name = f"letters/{BLOCK_WORDS}"
    try:
        said, shipped = (_names_set(find_template(where, name)) for where in (folders, (shipped_templates(),)))
    except (TemplateProblem, TemplateError, UnicodeDecodeError) as problem:
        yield f"{before}{name}: {problem}"
        return
    yield from (f"{before}{name} does not set '{word}'" for word in sorted(shipped - said))


def _names_set(path: Path) -> set[str]:
    """Return every name that a template sets."""
    tree = _SANDBOX.parse(path.read_text("utf-8"))
    return {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}


def _letter(number: int, folders: tuple[Path, ...], before: str) -> Iterator[str]:
    """Look over the words of the kind of letter that has this number."""
    name = f"letters/{KINDS[number].letter_kind.value}.j2"
    try:
        yield from _wrong_words(number, before + name, find_template(folders, name).read_text(encoding="utf-8"))
    except TemplateProblem as problem:
        yield str(problem)
    except UnicodeDecodeError as problem:
        yield f"{before}{name}: {problem}"


@lru_cache(maxsize=2 * len(Language) * len(KINDS))
def _wrong_words(number: int, name: str, words: str) -> tuple[str, ...]:
    """Return what is wrong with the words of a letter: looked for once, for most stay when another file is edited."""
    return tuple(_looked_over(KINDS[number], name, words))


def _looked_over(kind: type[About], name: str, words: str) -> Iterator[str]:
    """The words of a letter parse, and name only what there is, be it in a branch that few letters come to."""
    try:
        tree = _SANDBOX.parse(words, name)
        asked = meta.find_undeclared_variables(tree)
    except TemplateError as problem:
        place = f"{name}, line {problem.lineno}" if isinstance(problem, TemplateSyntaxError) else name
        yield f"{place}: {problem.message if isinstance(problem, TemplateSyntaxError) else problem}"
        return
    yield from (
        f"{name}, line {line}: {braces} has one brace on each side and is printed as it stands; write {{{braces}}}"
        for line, braces in _single_braces(words)
    )
    own = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}
    for unknown in sorted(asked - own - VALUES.keys() - set(BLOCKS)):
        line = min(node.lineno for node in tree.find_all(nodes.Name) if node.name == unknown)
        yield f"{name}, line {line}: no letter is given a value '{unknown}'"
    given = {field.name for field in fields(kind)} | ({"code"} if kind.letter_kind is LetterKind.CHALLENGE else set())
    for node in tree.find_all(nodes.Getattr):
        if isinstance(node.node, nodes.Name) and node.node.name == "about" and node.attr not in given:
            yield f"{name}, line {node.lineno}: this kind of letter is given no value 'about.{node.attr}'"


def _single_braces(words: str) -> Iterator[tuple[int, str]]:
    """Give every `{ due }` that was meant to be `{{ due }}`, with its line; what stands inside Jinja's own is left."""
    bare = _OF_JINJA.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), words)
    for found in _ONE_BRACE.finditer(bare):
        yield bare.count("\n", 0, found.start()) + 1, found[0]


def _piece(name: str, folders: tuple[Path, ...], before: str) -> Iterator[str]:
    """What several letters have in common parses, and names only what there is."""
    told = f"{before}letters/{name}"
    try:
        tree = _SANDBOX.parse(find_template(folders, f"letters/{name}").read_text("utf-8"))
    except (TemplateProblem, TemplateError, UnicodeDecodeError) as problem:
        yield f"{told}: {problem}"
        return
    for unknown in sorted(meta.find_undeclared_variables(tree) - VALUES.keys() - set(BLOCKS)):
        yield f"{told}: no letter is given a value '{unknown}'"


def _words(folders: tuple[Path, ...], names: tuple[str, ...]) -> Iterator[str]:
    """The files of words are there and can be read, lack nothing, and every fault has its sentences."""
    for name in names:
        try:
            path = find_template(folders, name)
            own, shipped = read_words(path), read_words(shipped_templates() / name)
        except TemplateProblem as problem:
            yield str(problem)
        else:
            whole = overlaid(shipped, own) if name.endswith(_OVERLAID) else own
            yield from (f"{path}: {what}" for what in lacking(whole, shipped))
    try:
        read_fault_words(folders)
    except TemplateProblem as problem:
        yield str(problem)


def _word_files(folders: tuple[Path, ...]) -> Iterator[str]:
    """The Word files can be opened and their tags read; a tag that has no value is found when the file is filled."""
    for name in _WORD_FILES:
        try:
            path = find_template(folders, f"docx/{name}")
        except TemplateProblem as problem:
            yield str(problem)
            continue
        try:
            with blaming(path):
                _tags_read(path, path.stat().st_mtime_ns)
        except TemplateProblem as problem:
            yield str(problem)
        except (TemplateError, OSError) as problem:
            yield f"docx/{name}{misspelt(path, problem, {})}: {problem}"


@lru_cache(maxsize=2 * len(_WORD_FILES))
def _tags_read(path: Path, _changed_ns: int) -> None:
    """Read the tags of one state of a Word file."""
    DocxTemplate(path).get_undeclared_template_variables(_SANDBOX)
