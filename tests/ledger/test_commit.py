"""One decision, one transaction: all of it or nothing, and never over what somebody else has written."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlmodel import select

from mailbot.core.model.cycle import Cycle, UnitState
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.sop import Step
from mailbot.errors import StaleCycle
from mailbot.ledger.engine import reading
from mailbot.ledger.ledger import Ledger, open_ledger
from mailbot.ledger.looking.counts import OutboxCounts
from mailbot.ledger.tables import FileRow, NoteRow
from mailbot.ledger.values import Changes, Committed, CycleChange, KeptFile, Settlement
from tests.ledger.examples import DAY, LEASE, NOW, a_full_cycle, a_letter, a_line, a_mail, a_new_cycle, opening

KILLED = Path(__file__).with_name("killed_while_committing.py")


def moving(before: Cycle | None, after: Cycle, occasion: str = "1", mail: int | None = None) -> Changes:
    """Return a change of every kind at once."""
    settled = () if mail is None else (Settlement(mail=mail, outcome=MailOutcome.FORM, cycles=(after.key,)),)
    return Changes(
        at=NOW,
        cycles=(CycleChange(before=before, after=after),),
        letters=(a_letter(f"receipt/2026/piak/{occasion}"), a_letter(f"status/2026/piak/{occasion}")),
        journal=((after.key, a_line("form_accepted")), (after.key, a_line("row_done"))),
        files=(KeptFile(content=b"draft " + occasion.encode(), media_type="application/octet-stream"),),
        settled=settled,
        told=("request/2026/piak",),
        bounces=(("request/2026/piak", "5.1.1"),),
        notes=(("numbers_used", occasion),),
    )


def everything(ledger: Ledger) -> object:
    """Return all that can be seen of a ledger, to be compared before and after."""
    with reading(ledger.engine) as connection:
        files = sorted(connection.execute(select(FileRow.sha256)).scalars())
        notes = sorted(map(tuple, connection.execute(select(NoteRow.name, NoteRow.value))))
    letters = ledger.letters.listing(limit=1000)
    undelivered = ledger.letters.undelivered(limit=1000)
    return (
        ledger.cycles.all(),
        letters,
        undelivered,
        ledger.inbox.listing(limit=1000),
        ledger.journal.read(),
        files,
        notes,
    )


def prepare(ledger: Ledger) -> tuple[Cycle, int]:
    """Write a cycle, a letter that was given up and a mail that waits; return the cycle and the mail's id."""
    (cycle,) = ledger.commit(replace(opening(a_new_cycle()), letters=(a_letter("request/2026/piak"),))).cycles
    claimed = ledger.outbox.claim_due(NOW, "a", LEASE)
    assert claimed is not None
    ledger.outbox.give_up(claimed, "550")
    ledger.inbox.keep([a_mail(1)], NOW)
    (mail,) = ledger.inbox.unsettled(1)
    return cycle, mail.id


def test_what_is_claimed_by_one_decision_no_other_can_claim(ledger: Ledger) -> None:
    """The second decision is written not at all; the same claim once more changes nothing."""
    taken = (("letter_number/2026/0121", "request/2025/dafduk"),)
    ledger.commit(Changes(at=NOW, claims=taken))
    ledger.commit(Changes(at=NOW, claims=taken))
    other = Changes(at=NOW, claims=(("letter_number/2026/0121", "request/2025/piak"),), notes=(("beside", "x"),))
    with pytest.raises(StaleCycle, match=r"letter_number/2026/0121 was taken by request/2025/dafduk"):
        ledger.commit(other)
    assert ledger.notes.read("beside") == ""
    assert ledger.notes.beginning("letter_number/") == taken
    assert ledger.notes.beginning("letter%") == ()


def test_everything_a_decision_came_to_is_written(ledger: Ledger) -> None:
    """And the cycle comes back with its new version."""
    before, mail = prepare(ledger)
    after = a_full_cycle()
    done = ledger.commit(moving(before, after, mail=mail))
    stored = replace(after, version=2)
    keys = ("receipt/2026/piak/1", "status/2026/piak/1")
    assert done == Committed(cycles=(stored,), queued=keys, known=())
    assert ledger.cycles.all() == (stored,)
    assert [line.line.event for line in ledger.journal.read("2026")] == ["form_accepted", "row_done"]
    assert ledger.journal.verify() is None
    assert ledger.letters.counts() == OutboxCounts(queued=2, given_up=1)
    assert ledger.letters.undelivered() == ()
    assert [one.id for one in ledger.inbox.of_cycle("2026")] == [mail]
    assert ledger.notes.read("numbers_used") == "1"


def test_a_cycle_moved_meanwhile_is_not_written_over(ledger: Ledger) -> None:
    """The second of two who read the same version is refused, and nothing of his is written."""
    before, mail = prepare(ledger)
    ledger.commit(moving(before, replace(before, step=Step.REQUEST), "1"))
    seen = everything(ledger)
    with pytest.raises(StaleCycle, match="version 1"):
        ledger.commit(moving(before, replace(before, step=Step.CHECK), "2", mail))
    assert everything(ledger) == seen


def test_a_decision_that_left_the_cycle_alone_is_refused_if_the_cycle_has_moved(ledger: Ledger) -> None:
    """It answered from an old view; unmoved, it is written and costs no version."""
    before, mail = prepare(ledger)
    (same,) = ledger.commit(moving(before, before, "1")).cycles
    assert (same, ledger.cycles.get("2026")) == (before, before)
    ledger.commit(moving(before, replace(before, step=Step.REQUEST), "2"))
    seen = everything(ledger)
    with pytest.raises(StaleCycle):
        ledger.commit(moving(before, before, "3", mail))
    assert everything(ledger) == seen


