"""One YAML file as plain data, with the line of everything in it, and every problem of its writing in plain words.

Only YAML's shape is read here. Scalars stay the text that stands in the file (see `files/fields.py`); an empty one, `~`
and `null` are None. Aliases, tags and merge keys are refused: they make a file that a clerk cannot read.

The events of libyaml are taken as they come, and nothing of YAML's is resolved: so `no` is a word and `010` is ten.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from yaml import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    MarkedYAMLError,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
    YAMLError,
)
from yaml._yaml import CParser
from yaml.events import CollectionEndEvent, CollectionStartEvent

from mailbot.settings.sayings.said import Mistake, Said, said
from mailbot.settings.slips.yaml_mistakes import explained

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml import Event

Loc = tuple[str | int, ...]
"""Where a value stands: keys and places in lists from the top of the file."""
Data = dict[str, "Data"] | list["Data"] | str | None

_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_OF_YAML = "tag:yaml.org,2002:"
_GLUED = re.compile(rb"[^\s#]#")
_UNSEEN_LINE_END = re.compile("[\x85\u2028\u2029]")
"""Line ends to YAML that no editor shows as such; they come in with text that was pasted from elsewhere."""


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

    def problem(self, loc: Loc, what: Said, hint: Said | str = "") -> Mistake:
        """Make a problem that stands at that place."""
        return Mistake(file=self.file, line=self.line(loc), what=what, hint=hint)


def read_source(file: str, content: bytes) -> tuple[Source, tuple[Mistake, ...]]:
    """Read one file of settings; where it is broken or no block of keys the data is None and a problem says where.

    Args:
        file: the file's path as it is told to people.
        content: the file's bytes.
    """
    source, problems = read_yaml(file, content)
    problems = (*problems, *_glued_hashes(file, content))
    if isinstance(source.data, dict) or (problems and source.data is None):
        return source, problems
    if source.data is None:
        what, hint = said("file_empty"), said("init_writes_sample")
    else:
        what, hint = said("begin_with_key"), said("one_key_a_line")
    return replace(source, data=None), (*problems, source.problem((), what, hint))


def _glued_hashes(file: str, content: bytes) -> Iterator[Mistake]:
    """Find every text without quotes in which `#` stands right behind a word: no remark to YAML, and so printed."""
    if _GLUED.search(content) is None:
        return
    with suppress(YAMLError, RecursionError):
        for event in iter(CParser(content).get_event, None):
            if not isinstance(event, ScalarEvent) or event.style or "://" in event.value:
                continue
            if _GLUED.search(event.value.encode()):
                what = said("glued_hash", text=event.value)
                yield Mistake(file=file, line=_line(event), what=what, hint=said("glued_hash_way"))


def read_yaml(file: str, content: bytes) -> tuple[Source, tuple[Mistake, ...]]:
    """Read one file, whatever its YAML holds; an empty one is None, and so is a broken one, with a problem.

    Args:
        file: the file's path as it is told to people.
        content: the file's bytes.
    """
    problems: list[Mistake] = []
    text = _text(file, content, problems)
    reading = _Reading(file=file, problems=problems)
    data: Data = None
    try:
        data = None if text is None else reading.document(CParser(text))
    except MarkedYAMLError as error:
        problems[:] = [explained(file, text or "", error)]
    except _RefusedError as refused:
        problems[:] = [Mistake(file=file, line=refused.line, what=refused.what, hint=refused.hint)]
    except (YAMLError, RecursionError) as error:
        line = 1 + (text or "").encode().count(b"\n", 0, getattr(error, "position", 0))
        reading.complain(line, said("forbidden_character"))
    return Source(file=file, data=data, lines=reading.lines), tuple(problems)


def _text(file: str, content: bytes, problems: list[Mistake]) -> str | None:
    """Return the file's text, or None with a problem where it is none that people could read."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, what = content.count(b"\n", 0, error.start) + 1, said("not_utf8")
        hint = said("save_as_utf8")
        problems.append(Mistake(file=file, line=line, what=what, hint=hint))
        return None
    if (unseen := _UNSEEN_LINE_END.search(text)) is not None:
        line, what = 1 + text.count("\n", 0, unseen.start()), said("unseen_line_break")
        hint = said("write_anew")
        problems.append(Mistake(file=file, line=line, what=what, hint=hint))
        return None
    return text


