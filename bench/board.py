"""What a page of the status board costs after ten years: its CPU beside that of its statements alone, and how many.

1,000 forms, 40 closed cycles and one that runs, 1,500 mails, 4,000 letters on SQLite in memory. The statements alone:
the same questions asked once more of the same ledger, every row fetched, and nothing made of them.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from mailbot.web.board import Board
from mailbot.web.open_gate import onlooker
from mailbot.web.pages.addresses import answer
from mailbot.web.pages.page import Page
from mailbot.web.printing import Live, Printer, here_of
from tests.web.large import large_board

ROUNDS = 30
_MS = 1_000
PAGES = (
    ("/", {}),
    ("/cycles/lama-07", {}),
    ("/units", {}),
    ("/units/dafduk", {}),
    ("/mails", {}),
    ("/mails/7", {}),
    ("/letters", {}),
    ("/letters/7", {}),
    ("/journal", {}),
    ("/plan", {}),
    ("/search", {"q": "isian"}),
)
"""Address, and what stands behind its question mark."""


def main() -> None:
    """Print a line for each page, and the median of all."""
    board = large_board()
    printer = Printer(folders=board.template_folders)
    print("Board: a page after ten years; CPU of one core, medians, milliseconds")
    print(f"  {'page':<18}{'whole':>8}{'statements':>12}{'times':>8}{'how many':>10}")
    all_of_it = []
    for address, asked in PAGES:
        whole, alone, count = _measured(board, printer, address, asked)
        all_of_it.append(whole)
        print(f"  {address:<18}{whole:>8.1f}{alone:>12.1f}{whole / max(alone, 0.05):>8.1f}{count:>10}")
    print(f"  the median page: {statistics.median(all_of_it):.1f} ms, the slowest {max(all_of_it):.1f} ms")


def _measured(board: Board, printer: Printer, address: str, asked: dict[str, str]) -> tuple[float, float, int]:
    """Return the CPU of a page and of its statements alone in milliseconds, and how many these are."""

    def make() -> None:
        here = here_of(board, onlooker(), asked)
        page = answer(address, here)
        assert isinstance(page, Page), address
        printer.html(page, here, address, Live())

    make()
    with _recorded(board) as statements:
        make()

    def ask() -> None:
        with board.ledger.engine.connect() as connection:
            for statement, values in statements:
                connection.execute(statement, values).all()

    return _cpu(make), _cpu(ask), len(statements)


@contextmanager
def _recorded(board: Board) -> Iterator[list[tuple[Any, Any]]]:
    """Give the statements that are asked inside, with their values."""
    found: list[tuple[Any, Any]] = []

    def note(_connection: object, statement: object, many: object, values: object, _options: object) -> None:
        found.append((statement, many or values))

    event.listen(board.ledger.engine, "before_execute", note)
    yield found
    event.remove(board.ledger.engine, "before_execute", note)


def _cpu(work: Callable[[], None]) -> float:
    """Return the median CPU of some work in milliseconds."""
    spent = []
    for _ in range(ROUNDS):
        begun = time.thread_time()
        work()
        spent.append(time.thread_time() - begun)
    return statistics.median(spent) * _MS
