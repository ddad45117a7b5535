"""The workbook of the letter about many offices: every office in every period, and every indicator that is compared."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from mailbot.core.model.office import Office
from mailbot.core.rollup.letters_of_rollup import RollUp
from mailbot.core.rollup.rolling_up import ComparedIndicator, OfficeRow, PeriodRollup
from mailbot.writing.packing import steady_package
from mailbot.writing.recap.plans import PERCENT, Figure, Missing, Plan, Row, Value
from mailbot.writing.rollup.rollup_values import step_words, whose_move
from mailbot.writing.words.phrases import Phrases

_STANDING = (
    *(("office", 30.0), ("step", 30.0), ("whose", 20.0), ("since", 13.0), ("due", 13.0), ("late", 9.0)),
    *(("asked", 9.0), ("accepted", 9.0), ("in_time", 11.0), ("median", 10.0)),
    *(("forms", 9.0), ("returned", 12.0), ("median", 10.0)),
)
_INDICATORS = (
    *(("code", 12.0), ("indicator", 44.0), ("measure", 14.0), ("office", 32.0)),
    *(("target", 12.0), ("actual", 12.0), ("achievement", 12.0), ("median", 10.0)),
)
"""Columns: the name of each header among the words, and its width in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """What every sheet is made from."""

    about: RollUp
    office: Office
    phrases: Phrases

    def word(self, code: str) -> str:
        """Return one of the workbook's words."""
        return self.phrases.word("rollup_book", code)


def write_rollup_workbook(about: RollUp, office: Office, phrases: Phrases) -> bytes:
    """Return the workbook as XLSX; the same figures give the same bytes.

    Raises:
        TemplateProblem: `words.yaml` lacks a word.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - a tenth of a second and 13 MB, for what few letters carry

    from mailbot.writing.recap.recap import CORE  # noqa: PLC0415 - the same
    from mailbot.writing.recap.sheet import lay_out  # noqa: PLC0415 - the same

    made = _Book(about=about, office=office, phrases=phrases)
    book = Workbook()
    book.remove(book.worksheets[0])
    lay_out(book.create_sheet(made.word("standing_sheet")), _plan(made, _STANDING, tuple(_standing_rows(made))))
    if any(period.compared for period in about.rolled):
        lay_out(book.create_sheet(made.word("indicator_sheet")), _plan(made, _INDICATORS, tuple(_indicator_rows(made))))
    packed = io.BytesIO()
    book.save(packed)
    return steady_package(packed.getvalue(), {"docProps/core.xml": CORE})


def _plan(book: _Book, columns: tuple[tuple[str, float], ...], rows: tuple[Row, ...]) -> Plan:
    """Return what one sheet holds."""
    day = book.phrases.long_date(book.about.at)
    return Plan(
        above=(book.office.letterhead.agency_name, book.word("title"), book.word("as_of").format(day=day)),
        headers=[(book.word(name), width) for name, width in columns],
        rows=rows,
        notes=[book.word("note")],
        footer=book.office.letterhead.agency_short,
        page=book.word("page"),
    )


def _standing_rows(book: _Book) -> Iterator[Row]:
    """Yield every office under its period, and who cannot be told of."""
    for period in book.about.rolled:
        yield Row(values=(book.phrases.period(period.period),), band=True)
        yield from (_standing(row, period, book) for row in period.rows)
        yield from (Row(values=(name, Missing(words=book.word("not_begun")))) for name in period.not_begun)
    if book.about.unread:
        yield Row(values=(book.word("unread_band"),), band=True)
        yield from (Row(values=(name, Missing(words=book.word("unread")))) for name in book.about.unread)


def _standing(row: OfficeRow, period: PeriodRollup, book: _Book) -> Row:
    """Return one office."""
    cycle, medians = row.cycle, period.medians
    running = cycle.closed_at is None
    return Row(
        values=(
            row.name,
            step_words(cycle, book.phrases),
            whose_move(cycle, book.phrases),
            book.phrases.short_date(cycle.since if cycle.closed_at is None else cycle.closed_at),
            book.phrases.short_date(cycle.due_at) if running else "",
            cycle.late_days or "",
            cycle.asked,
            cycle.accepted,
            _percent(cycle.in_time_pct),
            _percent(medians.in_time_pct),
            cycle.forms,
            _percent(cycle.returned_pct),
            _percent(medians.returned_pct),
        )
    )


def _indicator_rows(book: _Book) -> Iterator[Row]:
    """Yield every indicator that is compared, office by office."""
    for period in book.about.rolled:
        if not period.compared:
            continue
        yield Row(values=(book.phrases.period(period.period),), band=True)
        names = {row.key: row.name for row in period.rows}
        for indicator in period.compared:
            yield from _indicator(indicator, names)


def _indicator(one: ComparedIndicator, names: dict[str, str]) -> Iterator[Row]:
    """Yield one indicator, the highest achievement first."""
    for key, figures in one.offices:
        yield Row(
            values=(
                *(one.code, one.name, one.unit_of_measure, names[key]),
                *(_percent(figures.target), _percent(figures.actual), _percent(figures.achievement_pct)),
                _percent(one.median_pct),
            )
        )


def _percent(value: Decimal | None) -> Value:
    """Return a figure; a dash where there is none yet."""
    return Figure(value=value, shape=PERCENT) if value is not None else "-"
