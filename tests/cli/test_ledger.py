"""`mailbot ledger` proves that nothing is lost, in one sentence, in JSON and by its exit code."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbot.rehearsal.server import EmbeddedServer
from tests.cli.terminal import mailbot, office_in, worked_in
from tests.heartbeat.running import OURS, SECRETS, asks_for_status, secretary, served
from tests.office import ToyOffice

SENTENCE = "1 received = 0 form(s) + 0 replies + 0 automatic + 1 to be looked at; server 1, difference 0"


@pytest.fixture
def office(here: Path) -> ToyOffice:
    """The office on the day it opens, with one mail of a stranger in its inbox."""
    office_in(here)
    office = worked_in(here)
    office.answers("kabid-piak", None, "Halo", address="orang@luar.example")
    return office


def test_the_ledger_is_told_folder_by_folder_and_in_one_sentence(office: ToyOffice) -> None:
    """The sentence is that of the morning mail; behind it stands what it comes to."""
    ran = mailbot("--config", "kantor", "ledger")
    assert ran.code == 0
    assert ran.out.decode().splitlines() == [
        "toy INBOX (UIDVALIDITY 1), compared 2026-01-05 07.30 WIB",
        "  server: 1 shown, 1 held now; inbox: 1 = 1 stranger + 0 copies + 0 waiting",
        SENTENCE,
        "No mail is missing.",
    ]


def test_the_ledger_is_given_to_programs(office: ToyOffice) -> None:
    """Every figure of the sentence, and every folder."""
    ran = mailbot("--config", "kantor", "ledger", "--json")
    assert ran.code == 0
    assert ran.json == {
        "sentence": SENTENCE,
        "received": 1,
        "forms": 0,
        "replies": 0,
        "robots": 0,
        "to_look_at": 1,
        "copies": 0,
        "waiting": 0,
        "on_server": 1,
        "difference": 0,
        "folders": [
            {
                "account": "toy",
                "folder": "INBOX",
                "uid_validity": 1,
                "compared_at": "2026-01-05T00:30:00+00:00",
                "shown": 1,
                "holds": 1,
                "rows": 1,
                "by_outcome": {"stranger": 1},
                "copies": 0,
                "waiting": 0,
                "not_kept": [],
                "not_shown": [],
                "new": [],
                "never_shown": 0,
            }
        ],
    }


def test_a_difference_is_named_and_ends_with_exit_code_1(office: ToyOffice) -> None:
    """With the UID, so that somebody can look for the mail."""
    with office.ledger.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM inbox")
    ran = mailbot("--config", "kantor", "ledger")
    assert ran.code == 1
    assert "DIFFERENCE: shown by the server and not kept: 1, UID 1" in ran.text
    assert ran.text.endswith("look into the mailbox's other folders.")


@pytest.fixture
def server(here: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EmbeddedServer]:
    """The sample office in ./kantor, its cycle open, and its mail server."""
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    with served(here) as running_server:
        yield running_server


def test_a_live_count_asks_the_server_and_fetches_nothing(server: EmbeddedServer) -> None:
    """A mail that came since the last look is named as such."""
    assert mailbot("--config", "kantor", "tick").code == 0
    asks_for_status(secretary(server))
    ran = mailbot("--config", "kantor", "ledger", "--live", "--json")
    assert ran.code == 0
    assert [(one["account"], one["folder"], len(one["new"]), one["rows"]) for one in ran.json["folders"]] == [
        (f"{OURS}@127.0.0.1", "INBOX", 1, 0)
    ]
