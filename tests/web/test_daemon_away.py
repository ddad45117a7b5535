"""That no daemon works is told on top of the front page, and nobody is promised a mail that cannot leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from mailbot.core.codes.languages import Language
from mailbot.core.model.cycle import Cycle
from mailbot.core.model.people import Role
from mailbot.ledger.files_and_notes import PASSED_AT
from mailbot.web.board import Daemon
from mailbot.web.pages.cycle import home_page
from mailbot.web.pages.marks import Tone
from mailbot.web.pages.page import Here
from mailbot.web.printing import here_of
from mailbot.web.viewer import Viewer
from tests.offices.long_names import long_named_office
from tests.web.boards import AT, board_of, browser
from tests.web.gate.doors import Door
from tests.writing.sample_cycle import collecting

JUST, LONG_AGO = AT - timedelta(minutes=1), AT - timedelta(minutes=31)


def here_with(
    role: Role,
    *,
    runs: bool | None,
    passed: datetime | None,
    proved: datetime | None,
    cycles: tuple[Cycle, ...] = (collecting(),),
) -> Here:
    """Return what a page is made with for somebody of that role, beside a daemon that is in such a state."""
    daemon = Daemon(told=True, runs=lambda: runs, silence_minutes=lambda: 30)
    board = replace(board_of(*cycles), daemon=daemon)
    for name, at in ((PASSED_AT, passed), ("proved_poll", proved)):
        if at is not None:
            board.ledger.notes.write(name, at.isoformat())
    posts = tuple(person for person in long_named_office().roster.people if person.role is role)[:1]
    return here_of(board, Viewer(posts=posts, language=Language.ENGLISH))


def first_need(here: Here) -> Any:  # noqa: ANN401 - a value of the page
    """Return what stands on top of the front page."""
    needs: Any = home_page(here).values["needs"]
    return needs[0]


@pytest.mark.parametrize(
    ("runs", "passed", "proved", "code"),
    [
        (False, JUST, JUST, "not_running"),
        (False, None, None, "never_ran"),
        (True, LONG_AGO, LONG_AGO, "no_pass"),
        (True, JUST, LONG_AGO, "no_mailbox"),
        (None, LONG_AGO, None, "no_pass"),
    ],
)
def test_what_is_wrong_with_the_daemon_stands_on_top(
    *, runs: bool | None, passed: datetime | None, proved: datetime | None, code: str
) -> None:
    """With since when and what to type, for whoever has a terminal; for others whom to tell."""
    here = here_with(Role.PLANNING, runs=runs, passed=passed, proved=proved)
    need = first_need(here)
    assert (need.mark.tone, need.what, need.do) == (Tone.LATE, here.told("now", code), here.told("now", f"do_{code}"))
    since = {"not_running": passed, "no_pass": passed, "no_mailbox": proved}.get(code)
    assert (here.phrases.moment(since) if since is not None else "") in need.when
    for role, told in ((Role.SECRETARY, True), (Role.DIVISION_HEAD, False)):
        other = here_with(role, runs=runs, passed=passed, proved=proved)
        assert (first_need(other).do == other.told("now", "do_operator_away")) is told


def test_it_is_told_before_the_first_cycle_too() -> None:
    """The page that says that there is no cycle yet."""
    here = here_with(Role.PLANNING, runs=None, passed=None, proved=None, cycles=())
    assert first_need(here).what == here.told("now", "never_ran")
    assert here.told("now", "do_never_ran") in browser(here.board, here.viewer).get("/").text
    assert not home_page(here_with(Role.DIVISION_HEAD, runs=None, passed=None, proved=None, cycles=())).values["needs"]


def test_all_is_well_where_one_works_or_passes_are_made_one_by_one() -> None:
    """A daemon that has just passed; `mailbot tick` from a timetable, which leaves no daemon behind."""
    for runs, passed, proved in ((True, JUST, JUST), (None, JUST, JUST), (False, LONG_AGO, JUST), (False, None, JUST)):
        here = here_with(Role.PLANNING, runs=runs, passed=passed, proved=proved)
        wrong = ("never_ran", "not_running", "no_pass", "no_mailbox")
        assert first_need(here).what not in {here.told("now", code) for code in wrong}


@pytest.mark.parametrize("runs", [True, False, None])
def test_no_link_is_promised_soon_where_nothing_leaves(*, runs: bool | None) -> None:
    """The page is the same for whoever is listed and whoever is not."""
    door = Door(daemon=Daemon(told=True, runs=lambda: runs))
    listed, unknown = (door.browser().asks(address) for address in ("secretary@example.go.id", "x@example.go.id"))
    assert ("mailbot signin" in listed.text.split("<form")[0]) is (runs is False)
    assert ("sebentar lagi" in listed.text) is (runs is not False)
    assert listed.text.count("\n") == unknown.text.count("\n")
