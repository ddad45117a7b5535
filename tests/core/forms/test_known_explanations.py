"""What explained a figure in the period before: SAMA takes it over, and is no explanation where there was none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.core.forms.known_explanations import known_explanation, taken_over
from mailbot.core.model.form import FormData, IndicatorAnswer
from mailbot.core.model.indicators import Period
from mailbot.core.model.past import past_of
from tests.core.small_forms import number, row, words
from tests.offices.small import OFFICE

FIRST, SECOND = Period(year=2025, quarter=1), Period(year=2025, quarter=2)
SAID = "Ada sekolah baru yang membuat akta serentak"
BEFORE = FormData(
    indicators=(
        IndicatorAnswer(code="IKU-02", actual=number("99"), remark=words(SAID, "Q7")),
        IndicatorAnswer(code="IKK-12", actual=number("5"), remark=words("-", "Q8")),
    )
)
PAST = replace(OFFICE, past=past_of({FIRST: (BEFORE,)}))


def with_remark(code: str, text: str) -> FormData:
    """Return a form of one row."""
    return FormData(indicators=(row(code, "99", remark=words(text, "Q7")),))


@pytest.mark.parametrize("typed", ["SAMA", "sama.", "Sama seperti triwulan lalu", "idem"])
def test_the_former_explanation_is_taken_over_by_a_word(typed: str) -> None:
    """It stands in the form in full from then on, at its own cell."""
    (answer,) = taken_over(with_remark("IKU-02", typed), SECOND, PAST).indicators
    assert (answer.remark.text, answer.remark.cell) == (SAID, "Q7")


@pytest.mark.parametrize(
    ("code", "typed", "period"),
    [
        ("IKU-02", "Sama sekali tidak ada pendaftar", SECOND),
        ("IKU-02", "", SECOND),
        ("IKK-12", "SAMA", SECOND),
        ("IKU-02", "SAMA", Period(year=2026, quarter=1)),
    ],
)
def test_what_says_something_itself_or_has_nothing_to_take_over_stays(code: str, typed: str, period: Period) -> None:
    """A dash explained nothing; and of the quarter before there is none."""
    form = with_remark(code, typed)
    assert taken_over(form, period, PAST) is form
    assert (known_explanation(code, period, PAST) == SAID) is (code == "IKU-02" and period == SECOND)
