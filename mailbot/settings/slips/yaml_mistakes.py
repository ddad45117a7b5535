"""What the YAML parser stumbled over, in plain words: where the mistake was made, what it is, and the way out."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from yaml import MarkedYAMLError, ScalarToken
from yaml._yaml import CParser

from mailbot.settings.sayings.said import Mistake, Said, said
from mailbot.settings.slips.odd_signs import odd_signs_in

if TYPE_CHECKING:
    from yaml import Mark

_TAB = "a tab"
"""Not what the parser says, but what stands where it stumbled."""
_MEANING = (
    (_TAB, "a_tab", "tab_way"),
    ("mapping values are not allowed", "indentation_or_colon", "indentation_or_colon_way"),
    ("could not find expected ':'", "colon_missing", "colon_missing_way"),
    ("did not find expected key", "out_of_line", "out_of_line_way"),
    ("did not find expected '-' indicator", "out_of_line", "out_of_line_way"),
    ("did not find expected <document start>", "out_of_line", "out_of_line_way"),
    ("expected ',' or ']'", "list_open", "list_open_way"),
    ("expected ',' or '}'", "block_open", "block_open_way"),
    ("did not find expected node content", "bracket_open", "bracket_open_way"),
    ("found unexpected end of stream", "quote_open", "close_it"),
    ("block sequence entries are not allowed", "dash_behind_colon", "null_for_none"),
    ("while scanning an alias", "star_needs_quotes", ""),
    ("while scanning an anchor", "ampersand_needs_quotes", ""),
    ("cannot start any token", "character_needs_quotes", ""),
    ("found unknown escape", "backslash", "single_quotes"),
)
"""What the YAML parser says, what it means, and the way out; read from the top."""

_OPENED_THERE = (
    "could not find expected ':'",
    "expected ',' or ']'",
    "expected ',' or '}'",
    "found unexpected end of stream",
)
"""These the parser notices only at the end; the mistake is where the thing began."""
_DASH_WITHOUT_BLANK = re.compile(r"""\s*-[\w{\["']""")
_QUOTED = ("'", '"')


_TABLE = re.compile(r"\S[^\t#]*\t+[^\s#][^\t]*\t+\S|\s*\|.*\|\s*$")
"""A row of a table, its columns parted by tabs, or by `|` as in Markdown."""
_GOES_ON = (
    (re.compile(r"""\s*(?:- +)?\w+: +(['"]).*?\1 *[^\s#].*"""), "text_behind_quote", "text_behind_quote_way"),
    (re.compile(r"""\s*(?:- +)?\w+: +(?:\[[^\]]*\]|\{[^}]*\}) *[^\s#].*"""), "text_behind_bracket", "quote_the_text"),
)
"""A value that is closed, and goes on all the same."""
_WITHOUT_COLON = re.compile(r"(?P<indent> *)(?:- +)?(?P<key>[A-Za-z_]\w*)(?: +(?P<value>[^:#]*?))? *(?:#.*)?")


def explained(file: str, text: str, error: MarkedYAMLError) -> Mistake:
    """Say in plain words what the parser stumbled over, and where the mistake was made."""
    lines = text.splitlines()
    at, what, hint = _seen(text, lines, error)
    for place in (at, _above(lines, at)):
        if odd := odd_signs_in(_line(lines, place).partition(" #")[0].replace("\t", " ")):
            return Mistake(file=file, line=place, what=what, hint=odd)
    return Mistake(file=file, line=at, what=what, hint=hint)


def _seen(text: str, lines: list[str], error: MarkedYAMLError) -> tuple[int, Said, Said | str]:
    """Return where the mistake was made, what it is, and the way out."""
    stumbled = _marked(error.problem_mark)
    if text.lstrip().startswith("<"):
        return 1, said("markup"), said("markup_way")
    for at in (*_around(error), _above(lines, stumbled)):
        if _TABLE.search(_line(lines, at)):
            first = next(row for row in range(at, -1, -1) if not _TABLE.search(_line(lines, row - 1)))
            return first, said("pasted_table"), said("pasted_table_way")
    if _DASH_WITHOUT_BLANK.match(_line(lines, stumbled)):
        return stumbled, said("dash_without_blank"), said("dash_without_blank_way")
    opened = _quote_closed_by_the_next(text, stumbled)
    if opened is not None:
        return opened, said("quote_open"), said("close_it")
    if "mapping values are not allowed" in str(error.problem) and (bare := _line_without_colon(lines, stumbled)):
        return bare
    said_by_yaml = f"{error.problem or ''} {error.context or ''}"
    for shape, what, hint in _GOES_ON if "did not find expected key" in said_by_yaml else ():
        if shape.fullmatch(_line(lines, stumbled)):
            return stumbled, said(what), said(hint)
    if error.problem_mark is not None and _line(lines, stumbled)[error.problem_mark.column :].startswith("\t"):
        said_by_yaml = f"{_TAB} {said_by_yaml}"
    for sign, what, hint in _MEANING:
        if sign in said_by_yaml:
            mark = error.context_mark if sign in _OPENED_THERE else error.problem_mark
            return _marked(mark or error.problem_mark), said(what), said(hint) if hint else ""
    return stumbled, said("not_yaml", said=said_by_yaml.strip()), said("needs_quotes")


def _above(lines: list[str], at: int) -> int:
    """Return the next line above that holds more than a remark; 0 where there is none."""
    return next((row for row in range(at - 1, 0, -1) if _line(lines, row).split("#")[0].strip()), 0)


def _line(lines: list[str], at: int) -> str:
    """Return a line of the file, from 1; empty where there is none."""
    return lines[at - 1] if 1 <= at <= len(lines) else ""


def _around(error: MarkedYAMLError) -> tuple[int, ...]:
    """Return the lines that the parser points at."""
    return tuple(dict.fromkeys(_marked(mark) for mark in (error.context_mark, error.problem_mark) if mark is not None))


def _line_without_colon(lines: list[str], stumbled: int) -> tuple[int, Said, Said] | None:
    """Return the line above that lacks its colon, and so was read as one text with the key below it; None if none."""
    above = _above(lines, stumbled)
    found = _WITHOUT_COLON.fullmatch(lines[above - 1]) if above else None
    if found is None:
        return None
    way_out = said("this_line_without_colon_way", key=found["key"], value=found["value"] or "")
    return above, said("this_line_without_colon"), way_out


def _quote_closed_by_the_next(text: str, stumbled: int) -> int | None:
    """Return the line of a quotation mark that only the next one, meant to open a text, has closed; None if none."""
    opened = None
    parser = CParser(text)
    with suppress(MarkedYAMLError):
        for token in iter(parser.get_token, None):
            if (
                isinstance(token, ScalarToken)
                and token.style in _QUOTED
                and token.start_mark.line < token.end_mark.line
            ):
                opened = token.start_mark.line + 1 if token.end_mark.line + 1 == stumbled else None
    return opened


def _marked(mark: Mark | None) -> int:
    """Return the line of a mark, from 1."""
    return 1 if mark is None else int(mark.line) + 1
