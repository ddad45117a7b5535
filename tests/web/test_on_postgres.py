"""The board asks PostgreSQL what it asks SQLite, and is told the same."""

from __future__ import annotations

import pytest

from mailbot.ledger.ledger import open_ledger
from tests.web.boards import browser
from tests.web.crawling import crawled
from tests.web.secrets import NOBODY, secret_board


@pytest.mark.servers
def test_every_page_is_the_same_on_postgresql(postgres_url: str) -> None:
    """Page by page and file by file; what is shown to nobody is not shown here either."""
    on_sqlite = crawled(browser(secret_board()))
    with open_ledger(postgres_url) as ledger:
        on_postgres = crawled(browser(secret_board(ledger=ledger)))
    assert on_postgres == on_sqlite
    assert not any(word.encode() in page for page in on_postgres.values() for word in NOBODY)