class _RefusedError(Exception):
    """What is YAML and yet ends the reading."""

    def __init__(self, line: int, what: Said, hint: Said | str = "") -> None:
        """Say where, what, and the way out."""
        super().__init__(str(what))
        self.line, self.what, self.hint = line, what, hint


@dataclass(slots=True, kw_only=True)
class _Reading:
    """The walk through one file's events."""

    file: str
    problems: list[Mistake]
    lines: dict[Loc, int] = field(default_factory=dict)
    texts: dict[str, str | None] = field(default_factory=dict)
    """Texts that bear an anchor, by its name."""
    blocks: dict[str, int] = field(default_factory=dict)
    """The lines of blocks that bear an anchor, by its name."""

    def complain(self, line: int, what: Said, hint: Said | str = "") -> None:
        """Note one problem."""
        self.problems.append(Mistake(file=self.file, line=line, what=what, hint=hint))

    def document(self, parser: CParser) -> Data:
        """Return the one document of a file as plain data, and note the line of everything in it; None if it is empty.

        Raises:
            MarkedYAMLError: the YAML is broken.
            _RefusedError: a second document begins, or a reference leads nowhere.
        """
        events: Iterator[Event] = iter(parser.get_event, None)
        next(events)  # the stream begins
        if isinstance(next(events), StreamEndEvent):
            return None
        data = self._data(next(events), events, ())
        next(events)  # the document ends
        if not isinstance(more := next(events), StreamEndEvent):
            hint = said("remove_dashes")
            raise _RefusedError(_line(more), said("second_document"), hint)
        return data

    def _data(self, event: Event, events: Iterator[Event], loc: Loc) -> Data:
        """Return what begins with an event as plain data, and note the line of everything below it."""
        if isinstance(event, AliasEvent):
            return self._referred(event)
        if not isinstance(event, ScalarEvent | CollectionStartEvent):
            raise TypeError(event)
        tag = event.tag
        if tag is not None and not tag.startswith(_OF_YAML):
            self.complain(_line(event), said("tag", tag=tag), said("remove_it"))
        if isinstance(event, ScalarEvent):
            value = None if not event.style and event.value in _NOTHING else str(event.value)
            if event.anchor is not None:
                self.texts[event.anchor] = value
            return value
        if event.anchor is not None:
            self.blocks[event.anchor] = _line(event)
        if isinstance(event, MappingStartEvent):
            return dict(self._pairs(events, loc))
        return list(self._items(events, loc))

    def _referred(self, alias: AliasEvent) -> str | None:
        """Return the text that an alias stands for; one that stands for a block is a problem."""
        if alias.anchor in self.texts:
            return self.texts[alias.anchor]
        if alias.anchor not in self.blocks:
            raise _RefusedError(_line(alias), said("star_needs_quotes"))
        line = self.blocks[alias.anchor]
        self.complain(line, said("block_referred_to"), said("write_block_out"))
        return None

    def _items(self, events: Iterator[Event], loc: Loc) -> Iterator[Data]:
        """Give the items of a list, up to its end."""
        place = 0
        while not isinstance(event := next(events), SequenceEndEvent):
            here = (*loc, place)
            self.lines[here] = _line(event)
            yield self._data(event, events, here)
            place += 1

    def _pairs(self, events: Iterator[Event], loc: Loc) -> Iterator[tuple[str, Data]]:
        """Give the keys and values of a block, up to its end; of a key that stands twice only the first."""
        while not isinstance(event := next(events), MappingEndEvent):
            line = _line(event)
            if not isinstance(event, ScalarEvent):
                if isinstance(event, AliasEvent):
                    self._referred(event)
                self.complain(line, said("key_not_a_word"))
                _pass_over(event, events)
                _pass_over(next(events), events)
                continue
            key = str(event.value)
            here = (*loc, key)
            if here in self.lines:
                self.complain(line, said("key_twice", key=key, lines=self.lines[here]), said("remove_one"))
                _pass_over(next(events), events)
                continue
            self.lines[here] = line
            yield key, self._data(next(events), events, here)


def _pass_over(event: Event, events: Iterator[Event]) -> None:
    """Take everything that belongs to what begins with an event, and make nothing of it."""
    depth = int(isinstance(event, CollectionStartEvent))
    while depth:
        event = next(events)
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)


def _line(event: Event) -> int:
    """Return the line an event begins on, from 1."""
    return 1 if event.start_mark is None else event.start_mark.line + 1
