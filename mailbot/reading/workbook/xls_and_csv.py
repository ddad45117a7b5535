"""XLS, XLSB and CSV -> grids; what cannot be told of a cell (a format, a formula) is never guessed."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

from mailbot.core.model.unreadable import Unreadable
from mailbot.reading.mime.decoding import clean_text
from mailbot.reading.workbook.cell_formats import date_text
from mailbot.reading.workbook.package import DAMAGE
from mailbot.reading.workbook.workbook import Grid, Kind, Merge, Place, Value, WorkbookLimits, WorkbookRefused
from mailbot.reading.workbook.xls_formats import told_by_xls

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mailbot.reading.workbook.xls_formats import Told

CSV_SHEET = "CSV"
"""What the one sheet of a CSV file without a name is called in a finding."""

_DEFAULT_KEY = "VelvetSweatshop"  # the key Excel itself uses when it locks a workbook and asks for none
_DELIMITERS = (";", ",", "\t", "|")
_HEADER_LINES = 40
_ENCODINGS = ("utf-8-sig", "cp1252")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


class CalamineFile:
    """An XLS or XLSB file opened for reading by python-calamine."""

    def __init__(self, content: bytes, limits: WorkbookLimits, told: Told) -> None:
        """Open the file; `told` is what it says of its cells beside their values.

        Raises:
            WorkbookRefused: it is damaged or locked.
        """
        self._told = told
        try:
            self._workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        except PasswordError as trouble:
            raise WorkbookRefused(Unreadable.PASSWORD, str(trouble)) from trouble
        except BaseException as trouble:
            raise _damaged(trouble) from trouble
        sheets = [sheet for sheet in self._workbook.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet][
            : limits.sheets
        ]
        self._limits = limits
        self._names = tuple(sheet.name for sheet in sheets)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the sheets, in order."""
        return self._names

    def grid(self, name: str) -> Grid:
        """Return one sheet.

        Raises:
            WorkbookRefused: the sheet is damaged.
        """
        try:
            sheet = self._workbook.get_sheet_by_name(name)
            first_row, first_column = sheet.start or (0, 0)
            rows = sheet.to_python(skip_empty_area=True, nrows=self._limits.rows)
            merges = tuple(
                Merge(top + 1, left + 1, bottom + 1, right + 1)
                for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
            )
        except BaseException as trouble:
            raise _damaged(trouble) from trouble
        raw = _placed(rows, first_row, first_column, self._limits)
        for place, told in self._told.get(name, {}).items():
            self._add(raw, place, told)
        return Grid(name=name, raw=raw, decode=_decode, merges=merges)

    def _add(self, raw: dict[Place, object], place: Place, told: Kind | Value) -> None:
        """Lay what the file says of a cell over the bare value: how a number is shown, or an error."""
        number = raw.get(place)
        if isinstance(told, Value):
            if place[0] <= self._limits.rows and place[1] <= self._limits.columns:
                raw[place] = told
        elif isinstance(number, int | float) and not isinstance(number, bool):
            raw[place] = Value(told, repr(number), float(number))


def _damaged(trouble: BaseException) -> BaseException:
    """Return what a failing reader means: a damaged file, unless the program itself is being stopped.

    A panic in calamine's Rust is no Exception, and has no importable class; it is known by its name.
    """
    if isinstance(trouble, Exception | CalamineError) or type(trouble).__name__ == "PanicException":
        return WorkbookRefused(Unreadable.BROKEN, f"calamine: {trouble}")
    return trouble


def _placed(
    rows: Iterable[Sequence[object]], first_row: int, first_column: int, limits: WorkbookLimits
) -> dict[Place, object]:
    """Return the cells that hold something, by place.

    Raises:
        WorkbookRefused: there are more than a form could have.
    """
    raw: dict[Place, object] = {}
    for row, line in enumerate(rows, first_row + 1):
        for column, value in enumerate(line[: limits.columns], first_column + 1):
            if value not in ("", None):
                raw[row, column] = value
        if len(raw) > limits.cells:
            raise WorkbookRefused(Unreadable.TOO_LARGE, f"more than {limits.cells} cells")
    return raw


def _decode(raw: object) -> Value | None:
    """Return what a cell holds."""
    match raw:
        case Value():
            return raw
        case bool():
            return Value(Kind.TRUTH, str(raw).upper())
        case int() | float():
            return Value(Kind.BARE, repr(raw), float(raw))
        case date() | datetime() | time() | timedelta():
            return Value(Kind.DATE, date_text(raw))
        case str():
            seen = clean_text(raw)
            return Value(Kind.TEXT, seen) if seen.strip() else None
        case _:
            return None


def old_workbook(content: bytes, limits: WorkbookLimits) -> CalamineFile:
    """Return an XLS file, unlocked where it needs no password of anybody's."""
    plain = unlocked(content) if _is_locked(content) else content
    return CalamineFile(plain, limits, told_by_xls(plain))


def unlocked(content: bytes) -> bytes:
    """Return the workbook inside an encrypted file that needs no password of anybody's.

    Raises:
        WorkbookRefused: it needs a password, or is damaged.
    """
    import msoffcrypto  # noqa: PLC0415 - loads a great deal, and few files are locked
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError  # noqa: PLC0415 - the same

    target = io.BytesIO()
    try:
        locked = msoffcrypto.OfficeFile(io.BytesIO(content))
        locked.load_key(password=_DEFAULT_KEY)
        locked.decrypt(target)
    except (DecryptionError, InvalidKeyError, FileFormatError, *DAMAGE) as trouble:
        raise WorkbookRefused(Unreadable.PASSWORD, f"locked: {trouble!r}") from trouble
    return target.getvalue()


def _is_locked(content: bytes) -> bool:
    """Say whether an old workbook (XLS) is locked; what cannot be told is left to the reader."""
    import msoffcrypto  # noqa: PLC0415 - loads a great deal, and few files are old
    from msoffcrypto.exceptions import DecryptionError, FileFormatError  # noqa: PLC0415 - the same

    try:
        return bool(msoffcrypto.OfficeFile(io.BytesIO(content)).is_encrypted())
    except (DecryptionError, FileFormatError, *DAMAGE):
        return False


class CsvFile:
    """A CSV file: one sheet of texts, its encoding and its delimiter found by looking."""

    def __init__(self, content: bytes, limits: WorkbookLimits, name: str) -> None:
        """Decode and split the file; its name stands for that of its one sheet.

        Raises:
            WorkbookRefused: it is no text of rows.
        """
        self._name = name or CSV_SHEET
        text = _decoded(content)
        head = text.splitlines()[:_HEADER_LINES]
        delimiter = max(_DELIMITERS, key=lambda sign: max((line.count(sign) for line in head), default=0))
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))[: limits.rows]
        except csv.Error as trouble:
            raise WorkbookRefused(Unreadable.BROKEN, f"csv: {trouble}") from trouble
        self._raw = _placed(rows, 0, 0, limits)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the name of the one sheet."""
        return (self._name,)

    def grid(self, name: str) -> Grid:
        """Return the one sheet."""
        return Grid(name=name, raw=self._raw, decode=_decode)


def _decoded(content: bytes) -> str:
    """Return the text of a file as Excel and LibreOffice write it: UTF-8, UTF-16 with its mark, or Windows' own."""
    encodings = ("utf-16",) if content.startswith(_WIDE_MARKS) else _ENCODINGS
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")
