"""A program for one test: children commit one decision, the n-th killed at its n-th statement, until one survives."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from sqlalchemy import event

from mailbot.ledger.ledger import open_ledger
from tests.ledger.examples import a_full_cycle
from tests.ledger.test_commit import everything, moving


def commit_and_die(url: str, statement: int) -> None:
    """Commit, and be killed at the given statement if the commit has that many."""
    with open_ledger(url) as ledger:
        before = ledger.cycles.get("2026")
        (mail,) = ledger.inbox.unsettled(1)
        left = [statement]

        def kill(*_: object) -> None:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(ledger.engine, "before_cursor_execute", kill)
        ledger.commit(moving(before, a_full_cycle(), mail=mail.id))


def main(url: str) -> None:
    """Print how many children were killed, each leaving the ledger as it was, and how many survived."""
    with open_ledger(url) as ledger:
        seen = everything(ledger)
    killed = 0
    while True:
        child = os.fork()
        if child == 0:
            commit_and_die(url, killed + 1)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            break
        killed += 1
        with open_ledger(url) as ledger:
            assert everything(ledger) == seen, f"half written at statement {killed}"
    sys.stdout.write(f"{killed} {int(os.WEXITSTATUS(status) == 0)}\n")


if __name__ == "__main__":
    main(sys.argv[1])
