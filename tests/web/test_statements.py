"""A page costs few statements, however long the office has run: at 1,000 forms and 40 closed cycles at most 12."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event, func, select

from mailbot.core.codes.languages import Language
from mailbot.ledger.columns import table_of
from mailbot.ledger.ledger import Ledger
from mailbot.ledger.tables import CycleRow, SubmissionRow
from mailbot.web.board import Board
from mailbot.web.viewer import Viewer
from tests.offices.long_names import long_named_office
from tests.web.boards import browser
from tests.web.large import CYCLES, FORMS, large_board

MOST = 12
PAGES = (
    *("/", "/cycles/lama-07", "/units", "/units/dafduk", "/units/dafduk/lama-07"),
    *("/mails", "/mails/page/60", "/mails/7", "/letters", "/letters/page/160", "/letters/7", "/letters/1/files/1"),
    *("/journal", "/plan", "/archive", "/drafts/lama-00", "/search?q=isian", "/nowhere"),
)

NOT_THERE = ("/nowhere", "/letters/1/files/1")


@pytest.fixture(scope="module")
def board() -> Board:
    """Return the board of an office after ten years."""
    return large_board()


@contextmanager
def counted(ledger: Ledger) -> Iterator[list[str]]:
    """Give the statements that are asked inside; what begins and ends a transaction is none."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement != "BEGIN":
            asked.append(statement)

    event.listen(ledger.engine, "before_cursor_execute", note)
    yield asked
    event.remove(ledger.engine, "before_cursor_execute", note)


def test_the_ledger_is_as_large_as_it_says(board: Board) -> None:
    """Else the count below would say little."""
    with board.ledger.engine.connect() as connection:
        forms = connection.execute(select(func.count()).select_from(table_of(SubmissionRow))).scalar_one()
        closed = select(func.count()).where(table_of(CycleRow).c.closed_at.is_not(None))
        assert connection.execute(closed).scalar_one() == CYCLES
    assert forms >= FORMS * 0.96


@pytest.mark.parametrize("address", PAGES)
def test_a_page_asks_the_ledger_few_questions(address: str, board: Board) -> None:
    """Also the first time, when nothing of a cycle is known to the process yet; for a unit's people as for all."""
    dafduk = tuple(person for person in long_named_office().roster.people if person.unit == "dafduk")
    for viewer in (None, Viewer(posts=dafduk, language=Language.INDONESIAN)):
        fresh = Board(
            office=board.office,
            ledger=Ledger(board.ledger.engine),
            clock=board.clock,
            template_folders=board.template_folders,
            archive_folder=board.archive_folder,
        )
        client = browser(fresh, viewer)
        with counted(board.ledger) as asked:
            answer = client.get(address)
        assert viewer is not None or (answer.status_code == 404) is (address in NOT_THERE)
        assert len(asked) <= MOST, asked
