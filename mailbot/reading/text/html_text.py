"""An HTML body as lines of text: hidden elements dropped, quoted ones marked with `>`, links kept apart (T27)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from mailbot.reading.text.html_hidden import hiding_rules, is_hidden, paints_background
from mailbot.reading.text.html_plain import Sheet, is_plain, sheet_for
from mailbot.reading.text.html_tags import Style, Tag, Text, read_tags

QUOTE_MARK = "> "
DOUBT_MARK = "\ue000"
"""Begins a line that may be quoted, or is not plain: in private use, so that no text of anybody's has it."""
UNSEEN_MARK = "\ue001"
"""Begins a line that the page puts out of sight, likewise."""
# How mail programs mark what they quote, as an ordered list of (program, elements, attribute, value).
QUOTED_ELEMENTS = (
    ("Apple Mail, Thunderbird, Roundcube", "blockquote", "type", re.compile(r"^cite$")),
    ("Gmail", "blockquote", "class", re.compile(r"(^|\s)(x_)*gmail_quote(\s|$)")),
    ("Yahoo", "div", "class", re.compile(r"(^|\s)(x_)*yahoo_quoted(\s|$)")),
    ("Thunderbird, forwarding", "div", "class", re.compile(r"(^|\s)(x_)*moz-forward-container(\s|$)")),
    ("Proton Mail, Tutanota", "div blockquote", "class", re.compile(r"(^|\s)(protonmail_quote|tutanota_quote)(\s|$)")),
    ("Zimbra", "div blockquote", "data-marker", re.compile(r"^__(QUOTED_TEXT|HEADERS)__$")),
    ("Outlook for phones", "div", "id", re.compile(r"^(x_)*(mail-editor|ms-outlook-mobile)-reference-message")),
    ("Outlook and others, by a line at the left", "div blockquote", "style", re.compile(r"border-left\s*:[^;]*solid")),
)
# After these everything is quoted.
QUOTED_FROM_HERE = (
    ("Outlook on the web", "div", "id", re.compile(r"^(x_)*divRplyFwdMsg$")),
    ("Outlook on the web, older", "hr", "id", re.compile(r"^stopSpelling$")),
    ("Zimbra", "hr", "id", re.compile(r"^zwchr$")),
    ("Zimbra", "hr div", "data-marker", re.compile(r"^__DIVIDER__$")),
)
# fmt: off
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
    "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
})
_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
})
# fmt: on
_CELLS = frozenset({"td", "th"})
_MAY_QUOTE = frozenset({"blockquote", "cite", "q"})
"""What a mail program may quote in: no word in it decides by itself."""
_STRUCK = frozenset({"s", "strike", "del"})
_PREPARED = re.compile(r"\s*mailto:[^?]{0,300}\?(?:[^#]{0,2000}&)?(?:body|subject)=", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f\u00a0]+")
_STYLE = re.compile(r"<style", re.IGNORECASE)
_DEEPEST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What an HTML body shows."""

    lines: tuple[str, ...]
    """Text in its order: lines of quoted elements begin with `> `, those that may be quoted with `DOUBT_MARK`.

    What is put out of sight outside of quoted elements stands in its place, too, and begins with `UNSEEN_MARK`.
    """
    links: tuple[str, ...]
    """Targets of links outside quoted and hidden elements."""
    pictures: frozenset[str]
    """Content-IDs of the pictures the page shows."""


@dataclass(slots=True)
class _Open:
    """One open element and what it hands down to those inside it."""

    name: str
    hidden: bool = False
    quoted: bool = False
    doubtful: bool = False
    on_colour: bool = False
    as_typed: bool = False
    struck: bool = False


@dataclass(slots=True)
class _Writer:
    """Collects the lines of a page."""

    rules: frozenset[tuple[str, str]]
    sheet: Sheet
    stack: list[_Open] = field(default_factory=lambda: [_Open("")])
    lines: list[str] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    line_quoted: bool = False
    line_doubtful: bool = False
    unseen: list[str] = field(default_factory=list)
    quoted_from_here: bool = False
    links: list[str] = field(default_factory=list)
    pictures: set[str] = field(default_factory=set)
    open_names: Counter[str] = field(default_factory=Counter)
    too_deep: Counter[str] = field(default_factory=Counter)

    def end_line(self) -> None:
        """Finish the line, if anything was written on it."""
        text = _BLANKS.sub(" ", "".join(self.line)).strip()
        if text:
            mark = QUOTE_MARK if self.line_quoted else DOUBT_MARK if self.line_doubtful else ""
            self.lines.append(mark + text)
        self.lines += [UNSEEN_MARK + hidden for hidden in self.unseen]
        self.line.clear()
        self.unseen.clear()
        self.line_doubtful = False

    def write(self, text: str) -> None:
        """Add visible text to the line; inside `<pre>` a line feed ends it."""
        top = self.stack[-1]
        if top.hidden:
            if text.strip() and not (top.quoted or self.quoted_from_here):
                self.unseen.append(_BLANKS.sub(" ", text).strip())
            return
        pieces = text.split("\n") if top.as_typed else [text]
        for number, piece in enumerate(pieces):
            if number:
                self.end_line()
            quoted = top.quoted or self.quoted_from_here
            if piece.strip() and quoted != self.line_quoted:
                self.end_line()
                self.line_quoted = quoted
            if piece.strip():
                self.line_doubtful |= top.doubtful
            # Text alone cannot show a line through a word; with these marks it is no word any more.
            self.line.append(f"~{piece}~" if top.struck and piece.strip() else piece)

    def open(self, tag: Tag) -> None:
        """Begin an element, or do what a void one does."""
        above = self.stack[-1]
        on_colour = above.on_colour or paints_background(tag)
        hidden = above.hidden or is_hidden(tag, self.rules, on_colour=on_colour)
        if tag.name == "br" and not above.hidden:
            self._break()
        elif tag.name in _BLOCKS:
            self.end_line()
        elif tag.name in _CELLS:
            self.line.append(" ")
        if _matches(tag, QUOTED_FROM_HERE):
            self.end_line()
            self.quoted_from_here = True
        quoted = above.quoted or _matches(tag, QUOTED_ELEMENTS)
        doubtful = above.doubtful or tag.name in _MAY_QUOTE or _is_prepared(tag) or not is_plain(tag, self.sheet)
        self._note_targets(tag, hidden=hidden, quoted=quoted)
        if tag.name == "li" and not hidden:
            self.write("- ")
        if tag.name in _VOID:
            return
        if len(self.stack) >= _DEEPEST:
            self.too_deep[tag.name] += 1
            return
        self.open_names[tag.name] += 1
        as_typed, struck = above.as_typed or tag.name == "pre", above.struck or _is_struck(tag)
        self.stack.append(_Open(tag.name, hidden, quoted, doubtful, on_colour, as_typed, struck))

    def close(self, name: str) -> None:
        """End the nearest open element of that name; an end without a beginning is passed over."""
        if name in _BLOCKS:
            self.end_line()
        if self.too_deep[name] > 0:
            self.too_deep[name] -= 1
            return
        while self.open_names[name] > 0:
            closed = self.stack.pop().name
            self.open_names[closed] -= 1
            if closed == name:
                return

    def _break(self) -> None:
        """Finish the line at a `<br>`; an empty one stays as an empty line, because it separates paragraphs."""
        if "".join(self.line).strip():
            self.end_line()
        elif self.lines and self.lines[-1]:
            self.end_line()
            self.lines.append("")

    def _note_targets(self, tag: Tag, *, hidden: bool, quoted: bool) -> None:
        """Remember where a link leads and which enclosed picture is shown."""
        if tag.name == "a" and not hidden and not quoted and not self.quoted_from_here:
            self.links.append(tag.attributes.get("href", ""))
        if tag.name == "img" and tag.attributes.get("src", "").casefold().startswith("cid:"):
            self.pictures.add(tag.attributes["src"][4:].strip())


def read_page(page: str) -> Page:
    """Return what an HTML body shows to a reader, quoted elements marked; never raises."""
    sheets = [piece.rules for piece in read_tags(page) if isinstance(piece, Style)] if _STYLE.search(page) else []
    writer = _Writer(hiding_rules(sheets), sheet_for(page, sheets))
    for piece in read_tags(page):
        match piece:
            case Text(text=text):
                writer.write(text)
            case Tag(name=name, closing=True):
                writer.close(name)
            case Tag():
                writer.open(piece)
            case Style():
                continue
    writer.end_line()
    return Page(
        lines=tuple(writer.lines),
        links=tuple(writer.links),
        pictures=frozenset(writer.pictures),
    )


def _is_prepared(tag: Tag) -> bool:
    """Say whether an element opens a mail whose words are prepared, as a reply word in our letters does.

    Nobody types that: it was copied out of a letter, with the word that stands in it.
    """
    return tag.name == "a" and _PREPARED.match(tag.attributes.get("href", "")) is not None


def _is_struck(tag: Tag) -> bool:
    """Say whether an element is crossed out."""
    return tag.name in _STRUCK or "line-through" in tag.attributes.get("style", "").casefold()


def _matches(tag: Tag, table: tuple[tuple[str, str, str, re.Pattern[str]], ...]) -> bool:
    """Say whether an element is one of those in a table."""
    return bool(tag.attributes) and any(
        tag.name in elements.split() and pattern.search(tag.attributes[attribute]) is not None
        for _, elements, attribute, pattern in table
        if attribute in tag.attributes
    )
