"""What the YAML parser stumbled over, in plain words: where the mistake was made, what it is, and the way out."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from yaml import MarkedYAMLError, ScalarToken
from yaml._yaml import CParser

from mailbot.errors import Problem

if TYPE_CHECKING:
    from yaml import Mark

_TAB = "a tab"
"""Not what the parser says, but what stands where it stumbled."""
_OUT_OF_LINE = ("the indentation does not fit the lines above", "the keys of one block stand in one column")
_IN_PLAIN_WORDS = (
    (
        _TAB,
        "a tab stands here",
        "YAML is indented with blanks; replace each tab by two blanks",
    ),
    (
        "mapping values are not allowed",
        "the indentation does not fit, or a text holds ': '",
        "line the key up with those above it, or put the text in quotes",
    ),
    (
        "could not find expected ':'",
        "a ':' is missing, or the blank behind it",
        "a line is either `key: value` or `- item`",
    ),
    ("did not find expected key", *_OUT_OF_LINE),
    ("did not find expected '-' indicator", *_OUT_OF_LINE),
    ("did not find expected <document start>", *_OUT_OF_LINE),
    ("expected ',' or ']'", "a list opened with '[' is not closed", "close it with ']'"),
    ("expected ',' or '}'", "a block opened with '{' is not closed", "close it with '}'"),
    ("found unexpected end of stream", "a quotation mark is opened here and never closed", "close it"),
    ("while scanning an alias", "a text that begins with '*' needs quotes", ""),
    ("while scanning an anchor", "a text that begins with '&' needs quotes", ""),
    ("cannot start any token", "a text that begins with this character needs quotes", ""),
    ("found unknown escape", "this backslash means nothing inside double quotes", "use single quotes instead"),
)
"""What the YAML parser says, what it means, and the way out; read from the top."""

_OPENED_THERE = (
    "could not find expected ':'",
    "expected ',' or ']'",
    "expected ',' or '}'",
    "found unexpected end of stream",
)
"""These the parser notices only at the end; the mistake is where the thing began."""
_DASH_WITHOUT_BLANK = re.compile(r"\s*-\w")
_QUOTED = ("'", '"')


def explained(file: str, text: str, error: MarkedYAMLError) -> Problem:
    """Say in plain words what the parser stumbled over, and where the mistake was made."""
    said = f"{error.problem or ''} {error.context or ''}"
    stumbled, lines = _marked(error.problem_mark), text.splitlines()
    line = lines[stumbled - 1] if stumbled <= len(lines) else ""
    if _DASH_WITHOUT_BLANK.match(line):
        return Problem(file=file, line=stumbled, what="a blank is missing after the '-'", hint="`- key: value`")
    opened = _quote_closed_by_the_next(text, stumbled)
    if opened is not None:
        return Problem(file=file, line=opened, what="a quotation mark is opened here and never closed", hint="close it")
    if error.problem_mark is not None and line[error.problem_mark.column :].startswith("\t"):
        said = f"{_TAB} {said}"
    for sign, what, hint in _IN_PLAIN_WORDS:
        if sign in said:
            mark = error.context_mark if sign in _OPENED_THERE else error.problem_mark
            return Problem(file=file, line=_marked(mark or error.problem_mark), what=what, hint=hint)
    what = f"this is not YAML: {said.strip()}"
    return Problem(file=file, line=stumbled, what=what, hint="a text with special characters needs quotes")


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
