"""Which HTML text is plain: written as mail programs write it, by a list of what may be; anything else may be hidden.

A deciding word inside styling that is not on the list is asked about, not counted (T11, T27): ways to hide are endless.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from mailbot.reading.text.html_tags import Tag


def _names(text: str) -> frozenset[str]:
    """Return the names that a text lists."""
    return frozenset(text.split())


PLAIN_ELEMENTS = _names(
    "html head body div p span br b i u strong em font a table tbody thead tfoot tr td th ul ol li dl dt dd h1 h2 "
    "h3 h4 h5 h6 hr center small big sub sup pre code tt kbd section article header footer main address abbr "
    "label img meta link base col colgroup caption ins mark wbr title style s strike del nobr blockquote cite q "
    "figure figcaption nav aside"
)
"""Elements that show what stands in them; quotation is told apart elsewhere."""
_ANY_VALUE = _names(
    "font-family font-weight font-style text-align text-align-last border border-top border-bottom border-left "
    "border-right border-collapse border-spacing border-color border-style border-width border-radius "
    "border-image vertical-align list-style list-style-type list-style-position outline word-wrap overflow-wrap "
    "word-break white-space hyphens line-break tab-size cursor float clear orphans widows box-sizing table-layout "
    "empty-cells caret-color color-scheme page text-justify text-autospace text-underline-position text-rendering "
    "quotes size supported-color-schemes page-break-before page-break-after page-break-inside break-inside "
    "text-size-adjust text-wrap user-select -webkit-text-size-adjust -ms-text-size-adjust -webkit-nbsp-mode "
    "-webkit-line-break -webkit-font-smoothing -webkit-text-stroke-width -webkit-tap-highlight-color "
    "-moz-osx-font-smoothing text-decoration-color text-decoration-style text-decoration-thickness "
    "text-decoration-skip text-decoration-skip-ink font-kerning font-stretch font-variant font-feature-settings "
    "font-variation-settings font-optical-sizing font-language-override font-synthesis font-palette "
    "border-bottom-width border-top-width border-left-width border-right-width text-emphasis background-repeat "
    "background-position background-attachment background-clip background-origin background-size "
    "-webkit-user-select resize"
)
_ANY_PREFIX = ("mso-", "font-variant-", "border-", "-ms-", "panose-", "tab-stops")
_NEVER = frozenset({"mso-hide"})
_SIZE = r"(?:xx?-small|small|smaller|medium|larger?|xx?-large|inherit|initial|revert|unset|normal|"
_LENGTH = (
    r"(?:0*(?:[6-9]|[1-9]\d{1,2})(?:\.\d+)?(?:px|pt)?|(?:0?\.[5-9]\d*|[1-9]\d?(?:\.\d+)?)r?em|"
    r"(?:[5-9]\d|[1-9]\d\d)(?:\.\d+)?%))"
)
_VALUES: dict[str, re.Pattern[str]] = {
    name: re.compile(rf"(?:{pattern})")
    for name, pattern in {
        "font-size": f"{_SIZE}{_LENGTH}",
        "font": (
            rf"(?:(?:normal|bold|italic|bolder|lighter|[1-9]00|small-caps)\s+)*{_SIZE}{_LENGTH}"
            r"(?:\s*/\s*[\w.%]+)?\s+[^/]*|inherit|initial"
        ),
        "line-height": r"normal|inherit|initial|unset|(?:0?\.[5-9]\d*|[1-9]\d*(?:\.\d+)?)(?:px|pt|em|rem|%)?",
        "margin": (
            r"(?:(?:auto|inherit|initial|\d{0,3}(?:\.\d+)?(?:px|pt|em|rem|ex|cm|mm|in|%)?|"
            r"-?\d(?:\.\d+)?(?:px|pt))\s*)+"
        ),
        "text-indent": r"-?\d{1,2}(?:\.\d+)?(?:px|pt|cm|in|em)?|inherit|initial|0",
        "text-decoration": r"(?!.*line-through).*",
        "text-decoration-line": r"(?!.*line-through).*",
        "text-transform": r"none|uppercase|lowercase|capitalize|inherit|initial",
        "letter-spacing": r"normal|inherit|initial|-?0?\.?\d(?:\.\d+)?(?:px|pt|em)?",
        "word-spacing": r"normal|inherit|initial|\d(?:\.\d+)?(?:px|pt|em)?",
        "direction": "ltr|inherit|initial",
        "unicode-bidi": "normal|initial|inherit|embed",
        "display": r"block|inline(?:-block|-flex)?|flex|list-item|table(?:-\w+)*|inherit|initial|contents",
        "width": (
            r"auto|inherit|initial|100%|fit-content|max-content|(?:[2-9]\d|[1-9]\d\d+)(?:\.\d+)?(?:px|pt|%)?|"
            r"\d\d?(?:\.\d+)?(?:em|rem|cm|in)"
        ),
        "max-width": r"none|inherit|initial|100%|(?:[5-9]\d|[1-9]\d\d+)(?:\.\d+)?(?:px|pt|%)?|\d\d(?:\.\d+)?(?:em|rem)",
        "height": r"auto|inherit|initial|[1-9]\d{0,3}(?:\.\d+)?(?:px|pt|%|em)?",
        "min-height": r"auto|inherit|initial|\d{1,3}(?:\.\d+)?(?:px|pt|%|em)?",
        "min-width": r"auto|inherit|initial|\d{1,3}(?:\.\d+)?(?:px|pt|%|em)?",
        "max-height": "none|initial",
        "position": "static|inherit|initial",
        "overflow": "visible|auto|inherit|initial",
        "overflow-x": "visible|auto|inherit|initial",
        "overflow-y": "visible|auto|inherit|initial",
        "opacity": "1|1.0|100%|inherit",
        "visibility": "visible|inherit",
        "zoom": "1|100%|normal",
        "background-image": "none|initial|inherit|unset",
        "text-shadow": "none",
        "box-shadow": "none",
        "transition": "none.*",
        "transform": "none",
        "filter": "none",
        "z-index": "auto",
    }.items()
}
_VALUES |= {
    f"{place}{side}": _VALUES["margin"]
    for place in ("margin", "padding")
    for side in ("", "-top", "-bottom", "-left", "-right", "-block-start", "-block-end", "-inline-start", "-inline-end")
}
_CALM = frozenset({"inherit", "initial", "unset", "currentcolor", "revert", "auto"})
_BACKGROUNDS = frozenset({"none", "transparent", "white", *_CALM})
_DARK_NAMES = frozenset(
    [
        "windowtext",
        "black",
        "navy",
        "blue",
        "darkblue",
        "midnightblue",
        "red",
        "darkred",
        "maroon",
        "green",
        "darkgreen",
        "gray",
        "grey",
        "dimgray",
        "dimgrey",
        "darkgray",
        "darkslategray",
        "purple",
        "indigo",
        "teal",
        "brown",
        "olive",
        "orange",
        "darkorange",
        "chocolate",
        "crimson",
        "firebrick",
        "royalblue",
        "steelblue",
    ]
)
_BESIDE_COLOUR = re.compile(r"repeat|no-repeat|scroll|[\d.]+(?:%|px)?|center|top|left|padding-box|border-box")
_QUOTED_NAME = re.compile(r"\"[^\"]*\"|'[^']*'|&quot;[^&]*&quot;")
_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:[\s,/]+([\d.]+%?))?\s*\)")
_LIGHT = 200
"""From this brightness (0-255) on, ink is hard to see on white; a background must be brighter still."""
_PALE = 215
_SHOWN_ATTRIBUTES = {"width": re.compile(r"\D*0+\D*"), "height": re.compile(r"\D*0+\D*")}
_SELECTOR_END = re.compile(r"[\s>+~]*([^\s>+~]+)\s*$")
_COMPOUND = re.compile(r"^([a-z][\w-]*(?:\\:\w+)?|\*)?((?:[.#][\w\\-]+)*)")
_HUGE = re.compile(r"\d{3,}(?:\.\d+)?(?:px|pt|em|rem|cm|in|vw|%)")
"""What pushes text out of sight by its mere size."""
_ELSEWHERE = re.compile(r"<link[^>]{0,500}stylesheet|@import", re.IGNORECASE)
_LONGEST_SHEET = 65_536
_COMMENT = re.compile(r"/\*.{0,2000}?\*/|<!--|-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The selectors of a page's style sheets that do something not on the list: (element, classes and id)."""

    selectors: frozenset[tuple[str, frozenset[str]]] = frozenset()

    def touches(self, tag: Tag) -> bool:
        """Say whether one of the selectors may choose an element; what it asks beyond these is passed over."""
        if not self.selectors:
            return False
        marks = {f".{name}" for name in tag.attributes.get("class", "").casefold().split()}
        marks.add(f"#{tag.attributes.get('id', '').casefold()}")
        return any(name in {"", tag.name} and wanted <= marks for name, wanted in self.selectors)


