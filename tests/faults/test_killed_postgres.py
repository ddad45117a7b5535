"""F18: PostgreSQL itself killed with -9 while the daemon works; started again, the daemon goes on by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbot.core.model.letters import LetterKind
from mailbot.ledger.ledger import open_ledger
from mailbot.ledger.values import LetterState
from mailbot.rehearsal.server import EmbeddedServer
from tests.heartbeat.running import SECRETS, answered, answers, asks_for_status, running, secretary, served
from tests.servers import real_postgres as database_servers
from tests.servers.fixtures import insist
from tests.servers.real_postgres import RealPostgres

pytestmark = pytest.mark.servers


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[RealPostgres, EmbeddedServer, str]]:
    """A PostgreSQL of its own, the mail server, and the URL of the ledger; polled every five seconds."""
    insist(database_servers.missing())
    monkeypatch.chdir(tmp_path)
    with RealPostgres() as postgres:
        url = postgres.new_database()
        with served(tmp_path, {"MAILBOT_DATABASE_URL": url}) as mail:
            settings = tmp_path / "kantor" / "office.yaml"
            settings.write_text(settings.read_text().replace("poll_seconds: 60", "poll_seconds: 5"))
            yield postgres, mail, url


@pytest.mark.parametrize("deaths", [1, pytest.param(20, marks=pytest.mark.sweep)])
def test_a_killed_postgresql_is_waited_for_and_nothing_is_lost_or_done_twice(
    server: tuple[RealPostgres, EmbeddedServer, str], tmp_path: Path, deaths: int
) -> None:
    """Each time a question is under way; each is answered once, and what was committed before is still there."""
    postgres, mail, url = server
    keyboard = secretary(mail)
    asked = []
    with running(tmp_path, {**SECRETS, "MAILBOT_DATABASE_URL": url}) as daemon:
        daemon.logs("watching INBOX")
        for _ in range(deaths):
            asked.append(asks_for_status(keyboard))
            postgres.killed()
            daemon.logs("this pass failed; the next one tries again")
            postgres.starts_again()
            assert answered(keyboard, asked[-1])
        assert daemon.told_to_stop() == 0
    with open_ledger(url) as ledger:
        assert ledger.journal.verify() is None
        assert ledger.inbox.counts().by_outcome == {"command": deaths}
        states = [one.state for one in ledger.letters.listing(limit=1000) if one.kind == LetterKind.STATUS]
        assert states == [LetterState.SENT] * deaths
    assert [answers(mail, one) for one in asked] == [1] * deaths
