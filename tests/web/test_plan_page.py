"""The plan on the board: what is kept of the letters ahead is found anew as soon as anything of it may have changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.core.codes.languages import Language
from mailbot.ledger.values import Changes, CycleChange
from mailbot.web.open_gate import onlooker
from mailbot.web.pages.planning.plan import plan_page
from mailbot.web.printing import here_of
from tests.web.boards import AT, board_of
from tests.writing.sample_cycle import collecting, unit_form

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.web.board import Board
    from mailbot.writing.plan.planned import PlanLine


def letters(board: Board, at: datetime) -> tuple[PlanLine, ...]:
    """Return the letters ahead that the page shows at a moment."""
    values = plan_page(here_of(replace(board, clock=lambda: at), onlooker(Language.ENGLISH))).values
    running = values["running"]
    assert isinstance(running, tuple)
    return tuple(line for one in running for line in one.letters or ())


def test_letters_ahead_follow_the_cycle_the_clock_and_the_office() -> None:
    """The same within office hours; others once a unit is through, a day is over, or the office goes by other rules."""
    board = board_of(collecting())
    before = letters(board, AT)
    assert letters(board, AT + timedelta(minutes=1)) == before
    assert letters(board, AT + timedelta(days=1)) != before
    office = board.office()
    rules = replace(office, policy=replace(office.policy, late_every_days=9))
    assert letters(replace(board, office=lambda: rules), AT) != before
    cycle = board.ledger.cycles.get("2025")
    assert cycle is not None
    moved = cycle
    for form in cycle.units:
        moved = moved.with_unit(unit_form(form.unit))
    board.ledger.commit(Changes(at=AT, cycles=(CycleChange(before=cycle, after=moved),)))
    assert letters(board, AT) != before
