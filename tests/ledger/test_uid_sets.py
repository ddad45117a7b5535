"""Sets of UIDs are written short and read back whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mailbot.ledger.looking.uid_sets import uid_set, uids_of


@given(st.frozensets(st.integers(1, 2**32 - 1) | st.integers(1, 60)))
def test_what_is_written_is_read_back(uids: frozenset[int]) -> None:
    """Whatever the server's numbers are."""
    assert uids_of(uid_set(uids)) == uids


def test_runs_are_joined_and_everything_else_stands_alone() -> None:
    """As IMAP writes a sequence set."""
    assert uid_set([7, 1, 2, 3, 9, 8, 3]) == "1:3,7:9"
    assert uid_set([5]) == "5"
    assert uid_set([]) == ""
