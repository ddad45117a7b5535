"""What a command loads before it does anything: that is most of what it costs, and it creeps back in unnoticed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mailbot.rehearsal.server import EmbeddedServer
from tests.cli.terminal import mailbot, office_in

DATABASE = {"sqlalchemy", "sqlmodel", "alembic", "psycopg"}
MAIL = {"imap_tools", "smtplib", "dns", "dkim"}
PAPERS = {"openpyxl", "docx", "docxtpl", "jinja2", "lxml", "babel", "python_calamine", "pypdf", "msoffcrypto", "numpy"}
OTHERS = {"rich", "apscheduler", "pymap", "aiosmtpd", "multiprocessing"}
SETTINGS = {"pydantic", "yaml", "holidays"}

PROGRAM = """
import sys
from mailbot.cli import main
try:
    main(sys.argv[1:])
except SystemExit as ended:
    assert ended.code == 0, ended.code
print(*{name.partition(".")[0] for name in sys.modules}, file=sys.stderr)
"""


def loaded(*words: str | Path) -> set[str]:
    """Return the packages that a Python has loaded in which `mailbot` and these words were typed."""
    ran = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", PROGRAM, *map(str, words)],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ran.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("words", [("--help",), ("--version",)])
def test_help_loads_no_room(words: tuple[str, ...]) -> None:
    """Neither a library of ours nor the one that draws boxes around help."""
    assert loaded(*words) & (DATABASE | MAIL | PAPERS | OTHERS | SETTINGS) == set()


def test_status_loads_the_settings_and_no_more(here: Path) -> None:
    """The ledger is read by its driver alone; holidays are asked about, since time taken is told in working days."""
    config = office_in(here)
    mailbot("--config", config, "open", "2025")
    found = loaded("--config", config, "status")
    assert found & (DATABASE | MAIL | PAPERS | OTHERS | SETTINGS) == SETTINGS


def test_a_pass_with_nothing_to_do_loads_ledger_and_mailbox(server: EmbeddedServer) -> None:
    """What mails, papers, letters and migrations need comes with the first of them."""
    assert server.imap_port
    mailbot("--config", "kantor", "tick")
    found = loaded("--config", "kantor", "tick")
    assert found & (DATABASE | MAIL | PAPERS | OTHERS) == {"sqlalchemy", "sqlmodel", "imap_tools"}
