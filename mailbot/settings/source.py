"""One YAML file as plain data, with the line of everything in it, and every problem of its writing in plain words.

Only YAML's shape is read here. Scalars stay the text that stands in the file (see `files/fields.py`); an empty one, `~`
and `null` are None. Aliases, tags and merge keys are refused: they make a file that a clerk cannot read.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StringMark, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode
from ruamel.yaml.tokens import ScalarToken

from mailbot.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

Loc = tuple[str | int, ...]
"""Where a value stands: keys and places in lists from the top of the file."""
Data = dict[str, "Data"] | list["Data"] | str | None

_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})

_IN_PLAIN_WORDS = (
    (
        "found character '\\t'",
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
    (
        "expected <block end>",
        "the indentation does not fit the lines above",
        "the keys of one block stand in one column",
    ),
    ("expected ',' or ']'", "a list opened with '[' is not closed", "close it with ']'"),
    ("expected ',' or '}'", "a block opened with '{' is not closed", "close it with '}'"),
    ("found unexpected end of stream", "a quotation mark is opened here and never closed", "close it"),
    ("found another document", "a second document begins here", "one file is one document; remove the line '---'"),
    ("found undefined alias", "a text that begins with '*' needs quotes", ""),
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file as read: its data, and the line (from 1) on which each value stands."""

    file: str
    data: Data
    lines: dict[Loc, int]

    def line(self, loc: Loc) -> int:
        """Return the line of that place, or of the nearest place around it that is in the file."""
        while loc and loc not in self.lines:
            loc = loc[:-1]
        return self.lines.get(loc, 1)

    def problem(self, loc: Loc, what: str, hint: str = "") -> Problem:
        """Make a problem that stands at that place."""
        return Problem(file=self.file, line=self.line(loc), what=what, hint=hint)


def read_source(file: str, content: bytes) -> tuple[Source, tuple[Problem, ...]]:
    """Read one file's bytes; where the YAML itself is broken the data is None and one problem says where.

    Args:
        file: the file's path as it is told to people.
        content: the file's bytes.
    """
    reading = _Reading(file=file)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reading.complain(line, "this is not UTF-8 text", "save the file as UTF-8 (in Notepad: Encoding, UTF-8)")
        return reading.source(None), tuple(reading.problems)
    try:
        node = YAML(typ="safe", pure=True).compose(text)
        data = None if node is None else reading.data(node, ())
    except MarkedYAMLError as error:
        reading.problems = [_explained(file, text, error)]
        data = None
    except (YAMLError, RecursionError) as error:
        reading.complain(
            1 + text.count("\n", 0, getattr(error, "position", 0)), "a character stands here that no YAML file may hold"
        )
        data = None
    else:
        if data is None:
            reading.complain(1, "the file is empty", "`mailbot init` writes a complete sample to copy from")
        elif not isinstance(data, dict):
            reading.complain(1, "the file must begin with a key, for instance `units:`")
            data = None
    return reading.source(data), tuple(reading.problems)


@dataclass(slots=True, kw_only=True)
class _Reading:
    """The walk through one file's nodes."""

    file: str
    lines: dict[Loc, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)

    def complain(self, line: int, what: str, hint: str = "") -> None:
        """Note one problem."""
        self.problems.append(Problem(file=self.file, line=line, what=what, hint=hint))

    def source(self, data: Data) -> Source:
        """Return what was read."""
        return Source(file=self.file, data=data, lines=self.lines)

    def data(self, node: Node, loc: Loc) -> Data:
        """Return a node as plain data and note the line of everything below it."""
        if not str(node.tag).startswith("tag:yaml.org,2002:"):
            self.complain(_line(node), f"the tag '{node.tag}' means nothing here", "remove it")
        if isinstance(node, ScalarNode):
            return None if node.style is None and node.value in _NOTHING else str(node.value)
        if id(node) in self.seen:
            self.complain(_line(node), "a reference ('*') to another block", "write the block out where it is needed")
            return None
        self.seen.add(id(node))
        if isinstance(node, MappingNode):
            return dict(self._pairs(node, loc))
        return [self._item(item, (*loc, place)) for place, item in enumerate(node.value)]

    def _item(self, node: Node, loc: Loc) -> Data:
        """Return one item of a list."""
        self.lines[loc] = _line(node)
        return self.data(node, loc)

    def _pairs(self, node: MappingNode, loc: Loc) -> Iterator[tuple[str, Data]]:
        """Return the keys and values of a block; a key that stands twice is named and its first value kept."""
        for key_node, value_node in node.value:
            line = _line(key_node)
            if not isinstance(key_node, ScalarNode):
                self.complain(line, "a key must be one word")
                continue
            here = (*loc, str(key_node.value))
            if here in self.lines:
                self.complain(
                    line, f"'{key_node.value}' stands twice (first in line {self.lines[here]})", "remove one of the two"
                )
                continue
            self.lines[here] = line
            yield str(key_node.value), self.data(value_node, here)


def _line(node: Node) -> int:
    """Return the line a node begins on, from 1."""
    return int(node.start_mark.line) + 1


def _explained(file: str, text: str, error: MarkedYAMLError) -> Problem:
    """Say in plain words what the parser stumbled over, and where the mistake was made."""
    said = f"{error.problem or ''} {error.context or ''}"
    stumbled = _marked(error.problem_mark)
    if _DASH_WITHOUT_BLANK.match(text.splitlines()[stumbled - 1] if text.count("\n") >= stumbled else ""):
        return Problem(file=file, line=stumbled, what="a blank is missing after the '-'", hint="`- key: value`")
    opened = _quote_closed_by_the_next(text, stumbled)
    if opened is not None:
        return Problem(file=file, line=opened, what="a quotation mark is opened here and never closed", hint="close it")
    for sign, what, hint in _IN_PLAIN_WORDS:
        if sign in said:
            mark = error.context_mark if sign in _OPENED_THERE else error.problem_mark
            return Problem(file=file, line=_marked(mark or error.problem_mark), what=what, hint=hint)
    what = f"this is not YAML: {said.strip()}"
    return Problem(file=file, line=stumbled, what=what, hint="a text with special characters needs quotes")


def _quote_closed_by_the_next(text: str, stumbled: int) -> int | None:
    """Return the line of a quotation mark that only the next one, meant to open a text, has closed; None if none."""
    opened = None
    with suppress(MarkedYAMLError):
        for token in YAML(typ="safe", pure=True).scan(text):
            if (
                isinstance(token, ScalarToken)
                and token.style in _QUOTED
                and token.start_mark.line < token.end_mark.line
            ):
                opened = token.start_mark.line + 1 if token.end_mark.line + 1 == stumbled else None
    return opened


def _marked(mark: StringMark | None) -> int:
    """Return the line of a mark, from 1."""
    return 1 if mark is None else int(mark.line) + 1