def sheet_of(sheets: Iterable[str]) -> Sheet:
    """Return what a page's style sheets do beyond the list, `@media` rules included."""
    found: set[tuple[str, frozenset[str]]] = set()
    for sheet in sheets:
        for selectors, style in _rules(_COMMENT.sub("", sheet[:_LONGEST_SHEET]).casefold()):
            if not plain_style(style):
                found.update(_chosen(selectors))
    return Sheet(frozenset(found))


def sheet_for(page: str, sheets: Iterable[str]) -> Sheet:
    """Return what the style sheets of a page do; one that lies elsewhere may do anything to anything."""
    return Sheet(frozenset({("", frozenset())})) if _ELSEWHERE.search(page) else sheet_of(sheets)


def is_plain(tag: Tag, sheet: Sheet) -> bool:
    """Say whether an element shows what stands in it, as far as its own name, attributes and rules say."""
    if tag.name not in PLAIN_ELEMENTS and ":" not in tag.name:
        return False
    attributes = tag.attributes
    if attributes:
        if "hidden" in attributes or attributes.get("dir", "").casefold() == "rtl":
            return False
        if "style" in attributes and not plain_style(attributes["style"].casefold()):
            return False
        if tag.name == "font" and "color" in attributes and not _ink(attributes["color"].strip().casefold()):
            return False
        if any(
            name in attributes and nothing.fullmatch(attributes[name]) for name, nothing in _SHOWN_ATTRIBUTES.items()
        ):
            return tag.name in {"img", "hr"}
        if "bgcolor" in attributes and not _background(attributes["bgcolor"].strip().casefold()):
            return False
    return not sheet.touches(tag)


