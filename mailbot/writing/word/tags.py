"""Finds what is wrong with the tags of an office's Word file: one misspelt, one with a brace too few, and where."""

from __future__ import annotations

import re
import zipfile
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

from docx.oxml.ns import qn
from jinja2 import TemplateSyntaxError
from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

STORIES = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
"""The parts of a Word file that hold text: body, headers, footers."""
_PLACES = {"document": "the body", "header": "the head of its pages", "footer": "the foot of its pages"}
_ONE_BRACE = re.compile(r"(?<![{%#])(\{{1,3})\s*(?:r\s)?\s*([A-Za-z_][\w.]*)\s*(\}{1,3})(?![}%#])")
_BLOCK = re.compile(r"\{%(?:p|r|tr|tc)?-?\s*((?:end)?(?:for|if))\b[^%]*%\}")
_END = "end"
_PAIR = 2
_SHOWN = 80
_CUTOFF, _CUTOFF_OF_BRACES = 0.6, 0.7
_KEPT = 32


def wrong_tags(path: Path, used: frozenset[str], given: Mapping[str, object]) -> str:
    """Return what is wrong with the tags of a Word file, in a line; empty where nothing is."""
    unknown = sorted(used - given.keys())
    if unknown:
        told = [f"{name}{_where(path, name)}{_meant(name, set(given))}" for name in unknown]
        return f"{path.name} uses tags that have no value: {'; '.join(told)}"
    wrong = _wrong_brace(path, given)
    return f"{path.name}{wrong}" if wrong else ""


def _wrong_brace(path: Path, given: Mapping[str, object]) -> str:
    """Return the first tag with a brace too few or too many, and where it stands; empty where there is none.

    One brace on each side, in a sentence, is no tag: what is in them must be like a name there is, or a part of one
    (`{ i.plan }`).
    """
    names: set[str] | None = None
    for place, words in _paragraphs(path, path.stat().st_mtime_ns):
        for found in _ONE_BRACE.finditer(words):
            if len(found[1]) == len(found[3]) == _PAIR:
                continue
            names = _names(given) if names is None else names
            head, dot, rest = found[2].partition(".")
            sure = len(found[1]) + len(found[3]) > _PAIR
            close = get_close_matches(head, names, 1, _CUTOFF_OF_BRACES) or [head] * (sure or rest in names)
            if close:
                where = f"in {place}, near '{words[:_SHOWN]}'"
                meant = f"did you mean {{{{ {close[0]}{dot}{rest} }}}}?"
                many = "many" if max(len(found[1]), len(found[3])) > _PAIR else "few"
                return f" has a tag with a brace too {many} {where}: {found[0]}, {meant}"
    return ""


def _unended(path: Path) -> str:
    """Return where a `for` or `if` begins that nothing ends, or ends that nothing begins; empty where all is well."""
    begun: list[tuple[str, str, str]] = []
    for place, words in _paragraphs(path, path.stat().st_mtime_ns):
        for found in _BLOCK.finditer(words):
            ends = found[1].startswith(_END)
            if not ends:
                begun.append((found[1], place, found[0]))
            elif begun and begun[-1][0] == found[1].removeprefix(_END):
                begun.pop()
            elif not begun:
                return f" (in {place}: nothing begins what {found[0]} ends)"
            else:
                return f" (in {begun[-1][1]}: nothing ends {begun[-1][2]})"
    return f" (in {begun[-1][1]}: nothing ends {begun[-1][2]})" if begun else ""


def misspelt(path: Path, problem: Exception, given: Mapping[str, object]) -> str:
    """Return where a wrong tag stands, by what a filling says of it, and what is meant; empty if it names none."""
    if isinstance(problem, TemplateSyntaxError):
        return _wrong_brace(path, given) or _unended(path)
    found = re.search(r"(?:attribute|element) '([^']+)'|'([^']+)' is undefined", str(problem))
    if found is None:
        return ""
    name = found[1] or found[2]
    return f"{_where(path, name)}{_meant(name, _names(given))}"


def _where(path: Path, name: str) -> str:
    """Return the part of the Word file in which a tag stands, and the words around it."""
    wanted = re.compile(rf"\{{[{{%][^}}]*\b{re.escape(name)}\b")
    for place, words in _paragraphs(path, path.stat().st_mtime_ns):
        if wanted.search(words):
            return f" (in {place}, near '{words[:_SHOWN]}')"
    return ""


def _meant(name: str, known: set[str]) -> str:
    """Return the nearest name that there is."""
    close = get_close_matches(name, sorted(known), 1, _CUTOFF)
    return f", did you mean {close[0]}?" if close else ""


def _names(value: object) -> set[str]:
    """Return every name in some values, however deep."""
    match value:
        case dict():
            return set(value) | set[str]().union(*map(_names, value.values()))
        case list() | tuple():
            return set[str]().union(*map(_names, value))
        case _:
            return set()


@lru_cache(maxsize=_KEPT)
def _paragraphs(path: Path, _changed_ns: int) -> tuple[tuple[str, str], ...]:
    """Return the paragraphs of one state of a Word file that hold a brace, each with the part it stands in."""
    return tuple(_of_file(path))


def _of_file(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the paragraphs that hold a brace."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with zipfile.ZipFile(path) as packed:
        for name in sorted(packed.namelist()):
            story = STORIES.fullmatch(name)
            if story is None:
                continue
            place = _PLACES[story[1].rstrip("0123456789")]
            for paragraph in etree.fromstring(packed.read(name), parser).iter(qn("w:p")):
                words = " ".join("".join(text.text or "" for text in paragraph.iter(qn("w:t"))).split())
                if "{" in words or "}" in words:
                    yield place, words
