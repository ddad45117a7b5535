"""The words on a form: `form.yaml`, and what is said about a finding in it: `faults.yaml` with its own figures."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from babel.numbers import format_decimal

from mailbot.core.model.form import Fault, FaultCode
from mailbot.errors import TemplateProblem
from mailbot.writing.words.phrases import Phrases, read_phrases
from mailbot.writing.words.templates import find_template, read_words

if TYPE_CHECKING:
    from pathlib import Path

    from mailbot.core.calendar.work_calendar import WorkCalendar

PLACEHOLDERS = frozenset(
    {"given", "expected", "other", "expected_bare", "other_bare", "bounds", "row", "column", "sheet", "cell"}
)
PARTS = ("what", "why", "mend", "example")
NAME = "name"
"""What a kind of finding is called where all of its kind are counted; it holds no placeholder."""

_FIGURE = re.compile(r"-?\d+(\.\d+)?")
"""A number as the core writes it, e.g. `1234.56`; everything else in a finding is somebody's own words."""
_BOUNDS = re.compile(r"(-?\d+(?:\.\d+)?)?\|(-?\d+(?:\.\d+)?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultWords:
    """One finding in words: what was found, why it matters, how to mend it, and an example."""

    what: str
    why: str
    mend: str
    example: str


@dataclass(frozen=True, slots=True)
class FaultBook:
    """All the sentences about findings."""

    words: dict[str, Any]

    def describe(self, fault: Fault) -> FaultWords:
        """Return a finding in words: figures the Indonesian way, the sender's own words as they were."""
        sentences = self.words[fault.code.value]
        values = self._values(fault)
        return FaultWords(**{part: sentences[part].format_map(values) for part in PARTS})

    def name(self, code: FaultCode) -> str:
        """Return what findings of that code are called together."""
        named: str = self.words[code.value][NAME]
        return named

    def _values(self, fault: Fault) -> dict[str, str]:
        """Return what stands for each placeholder."""
        blank: str = self.words["blank"]
        return {
            "given": fault.given or blank,
            "expected": figure(fault.expected),
            "other": figure(fault.other),
            "expected_bare": figure(fault.expected).replace(".", ""),
            "other_bare": figure(fault.other).replace(".", ""),
            "bounds": self._bounds(fault.expected),
            "row": fault.row or fault.cell,
            "column": fault.column,
            "sheet": fault.sheet,
            "cell": fault.cell,
        }

    def _bounds(self, expected: str) -> str:
        """Return `low|high`, either of which may be empty, in words; empty if there are no bounds."""
        found = _BOUNDS.fullmatch(expected)
        if found is None or found.groups() == (None, None):
            return ""
        low, high = found.groups()
        kind = "both" if low and high else "low" if low else "high"
        sentence: str = self.words["bounds"][kind]
        return sentence.format(low=figure(low or ""), high=figure(high or ""))


@lru_cache(maxsize=1024)
def figure(text: str) -> str:
    """Return a number written by the core (`1234.5`) the Indonesian way (`1.234,5`); any other text as it is.

    One finding asks for the same figures in its letter, its note and its line of the list; babel takes long for each.
    """
    if not _FIGURE.fullmatch(text):
        return text
    return format_decimal(Decimal(text), format="#,##0.##########", locale="id")


def read_fault_words(folders: tuple[Path, ...]) -> FaultBook:
    """Return the sentences of the first `faults.yaml` in the folders.

    Raises:
        TemplateProblem: there is none, a code has no sentence, or a sentence holds a placeholder that is never filled.
    """
    path = find_template(folders, "faults.yaml")
    return _checked(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _checked(path: Path, _changed_ns: int) -> FaultBook:
    """Look the sentences over once for every state of the file."""
    words = read_words(path)
    wrong = [problem for code in FaultCode for problem in _problems(code.value, words.get(code.value))]
    wrong += [f"{key} is missing" for key in ("bounds", "blank") if key not in words]
    if wrong:
        raise TemplateProblem(f"{path}: " + "; ".join(wrong))
    return FaultBook(words)


def _problems(code: str, sentences: object) -> list[str]:
    """Return what is wrong with one code's sentences."""
    if not isinstance(sentences, dict):
        return [f"{code} has no words"]
    problems = [f"{code}.{part} is missing" for part in (NAME, *PARTS) if not isinstance(sentences.get(part), str)]
    for part in (NAME, *PARTS):
        fields = {name for _, name, _, _ in string.Formatter().parse(str(sentences.get(part, ""))) if name is not None}
        known = frozenset() if part == NAME else PLACEHOLDERS
        problems += [f"{code}.{part} has an unknown placeholder {{{name}}}" for name in sorted(fields - known)]
    return problems


@dataclass(frozen=True, slots=True, kw_only=True)
class FormWords:
    """Everything a form says."""

    texts: dict[str, Any]
    phrases: Phrases
    faults: FaultBook

    def text(self, place: str, **values: object) -> str:
        """Return the text at a place such as `guide.facts.unit`, its placeholders filled.

        Raises:
            TemplateProblem: there is no such text, or it holds a placeholder that is not given.
        """
        found = self.part(place)
        if not isinstance(found, str):
            raise TemplateProblem(f"form.yaml: {place} is not a text")
        try:
            return found.format_map(values)
        except KeyError as missing:
            raise TemplateProblem(f"form.yaml: {place} holds an unknown placeholder {missing}") from missing

    def part(self, place: str) -> Any:  # noqa: ANN401 - a table, a list or a text, as the YAML has it
        """Return what stands at a place.

        Raises:
            TemplateProblem: nothing stands there.
        """
        found: Any = self.texts
        for step in place.split("."):
            if not isinstance(found, dict) or step not in found:
                raise TemplateProblem(f"form.yaml has no {place}")
            found = found[step]
        return found


def read_form_words(folders: tuple[Path, ...], calendar: WorkCalendar) -> FormWords:
    """Return the words of the first `form.yaml` in the folders, with `faults.yaml` and `words.yaml` found the same way.

    Raises:
        TemplateProblem: one of them is missing or is no table.
    """
    path = find_template(folders, "form.yaml")
    return FormWords(
        texts=read_words(path),
        phrases=read_phrases(folders, calendar),
        faults=read_fault_words(folders),
    )
