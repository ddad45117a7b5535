"""F17: one page of the ledger is not what was written: whatever was kept is given out whole, or not at all.

SQLite sees a page that hangs together no more, and not that the bytes of a file in it are others: those are held
against the digest they are kept under whenever they are read. What nobody can read, nobody acts on.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mailbot.errors import LedgerProblem
from mailbot.ledger.ledger import open_ledger
from tests.copied import copy_of
from tests.office import CYCLE, ToyOffice

PAGE = 4096


def emptied(page: bytes) -> bytes:
    """Lose all of it, as a disk does that gives zeros for what it cannot read."""
    return bytes(len(page))


def rotten(page: bytes) -> bytes:
    """Lose the half where the values lie."""
    return page[: PAGE // 2] + bytes(byte ^ 0x55 for byte in page[PAGE // 2 :])


@pytest.fixture(scope="module")
def whole() -> bytes:
    """Return a ledger with requests that left and a form that came."""
    office = ToyOffice()
    office.works()
    office.days_pass(2)
    office.sends_form("kabid-capil", "CAPIL")
    return copy_of(office.ledger)


def kept(path: Path) -> list[Any]:
    """Return everything that somebody wrote to us, that we wrote, and what became of it."""
    with open_ledger(f"sqlite:///{path}") as ledger:
        mails = ledger.inbox.listing(limit=1000)
        letters = ledger.letters.listing(limit=1000)
        return [
            *((mail, ledger.inbox.raw(mail.id)) for mail in mails),
            *((letter, ledger.letters.raw(letter.key)) for letter in letters),
            (ledger.cycles.get(CYCLE), ledger.journal.read(), ledger.journal.verify()),
        ]


@pytest.mark.parametrize("every", [3, pytest.param(1, marks=pytest.mark.sweep)])
@pytest.mark.parametrize("damaged", [emptied, rotten])
def test_a_page_that_is_not_what_was_written_gives_out_nothing_else(
    whole: bytes, tmp_path: Path, damaged: Callable[[bytes], bytes], every: int
) -> None:
    """Page by page: all is as it was kept, or the ledger is refused with the way out, before anything is done."""
    path = tmp_path / "ledger.db"
    path.write_bytes(whole)
    right = kept(path)
    said: list[str] = []
    for place in range(0, len(whole), every * PAGE):
        path.write_bytes(whole[:place] + damaged(whole[place : place + PAGE]) + whole[place + PAGE :])
        try:
            said.append("all is there" if kept(path) == right else f"page {place // PAGE} gave out something else")
        except LedgerProblem as problem:
            said.append(str(problem))
    told = [words for words in said if "mailbot restore FILE" in words]
    assert {*said} - {*told} <= {"all is there"}
    assert len(told) > len(said) * 0.9


def test_a_letter_that_was_spoilt_in_the_ledger_does_not_leave() -> None:
    """It waited, was spoilt, and leaves once its bytes are the right ones again: from a backup, as is told."""
    office = ToyOffice()
    address = office.person("sekretaris").addresses[0]
    office.post.refusals[address] = (450, "4.2.0 try again later")
    office.works()
    (waiting,) = (letter for letter in office.ledger.letters.listing() if letter.person == "sekretaris")
    right = office.ledger.letters.raw(waiting.key)

    def lies_as(content: bytes) -> None:
        with office.ledger.engine.begin() as connection:
            spoilt = "UPDATE file SET content = ? WHERE sha256 = ?"
            connection.exec_driver_sql(spoilt, (content, waiting.sha256))

    lies_as(rotten(right))
    del office.post.refusals[address]
    with pytest.raises(LedgerProblem, match=rf"{waiting.key} is not what was kept under .*mailbot restore FILE"):
        office.hours_pass(2)
    assert office.letters_to("sekretaris") == []
    lies_as(right)
    office.hours_pass(2)
    assert [raw for to, raw in office.post.delivered if to == address] == [right]
