"""Numbers as people write them: `check` names the very digits to write, or says nothing it cannot know."""

from __future__ import annotations

import pytest

from mailbot.core.codes.languages import Language
from mailbot.settings.sayings.catalogue import in_words
from mailbot.settings.slips.numbers import number_way_out


@pytest.mark.parametrize(
    ("typed", "way_out"),
    [
        ("85.500.000", "tulis 85500000, tanpa Rp dan tanpa titik ribuan"),
        ("Rp85.500.000,00", "tulis 85500000, tanpa Rp dan tanpa titik ribuan"),
        ("Rp. 85.500.000,-", "tulis 85500000, tanpa Rp dan tanpa titik ribuan"),
        ("73,5", "tulis 73.5, dengan titik sebelum desimal"),
        ("24%", "tulis 24, tanpa tanda %"),
        ("24,5 %", "tulis 24.5, tanpa tanda %"),
        ("-", "tulis null bila memang tidak ada"),
        ("sembilan", "tulis angkanya saja, dengan titik sebelum desimal: 1250.75"),
        ("1.5.2", "tulis angkanya saja, dengan titik sebelum desimal: 1250.75"),
    ],
)
def test_a_number_is_told_as_yaml_wants_it(typed: str, way_out: str) -> None:
    """Never the wrong way out: a point between thousands is no decimal point."""
    assert in_words(number_way_out(typed), Language.INDONESIAN) == way_out
