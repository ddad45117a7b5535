"""XLSX and XLSM -> grids, sheet by sheet as they are asked for; macros, drawings and links are not looked at (T20)."""

from __future__ import annotations

import posixpath
import re
from datetime import datetime, time, timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from mailbot.core.model.form import Unreadable
from mailbot.reading.files.office_package import DAMAGE, Package
from mailbot.reading.mime.names import clean_text
from mailbot.reading.workbook.grid import Grid, Kind, Value, WorkbookLimits, WorkbookRefused
from mailbot.reading.workbook.xlsx_cells import quick_formats, shared_texts, sheet_cells

if TYPE_CHECKING:
    from collections.abc import Sequence

_USUAL_PART = "xl/workbook.xml"
_TEXT = Kind.TEXT
"""Looked up once: most cells of a form hold one."""
_QUOTED = re.compile(r'"[^"]*"|\\.')


class XlsxWorkbook:
    """An XLSX file opened for reading."""

    def __init__(self, content: bytes, limits: WorkbookLimits) -> None:
        """Open the package and find its sheets.

        Raises:
            WorkbookRefused: it is damaged, locked, too large, or has no workbook inside.
        """
        self._limits = limits
        self._package = Package(content, limits)
        self._part = self._main_part()
        sheets, properties = self._package.elements(self._part, "sheet", "workbookPr")
        self._parts = targets = self._targets(self._part)
        self._places: dict[str, str] = {}
        self._told: dict[str, Value | None] = {}
        for sheet in sheets[: limits.sheets]:
            target = targets.get(sheet.get("id", ""))
            if target is not None and self._package.has(target):
                self._places[sheet.get("name", "")] = target
        old = any(one.get("date1904") in {"1", "true"} for one in properties[:1])
        self._epoch = CALENDAR_MAC_1904 if old else CALENDAR_WINDOWS_1900

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the sheets, in order."""
        return tuple(self._places)

    def grid(self, name: str) -> Grid:
        """Return one sheet.

        Raises:
            WorkbookRefused: the sheet is damaged or too large.
        """
        part = self._places[name]
        xml = self._package.read(part)
        try:
            cells, merges = sheet_cells(xml, self._limits)
        except WorkbookRefused:
            raise
        except DAMAGE as trouble:
            raise WorkbookRefused(Unreadable.BROKEN, f"{part}: {trouble}") from trouble
        return Grid(name=name, raw={**cells}, decode=self._decode, merges=merges)

    def _main_part(self) -> str:
        """Return the part that is the workbook: where every program puts it, or where the package says it is."""
        if self._package.has(_USUAL_PART):
            return _USUAL_PART
        found = [target for target in self._targets("").values() if target.casefold().endswith("workbook.xml")]
        if not found or not self._package.has(found[0]):
            raise WorkbookRefused(Unreadable.BROKEN, "no workbook part")
        return found[0]

    def _targets(self, part: str) -> dict[str, str]:
        """Return the parts that a part refers to, by id."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self._package.has(relations):
            return {}
        return {
            one.get("Id", ""): _resolved(folder, one.get("Target", ""))
            for one in self._package.elements(relations, "Relationship")[0]
            if one.get("TargetMode") != "External"
        }

    def _sibling(self, kind: str) -> str | None:
        """Return the part of a kind beside the workbook (`styles`, `sharedStrings`), if there is one."""
        wanted = f"{kind}.xml".casefold()
        named = [part for part in self._parts.values() if part.casefold().endswith(wanted)]
        return next((part for part in named if self._package.has(part)), None)

    @cached_property
    def _texts(self) -> Sequence[str]:
        """Return the texts that cells point into."""
        part = self._sibling("sharedStrings")
        if part is None:
            return ()
        try:
            return shared_texts(self._package.read(part), self._limits)
        except WorkbookRefused:
            raise
        except DAMAGE as trouble:
            raise WorkbookRefused(Unreadable.BROKEN, f"{part}: {trouble}") from trouble

    @cached_property
    def _kinds(self) -> Sequence[Kind]:
        """Return what a number is under each cell format: a number, a percentage or a date."""
        part = self._sibling("styles")
        if part is None:
            return ()
        quick = quick_formats(self._package.read(part))
        if quick is not None:
            return [kind_of_format(number, quick[1].get(number)) for number in quick[0]]
        tree = self._package.tree(part)
        codes = {str(one.get("numFmtId")): str(one.get("formatCode", "")) for one in tree.iter("{*}numFmt")}
        numbers = [str(one.get("numFmtId", "0")) for table in tree.iter("{*}cellXfs") for one in table]
        return [kind_of_format(number, codes.get(number)) for number in numbers]

    def _decode(self, raw: object) -> Value | None:
        """Return what a raw cell holds."""
        if not isinstance(raw, tuple):
            return None
        style, held, formula, text = raw
        if held == "s":
            return self._shared(text)
        match held:
            case "inlineStr" | "str":
                return _text(text)
            case "b":
                return Value(Kind.TRUTH, "TRUE" if text == "1" else "FALSE")
            case "e":
                return Value(Kind.ERROR, text)
            case "d":
                return Value(Kind.DATE, text)
            case _:
                return self._number(style, text, formula=formula)

    def _shared(self, index: str) -> Value | None:
        """Return the text a cell points to; many cells point to the same one."""
        if index not in self._told:
            known = index.isdigit() and int(index) < len(self._texts)
            self._told[index] = _text(self._texts[int(index)]) if known else None
        return self._told[index]

    def _number(self, style: str, text: str, *, formula: bool) -> Value | None:
        """Return a cell without a type: a number by its format, or a formula that was never computed."""
        try:
            number = float(text)
        except ValueError:
            if text and not text.isspace():
                return _text(text)
            return Value(Kind.UNCOMPUTED, "") if formula else None
        place = int(style or 0)
        kind = self._kinds[place] if place < len(self._kinds) else Kind.NUMBER
        if kind is Kind.DATE:
            return Value(Kind.DATE, _date_text(number, self._epoch), number)
        return Value(kind, text, number, computed=formula)


@lru_cache(maxsize=1024)
def _resolved(folder: str, target: str) -> str:
    """Return the part that a target names, seen from a folder."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _text(text: str) -> Value | None:
    """Return a text as a value, without what cannot be seen; None for an empty one."""
    seen = text if text.isprintable() else clean_text(text)
    return None if not seen or seen.isspace() else Value(_TEXT, seen)


@lru_cache(maxsize=1024)
def kind_of_format(number: str, code: str | None) -> Kind:
    """Return what a number is under a number format."""
    found = code if code is not None else BUILTIN_FORMATS.get(int(number), "General")
    bare = _QUOTED.sub("", found)
    if "%" in bare:
        return Kind.PERCENT
    return Kind.DATE if is_date_format(found) else Kind.NUMBER


def _date_text(number: float, epoch: datetime) -> str:
    """Return a date's serial number as a person sees it."""
    try:
        moment = from_excel(number, epoch)
    except (ValueError, OverflowError):
        return f"{number:g}"
    return date_text(moment)


def date_text(moment: object) -> str:
    """Return a date, a moment or a time as a person sees it: 12/01/2026."""
    if isinstance(moment, datetime):
        return f"{moment:%d/%m/%Y}" if moment.time() == time() else f"{moment:%d/%m/%Y %H:%M}"
    if isinstance(moment, time):
        return f"{moment:%H:%M}"
    return str(moment) if isinstance(moment, timedelta) else f"{moment:%d/%m/%Y}"