def test_a_cycle_is_opened_once(ledger: Ledger) -> None:
    """Two clocks strike, one cycle opens."""
    (opened,) = ledger.commit(opening(a_new_cycle())).cycles
    assert opened == replace(a_new_cycle(), version=1)
    for before in (None, a_new_cycle()):
        with pytest.raises(StaleCycle, match="opened meanwhile"):
            ledger.commit(Changes(at=NOW, cycles=(CycleChange(before=before, after=a_full_cycle()),)))
    assert ledger.cycles.all() == (opened,)


def test_several_cycles_move_together_or_not_at_all(ledger: Ledger) -> None:
    """One stale among them undoes the other, and they come back in the order given."""
    (one,) = ledger.commit(opening(a_new_cycle("2026"))).cycles
    (two,) = ledger.commit(opening(a_new_cycle("2026-tw1"))).cycles
    both = (
        CycleChange(before=two, after=replace(two, step=Step.REQUEST)),
        CycleChange(before=one, after=replace(one, step=Step.REQUEST)),
    )
    done = ledger.commit(Changes(at=NOW, cycles=both))
    assert [(cycle.key, cycle.version) for cycle in done.cycles] == [("2026-tw1", 2), ("2026", 2)]
    fresh = CycleChange(before=done.cycles[1], after=replace(done.cycles[1], step=Step.CHECK))
    with pytest.raises(StaleCycle):
        ledger.commit(Changes(at=NOW, cycles=(fresh, both[0])))
    assert {cycle.step for cycle in ledger.cycles.all()} == {Step.REQUEST}


def test_two_different_cycles_are_not_a_change(ledger: Ledger) -> None:
    """That is an error of the program."""
    (one,) = ledger.commit(opening(a_new_cycle("2026"))).cycles
    with pytest.raises(ValueError, match="2026 cannot become 2027"):
        ledger.commit(Changes(at=NOW, cycles=(CycleChange(before=one, after=a_new_cycle("2027")),)))


def test_closed_cycles_are_not_open(ledger: Ledger) -> None:
    """Both are there, in the order they were opened."""
    (late,) = ledger.commit(opening(replace(a_new_cycle("a"), opened_at=NOW + DAY))).cycles
    (done,) = ledger.commit(opening(replace(a_new_cycle("b"), closed_at=NOW + DAY))).cycles
    assert ledger.cycles.open() == (late,)
    assert ledger.cycles.all() == (done, late)
    assert ledger.cycles.get("none") is None


def test_of_many_writers_of_one_version_exactly_one_wins(ledger: Ledger) -> None:
    """Again and again, until each has had his way: no version is lost, none is written twice."""
    ledger.commit(opening(a_new_cycle()))

    def work(who: str) -> int:
        refused = 0
        for number in range(6):
            while True:
                before = ledger.cycles.get("2026")
                assert before is not None
                form = replace(before.units[0], state=UnitState.PARTIAL, reopened=before.units[0].reopened + 1)
                after = replace(before, units=(form, *before.units[1:]))
                try:
                    ledger.commit(moving(before, after, f"{who}{number}"))
                except StaleCycle:
                    refused += 1
                else:
                    break
        return refused

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, "abcd"))
    cycle = ledger.cycles.get("2026")
    assert cycle is not None
    assert (cycle.version, cycle.units[0].reopened) == (25, 24)
    assert (ledger.journal.head().count, ledger.journal.verify()) == (48, None)
    assert ledger.letters.counts().queued == 48


class Cut(BaseException):
    """The connection was cut."""


def test_a_commit_cut_at_any_statement_leaves_nothing_half(ledger: Ledger) -> None:
    """The n-th statement fails for n = 1, 2, 3, … until none is left to fail (SQLite's own method)."""
    before, mail = prepare(ledger)
    seen = everything(ledger)
    left = [0]

    def cut(connection: object, *_: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Cut

    event.listen(ledger.engine, "before_cursor_execute", cut)
    statement = 0
    while True:
        statement += 1
        left[0] = statement
        try:
            ledger.commit(moving(before, a_full_cycle(), mail=mail))
        except Cut:
            left[0] = 0
            assert everything(ledger) == seen
        else:
            break
    left[0] = 0
    assert statement > 15
    assert everything(ledger) != seen
    assert ledger.cycles.get("2026") == replace(a_full_cycle(), version=2)


def test_a_process_killed_inside_a_commit_leaves_nothing_half(tmp_path: Path) -> None:
    """SIGKILL at every statement in turn, in a process of its own; the last one lives to the end."""
    url = f"sqlite:///{tmp_path / 'ledger.db'}"
    with open_ledger(url) as ledger:
        prepare(ledger)
        seen = everything(ledger)
    told = subprocess.run(  # noqa: S603 - our own script with fixed arguments
        [sys.executable, KILLED, url], check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2]
    )
    killed, survived = (int(number) for number in told.stdout.split())
    assert (killed > 15, survived) == (True, 1)
    with open_ledger(url) as ledger:
        assert everything(ledger) != seen
        assert (ledger.journal.head().count, ledger.journal.verify()) == (2, None)
        assert ledger.cycles.get("2026") == replace(a_full_cycle(), version=2)
