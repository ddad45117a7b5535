"""Whether a cause, a step or a proof says anything: words that tell, letters with a number, a file that came along."""

from __future__ import annotations

import pytest

from mailbot.core.language.saying import EmptyWords

EMPTY = EmptyWords(silent=frozenset({"nihil", "ada", "tidak"}), pointing=frozenset({"terlampir", "lihat"}))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Jaringan putus", True),
        ("tidak ada", False),
        ("Tidak ada jaringan", True),
        ("terlampir", False),
        ("aaa", False),
        ("ab", False),
        ("abb", True),
        ("a1b2b", True),
        ("123", False),
        ("---", False),
        ("", False),
        ("NIHIL", False),
        ("\uff4e\uff49\uff48\uff49\uff4c", False),
    ],
)
def test_one_word_that_tells_is_enough(text: str, *, says: bool) -> None:
    """Three letters, not all the same, and none of the empty words, however they are written."""
    assert EMPTY.says_something(text) is says


@pytest.mark.parametrize(
    ("text", "attached", "names"),
    [
        ("Rekap", False, True),
        ("DKB 1", False, True),
        ("12 34", False, False),
        ("12", True, False),
        ("terlampir", False, False),
        ("terlampir", True, True),
        ("lihat", True, True),
        ("nihil", True, False),
        ("tidak ada", True, False),
        ("ab", True, False),
        ("nihil 3", False, False),
        ("", True, False),
    ],
)
def test_evidence_is_named_by_a_word_a_number_or_a_file_beside_it(text: str, *, attached: bool, names: bool) -> None:
    """Letters with a number name a document; what points to a file does where one came along."""
    assert EMPTY.names_something(text, attached=attached) is names
