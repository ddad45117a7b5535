"""Another office in the same PostgreSQL database, with the same cycles, keys, message ids, bytes, numbers as ours."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from sqlalchemy import Engine

from mailbot.core.model.cycle import Cycle
from mailbot.ledger.columns import Table
from mailbot.ledger.door.door import BoardLink, BoardSession
from mailbot.ledger.files_and_notes import RESTORED
from mailbot.ledger.ledger import Ledger, open_ledger
from mailbot.ledger.values import Changes, CycleChange
from tests.ledger.examples import (
    ACCOUNT,
    DAY,
    EPOCH,
    FOLDER,
    NOW,
    a_full_cycle,
    a_letter,
    a_line,
    a_mail,
    a_new_cycle,
    opening,
)
from tests.servers.real_postgres import RealPostgres

NEIGHBOUR = "tetangga"
KEYS = ("k", "m", "a", "b", "first", "second", "third", "stuck", "other", "request/2026/piak", "answer", "letter/1")
HASH = "ab" * 32


class Listed:
    """What the folder of both shows."""

    uids = (1, 2, 3, 40)
    uid_next = 41
    whole = True


def moves_in(url: str) -> None:
    """Let the office keep, decide, queue and note something of everything; the numbers of rows begin anew after it."""
    with open_ledger(url, office=NEIGHBOUR) as ledger:
        works(ledger)
        with ledger.engine.begin() as connection:
            for table in ("inbox", "outbox"):
                connection.exec_driver_sql(f"ALTER SEQUENCE {table}_id_seq RESTART")


def works(ledger: Ledger) -> None:
    """Write something into every table."""
    ledger.inbox.keep([a_mail(uid) for uid in range(1, 6)], NOW)
    ledger.inbox.keep([a_mail(9, a_mail(1).raw)], NOW)
    ledger.looks.compare((ACCOUNT, FOLDER, EPOCH), Listed(), NOW)
    ledger.commit(opening(a_full_cycle("2026")))
    for key in ("2025", "2027"):
        ledger.commit(opening(a_new_cycle(key)))
    ledger.commit(
        Changes(
            at=NOW,
            cycles=(CycleChange(before=_read(ledger, "2026"), after=_read(ledger, "2026")),),
            letters=tuple(a_letter(key, due_at=NOW - DAY) for key in KEYS),
            journal=tuple(("2026", a_line(event)) for event in ("opened", "form_returned", "closed")),
        )
    )
    with ledger.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO inbox_cycle (inbox_id, cycle) SELECT min(id), '2026' FROM inbox")
    for name in ("a", "b", "satu", "last_poll", "began_at", RESTORED):
        ledger.notes.write(name, NOW.isoformat())
    ledger.outbox.hold_all()
    ends = NOW + timedelta(minutes=30)
    link = BoardLink(
        link_sha256=HASH, browser_sha256=HASH, code_sha256=HASH, address="a@example.go.id", made_at=NOW, ends_at=ends
    )
    session = BoardSession(
        session_sha256=HASH, address="a@example.go.id", network="203.0.113.0/24", made_at=NOW, seen_at=NOW, ends_at=ends
    )
    ledger.door.add_link(link)
    assert ledger.door.sign_in(HASH, session)
    ledger.door.add_link(link)


def _read(ledger: Ledger, key: str) -> Cycle:
    """Return a cycle that is there."""
    cycle = ledger.cycles.get(key)
    assert cycle is not None
    return cycle


def rows_of(engine: Engine, office: str) -> dict[str, tuple[int, str]]:
    """Return of each table how many rows an office has in it, and a digest of them."""
    names = sorted(Table.metadata.tables)
    asked = " UNION ALL ".join(
        f"SELECT '{name}', count(*), md5(coalesce(string_agg(r::text, '' ORDER BY r::text), '')) FROM public.{name} r "  # noqa: S608 - our own tables
        f"WHERE office = '{office}'"
        for name in names
    )
    with engine.connect() as connection:
        return {name: (count, digest) for name, count, digest in connection.exec_driver_sql(asked)}


@cache
def furnished(server: RealPostgres) -> tuple[str, dict[str, tuple[int, str]]]:
    """Make a database in which the neighbour lives, once for each server; return its name, and the neighbour's rows."""
    url = server.new_database()
    moves_in(url)
    with open_ledger(url, office=NEIGHBOUR) as ledger:
        rows = rows_of(ledger.engine, NEIGHBOUR)
    empty = sorted(name for name, (count, _) in rows.items() if not count)
    assert not empty, f"the neighbour has no rows in {empty}"
    return url.rpartition("/")[2], rows
