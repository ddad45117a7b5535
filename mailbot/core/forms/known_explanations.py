"""What explained a figure in the period before: offered again, and taken over by SAMA in the row's Keterangan."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.model.indicators import Period

if TYPE_CHECKING:
    from mailbot.core.model.form import FormData, IndicatorAnswer
    from mailbot.core.model.office import Office

_AS_BEFORE = frozenset({"sama", "idem", "sda"})
"""Words that mean: as in the period before."""


def known_explanation(code: str, period: Period, office: Office) -> str:
    """Return what the form that counted in the period before said in an indicator's Keterangan; empty for nothing.

    Args:
        code: of the indicator.
        period: the one that is reported now.
        office: the office, with its past.
    """
    past, year = office.past, Period(year=period.year)  # a quarter is held against last year, where no quarter is known
    found = (past.answer_before(code, one) for one in dict.fromkeys((period, year)))
    texts = (answer.remark.text.strip() for answer in found if answer is not None)
    return next((text for text in texts if office.empty_words.says_something(text)), "")


def taken_over(data: FormData, period: Period, office: Office) -> FormData:
    """Return a form in which SAMA and the like are the explanation of the period before, where there is one."""
    answers = tuple(_explained(answer, period, office) for answer in data.indicators)
    return data if answers == data.indicators else replace(data, indicators=answers)


def _explained(answer: IndicatorAnswer, period: Period, office: Office) -> IndicatorAnswer:
    """Return an answer with its Keterangan written out."""
    text = answer.remark.text
    if _AS_BEFORE.isdisjoint(re.findall(r"\w+", text.casefold())) or office.empty_words.says_something(text):
        return answer
    known = known_explanation(answer.code, period, office)
    return replace(answer, remark=replace(answer.remark, text=known)) if known else answer
