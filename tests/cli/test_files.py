"""files: where kept files lie, carried into a store and back by a command; and a store that is away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbot.ledger.ledger import open_ledger
from tests.cli.terminal import mailbot, office_in
from tests.ledger.examples import a_mail
from tests.post.objects.toy_store import KEY, ToyStore, toy_store

THEN = datetime(2026, 1, 5, tzinfo=UTC)
RAW = b"Subject: laporan\r\n\r\n" + b"isi yang panjang " * 4000


@pytest.fixture
def store(here: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ToyStore]:
    """An office in `kantor` with one long mail and one short one, and a store that it names."""
    config = office_in(here)
    with open_ledger(f"sqlite:///{here / 'ledger.db'}") as ledger:
        ledger.inbox.keep([a_mail(1, RAW), a_mail(2)], THEN)
    monkeypatch.setenv("MAILBOT_STORE_ACCESS_KEY", KEY.access)
    monkeypatch.setenv("MAILBOT_STORE_SECRET_KEY", KEY.secret)
    with toy_store() as running:
        office = config / "office.yaml"
        text = office.read_text(encoding="utf-8")
        place = running.place()
        assert "  endpoint:" in text
        text = text.replace("  endpoint:", f"  endpoint: {place.endpoint}", 1)
        office.write_text(text.replace("  bucket:", "  bucket: berkas", 1), encoding="utf-8")
        yield running


def test_files_go_into_the_store_and_come_back(store: ToyStore, here: Path) -> None:
    """Small ones stay; a backup says what it does not hold; who brings them back keeps them."""
    carried = mailbot("--config", "kantor", "files", "--move", "store")
    assert carried.code == 0
    assert "1 files (0.1 MB) carried into the object store" in carried.text
    assert list(store.kept.values()) == [RAW]
    assert next(iter(store.kept)).startswith("office/")
    assert mailbot("--config", "kantor", "inbox", "show", "1", "--raw").out == RAW
    copied = mailbot("--config", "kantor", "backup", here / "salinan.db")
    assert copied.code == 0
    assert "1 files lie in the object store and are not in it" in copied.text
    back = mailbot("--config", "kantor", "files", "--move", "database")
    assert "1 files (0.1 MB) brought back into the database" in back.text
    assert "In the object store" in back.text
    assert store.kept == {}
    assert mailbot("--config", "kantor", "inbox", "show", "1", "--raw").out == RAW


def test_a_store_that_is_away_is_told_with_how_to_go_on(store: ToyStore) -> None:
    """Nothing is lost, and nothing is half done."""
    store.fault = "503"
    away = mailbot("--config", "kantor", "files", "--move", "store")
    assert away.code == 1
    assert "cannot be reached (HTTPException: SlowDown)" in away.text
    assert "mailbot --config kantor files --move store" in away.text
    assert "In the database: 2 files" in away.text
    assert mailbot("--config", "kantor", "inbox", "show", "1", "--raw").out == RAW


def test_without_a_store_nothing_can_be_carried(here: Path) -> None:
    """And where everything lies is said all the same."""
    office_in(here)
    with open_ledger(f"sqlite:///{here / 'ledger.db'}"):
        pass
    assert (
        "object_store in office.yaml names no store" in mailbot("--config", "kantor", "files", "--move", "store").text
    )
    told = mailbot("--config", "kantor", "files")
    assert told.code == 0
    assert told.text == "In the database: 0 files, 0.0 MB"
