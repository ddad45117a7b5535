"""The returned form: the sender's own workbook, bad cells red with a note, good ones green, and a list in front.

Nothing else of the file is touched (SOP row 4). What cannot be marked (xls, ods, csv, a table without our stamp) is
answered with a fresh form of the unit that holds the values as they were read.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from mailbot.core.model.form import Entry
from mailbot.core.model.form_layout import COLUMNS, NARRATIVE_ROWS, SheetName, place_of
from mailbot.writing.form.form import fill_form, form_places
from mailbot.writing.form.sheet_frame import MARGIN, MARGIN_COLUMN
from mailbot.writing.form.sheet_xml import sheet_xml
from mailbot.writing.form.workbook_model import Fill, Ink, Style
from mailbot.writing.returned_form.cells import ForeignSheet, ForeignStyles
from mailbot.writing.returned_form.findings import Notes, is_list_name, list_sheet, to_mend
from mailbot.writing.returned_form.parts import COMMENTS_TYPE, NotMarkable, Parts
from mailbot.writing.returned_form.passive import make_passive

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mailbot.core.model.form import Asked, BudgetAnswer, Fault, FormData, IndicatorAnswer, Narrative
    from mailbot.core.model.office import Office
    from mailbot.writing.words.form_words import FormWords

_BAD_MARK: Style = replace(MARGIN, ink=Ink.RED)
_GOOD_MARK: Style = replace(MARGIN, ink=Ink.GREEN)
_MACRO_ENDING = ".xlsm"
_SHARED = "xl/sharedStrings.xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class FreshForm:
    """What a form of the unit is made from, where the sender's own file cannot be marked."""

    office: Office
    asked: Asked
    data: FormData
    """What was read from the sender's file."""
    secret: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marks:
    """What one sheet gets: background and note by cell, a mark by row."""

    fills: Mapping[tuple[int, int], Fill]
    notes: Mapping[str, str]


def mark_form(
    original: bytes,
    name: str,
    faults: tuple[Fault, ...],
    words: FormWords,
    fresh: FreshForm,
    *,
    proved: bool = True,
) -> bytes:
    """Return the form as it goes back; the same file and findings give the same bytes.

    Args:
        original: the file as it came.
        name: its name; macros hide behind some endings, and such a file is never sent on.
        faults: everything found, with the sheets and cells of the sender's own file.
        words: what is written on the list and in the notes.
        fresh: for a file that cannot be marked; its `data` also tells which cells were filled in.
        proved: who sent it is; the file of anybody else is never sent on.

    Raises:
        TemplateProblem: a text is missing.
        KeyError: `fresh.asked` names what the office does not have.
    """
    sent_on = proved and not name.casefold().endswith(_MACRO_ENDING)
    own = _own_workbook(original, faults, words, fresh) if sent_on else None
    if own is not None:
        return own
    places = form_places(fresh.asked)
    blank = fill_form(fresh.office, fresh.asked, fresh.data, words, fresh.secret)
    good = ((sheet.value, places.get((sheet, code, field), "")) for sheet, code, field, _ in _filled(fresh.data))
    return _marked(blank, tuple(_moved(fault, places) for fault in faults), good, words, _agency_of(fresh))


def _own_workbook(original: bytes, faults: tuple[Fault, ...], words: FormWords, fresh: FreshForm) -> bytes | None:
    """Return the sender's own workbook with its marks, or None where it cannot be marked."""
    try:
        return _marked(original, faults, filled_cells(fresh.data), words, _agency_of(fresh))
    except (NotMarkable, ValueError, LookupError):
        # Not built as office programs build a workbook; a fresh form will say the same.
        return None


def filled_cells(data: FormData) -> Iterator[tuple[str, str]]:
    """Yield the sheet and the cell of every entry in which something stands."""
    return ((entry.sheet, entry.cell) for *_, entry in _filled(data))


def _agency_of(fresh: FreshForm) -> str:
    """Return whom a form of ours names as its author."""
    return fresh.office.letterhead.agency_name


def _marked(
    original: bytes, faults: tuple[Fault, ...], good: Iterable[tuple[str, str]], words: FormWords, agency: str
) -> bytes:
    """Return a stamped workbook with its marks; `good` are the sheets and cells that were filled in.

    Raises:
        NotMarkable, ValueError, LookupError: it is not built as office programs build a workbook, or has no stamp.
    """
    parts = Parts(original)
    make_passive(parts, agency)
    sheets = parts.sheets()
    if not any(name.strip().casefold() == SheetName.STAMP.value for name in sheets):
        raise NotMarkable("no stamp")
    styles_part = parts.of_kind("xl/workbook.xml", "styles")
    if styles_part is None:
        raise NotMarkable("no styles")
    styles = ForeignStyles(parts.tree(styles_part))
    marks = _marks(faults, good, words)
    earlier = next((name for name in sheets if is_list_name(name, words)), None)
    for number, (name, part) in enumerate(sheets.items(), 1):
        if name != earlier and (name in marks or parts.of_kind(part, "comments") is not None):
            _mark_sheet(parts, part, number, marks.get(name, _Marks(fills={}, notes={})), styles, words)
    listing = list_sheet(faults, sheets, words)
    xml = sheet_xml(listing, styles.own, None, front=True)
    parts.put_in_front(listing.name, earlier, xml.encode(), listing.header_row)
    parts.members[styles_part] = styles.finish()
    return parts.finish()


