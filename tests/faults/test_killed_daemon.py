"""F1: `mailbot run` killed with -9 at a system call, on real Postfix and Dovecot; the next start makes it good."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.killing import Call, Stage, forbidden, missing, stage
from tests.servers.fixtures import insist
from tests.servers.real_mail import RealMail

pytestmark = pytest.mark.servers

FEW = 3
"""So many deaths in the default run, spread over one pass; `make sweep` dies at every system call."""
PARTS = 4


@pytest.fixture
def killed(tmp_path: Path, real_mail: RealMail, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """The stage, on a machine where a process can be killed at a system call."""
    insist(missing())
    if (reason := forbidden()) is not None:
        pytest.skip(reason)
    monkeypatch.chdir(tmp_path)
    with stage(tmp_path, real_mail) as opened:
        yield opened


def die_at(killed: Stage, choose: Callable[[list[Call]], list[Call]]) -> None:
    """Run once unharmed, then die at the chosen system calls of a pass, and compare how it ends."""
    killed.lay()
    calls = killed.calls()
    calm, calm_copies = killed.finishes(), killed.copies()
    assert sum(number for _, number in calm.inbox) == 3
    assert (calm.left_in_inbox, calm.moved) == (0, 3)
    assert {state for _, state in calm.letters} == {"sent"}
    assert [texts.total() for texts in calm_copies.values()] == [1, 1]
    chosen = choose(calls)
    died = 0
    for call in chosen:
        where = f"killed at {call.name} number {call.number}"
        killed.lay()
        died += killed.dies_at(call)
        try:
            killed.runs_again()
        except AssertionError as wrong:
            wrong.add_note(where)
            raise
        assert killed.finishes() == calm, where
        copies = killed.copies()
        assert copies.keys() == calm_copies.keys(), where
        # Sent shows what had left, so that not even what was in doubt is sent a second time.
        assert [texts.total() for texts in copies.values()] == [1, 1], where
    print(f"{died} deaths, {len(calls)} system calls")  # noqa: T201 - the count of a sweep is its result
    assert died >= len(chosen) - 1


def test_a_death_at_some_system_calls_loses_nothing(killed: Stage) -> None:
    """From the first write of the start to the last of the pass."""
    die_at(killed, lambda every: every[:: len(every) // FEW])


@pytest.mark.sweep
@pytest.mark.parametrize("part", range(PARTS))
def test_a_death_at_every_system_call_loses_nothing(killed: Stage, part: int) -> None:
    """Each one once."""
    die_at(killed, lambda every: every[part::PARTS])
