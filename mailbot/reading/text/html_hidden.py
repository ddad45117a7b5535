"""Which HTML elements a reader cannot see: such text is nobody's word (T11, T27)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mailbot.reading.text.html_tags import Tag

# Ways to hide text, as an ordered list of (what is done, how it is written in a style).
HIDING_STYLES = (
    ("not displayed", re.compile(r"display\s*:\s*none")),
    ("not visible", re.compile(r"visibility\s*:\s*(hidden|collapse)")),
    ("no size", re.compile(r"(?<![-\w])font-size\s*:\s*(0|0?\.\d+|1)(\s*(px|pt|em|rem|%))?\s*(!important)?\s*(;|$)")),
    ("transparent", re.compile(r"(?<![-\w])opacity\s*:\s*0?(\.0\d*)?\s*(!important)?\s*(;|$)")),
    ("hidden from Outlook", re.compile(r"mso-hide\s*:\s*all")),
    ("no height", re.compile(r"(max-)?height\s*:\s*0(px|pt|em|%)?\s*(!important)?\s*(;|$)")),
    ("off the page", re.compile(r"(text-indent|left|top|margin-left)\s*:\s*-\d{3,}")),
    ("clipped", re.compile(r"clip\s*:\s*rect\(\s*0[^,)]*[, ]\s*0[^,)]*[, ]\s*0[^,)]*[, ]\s*0")),
    ("transparent ink", re.compile(r"(?<![-\w])color\s*:\s*transparent")),
)
_ZERO_HEIGHT = "no height"
_WHITE = re.compile(r"(?<![-\w])color\s*:\s*(#fff(fff)?\b|white\b|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\))")
_BACKGROUND = re.compile(r"background(-color|-image)?\s*:\s*(?!none|transparent|white|#fff)")
_WHITE_NAMES = frozenset({"white", "#fff", "#ffffff"})
_UNSEEN_ELEMENTS = frozenset({"head", "template", "noscript", "object", "select", "datalist", "audio", "video"})
_SELECTOR = re.compile(r"(?P<tag>[a-z][a-z0-9]*)?(?P<mark>[.#][-\w]+)?")
_COMMENT = re.compile(r"/\*.{0,2000}?\*/", re.DOTALL)
_LONGEST_SHEET = 65_536


def hides(style: str) -> bool:
    """Say whether a style (small letters) takes its element out of sight."""
    for name, pattern in HIDING_STYLES:
        if pattern.search(style) and (name != _ZERO_HEIGHT or "overflow" in style):
            return True
    return False


def is_hidden(tag: Tag, rules: frozenset[tuple[str, str]], *, on_colour: bool) -> bool:
    """Say whether an element is out of sight by itself.

    Args:
        tag: the opening tag.
        rules: what `hiding_rules` found in the page's style sheets.
        on_colour: whether the element or one around it paints a background, so that white ink can be read.
    """
    if not tag.attributes and not rules:
        return tag.name in _UNSEEN_ELEMENTS
    style = tag.attributes.get("style", "").casefold()
    if tag.name in _UNSEEN_ELEMENTS or "hidden" in tag.attributes or hides(style):
        return True
    if not on_colour and (_WHITE.search(style) or tag.attributes.get("color", "").casefold() in _WHITE_NAMES):
        return True
    if not rules:
        return False
    marks = ["", *(f".{name}" for name in tag.attributes.get("class", "").casefold().split())]
    marks.append(f"#{tag.attributes.get('id', '').casefold()}")
    return any(("", mark) in rules or (tag.name, mark) in rules for mark in marks)


def paints_background(tag: Tag) -> bool:
    """Say whether an element has a background of its own that is not white."""
    if not tag.attributes:
        return False
    style = tag.attributes.get("style", "").casefold()
    return "bgcolor" in tag.attributes or "background" in tag.attributes or _BACKGROUND.search(style) is not None


def hiding_rules(sheets: Iterable[str]) -> frozenset[tuple[str, str]]:
    """Return the (element, `.class` or `#id`) pairs that style sheets put out of sight; `@media` rules do not count."""
    rules: set[tuple[str, str]] = set()
    for sheet in sheets:
        text = _COMMENT.sub("", sheet[:_LONGEST_SHEET]).casefold().replace("<!--", "").replace("-->", "")
        depth, start, selectors = 0, 0, ""
        for at, sign in enumerate(text):
            if sign == "{":
                depth += 1
                selectors = text[start:at] if depth == 1 else selectors
                start = at + 1
            elif sign == "}":
                if depth == 1 and not selectors.strip().startswith("@") and hides(text[start:at]):
                    rules |= _selected(selectors)
                depth = max(depth - 1, 0)
                start = at + 1
    return frozenset(rules)


def _selected(selectors: str) -> set[tuple[str, str]]:
    """Return what the simple selectors of one rule choose; a compound one is not followed."""
    found = set()
    for selector in selectors.split(","):
        match = _SELECTOR.fullmatch(selector.strip())
        if match is not None and selector.strip():
            found.add((match["tag"] or "", match["mark"] or ""))
    return found
