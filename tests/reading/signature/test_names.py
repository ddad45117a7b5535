"""The name in a certificate and the name that a letter prints."""

from __future__ import annotations

import pytest

from mailbot.reading.signature.names import is_named


@pytest.mark.parametrize(
    ("certified", "known", "same"),
    [
        ("SRI WAHYUNI", "Dra. Sri Wahyuni, M.Si.", True),
        ("Dr. H. BUDI SANTOSO S.Sos M.Si", "Drs. H. BUDI SANTOSO, S.Sos., M.Si.", True),
        ("NUR AINI SSTP", "Nur'aini, S.STP", False),
        ("NURAINI", "Nur'aini, S.STP", True),
        ("Budi Santoso", "Budi Santoso Wibowo, S.H.", False),
        ("Santoso Budi", "Budi Santoso", False),
        ("M. Yusuf", "Muhammad Yusuf", False),
        ("M. YUSUF", "M. Yusuf, S.E.", True),
        ("Ir. Dr.", "Ir. Dr.", True),
        ("Prof. H. A. Rahman S.H", "Prof. H. A. Rahman, S.H.", True),
        ("", "", False),
        ("Budi", "", False),
    ],
)
def test_a_person_is_known_by_the_words_of_the_bare_name(certified: str, known: str, same: bool) -> None:  # noqa: FBT001 - a table's column
    """Titles, degrees, case, dots and an apostrophe say nothing; order, a word more or less, an initial do."""
    assert is_named(certified, known) is same
