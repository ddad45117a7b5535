"""A secret in every word of another office's rows, and everything that can be asked of ours: it never comes out."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import String, TypeDecorator
from sqlalchemy.types import TypeEngine

from mailbot.core.model.outcome import MailOutcome
from mailbot.core.retention.kinds import Kind
from mailbot.ledger.board import came_of, journal_pages, overview
from mailbot.ledger.board.boxes import Boxes
from mailbot.ledger.columns import Table
from mailbot.ledger.engine import reading
from mailbot.ledger.files_and_notes import RESTORED
from mailbot.ledger.ledger import Ledger, open_ledger
from mailbot.ledger.looking.gauged import gauged
from mailbot.ledger.personal import subject
from mailbot.ledger.personal.finding import find_due
from mailbot.ledger.personal.sealing_files import told_of_before
from mailbot.ledger.standing import status
from tests.ledger.examples import ACCOUNT, DAY, EPOCH, FOLDER, NOW
from tests.ledger.offices.neighbour import HASH, NEIGHBOUR, works

pytestmark = pytest.mark.servers
SECRET = "rahasia-tetangga"
ASKED: dict[str, Any] = {
    "account": ACCOUNT,
    "address": "a@example.go.id",
    "addresses": ["a@example.go.id", "kabid-piak@example.go.id"],
    "at": NOW,
    "browser_sha256": HASH,
    "digests": [HASH],
    "cycle": "2026",
    "event": "opened",
    "events": ["opened", "form_returned", "closed"],
    "first": 1,
    "folder": FOLDER,
    "folders": [(ACCOUNT, FOLDER)],
    "idle": DAY,
    "key": "2026",
    "keys": ["piak"],
    "kind": "request",
    "last": 9,
    "lease": DAY,
    "limit": 50,
    "link_sha256": HASH,
    "mail": 1,
    "message_id": "<1@example.go.id>",
    "message_ids": ["<k@example.go.id>"],
    "moment": NOW - DAY,
    "moments": [NOW],
    "most": 50,
    "name": "a",
    "names": ["a", "b", RESTORED],
    "newest": 50,
    "number": 1,
    "now": NOW,
    "outcome": MailOutcome.DUPLICATE,
    "person": "kabid-piak",
    "place": (ACCOUNT, FOLDER, EPOCH),
    "proved": False,
    "senders": [""],
    "session_sha256": HASH,
    "sha256": HASH,
    "since": NOW - DAY,
    "start": "",
    "states": None,
    "uid_validity": EPOCH,
    "unit": "piak",
    "until": NOW + 900 * DAY,
    "who": "us",
    "year": 2026,
    "years": (2026,),
}
"""What is asked by each name of a parameter: of the very keys and numbers that both offices have."""
CHANGES = frozenset(
    {"add_link", "at_hand", "begin_attempt", "compare", "doubt", "drop_links_of", "give_up", "hold", "hold_all", "keep"}
    | {"mark_data", "mark_sent", "mark_server_done", "mend", "note_failure", "note_signer", "put_back", "put_off"}
    | {"read_whole", "recover", "release", "release_all", "replay", "resolve", "retry", "seen", "sign_in", "sign_out"}
    | {"sign_out_everywhere", "take_back_attempt", "vanished", "wait", "withdraw", "write", "written", "found"}
)
"""What writes and tells nothing; whether it touches the other's rows, every test beside a neighbour asks."""
OF_A_MAIL = frozenset({"is_repeated", "to_read"})
PARTS = ("inbox", "looks", "outbox", "letters", "cycles", "files", "journal", "notes", "door")


def plant(ledger: Ledger) -> None:
    """Put the secret into every word that an office has, keys among them; a superuser's session looks away."""
    with ledger.engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for table in Table.metadata.sorted_tables:
            words = [one.name for one in table.columns if _is_text(one.type)]
            if words:
                told = ", ".join(f'"{name}" = "{name}" || \'{SECRET}\'' for name in words)
                connection.exec_driver_sql(f"UPDATE {table.name} SET {told}")  # noqa: S608 - our own tables


def _is_text(kind: TypeEngine[Any]) -> bool:
    """Say whether a column of that type holds text."""
    return isinstance(kind.impl_instance if isinstance(kind, TypeDecorator) else kind, String)


def given(of: Callable[..., Any]) -> dict[str, Any]:
    """Return what to ask a method with; a name that is not known is one to think about."""
    names = inspect.signature(of).parameters
    return {name: ASKED[name] for name, one in names.items() if one.default is one.empty}


def answers(ledger: Ledger, url: str, office: str) -> Iterator[tuple[str, object]]:
    """Ask everything there is to ask."""
    for part in PARTS:
        for name, method in inspect.getmembers(getattr(ledger, part), inspect.ismethod):
            if not name.startswith("_") and name not in CHANGES:
                one = {"mail": next(iter(ledger.inbox.listing()))} if name in OF_A_MAIL else given(method)
                with suppress(KeyError):
                    yield f"{part}.{name}", method(**one)
    for board in (Boxes(ledger.engine), overview.Overview(ledger.engine)):
        for name, method in inspect.getmembers(board, inspect.ismethod):
            if not name.startswith("_"):
                yield f"board.{name}", method(**given(method))
    for room in (came_of, journal_pages, subject):
        for name, function in inspect.getmembers(room, inspect.isfunction):
            if function.__module__ == room.__name__ and not name.startswith("_"):
                first = {"engine": ledger.engine, "ledger": ledger}
                wanted = inspect.signature(function).parameters
                named = {key: first.get(key, ASKED.get(key)) for key in wanted}
                yield name, function(**named)
    yield "told_of_before", told_of_before(ledger.engine)
    with reading(ledger.engine) as connection:
        yield "find_due", find_due(connection, dict.fromkeys(Kind, NOW + 900 * DAY))
    yield "status", status(url, office)
    yield "gauged", gauged(url, office)


def test_no_question_brings_out_what_another_office_wrote(postgres_url: str) -> None:
    """Both hold the same; the other's every word is marked, and the mark shows to the other alone."""
    with open_ledger(postgres_url, office=NEIGHBOUR) as other, open_ledger(postgres_url, office="kami") as ours:
        for ledger in (other, ours):
            works(ledger)
        plant(other)
        asked = 0
        for name, answer in answers(ours, postgres_url, "kami"):
            asked += 1
            assert SECRET not in repr(answer), name
        assert asked > 60
        assert SECRET in repr(other.notes.beginning(""))
