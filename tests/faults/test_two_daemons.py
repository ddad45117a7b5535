"""F20: two daemons with data folders of their own on one PostgreSQL ledger: each mail is answered once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mailbot.ledger.standing import status
from tests.heartbeat.running import SECRETS, answered, asks_for_status, running, secretary, served

pytestmark = pytest.mark.servers

QUESTIONS = 4


def test_two_daemons_on_one_ledger_answer_each_mail_once(
    tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both watch, both are woken by every mail, and every letter has one claim."""
    first, second = tmp_path / "satu", tmp_path / "dua"
    first.mkdir()
    monkeypatch.chdir(first)
    with served(first) as server:
        settings = first / "kantor" / "office.yaml"
        settings.write_text(settings.read_text().replace("poll_seconds: 60", "poll_seconds: 5"))
        shutil.copytree(first, second)
        env = {**SECRETS, "MAILBOT_DATABASE_URL": postgres_url}
        keyboard = secretary(server)
        with running(first, env) as one, running(second, env) as two:
            one.logs("watching INBOX")
            two.logs("watching INBOX")
            asked = [asks_for_status(keyboard) for _ in range(QUESTIONS)]
            assert answered(keyboard, asked[-1])
            assert (one.told_to_stop(), two.told_to_stop()) == (0, 0)
        got = [letter.references.split()[-1] for letter in secretary(server).new_mail() if letter.references]
        assert sorted(got) == sorted(asked)
    found = status(postgres_url)
    assert (found.inbox.kept, found.inbox.settled) == (QUESTIONS, QUESTIONS)
    assert found.outbox.in_doubt == 0
