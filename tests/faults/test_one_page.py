"""F17: one page of the ledger is not what was written: whatever was kept is given out whole, or not at all.

SQLite sees a page that hangs together no more, and not that the bytes of a file in it are others: those are held
against the digest they are kept under whenever they are read. What nobody can read, nobody acts on.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mailbot.clerk.receiving import receive
from mailbot.core.model.sop import Step
from mailbot.errors import LedgerProblem
from mailbot.ledger.ledger import open_ledger
from mailbot.post.second_channel import Notice
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


def spoils(office: ToyOffice, sha256: str, content: bytes) -> None:
    """Let other bytes lie under a digest."""
    with office.ledger.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE file SET content = ? WHERE sha256 = ?", (content, sha256))


def test_a_spoilt_letter_does_not_leave_and_all_others_do() -> None:
    """The operator is told of it once, by mail and by the second channel.

    It leaves once its bytes are the right ones again: from a backup, as is told.
    """
    office, rung = ToyOffice(), list[Notice]()
    office.has(ring=rung.append)
    address = office.person("sekretaris").addresses[0]
    office.post.refusals[address] = (450, "4.2.0 try again later")
    office.works()
    (waiting,) = (letter for letter in office.ledger.letters.listing() if letter.person == "sekretaris")
    right = office.ledger.letters.raw(waiting.key)
    spoils(office, waiting.sha256, rotten(right))
    del office.post.refusals[address]
    for _ in range(3):
        office.hours_pass(2)
    office.answers("kabid-capil", None, "STATUS")
    assert office.letters_to("kabid-capil", "status")
    assert office.letters_to("sekretaris") == []
    (told,) = office.letters_to("operator", "alarm")
    assert waiting.key in told.text
    assert "mailbot restore --check" in " ".join(told.text.split())
    assert [(one.state, one.matter) for one in rung] == [("broken", "file_spoilt")]
    spoils(office, waiting.sha256, right)
    office.hours_pass(2)
    assert [raw for to, raw in office.post.delivered if to == address] == [right]


def test_a_spoilt_mail_waits_and_the_others_are_answered() -> None:
    """No try is counted against it, and as long as it cannot be read nobody counts as silent: row 1 does not end."""
    office = ToyOffice()
    office.works()
    office.post.arrive(office.mail("sekretaris", office.letter("sekretaris", "data_needs"), "KEBERATAN"))
    box = office.clerk.post.boxes[0]
    with box.open_mailbox() as mailbox:
        receive(office.clerk.books, box, mailbox, size_limit_bytes=10**7)
    (objects,) = office.ledger.inbox.listing()
    right = office.ledger.inbox.raw(objects.id)
    spoils(office, objects.sha256, rotten(right))
    office.answers("kabid-capil", None, "STATUS")
    assert office.letters_to("kabid-capil", "status")
    office.days_pass(2)
    assert office.cycle().step is Step.INFORM
    assert office.ledger.inbox.get(objects.id).attempts == 0
    spoils(office, objects.sha256, right)
    office.works()
    assert office.letter("sekretaris", "verdict_noted").subject.startswith("Tercatat: KEBERATAN")
