"""Numbers like a NIK in a text: which digits are one, however they are written, and which figures stay."""

from __future__ import annotations

from datetime import date
from itertools import accumulate

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mailbot.core.language.nik import born_in_groups, holds_nik, masked

NIK = "3574016408900001"
HIDDEN = "#" * 16


def test_a_number_of_sixteen_digits_is_masked_however_it_is_grouped() -> None:
    """A NIP has eighteen and stays; so do figures."""
    assert masked(f"a.n. {NIK}, 3574.0164.0890.0001.") == f"a.n. {HIDDEN}, {HIDDEN}."
    assert masked("NIP 20850731 211003 1 004, 309.725.000") == "NIP 20850731 211003 1 004, 309.725.000"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (f"12 {NIK}", f"12 {HIDDEN}"),
        (f"{NIK} 12", f"{HIDDEN} 12"),
        (f"1.{NIK}", f"1.{HIDDEN}"),
        (f"{NIK} 3276011502850002", f"{HIDDEN} {HIDDEN}"),
        ("12 3574 0164 0890 0001", f"12 {HIDDEN}"),
        ("2 3574-0164-0890-0001 3", f"2 {HIDDEN} 3"),
        ("12 9999999999999999", f"12 {HIDDEN}"),
        ("3574 1164 0812 0112 0001", HIDDEN),
        ("12 9999 9999 9999 9999", "12 9999 9999 9999 9999"),
        ("Rp 3.574.010.101.900.001", f"Rp {HIDDEN}"),
        ("Rp 574.010.101.900.001", "Rp 574.010.101.900.001"),
        ("Rp 309.725.000 4.120.000.000", "Rp 309.725.000 4.120.000.000"),
        ("Rp 3.574 010.101.900.001.5", "Rp 3.574 010.101.900.001.5"),
        ("95.3488372093023256", "95.3488372093023256"),
        ("2021 2022 2023 2024 2025", "2021 2022 2023 2024 2025"),
        ("12 208507312110031004", "12 208507312110031004"),
        ("35740164089000011", "35740164089000011"),
        ("3574-0164 0890.0001", HIDDEN),
        ("12 3574-0164 0890.0001", f"12 {HIDDEN}"),
        ("357401-640890 0001, 12", f"{HIDDEN}, 12"),
        ("35 74 01.640890-0001 2", f"{HIDDEN} 2"),
        ("3574 - 0164 - 0890 - 0001", HIDDEN),
        ("3574\u20130164\u20130890\u20130001 7", f"{HIDDEN} 7"),
        ("12 3574-0199 0890.0001", "12 3574-0199 0890.0001"),
        ("35 740 164 089 00001 7", f"{HIDDEN} 7"),
        ("35 740 164.089 00001 7", "35 740 164.089 00001 7"),
        ("35 - 740 - 164 - 089 - 00001 - 7", "35 - 740 - 164 - 089 - 00001 - 7"),
        ("Rp 12.345.608 - 09.654.321", "Rp 12.345.608 - 09.654.321"),
        ("01-01-2026 31-03-2026", "01-01-2026 31-03-2026"),
        ("01.01.2026-31.03.2026", "01.01.2026-31.03.2026"),
        ("2026-01-01 - 2026-03-31", "2026-01-01 - 2026-03-31"),
        ("2021-2022-2023-2024", "2021-2022-2023-2024"),
        ("2021 2022 2023 2024", "2021 2022 2023 2024"),
    ],
)
def test_a_nik_is_masked_beside_other_digits_and_amounts_stay(written: str, kept: str) -> None:
    """The rule of `masked`, row by row."""
    assert masked(written) == kept
    assert holds_nik(written) == (HIDDEN in kept)


@st.composite
def niks(draw: st.DrawFn) -> str:
    """Draw sixteen digits with a day of birth in them."""
    place = draw(st.integers(110101, 979999))
    born = draw(st.dates(min_value=date(1930, 1, 1), max_value=date(2026, 12, 31)))
    day = born.day + draw(st.sampled_from((0, 40)))
    return f"{place}{day:02}{born.month:02}{born.year % 100:02}{draw(st.integers(1, 9999)):04}"


SIGNS = st.sampled_from((" ", ".", "-", "\u00a0", " - ", "\u2013"))
AROUND = st.text(alphabet="0123456789 .,-\u00a0a\n", max_size=30)


@given(nik=niks(), before=AROUND, after=AROUND, sizes=st.sampled_from(((16,), (4, 4, 4, 4), (6, 6, 4))), data=st.data())
def test_no_nik_survives_whatever_stands_around_it(
    nik: str, before: str, after: str, sizes: tuple[int, ...], data: st.DataObject
) -> None:
    """Unbroken or in groups, whatever signs stand between; only digits that touch it make it another number."""
    assume(not before[-1:].isdigit() and not after[:1].isdigit())
    ends = list(accumulate(sizes))
    groups = [nik[end - size : end] for end, size in zip(ends, sizes, strict=True)]
    signs = data.draw(st.lists(SIGNS, min_size=len(groups) - 1, max_size=len(groups) - 1))
    written = groups[0] + "".join(sign + group for sign, group in zip(signs, groups[1:], strict=True))
    text = before + written + after
    assert holds_nik(text)
    assert written not in masked(text)
    assert masked(masked(text)) == masked(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("NIK 3574 0164 0890 0001 a.n.", True),
        ("7 357401.640890.0001", True),
        (NIK, False),
        ("3574 0199 0890 0001", False),
        ("357 401 640 890 0001", True),
        ("35 740 164 089 000 01", False),
        ("2.12.02.2.01.0005 309.725.000", False),
        ("", False),
    ],
)
def test_grouped_digits_are_a_nik_in_a_file_only_when_cut_as_one(text: str, *, found: bool) -> None:
    """A file is full of figures; there the day of birth and the cut must both fit."""
    assert born_in_groups(text) is found
