"""Several workers on one PostgreSQL: each mail is answered once, whichever is killed, or paused and replaced."""

from __future__ import annotations

import signal
from collections import Counter
from pathlib import Path

import pytest

from mailbot.ledger.standing import status
from tests.heartbeat.running import SECRETS, answered, asks_for_status, running, secretary, served

pytestmark = pytest.mark.servers


def test_a_worker_that_is_paused_or_killed_leaves_no_mail_unanswered_and_answers_none_twice(
    tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One is stopped, the other does all; then that one is killed, and the first wakes up to what it missed."""
    monkeypatch.chdir(tmp_path)
    env = {**SECRETS, "MAILBOT_DATABASE_URL": postgres_url}
    with served(tmp_path, env, poll_seconds=5) as server:
        keyboard = secretary(server)
        with (
            running(tmp_path, env, command="worker") as paused,
            running(tmp_path, env, command="worker") as killed,
        ):
            for one in (paused, killed):
                one.logs("working:")
            paused.process.send_signal(signal.SIGSTOP)
            asked = [asks_for_status(keyboard)]
            assert answered(keyboard, asked[0])
            killed.process.kill()
            asked.append(asks_for_status(keyboard))
            paused.process.send_signal(signal.SIGCONT)
            assert answered(keyboard, asked[1])
            assert paused.told_to_stop() == 0
        got = [letter.references.split()[-1] for letter in secretary(server).new_mail() if letter.references]
    assert Counter(one for one in got if one in asked) == Counter(asked)
    found = status(postgres_url)
    assert (found.inbox.kept, found.inbox.settled, found.outbox.in_doubt) == (len(asked), len(asked), 0)