@lru_cache(maxsize=4096)
def plain_style(style: str) -> bool:
    """Say whether every declaration of a style (small letters) is on the list; comments and escapes are not."""
    if "/*" in style or "\\" in style:
        return False
    return all(_plain(declaration) for declaration in _declarations(style))


def _declarations(style: str) -> Iterator[tuple[str, str]]:
    """Give name and value of each declaration; what stands in quotes is a name, and ends none."""
    for declaration in _QUOTED_NAME.sub("name", style).split(";"):
        name, colon, value = declaration.partition(":")
        if name.strip():
            yield name.strip(), value.replace("!important", "").strip() if colon else "?"


def _plain(declaration: tuple[str, str]) -> bool:
    """Say whether one declaration is on the list."""
    name, value = declaration
    if name in _NEVER:
        return False
    if name in _VALUES:
        return _VALUES[name].fullmatch(value) is not None
    if name in {"color", "-webkit-text-fill-color"}:
        return _ink(value)
    if name in {"background", "background-color"}:
        return _background(value)
    return (name in _ANY_VALUE or name.startswith(_ANY_PREFIX)) and not _HUGE.search(value)


def _ink(value: str) -> bool:
    """Say whether text of that colour is seen on white."""
    if value in _CALM or value in _DARK_NAMES:
        return True
    bright = _brightness(value)
    return bright is not None and bright < _LIGHT


def _background(value: str) -> bool:
    """Say whether dark text is seen on that background: pale, and no picture."""
    parts = [part for part in re.split(r"\s+(?![^(]*\))", value) if part and not _BESIDE_COLOUR.fullmatch(part)]
    return all(part in _BACKGROUNDS or (_brightness(part) or 0) >= _PALE for part in parts)


def _brightness(value: str) -> float | None:
    """Return how bright a colour is, 0 to 255; None for what is no colour, or can be seen through."""
    if _HEX.fullmatch(value):
        digits = value[1:] if len(value) > len("#fff") else "".join(sign * 2 for sign in value[1:])
        red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
    elif (found := _RGB.fullmatch(value)) is not None:
        if found[4] is not None and found[4] not in {"1", "1.0", "100%"}:
            return None
        red, green, blue = (int(found[at]) for at in (1, 2, 3))
    else:
        return None
    return 0.299 * red + 0.587 * green + 0.114 * blue


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Give selectors and declarations of every rule, those inside `@media` too; fonts and pages style no text."""
    start, selectors = 0, ""
    for at, sign in enumerate(sheet):
        if sign == "{":
            selectors, start = sheet[start:at].strip(), at + 1
        elif sign == "}":
            if selectors and not selectors.startswith("@"):
                yield selectors, sheet[start:at]
            selectors, start = "", at + 1
        elif sign == ";" and not selectors:
            start = at + 1


def _chosen(selectors: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Give what the last part of each selector asks of an element: its name, and its classes and id."""
    for selector in selectors.split(","):
        last = _SELECTOR_END.search(selector)
        compound = _COMPOUND.match(last[1]) if last is not None else None
        if compound is not None:
            name = (compound[1] or "").replace("\\", "")
            yield "" if name == "*" else name, frozenset(re.findall(r"[.#][\w-]+", compound[2]))
