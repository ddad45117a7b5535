"""Every test of the commands begins in an empty folder, with nothing of mailbot's in the environment."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbot.rehearsal.cast import PASSWORD, accounts
from mailbot.rehearsal.sandbox import point_at
from mailbot.rehearsal.server import EmbeddedServer
from mailbot.settings.loading import load
from tests.cli.terminal import office_in

AUTHSERV_ID = "mail.example.go.id"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder."""
    for name in list(os.environ):
        if name.startswith("MAILBOT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("MAILBOT_LANGUAGE", "en")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def server(here: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EmbeddedServer]:
    """A server for the sample office in `kantor`, and its password in the environment."""
    config = office_in(here)
    office = load(config, {}).office()
    with EmbeddedServer(accounts(office), now=lambda: datetime.now(UTC)) as running:
        point_at(config, running, AUTHSERV_ID)
        monkeypatch.setenv("MAILBOT_IMAP_PASSWORD", PASSWORD)
        monkeypatch.setenv("MAILBOT_SMTP_PASSWORD", PASSWORD)
        yield running
