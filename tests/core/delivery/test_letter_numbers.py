"""Numbers of letters: put together as the office has it, read as people write them, each fault by its name (row 8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mailbot.core.delivery.letter_numbers import GivenNumber, LetterNumbers, Numbered, NumberFault, unknown_places

DAY = date(2026, 1, 23)
PLAIN = LetterNumbers(classification="000.8.6.3", office_code="425.111", used={"2026/0121": "request/2025/CAPIL"})
WITH_MONTH = LetterNumbers(
    classification="000.8.6.3",
    office_code="425.111",
    prefix="B",
    pattern="{prefix}-{number}/{classification}/{roman}/{month}/{year}",
    classifications={Numbered.SUBMISSION: "000.7.2.8"},
    used={"2026/12a": "request/2025/CAPIL"},
)


@pytest.mark.parametrize(
    ("numbers", "written", "read"),
    [
        (PLAIN, "000.8.6.3/12/425.111/2026", GivenNumber(agenda="12", whole="000.8.6.3/12/425.111/2026")),
        (
            PLAIN,
            " 000.8.6.3 / 0122 / 425.111 / 2026. ",
            GivenNumber(agenda="0122", whole="000.8.6.3/0122/425.111/2026"),
        ),
        (PLAIN, "0122", GivenNumber(agenda="0122", whole="000.8.6.3/0122/425.111/2026")),
        (PLAIN, "12.a", GivenNumber(agenda="12.a", whole="000.8.6.3/12.a/425.111/2026")),
        (PLAIN, "000.8.6.3/12/425.111/2025", NumberFault.YEAR),
        (PLAIN, "000.8.6.3/0121/425.111/2026", NumberFault.USED),
        (PLAIN, "0121", NumberFault.USED),
        (PLAIN, "061/12/425.111/2026", NumberFault.PATTERN),
        (PLAIN, "000.8.6.3/12/425.112/2026", NumberFault.PATTERN),
        (PLAIN, "000.8.6.3//425.111/2026", NumberFault.PATTERN),
        (PLAIN, "000.8.6.3/…/425.111/2026", NumberFault.PATTERN),
        (PLAIN, "000.8.6.3/12/425.111/2026/KEP", NumberFault.PATTERN),
        (PLAIN, "menyusul", NumberFault.PATTERN),
        (PLAIN, "", NumberFault.PATTERN),
        (WITH_MONTH, "B-12/000.7.2.8/I/01/2026", GivenNumber(agenda="12", whole="B-12/000.7.2.8/I/01/2026")),
        (WITH_MONTH, "b-12/000.7.2.8/i/01/2026", GivenNumber(agenda="12", whole="B-12/000.7.2.8/I/01/2026")),
        (WITH_MONTH, "B-12/000.7.2.8/II/01/2026", NumberFault.MONTH),
        (WITH_MONTH, "B-12/000.7.2.8/I/02/2026", NumberFault.MONTH),
        (WITH_MONTH, "B-12/000.8.6.3/I/01/2026", NumberFault.PATTERN),
        (WITH_MONTH, "B-12A/000.7.2.8/I/01/2026", NumberFault.USED),
    ],
)
def test_a_number_is_read_or_its_fault_is_named(
    numbers: LetterNumbers, written: str, read: GivenNumber | NumberFault
) -> None:
    """Whole or the register's own alone; of another year, month, pattern, or borne by another paper."""
    assert numbers.read(written, Numbered.SUBMISSION, DAY) == read


def test_the_block_of_what_goes_out_is_its_own() -> None:
    """The next one that no paper bears; what is set aside for the house is not touched, and a new year begins anew."""
    numbers = replace(PLAIN, reserved=("0121", "0122"), reserved_inside=("0123",))
    assert numbers.next_out(DAY) == "0122"
    assert replace(numbers, used={**PLAIN.used, "2026/0122": "x"}).next_out(DAY) == ""
    assert numbers.next_out(date(2027, 1, 4)) == "0121"


def test_a_pattern_says_what_it_does_not_know() -> None:
    """A name that is no part of a number, and a brace that encloses none."""
    assert unknown_places("{number}/{tahun}/{year") == ("tahun", "{")
    assert unknown_places(WITH_MONTH.pattern) == ()
