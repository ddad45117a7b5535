"""F18: the wire to PostgreSQL cut at a byte of a commit, its answer lost with it: the letter is queued once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import make_url

from mailbot.errors import LedgerProblem
from mailbot.ledger.ledger import Ledger, open_ledger
from tests.ledger.examples import a_letter, queueing
from tests.servers.real_postgres import RealPostgres
from tests.servers.wire import Break, Cut, Way, Wire

pytestmark = pytest.mark.servers

STRIDE = 97
"""Of the positions in the default run; `make sweep` takes every one."""


@contextmanager
def behind_a_wire(server: RealPostgres) -> Iterator[tuple[Ledger, Wire]]:
    """Give a ledger on a new database, and the wire to it."""
    url = server.new_database()
    with Wire(server.port) as wire:
        address = make_url(url).set(host="127.0.0.1", port=wire.port)
        with open_ledger(address.render_as_string(hide_password=False)) as ledger:
            yield ledger, wire
    server.drop_database(url)


def cut_at(ledger: Ledger, wire: Wire, cut: Cut | None, key: str) -> bool:
    """Queue a letter while the wire is cut, then once more as a retry would; return whether the first try was told."""
    wire.arm(cut)
    told = True
    try:
        ledger.commit(queueing(a_letter(key)))
    except LedgerProblem:
        told = False
    wire.arm(None)
    again = ledger.commit(queueing(a_letter(key)))
    assert sorted((*again.queued, *again.known)) == [key]
    assert not (told and again.queued), "a commit that was told is not there"
    return told


def sweep(server: RealPostgres, stride: int) -> None:
    """Cut one commit after the other, each a stride later, both ways."""
    with behind_a_wire(server) as (ledger, wire):
        cut_at(ledger, wire, None, "calm/0")
        wire.arm(None)
        ledger.commit(queueing(a_letter("calm/1")))
        totals = wire.passed
        places = [(way, position) for way in Way for position in range(totals[way])][::stride]
        untold = 0
        for way, position in places:
            cut = Cut(way=way, after_bytes=position, how=(Break.CLOSED, Break.RESET)[position % 2])
            untold += not cut_at(ledger, wire, cut, f"cut/{way}/{position}")
        letters = ledger.letters.listing(limit=10_000)
        assert len(letters) == len(places) + 2
        assert untold > 0
        print(f"{len(places)} positions, {untold} commits not told of")  # noqa: T201 - the count of a sweep is its result


def test_a_commit_cut_at_some_bytes_is_there_once(real_postgres: RealPostgres) -> None:
    """Whether the server had it or not shows in the unique key, and is not guessed."""
    sweep(real_postgres, STRIDE)


@pytest.mark.sweep
def test_a_commit_cut_at_every_byte_is_there_once(real_postgres: RealPostgres) -> None:
    """Each position of the talk once."""
    sweep(real_postgres, 1)
