"""What a page of the status board costs after ten years: its CPU beside that of its statements alone, and how many.

1,000 forms, 40 closed cycles and one that runs, 1,500 mails, 4,000 letters in a file of SQLite. The statements alone:
the same questions asked once more of the same ledger in one reading transaction, every row fetched, and nothing made of
them; page and statements take turns.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import event

from mailbot.ledger.engine import reading
from mailbot.ledger.ledger import open_ledger
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
    with TemporaryDirectory() as folder, closing(open_ledger(f"sqlite:///{folder}/ledger.db")) as ledger:
        _told(large_board(ledger))


def _told(board: Board) -> None:
    """As above, of one board."""
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
        with reading(board.ledger.engine) as connection:
            for statement, values in statements:
                connection.execute(statement, values).all()

    return *_cpu(make, ask), len(statements)


@contextmanager
def _recorded(board: Board) -> Iterator[list[tuple[Any, Any]]]:
    """Give the statements that are asked inside, with their values."""
    found: list[tuple[Any, Any]] = []

    def note(_connection: object, statement: object, many: object, values: object, _options: object) -> None:
        found.append((statement, many or values))

    event.listen(board.ledger.engine, "before_execute", note)
    yield found
    event.remove(board.ledger.engine, "before_execute", note)


def _cpu(*works: Callable[[], None]) -> tuple[float, ...]:
    """Return the median CPU of each work in milliseconds; they take turns, so that a busy machine slows all alike."""
    spent: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, took in zip(works, spent, strict=True):
            begun = time.thread_time()
            work()
            took.append(time.thread_time() - begun)
    return tuple(statistics.median(took) * _MS for took in spent)
