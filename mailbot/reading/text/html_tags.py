"""HTML cut into tags and text in one linear pass, however broken; nothing is fetched, nothing executed (T27)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# Elements whose content is no text of the page; it is skipped up to the closing tag.
RAW_ELEMENTS = frozenset({"script", "style", "title", "textarea", "xmp", "noframes", "iframe", "noembed"})
_TAG_NAME = re.compile(r"/?[a-zA-Z][a-zA-Z0-9:_-]{0,60}")
_QUOTE_OR_END = re.compile(r"[\"'>]")
_ATTRIBUTE = re.compile(r"([a-zA-Z_:][-a-zA-Z0-9_:.]{0,60})(?:\s{0,20}=\s{0,20}(\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?")
_LONGEST_TAG = 16_384
_BLANKS = re.compile(r"\s{2,}")
"""Say no more than one, and cost whoever looks into a style the square of their number."""


@dataclass(frozen=True, slots=True)
class Text:
    """Character data, entities undone."""

    text: str


@dataclass(frozen=True, slots=True)
class Tag:
    """One opening or closing tag; `name` in small letters, attribute names too."""

    name: str
    closing: bool = False
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Style:
    """The content of one `<style>` element."""

    rules: str


def read_tags(page: str) -> Iterator[Text | Tag | Style]:
    """Give the tags, texts and style sheets of a page in order, comments and scripts left out; never raises."""
    position, end = 0, len(page)
    finder = _Finder(page)
    while position < end:
        opening = page.find("<", position)
        if opening < 0:
            opening = end
        if opening > position:
            text = page[position:opening]
            yield Text(html.unescape(text) if "&" in text else text)
        if opening == end:
            return
        if page.startswith("<!--", opening):
            position = finder.after("-->", opening + 4)
            continue
        if page.startswith(("<!", "<?"), opening):
            position = finder.after(">", opening + 2)
            continue
        name = _TAG_NAME.match(page, opening + 1)
        if name is None:
            yield Text("<")
            position = opening + 1
            continue
        close = finder.tag_end(name.end())
        tag = _tag(name[0], page[name.end() : min(close, name.end() + _LONGEST_TAG)])
        position = close + 1
        if tag.name in RAW_ELEMENTS and not tag.closing:
            content_end = finder.raw_end(tag.name, position)
            if tag.name == "style":
                yield Style(_BLANKS.sub(" ", page[position:content_end]))
            position = finder.after(">", content_end)
            continue
        yield tag


def _tag(name: str, rest: str) -> Tag:
    """Make a tag of its name and what stands between the name and the closing bracket."""
    if name.startswith("/"):
        return Tag(name[1:].casefold(), closing=True)
    if not rest:
        return Tag(name.casefold())
    attributes: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(rest):
        value = _BLANKS.sub(" ", (found[2] or "").strip("\"'"))
        attributes.setdefault(found[1].casefold(), html.unescape(value))
    return Tag(name.casefold(), attributes=attributes)


class _Finder:
    """Searches forward in one page; what was once not found is not looked for again, so the whole pass stays linear."""

    def __init__(self, page: str) -> None:
        self.page = page
        self.missing: set[str] = set()

    def after(self, mark: str, start: int) -> int:
        """Return the place after the next `mark`; the end of the page if there is none."""
        found = self._find(mark, start)
        return len(self.page) if found < 0 else found + len(mark)

    def tag_end(self, start: int) -> int:
        """Return the place of the bracket that ends a tag; a quoted attribute may hold brackets of its own."""
        position = start
        while (found := _QUOTE_OR_END.search(self.page, position)) is not None:
            mark, at = found[0], found.start()
            if mark == ">":
                return at
            closing = self._find(mark, at + 1) if self.page[max(at - 9, 0) : at].rstrip().endswith("=") else -1
            position = at + 1 if closing < 0 else closing + 1
        return len(self.page)

    def raw_end(self, name: str, start: int) -> int:
        """Return where the closing tag of a raw element begins; the end of the page if it never does."""
        mark = f"</{name}"
        found = None if mark in self.missing else re.compile(mark, re.IGNORECASE).search(self.page, start)
        if found is None:
            self.missing.add(mark)
            return len(self.page)
        return found.start()

    def _find(self, mark: str, start: int) -> int:
        """Return the next place of `mark`, or -1."""
        if mark in self.missing:
            return -1
        found = self.page.find(mark, start)
        if found < 0:
            self.missing.add(mark)
        return found
