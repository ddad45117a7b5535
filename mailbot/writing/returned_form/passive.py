"""A sender's workbook before it goes back: nothing in it runs, or leads outside; what may stand in it is a list.

Kept are sheets with their values, looks, notes and the plain formulas of a form; links, connections, drawings, objects,
foreign names and formulas that could reach out are left behind, each cell with the value it showed.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from mailbot.writing.returned_form.parts import NS, RELATIONS, NotMarkable
from mailbot.writing.word.traces import APP, CORE, OF_A_PERSON, emptied, of_a_machine

if TYPE_CHECKING:
    from lxml import etree

    from mailbot.writing.returned_form.parts import Parts

_WORKBOOK = "xl/workbook.xml"
_ROOT = ""
_KINDS = {
    _ROOT: frozenset({"officeDocument", "core-properties", "extended-properties"}),
    _WORKBOOK: frozenset({"worksheet", "styles", "sharedStrings", "theme"}),
}
_OF_A_SHEET = frozenset({"comments", "vmlDrawing"})
_IN_WORKBOOK = frozenset(
    {"fileVersion", "workbookPr", "workbookProtection", "bookViews", "sheets", "definedNames", "calcPr"}
)
_IN_SHEET = frozenset(
    {
        *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetProtection", "autoFilter"),
        *("mergeCells", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins"),
        *("pageSetup", "headerFooter", "rowBreaks", "colBreaks", "ignoredErrors", "phoneticPr", "legacyDrawing"),
    }
)
_FUNCTIONS = frozenset(
    {
        *("IF", "IFERROR", "AND", "OR", "NOT", "ISNUMBER", "ISBLANK", "ISTEXT", "UPPER", "LOWER", "TRIM", "N", "LEN"),
        *("MAX", "MIN", "SUM", "COUNT", "COUNTA", "AVERAGE", "ROUND", "ROUNDUP", "ROUNDDOWN", "ABS", "INT", "TRUE"),
        *("FALSE", "COUNTIF", "SUMIF"),
    }
)
"""What a formula may call: it reckons with its own sheet and calls nobody."""
_PLAIN_FORMULA = re.compile(
    r"(?:[A-Za-z0-9$:(),;+\-*/<>=^%. ]|\"[^\"\\/|!@\[\]:]{0,255}\"|'?[A-Za-z ]{1,31}'?!(?=\$?[A-Z]))*"
)
_CALLS = re.compile(r"([A-Za-z_.][A-Za-z0-9_.]*)\s*\(")
_PRINT_NAMES = frozenset({"_xlnm.Print_Area", "_xlnm.Print_Titles", "_xlnm._FilterDatabase"})
_SHEET = r"(?:'(?:[^'\[\]|!]|'')+'|[A-Za-z0-9_.]+)!"
_RANGE = re.compile(rf"(?:{_SHEET})?[$A-Z0-9:]+(?:,(?:{_SHEET})?[$A-Z0-9:]+)*")
_INSIDE = re.compile(rf"{_SHEET}[$A-Z0-9:]+")
_TAG = re.compile(rb"<([^\s/>!?][^\s/>]*)")
_FORMULA = re.compile(rb"<(?:f|formula|formula1|formula2)(?:\s[^>]*)?>([^<]*)<")
_REFERENCE = re.compile(rb":id\s*=")
_SPREAD = re.compile(rb"<f\s[^>]*\bt\s*=")
_IN_CELLS = frozenset({"row", "c", "v", "f", "is", "t", "r", "rPr"})


def is_plain(formula: str) -> bool:
    """Say whether a formula only reckons: known functions, cells of the same workbook, short words in quotes."""
    called = {name.upper() for name in _CALLS.findall(re.sub(r'"[^"]*"', '""', formula))}
    return _PLAIN_FORMULA.fullmatch(formula) is not None and called <= _FUNCTIONS


def make_passive(parts: Parts, agency: str) -> None:
    """Take everything out of a workbook that could run or lead outside, or names who edited it.

    Args:
        parts: its parts, put anew in place.
        agency: the one author who stays.

    Raises:
        NotMarkable: one of its sheets is no plain sheet of its own.
    """
    sheets = parts.sheets()
    listed = [sheet.get(f"{{{RELATIONS}}}id", "") for sheet in parts.workbook.iter(f"{NS}sheet")]
    kept = parts.keep_relations(_ROOT, _KINDS[_ROOT]) | parts.keep_relations(_WORKBOOK, _KINDS[_WORKBOOK])
    if len(sheets) != len(listed) or not set(sheets.values()) <= kept:
        raise NotMarkable("a sheet that is no plain sheet")
    for part in sheets.values():
        kept |= parts.keep_relations(part, _OF_A_SHEET)
        _clean_sheet(parts, part)
    for child in list(parts.workbook):
        if child.tag not in {f"{NS}{name}" for name in _IN_WORKBOOK}:
            parts.workbook.remove(child)
    for name in list(parts.workbook.iter(f"{NS}definedName")):
        if name.get("name") not in _PRINT_NAMES or not _RANGE.fullmatch(name.text or ""):
            _drop(name)
    _forget_the_editor(parts, agency)
    parts.keep_parts(kept)


def _forget_the_editor(parts: Parts, agency: str) -> None:
    """Empty what names who made it or filled it in, and where; the agency, as the author of a form of ours, stays."""

    def of_a_person(name: str, text: str) -> bool:
        return name in OF_A_PERSON and text not in {"", agency}

    for part, is_trace in ((CORE, of_a_person), (APP, of_a_machine)):
        emptied(parts.members, part, is_trace, lambda _, name: parts.tree(name), parts.bytes_of)


def _clean_sheet(parts: Parts, part: str) -> None:
    """Take out of one sheet what is not on the list; a sheet in which nothing is stays as it came, byte for byte."""
    content = parts.members.get(part, b"")
    if _looks_passive(content):
        return
    root = parts.tree(part)
    _keep_known(root)
    for element in root.iter(f"{NS}f", f"{NS}formula", f"{NS}formula1", f"{NS}formula2"):
        element.attrib.pop("t", "")
        element.attrib.pop("ref", "")
        element.attrib.pop("si", "")
    parts.members[part] = parts.bytes_of(root)


def _looks_passive(content: bytes) -> bool:
    """Say whether a sheet holds nothing but values, looks and plain formulas, as most do."""
    notes = b"<legacyDrawing" in content
    tags = {tag.decode("latin-1") for tag in _TAG.findall(content)}
    if b"<!" in content or len(_REFERENCE.findall(content)) > notes or not tags <= _ALL_TAGS or _SPREAD.search(content):
        return False
    return all(is_plain(html.unescape(text.decode("utf-8", "replace"))) for text in _FORMULA.findall(content))


_ALL_TAGS = frozenset(
    {
        "worksheet",
        *_IN_SHEET,
        *_IN_CELLS,
        *("tabColor", "outlinePr", "pageSetUpPr", "sheetView", "pane", "selection", "col", "mergeCell", "cfRule"),
        *("firstHeader", "firstFooter", "evenHeader", "evenFooter"),
        *("formula", "dataValidation", "formula1", "formula2", "hyperlink", "oddHeader", "oddFooter", "brk", "color"),
        *("b", "i", "u", "sz", "rFont", "family", "scheme", "charset", "ignoredError", "colorScale", "cfvo", "dataBar"),
    }
)


def _keep_known(root: etree._Element) -> None:
    """Leave only known parts of a sheet, plain formulas, and links within the workbook."""
    for child in list(root):
        if child.tag not in {f"{NS}{name}" for name in _IN_SHEET}:
            root.remove(child)
    for cell in list(root.iter(f"{NS}c")):
        for child in list(cell):
            formula = child.tag == f"{NS}f"
            if child.tag not in {f"{NS}{name}" for name in ("v", "is", "f")} or (formula and not _stays(child)):
                cell.remove(child)
    for rule in [*root.iter(f"{NS}cfRule"), *root.iter(f"{NS}dataValidation")]:
        if any(not is_plain("".join(map(str, part.itertext()))) for part in rule):
            _drop(rule)
    for link in list(root.iter(f"{NS}hyperlink")):
        if link.get(f"{{{RELATIONS}}}id") is not None or not _INSIDE.fullmatch(link.get("location", "")):
            _drop(link)
    for setup in root.iter(f"{NS}pageSetup"):
        setup.attrib.pop(f"{{{RELATIONS}}}id", "")
    for name in ("hyperlinks", "dataValidations", "conditionalFormatting"):
        for empty in [element for element in root.iter(f"{NS}{name}") if len(element) == 0]:
            _drop(empty)


def _stays(formula: etree._Element) -> bool:
    """Say whether a cell's formula may stay; one that only refers to another cell's is left behind with its value."""
    text = formula.text or ""
    return bool(text) and formula.get("t") in {None, "normal", "shared"} and is_plain(text)


def _drop(element: etree._Element) -> None:
    """Take an element out of its tree."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
