"""What letters say of lines: texts beside the figures, and the lines that mend each finding, ready to be copied."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from mailbot.core.model.form import (
    BudgetAnswer,
    Entry,
    Fault,
    FaultCode,
    FormData,
    IndicatorAnswer,
    Narrative,
    Severity,
)
from mailbot.core.model.indicators import Period
from mailbot.core.model.letters import Letter, LetterKind
from mailbot.core.model.letters_in_answer import Guide
from mailbot.core.model.office import Office
from mailbot.writing.values.form_values import figure_rows
from mailbot.writing.words.phrases import read_phrases
from mailbot.writing.words.templates import shipped_templates
from tests.offices.roads import roads_office
from tests.writing import sample_cycle
from tests.writing.conftest import values_of
from tests.writing.sample_letters import full_letter

DATA = FormData(
    indicators=(
        IndicatorAnswer(
            code="IKU-02",
            actual=Entry(value=Decimal("98.1"), text="98,1"),
            numerator=Entry(value=Decimal(144902), text="144902"),
            obstacles=Entry(text="Jaringan"),
            remark=Entry(text="NIHIL", nil=True),
        ),
    ),
    budget=(BudgetAnswer(code="2.12.02.2.01.0005", spent_idr=Entry(value=Decimal(5), text="5"), note=Entry(text="-")),),
    narrative=Narrative(innovation=Entry(text="Layanan malam")),
)


def letter(data: FormData, *faults: Fault, open_rows: tuple[str, ...] = ()) -> Letter:
    """Return a letter that reads these answers back."""
    sample = full_letter(LetterKind.LINES_READ).letter
    assert sample.submission is not None
    read = replace(sample.submission, data=data)
    return replace(sample, unit="capil", submission=read, faults=faults, open_rows=open_rows)


def test_everything_beside_the_figures_is_shown_by_code_and_column(office: Office) -> None:
    """Numbers the Indonesian way; a figure stands in the table, the form's own data source nowhere."""
    source = next(one.data_source for one in office.indicators if one.code == "IKU-02")
    first = replace(DATA.indicators[0], data_source=Entry(text=source))
    values = values_of(letter(replace(DATA, indicators=(first,))), sample_cycle.collecting())
    assert values["text_rows"] == (
        ("IKU-02, Pembilang", "144.902"),
        ("IKU-02, Faktor Penghambat", "Jaringan"),
        ("IKU-02, Keterangan", "NIHIL"),
        ("2.12.02.2.01.0005, Keterangan", "-"),
        ("NAR-02", "Layanan malam"),
    )
    assert values["by_lines"] is True


def test_what_the_unit_sent_before_is_not_told_again() -> None:
    """Only texts that differ from its newest form."""
    cycle = sample_cycle.collecting()
    form = next(form for form in cycle.units if form.submissions)
    again = replace(letter(form.submissions[-1].data), unit=form.unit)
    values = values_of(again, cycle)
    assert (values["text_rows"], values["by_lines"]) == ((), False)


def test_each_finding_gives_the_line_that_mends_it() -> None:
    """A realisasi needs no column, a warning its remark; what is to be left out gives none."""
    faults = (
        Fault(code=FaultCode.AMBIGUOUS_NUMBER, row="IKU-02", column="Realisasi"),
        Fault(code=FaultCode.SPENT_OVER_BUDGET, row="2.12.02.2.01.0005", column="Realisasi (Rp)"),
        Fault(code=FaultCode.OBSTACLES_REQUIRED, row="IKU-02", column="Faktor Penghambat"),
        Fault(code=FaultCode.JUMP, severity=Severity.WARNING, row="IKU-05", column="Realisasi"),
        Fault(code=FaultCode.LINE_UNREAD, row="IKU-07"),
        Fault(code=FaultCode.LINE_UNKNOWN_CODE, row="IKU-99"),
        Fault(code=FaultCode.LINE_OTHER_UNIT, row="IKU-03"),
        Fault(code=FaultCode.SAME_AS_LAST_YEAR, severity=Severity.NOTE, row="IKU-05", column="Realisasi"),
        Fault(code=FaultCode.PERSONAL_DATA),
    )
    values = values_of(letter(DATA, *faults, open_rows=("IKK-12", "IKU-07")), sample_cycle.collecting())
    assert values["to_copy"] == (
        "IKU-02:",
        "2.12.02.2.01.0005:",
        "IKU-02 Faktor Penghambat:",
        "IKU-05 Keterangan:",
        "IKU-07:",
        "IKK-12:",
    )
    assert values["nil_lines"] == ("IKK-12: NIHIL", "IKU-07: NIHIL")


def test_a_letter_that_has_nothing_to_do_with_lines_has_the_names_all_the_same() -> None:
    """A template may ask for any of them."""
    bare = Letter(key="guide/x", about=Guide(), to="secretary", address="sekretaris@example.go.id")
    values = values_of(bare, None)
    assert [values[name] for name in ("text_rows", "to_copy", "nil_lines", "by_lines")] == [(), (), (), False]


def test_a_word_has_no_unit_behind_it() -> None:
    """`Ada` is told as it was promised, not as `Ada Ada/Tidak ada`."""
    office, year = roads_office(), Period(year=2025)
    given = FormData(indicators=(IndicatorAnswer(code="RTR-03", actual=Entry(value=Decimal(100), text="Ada")),))
    sample = full_letter(LetterKind.LINES_READ).letter
    assert sample.submission is not None
    phrases = read_phrases((shipped_templates(),), office.calendar)
    (row,) = figure_rows(replace(sample.submission, data=given), "TATARUANG", year, office, phrases)
    assert (row.actual, row.target, row.unit_of_measure) == ("Ada", "Ada", "")
