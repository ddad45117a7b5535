"""`docs/templates.md`: every value that a letter, a Surat Pengantar or the report's Word file may use."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from docxtpl import RichText
from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mailbot.core.model.cycle import Cycle
from mailbot.core.model.letters import LetterKind
from mailbot.core.report.analysis import analyse
from mailbot.writing.letters.letter_values import VALUES
from mailbot.writing.letters.rendering import BLOCKS, Face, blocks_of
from mailbot.writing.report.marks import Report
from mailbot.writing.report.report import told_of
from mailbot.writing.report.values import report_values
from mailbot.writing.word.contents import LISTS
from mailbot.writing.word.cover_letter import cover_values
from mailbot.writing.words.phrases import read_phrases
from mailbot.writing.words.templates import find_template, read_words, shipped_templates
from tests.docs.page import section, shortened, table
from tests.docs.value_sentences import BLOCKS_SAID, COVER_SAID, FAULT_SAID, LETTER_SAID, REPORT_SAID
from tests.offices.long_names import long_named_office
from tests.writing import sample_cycle
from tests.writing.conftest import values_of
from tests.writing.sample_branches import BRANCHES
from tests.writing.sample_letters import full_letter

SAMPLES = (*map(full_letter, LetterKind), *BRANCHES.values())
TEXT_SHAPES = {"str": "text", "int": "number", "bool": "yes or no"}


def page() -> str:
    """Return the whole page."""
    return _letters() + _blocks() + _findings() + _cover() + _report()


def _letters() -> str:
    """Return the values of letters."""
    used = _used()
    rows = []
    for name in VALUES:
        example = _example(name)
        files = used[name]
        by = "no shipped letter" if not files else ", ".join(sorted(files)) if len(files) < 4 else f"{len(files)} files"
        rows.append((f"`{name}`", LETTER_SAID[name], *_shown(example), by))
    lines = table("value | what it is | kind | example | used by", rows)
    return section("Letters", "Any letter may name any of them; what a letter has not is empty.", "", *lines)


def _example(name: str) -> object:
    """Return the value of the first sample letter that has one."""
    for sample in SAMPLES:
        if value := values_of(sample.letter, sample.cycle)[name]:
            return value
    return ""


def _shown(value: object) -> tuple[str, str]:
    """Return of what kind a value is, with the names below it, and an example."""
    if callable(value):
        return "to be called", ""
    if isinstance(value, tuple | list) and value:
        below, example = _shown(value[0])
        return f"list of {below}", example
    if is_dataclass(value) and not isinstance(value, type):
        return f"record: {', '.join(f'`{one.name}`' for one in fields(value))}", ""
    if isinstance(value, Mapping):
        return f"record: {', '.join(f'`{name}`' for name in value)}" if value else "record", ""
    return TEXT_SHAPES.get(type(value).__name__, "text"), shortened(str(value))


@cache
def _used() -> Mapping[str, set[str]]:
    """Return which files of the shipped letters name each value."""
    used: dict[str, set[str]] = defaultdict(set)
    sandbox = ImmutableSandboxedEnvironment()
    sandbox.filters["wrap"] = str
    for path in sorted((shipped_templates() / "letters").glob("*.j2")):
        for node in sandbox.parse(path.read_text(encoding="utf-8")).find_all(nodes.Name):
            if node.ctx == "load":
                used[node.name].add(f"`{path.stem}`")
    return used


def _blocks() -> str:
    """Return what letters are put together from."""
    blocks = blocks_of((shipped_templates(),), Face.TEXT)
    rows = ((f"`{name}({', '.join(blocks[name].arguments)})`", BLOCKS_SAID[name]) for name in BLOCKS)
    told = (
        "They stand in `_text.j2` and `_html.j2`, once for each face of a letter; an office's own must define them all."
    )
    return section("Building blocks of letters", told, "", *table("block | what it prints", rows))


def _findings() -> str:
    """Return the placeholders of the sentences about findings."""
    first = "`faults.yaml`: what a sentence about a finding may hold in single braces. Which finding is what is on"
    second = "[a page of its own](reference/fault-codes.md)."
    rows = ((f"`{{{name}}}`", said) for name, said in FAULT_SAID.items())
    return section("Findings in a form", first, second, "", *table("placeholder | what stands in its place", rows))


def _cover() -> str:
    """Return the values of both Surat Pengantar."""
    office = long_named_office()
    phrases = read_phrases((shipped_templates(),), office.calendar)
    examples: dict[str, object] = {}
    for kind in (LetterKind.REQUEST, LetterKind.SUBMISSION):
        sample = full_letter(kind)
        assert isinstance(sample.cycle, Cycle)
        for name, value in cover_values(sample.letter, sample.cycle, office, phrases).items():
            examples[name] = examples.get(name) or value
    rows = ((f"`{name}`", COVER_SAID[name], *_shown(value)) for name, value in examples.items())
    files = "`surat-pengantar-permintaan.docx` (row 2) and `surat-pengantar-laporan.docx` (row 8)."
    return section("Surat Pengantar", files, "", *table("value | what it is | kind | example", rows))


def _report() -> str:
    """Return the values of the report."""
    paths = report_paths()
    rows: list[tuple[str, ...]] = []
    told: set[str] = set()
    for path, (kind, example) in paths.items():
        top = re.split(r"[.\[]", path)[0]
        rows.append((f"`{path}`", "" if top in told else REPORT_SAID[top], kind, example))
        told.add(top)
    first = (
        "`laporan-kinerja.docx`. `[]` is any entry of a list (`{% for o in chapter.objectives %}`, then `o.text`).",
        "What is `marked`, or a `figure`, is written `{{r name }}`, for it brings its own style; a figure bears its",
        "address as the tag of a content control, so that what hands changed in the draft is found again.",
    )
    return section("The report", *first, "", *table("value | what it is | kind | example", rows))


def report_paths() -> dict[str, tuple[str, str]]:
    """Return every value of the report by its path, with its kind and an example: of a full cycle, and another."""
    office, folder = long_named_office(), shipped_templates()
    found: dict[str, tuple[str, str]] = {}
    for cycle in (sample_cycle.complete(), sample_cycle.collecting()):
        told = told_of(cycle, office)
        report = Report(
            cycle=told,
            office=office,
            phrases=read_phrases((folder,), office.calendar),
            words=read_words(find_template((folder,), "report.yaml")),
            analysis=analyse(told, office),
            version=2,
        )
        values, charts = report_values(report)
        for path, value in _walked(
            "", {**values, **LISTS, "pictures": {"summary": charts["summary"]}, "agreement": ""}
        ):
            kind, example = _leaf(path, value)
            if path not in found or not found[path][1]:
                found[path] = (kind, example)
    return dict(sorted(found.items()))


def _walked(path: str, value: object) -> Iterator[tuple[str, object]]:
    """Give every path below a value that ends in something to print."""
    if isinstance(value, Mapping):
        for name, below in value.items():
            yield from _walked(f"{path}.{name}" if path else str(name), below)
    elif isinstance(value, list | tuple):
        if not value and path.isidentifier():
            yield f"{path}[]", ""
        for below in value:
            yield from _walked(f"{path}[]", below)
    else:
        yield path, value


def _leaf(path: str, value: Any) -> tuple[str, str]:  # noqa: ANN401 - the report's values have no type of their own
    """Return of what kind a printed value is, and an example."""
    if path in LISTS:
        return "list made by mailbot", str(value)
    kind = type(value).__name__
    if kind in TEXT_SHAPES:
        return TEXT_SHAPES[kind], shortened(str(value), 50)
    said = getattr(value, "plain", "") if isinstance(getattr(value, "plain", ""), str) else ""
    words = said or re.sub(r"<[^>]+>", "", str(value)) if isinstance(value, RichText) else ""
    return (
        "figure" if kind == "Figure" else "marked" if isinstance(value, RichText) else "picture or piece"
    ), shortened(words, 50)
