"""How dates, numbers, counts and names of files are written to people, with the words of `templates/words.yaml`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.dates import format_date
from babel.numbers import format_decimal

from mailbot.core.model.indicators import Period, PeriodKind
from mailbot.errors import TemplateProblem
from mailbot.writing.calendar_file import ICS
from mailbot.writing.words.templates import in_language, read_all_words

if TYPE_CHECKING:
    from mailbot.core.calendar.work_calendar import WorkCalendar
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person


_FIGURES = "id"
"""Figures are written as the form has them, whatever language stands around them."""
_FINEST_DECIMALS = 6
_TWENTY = 20
_HUNDRED = 100
_THOUSAND = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """One office's way of writing dates, numbers and short words."""

    words: dict[str, Any]
    calendar: WorkCalendar

    def word(self, group: str, code: str = "") -> str:
        """Return one short word: `word("missing")`, `word("unit_state", "waiting")`.

        Raises:
            TemplateProblem: `words.yaml` has no such word.
        """
        found = self.words.get(group)
        if code:
            found = found.get(code) if isinstance(found, dict) else None
        if not isinstance(found, str):
            raise TemplateProblem(f"words.yaml has no word for {group}.{code}".rstrip("."))
        return found

    def period(self, period: Period) -> str:
        """Return `Triwulan I Tahun 2026` or `Tahun 2025`."""
        pattern = self.word("period", period.kind.value)
        if period.kind is PeriodKind.ANNUAL:
            return pattern.format(year=period.year)
        return pattern.format(year=period.year, roman=self.words["roman"][period.quarter])

    def quarter(self, period: Period) -> str:
        """Return `Triwulan I`; of a whole year its year."""
        if period.kind is PeriodKind.ANNUAL:
            return self.period(period)
        return self.word("period", "quarter_alone").format(roman=self.words["roman"][period.quarter])

    def long_date(self, moment: date) -> str:
        """Return `12 Januari 2026`, a moment taken in the office's zone."""
        return _dated(self._day_of(moment), "d MMMM y", self._locale)

    def month(self, moment: date) -> str:
        """Return `Januari 2026`."""
        return _dated(self._day_of(moment), "MMMM y", self._locale)

    def short_date(self, moment: date) -> str:
        """Return `12 Jan 2026`, for tables."""
        return _dated(self._day_of(moment), "d MMM y", self._locale)

    def day_month(self, moment: date) -> str:
        """Return `12 Jan`, for subjects, where the token already names the year."""
        return _dated(self._day_of(moment), "d MMM", self._locale)

    def day(self, moment: date) -> str:
        """Return `Senin, 12 Januari 2026`, a moment taken in the office's zone."""
        return _dated(self._day_of(moment), "EEEE, d MMMM y", self._locale)

    def moment(self, moment: datetime) -> str:
        """Return `Senin, 12 Januari 2026 pukul 16.00 WIB` in the office's zone."""
        here = self.calendar.local(moment)
        time = f"{here:%H.%M}"
        return self.word("moment").format(day=self.day(moment), time=time, zone=self.calendar.zone_label)

    def deadline(self, due_at: datetime, told_at: datetime) -> str:
        """Return a deadline as `moment` does; marked where it is not certain which days until then are worked."""
        words = self.moment(due_at)
        return self.word("estimate").format(moment=words) if self.calendar.is_estimate(told_at, due_at) else words

    def line_deadline(self, due_at: datetime, told_at: datetime) -> str:
        """Return a deadline as `moment` does, marked as `short_deadline` is: for a line that holds no more."""
        words = self.moment(due_at)
        return self.word("estimate_short").format(day=words) if self.calendar.is_estimate(told_at, due_at) else words

    def short_deadline(self, due_at: datetime, told_at: datetime) -> str:
        """Return a deadline as `short_date` does, for tables; marked as `deadline` marks it."""
        words = self.short_date(due_at)
        return self.word("estimate_short").format(day=words) if self.calendar.is_estimate(told_at, due_at) else words

    def when(self, text: str) -> str:
        """Return an ISO date or moment (as letters carry it in `about`) in words; empty for an empty one."""
        if not text:
            return ""
        if "T" in text or " " in text:
            return self.moment(datetime.fromisoformat(text))
        return self.day(date.fromisoformat(text))

    def number(self, value: Decimal | None, decimals: int = 2) -> str:
        """Return `1.234,50`: at least so many decimals, more where the value has them (nothing is rounded away)."""
        if value is None:
            return self.word("missing")
        return _number(str(value), decimals)

    def percent(self, value: Decimal | None) -> str:
        """Return `95,12%`; the word for what cannot be computed where there is no value."""
        if value is None:
            return self.word("not_computable")
        return f"{self.number(value)}%"

    def rupiah(self, value: Decimal | None) -> str:
        """Return `Rp1.234.567`, with sen only where there are any."""
        if value is None:
            return self.word("missing")
        whole = value == value.to_integral_value()
        return f"Rp{self.number(value, 0 if whole else 2)}"

    def figure(self, text: str) -> str:
        """Return a Decimal's text as printed, `98.5` -> `98,50`; other text as it is, nothing as what is missing."""
        if not text:
            return self.word("missing")
        try:
            return self.number(Decimal(text))
        except InvalidOperation:
            return text

    def spelled(self, number: int) -> str:
        """Return a whole number from 0 to 999 in words; other numbers as figures."""
        digits: list[str] = self.words["digits"]
        if 0 <= number < len(digits):
            return digits[number]
        if 0 <= number < _TWENTY:
            return self.word("teens").format(digit=digits[number % 10])
        if 0 <= number < _HUNDRED:
            tens = self.word("tens").format(digit=digits[number // 10])
            return self._joined(tens, number % 10)
        if 0 <= number < 2 * _HUNDRED:
            return self._joined(self.word("hundred"), number % _HUNDRED)
        if 0 <= number < _THOUSAND:
            return self._joined(self.word("hundreds").format(digit=digits[number // _HUNDRED]), number % _HUNDRED)
        return self.number(Decimal(number), 0)

    def counted(self, number: int, noun: str) -> str:
        """Return `1 (satu) berkas`; of `working day|working days` the latter goes with any number but one."""
        one, _, more = noun.partition("|")
        counted = more if more and number != 1 else one
        return self.word("counted").format(number=number, spelled=self.spelled(number), noun=counted)

    def change(self, now: Decimal, before: Decimal, decimals: int) -> str:
        """Return by how much a figure moved: `naik 1,25`, `turun 0,40`, `tetap`."""
        if now == before:
            return self.word("change", "same")
        return self.word("change", "up" if now > before else "down").format(
            amount=self.number(abs(now - before), decimals)
        )

    @property
    def _locale(self) -> str:
        """Return whose names months and days have."""
        return self.word("locale")

    def _joined(self, head: str, rest: int) -> str:
        """Put the words of a number and of its remainder together."""
        return f"{head} {self.spelled(rest)}" if rest else head

    def _day_of(self, moment: date) -> date:
        """Return the office's local day of a moment; a plain date stays itself."""
        return self.calendar.local(moment).date() if isinstance(moment, datetime) else moment


def read_phrases(folders: tuple[Path, ...], calendar: WorkCalendar) -> Phrases:
    """Return the office's phrases: those mailbot came with, overlaid by the office's own `words.yaml`, group by group.

    Raises:
        TemplateProblem: no folder has a `words.yaml`, or one of them is no table.
    """
    return Phrases(words=read_all_words(folders), calendar=calendar)


def phrases_for(person: Person | None, office: Office, folders: tuple[Path, ...]) -> Phrases:
    """Return the phrases in which somebody is told of something beside his letters: those of his own language.

    Raises:
        TemplateProblem: as `read_phrases` has it.
    """
    language = office.speaks_to(person) if person is not None else office.language
    return read_phrases(in_language(folders, language), office.calendar)


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
MAIL = "message/rfc822"
OTHER = "application/octet-stream"

_PICTURES = (
    (0, b"\xff\xd8\xff", "image/jpeg", ".jpg"),
    (0, b"\x89PNG", "image/png", ".png"),
    (0, b"II*\x00", "image/tiff", ".tif"),
    (0, b"MM\x00*", "image/tiff", ".tif"),
    (4, b"ftypheic", "image/heic", ".heic"),
    (8, b"WEBP", "image/webp", ".webp"),
)
"""By what a picture is known, from which byte on; what it is, and how its name ends."""
_EXTENSIONS = {kind: ending for _, _, kind, ending in _PICTURES} | {
    XLSX: ".xlsx",
    DOCX: ".docx",
    PDF: ".pdf",
    MAIL: ".eml",
    OTHER: "",
    ICS: ".ics",
}
_LONGEST = 80


def file_name(phrases: Phrases, code: str, media_type: str, **values: object) -> str:
    """Return a file's name, `Form-Isian-DAFDUK-2026-TW1.xlsx`; cycle and unit in capitals."""
    shown = {name: str(value).upper() if name in {"cycle", "unit"} else value for name, value in values.items()}
    return safe_name(phrases.word("file_name", code).format(**shown)) + _EXTENSIONS[media_type]


def safe_name(text: str) -> str:
    """Return a text as a file name: ASCII letters, digits, dots, hyphens, underscores; never a path, never hidden."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-.")[:_LONGEST] or "tanpa-nama"


def media_type_of(content: bytes) -> str:
    """Return what kind of file these bytes are, by their beginning and the parts they name."""
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"PK\x03\x04"):
        return DOCX if b"word/document.xml" in content else XLSX if b"xl/workbook.xml" in content else OTHER
    return next((kind for at, sign, kind, _ in _PICTURES if content.startswith(sign, at)), OTHER)


@lru_cache(maxsize=4096)
def _dated(day: date, pattern: str, locale: str) -> str:
    """Return a day in print; a page or a recap prints the same few many times."""
    return format_date(day, format=pattern, locale=locale)


@lru_cache(maxsize=4096)
def _number(digits: str, decimals: int) -> str:
    """Return a number in print; a report prints the same few hundred several times each."""
    value = Decimal(digits)
    exponent = value.normalize().as_tuple().exponent
    own = -exponent if isinstance(exponent, int) else 0
    places = min(max(decimals, own), _FINEST_DECIMALS)
    pattern = "#,##0." + "0" * places if places else "#,##0"
    return format_decimal(value, format=pattern, locale=_FIGURES)
