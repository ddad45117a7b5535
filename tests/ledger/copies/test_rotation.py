"""The newest copy of each of the last days, weeks and months stays; the newest of all stays whatever is written."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.ledger.copies.rotation import Kept, kept

ZONE = ZoneInfo("Asia/Jakarta")
USUAL = Kept(daily=7, weekly=4, monthly=12)
FIRST = datetime(2026, 1, 1, 20, 0, tzinfo=ZONE)


def test_a_year_of_evenings_leaves_a_week_of_days_a_month_of_weeks_and_a_year_of_months() -> None:
    """As it is read off a calendar."""
    evenings = [FIRST + timedelta(days=day) for day in range(400)]
    left = sorted(f"{one:%Y-%m-%d}" for one in kept(evenings, USUAL, evenings[-1]))
    assert f"{evenings[-1]:%Y-%m-%d %A}" == "2027-02-04 Thursday"
    assert left == [
        *("2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30", "2026-07-31", "2026-08-31"),
        *("2026-09-30", "2026-10-31", "2026-11-30", "2026-12-31"),
        *("2027-01-17", "2027-01-24", "2027-01-29", "2027-01-30", "2027-01-31"),
        *("2027-02-01", "2027-02-02", "2027-02-03", "2027-02-04"),
    ]


def test_what_a_wrong_clock_named_takes_no_others_place() -> None:
    """One of next year is kept, and so are all that would be kept without it."""
    ahead = FIRST + timedelta(days=365)
    days = [FIRST + timedelta(days=day) for day in range(3)]
    only_one = Kept(daily=1, weekly=0, monthly=0)
    assert kept([*days, ahead], only_one, days[-1]) == {days[-1], ahead}


@settings(max_examples=40)
@given(
    st.lists(st.integers(0, 3000), max_size=40),
    st.builds(Kept, daily=st.integers(0, 3), weekly=st.integers(0, 3), monthly=st.integers(0, 3)),
)
def test_the_newest_is_never_let_go_and_nothing_comes_back(hours: list[int], keep: Kept) -> None:
    """Whatever there is and whatever is kept; rotating twice lets nothing more go."""
    made = [FIRST + timedelta(hours=hour) for hour in hours]
    now = FIRST + timedelta(hours=3000)
    left = kept(made, keep, now)
    assert left <= set(made)
    assert not made or max(made) in left
    assert kept(left, keep, now) == left