def _marks(faults: tuple[Fault, ...], good: Iterable[tuple[str, str]], words: FormWords) -> dict[str, _Marks]:
    """Return what each sheet gets: a filled cell is green unless something about it has to be mended."""
    fills: dict[str, dict[tuple[int, int], Fill]] = defaultdict(dict)
    notes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for sheet, cell in good:
        if sheet and cell:
            fills[sheet][place_of(cell)] = Fill.GOOD
    for fault in to_mend(faults):
        if fault.sheet and fault.cell:
            fills[fault.sheet][place_of(fault.cell)] = Fill.BAD
            notes[fault.sheet][fault.cell].append(_note(fault, words))
    return {
        sheet: _Marks(fills=fills[sheet], notes={cell: "\n\n".join(told) for cell, told in notes[sheet].items()})
        for sheet in fills
    }


def _note(fault: Fault, words: FormWords) -> str:
    """Return what stands in the note of a bad cell."""
    told = words.faults.describe(fault)
    text = words.text("returned.note", what=told.what, mend=told.mend)
    if not fault.proposal:
        return text
    return f"{text}\n{words.text('returned.note_proposal', proposal=fault.proposal)}"


def _mark_sheet(parts: Parts, part: str, number: int, marks: _Marks, styles: ForeignStyles, words: FormWords) -> None:
    """Paint the cells, put the marks into the margin, and hang the notes on their cells."""
    sheet = ForeignSheet(parts.tree(part), styles)
    sheet.unmark(marks.fills)
    for place, fill in marks.fills.items():
        if fill is Fill.BAD or sheet.held(place) is not None:
            sheet.paint(place, fill)
    _mark_margin(parts, sheet, marks, styles, words)
    comments, drawing = parts.of_kind(part, "comments"), parts.of_kind(part, "vmlDrawing")
    if marks.notes or comments is not None:
        notes = Notes(None if comments is None else parts.tree(comments), block=number)
        notes.add(marks.notes)
        comments = comments or parts.unused("xl/comments{}.xml")
        drawing = drawing or parts.unused("xl/drawings/vmlDrawing{}.vml")
        parts.members[comments], parts.members[drawing] = notes.finish()
        parts.declare(comments, COMMENTS_TYPE)
        parts.declare_drawings()
        parts.relate(part, "comments", comments)
        sheet.refer_to_notes(parts.relate(part, "vmlDrawing", drawing))
    parts.members[part] = sheet.finish()


def _mark_margin(parts: Parts, sheet: ForeignSheet, marks: _Marks, styles: ForeignStyles, words: FormWords) -> None:
    """Put a mark into the first column of every touched row, unless somebody uses it; old marks are replaced."""
    bad, good = words.text("returned.bad_mark"), words.text("returned.good_mark")
    by_row: dict[int, Fill] = {}
    for (row, column), fill in marks.fills.items():
        if column != MARGIN_COLUMN:
            by_row[row] = Fill.BAD if Fill.BAD in (fill, by_row.get(row)) else Fill.GOOD
    texts: list[str] | None = None
    for row in dict.fromkeys((*sheet.rows(), *by_row)):
        held = sheet.held((row, MARGIN_COLUMN))
        if held is not None and held[0] == "s":
            texts = _shared_texts(parts) if texts is None else texts
            held = (held[0], texts[int(held[1])] if int(held[1]) < len(texts) else "")
        if held is not None and held[1] not in {bad, good}:
            continue
        if row in by_row:
            is_bad = by_row[row] is Fill.BAD
            style = styles.own.number(_BAD_MARK if is_bad else _GOOD_MARK)
            sheet.write((row, MARGIN_COLUMN), bad if is_bad else good, style)
        elif held is not None:
            sheet.write((row, MARGIN_COLUMN), "", styles.own.number(MARGIN))


def _shared_texts(parts: Parts) -> list[str]:
    """Return the workbook's shared texts."""
    return ["".join(map(str, item.itertext())) for item in parts.tree(_SHARED)] if _SHARED in parts.members else []


def _filled(data: FormData) -> Iterator[tuple[SheetName, str, str, Entry]]:
    """Yield every entry in which something stands, with its sheet, its row's code and its field."""
    codes = {field: code for code, field in NARRATIVE_ROWS.items()}
    rows = [
        (SheetName.INDICATORS, answer.code, name, entry)
        for answer in data.indicators
        for name, entry in _entries(answer)
    ]
    rows += [(SheetName.BUDGET, answer.code, name, entry) for answer in data.budget for name, entry in _entries(answer)]
    rows += [(SheetName.NARRATIVE, codes[name], "answer", entry) for name, entry in _entries(data.narrative)]
    yield from (row for row in rows if not row[3].blank)


def _entries(part: IndicatorAnswer | BudgetAnswer | Narrative) -> list[tuple[str, Entry]]:
    """Return the entries of one row, with their fields."""
    values = ((field.name, getattr(part, field.name)) for field in fields(part))
    return [(name, value) for name, value in values if isinstance(value, Entry)]


def _moved(fault: Fault, places: Mapping[tuple[SheetName, str, str], str]) -> Fault:
    """Return a finding of another file at its place in our own form; without a row and a column it has none."""
    for sheet, columns in COLUMNS.items():
        for column in columns:
            if column.header == fault.column and (sheet, fault.row, column.field) in places:
                return replace(fault, sheet=sheet.value, cell=places[sheet, fault.row, column.field])
    return replace(fault, sheet="", cell="")
