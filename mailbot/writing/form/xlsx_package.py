"""A workbook as values -> the bytes of an XLSX file; the same workbook always gives the same bytes."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from mailbot.core.model.form_layout import address
from mailbot.writing.form.sheet_xml import sheet_xml
from mailbot.writing.form.stable_zip import zip_bytes
from mailbot.writing.form.styles import MAIN, Registry, new_styles, styles_xml
from mailbot.writing.form.workbook_model import Book, Sheet

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_VERY_HIDDEN = ' state="veryHidden"'


def book_bytes(book: Book) -> bytes:
    """Return the workbook as the bytes of an XLSX file."""
    styles, texts = new_styles(), Registry()
    parts: dict[str, str] = {}
    for number, sheet in enumerate(book.sheets, 1):
        front = sheet.name == book.opens_on
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet_xml(sheet, styles, texts, front=front)
    return zip_bytes(
        {
            "[Content_Types].xml": _content_types(len(book.sheets)),
            "_rels/.rels": _root_relations(),
            "docProps/core.xml": _properties(book),
            "xl/workbook.xml": _workbook(book),
            "xl/_rels/workbook.xml.rels": _workbook_relations(len(book.sheets)),
            "xl/styles.xml": styles_xml(styles),
            "xl/sharedStrings.xml": _shared_texts(texts),
            **parts,
        }
    )


def _content_types(sheets: int) -> str:
    """Return the part that tells what each part is."""
    override = '<Override PartName="{}" ContentType="{}"/>'.format
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f"{override('/xl/workbook.xml', f'{_TYPE}.sheet.main+xml')}"
        f"{''.join(override(f'/xl/worksheets/sheet{n}.xml', f'{_TYPE}.worksheet+xml') for n in range(1, sheets + 1))}"
        f"{override('/xl/styles.xml', f'{_TYPE}.styles+xml')}"
        f"{override('/xl/sharedStrings.xml', f'{_TYPE}.sharedStrings+xml')}"
        f"{override('/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml')}</Types>"
    )


def _root_relations() -> str:
    """Return where the package begins."""
    return (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/officeDocument" Target="xl/workbook.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>"
    )


def _workbook_relations(sheets: int) -> str:
    """Return the parts the workbook is made of; sheets keep their numbers as ids."""
    kinds = [(f"worksheets/sheet{n}.xml", "worksheet") for n in range(1, sheets + 1)]
    kinds += [("styles.xml", "styles"), ("sharedStrings.xml", "sharedStrings")]
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'
        for number, (target, kind) in enumerate(kinds, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'


def _properties(book: Book) -> str:
    """Return the document's title and maker; no time, so that the same form has the same bytes."""
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(book.title)}</dc:title><dc:creator>{escape(book.creator)}</dc:creator></cp:coreProperties>"
    )


def _workbook(book: Book) -> str:
    """Return the workbook part: its sheets, the one in front, what is printed; everything is computed on opening."""
    front = [sheet.name for sheet in book.sheets].index(book.opens_on)
    sheets = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{number}"{_VERY_HIDDEN if sheet.very_hidden else ""}'
        f' r:id="rId{number}"/>'
        for number, sheet in enumerate(book.sheets, 1)
    )
    return (
        f'{_HEAD}<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}/relationships"><workbookPr/>'
        f'<workbookProtection lockStructure="1"/><bookViews><workbookView activeTab="{front}"/></bookViews>'
        f"<sheets>{sheets}</sheets><definedNames>{''.join(map(_print_names, range(len(book.sheets)), book.sheets))}"
        '</definedNames><calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>'
    )


def _print_names(index: int, sheet: Sheet) -> str:
    """Return the print area of a sheet, and the header row that is repeated on its pages."""
    if sheet.very_hidden:
        return ""
    quoted = "'" + sheet.name.replace("'", "''") + "'"
    row, column = sheet.last_row, sheet.last_column
    corner = address(row, column).rstrip("0123456789")
    area = f"{quoted}!$A$1:${corner}${row}"
    names = f'<definedName name="_xlnm.Print_Area" localSheetId="{index}">{escape(area)}</definedName>'
    if sheet.header_row:
        titles = f"{quoted}!${sheet.header_row}:${sheet.header_row}"
        names += f'<definedName name="_xlnm.Print_Titles" localSheetId="{index}">{escape(titles)}</definedName>'
    return names


def _shared_texts(texts: Registry) -> str:
    """Return the table of texts that cells point into."""
    items = "".join(f"<si>{text}</si>" for text in texts.numbers)
    return f'{_HEAD}<sst xmlns="{MAIN}" uniqueCount="{len(texts.numbers)}">{items}</sst>'
