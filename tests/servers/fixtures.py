"""Fixtures over the real servers for every test folder; a missing server skips the test, and fails it under CI."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.servers import real_mail as mail_servers
from tests.servers import real_postgres as database_servers
from tests.servers.real_mail import DOMAIN, RealMail
from tests.servers.real_postgres import RealPostgres

# The office of the examples; a test that wants an address of its own calls `real_mail.add_accounts`.
OFFICE = ("mailbot", "program", "sekretaris", "kadis", "kabid-dafduk", "kabid-capil", "kabid-piak", "bappeda")


@pytest.fixture(scope="session")
def real_mail() -> Iterator[RealMail]:
    """Postfix and Dovecot with an account for each role of the office, its password being "rahasia-" and its name."""
    insist(mail_servers.missing())
    with RealMail({f"{name}@{DOMAIN}": f"rahasia-{name}" for name in OFFICE}) as servers:
        yield servers


@pytest.fixture(scope="session")
def real_postgres() -> Iterator[RealPostgres]:
    """PostgreSQL, started once."""
    insist(database_servers.missing())
    with RealPostgres() as server:
        yield server


@pytest.fixture
def postgres_url(real_postgres: RealPostgres) -> Iterator[str]:
    """The SQLAlchemy URL of a new, empty database."""
    url = real_postgres.new_database()
    yield url
    real_postgres.drop_database(url)


def insist(reason: str | None) -> None:
    """Skip the test for a reason, unless this is the build: there a skipped test would be a lie."""
    if reason is None:
        return
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail(f"{reason} (CI is set, so this is a failure)")
    pytest.skip(reason)
