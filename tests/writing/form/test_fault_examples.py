"""What is given as an example of an entry is none that would be sent back in its turn."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.core.model.form import FaultCode
from mailbot.writing.words.form_words import read_fault_words
from mailbot.writing.words.templates import shipped_templates
from tests.core.forms.test_ratios import SHARE, divided, judged
from tests.core.small_forms import number

BOOKS = tuple(read_fault_words((folder,)) for folder in (shipped_templates(), shipped_templates() / "en"))
OF_A_CELL = frozenset({FaultCode.OUT_OF_RANGE, FaultCode.NEGATIVE, FaultCode.NOT_WHOLE})


@settings(max_examples=60)
@given(
    above=st.integers(-50, 500),
    below=st.integers(1, 300),
    actual=st.decimals(-20, 200, places=1),
    high=st.sampled_from([None, Decimal(1), Decimal(100)]),
    low=st.sampled_from([None, Decimal(0), Decimal(-10)]),
    decimals=st.integers(0, 2),
)
def test_an_example_that_is_a_figure_passes_where_it_is_typed(
    above: int, below: int, actual: Decimal, high: Decimal | None, low: Decimal | None, decimals: int
) -> None:
    """Of whatever is found in the realisasi: the example is no value that would come back once more."""
    share = replace(SHARE, minimum=low, maximum=high, decimals=decimals)
    answer = divided(str(above), str(below), number(str(actual)))
    for fault in judged(share, answer):
        for book in BOOKS:
            example = book.describe(fault).example
            if fault.column == "Realisasi" and re.fullmatch(r"-?[\d.]+(,\d+)?", example):
                typed = replace(answer, actual=number(example.replace(".", "").replace(",", ".")))
                again = {one.code for one in judged(share, typed) if one.column == "Realisasi"}
                assert not again & {*OF_A_CELL, fault.code}


@pytest.mark.parametrize(
    "code",
    [
        *(FaultCode.NOT_A_NUMBER, FaultCode.WRONG_UNIT, FaultCode.OUT_OF_RANGE, FaultCode.NEGATIVE),
        *(FaultCode.FORMULA_WITHOUT_VALUE, FaultCode.CELL_ERROR, FaultCode.DATE_IN_NUMBER, FaultCode.NOT_WHOLE),
        *(FaultCode.TOTAL_OF_PARTS, FaultCode.DENOMINATOR_ZERO, FaultCode.SPENT_OVER_BUDGET),
    ],
)
def test_no_fixed_figure_is_an_example_for_every_indicator(code: FaultCode) -> None:
    """98,50 is no example where four is the most: only figures of the finding itself are told."""
    for book in BOOKS:
        assert not re.search(r"\d", book.words[code.value]["example"])
