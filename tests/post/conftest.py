"""The two mail offices every contract test of the post runs in, and an empty mailbox there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mailbot.post.account import Account
from mailbot.post.imap import Mailbox
from mailbot.rehearsal.server import EmbeddedServer
from tests.post.offices import EmbeddedOffice, MailOffice, RealOffice, real_now
from tests.post.person import Person


@pytest.fixture
def embedded() -> Iterator[EmbeddedOffice]:
    """The embedded server, new for each test."""
    addresses = {f"pegawai-{number}@example.go.id": f"rahasia-{number}" for number in range(1, 6)}
    with EmbeddedServer(addresses, now=real_now) as server:
        yield EmbeddedOffice(server, addresses)


@pytest.fixture(params=["embedded", pytest.param("real", marks=pytest.mark.servers)])
def office(request: pytest.FixtureRequest) -> MailOffice:
    """Each kind of server in turn."""
    if request.param == "embedded":
        found: MailOffice = request.getfixturevalue("embedded")
        return found
    return RealOffice(request.getfixturevalue("real_mail"))


@pytest.fixture
def account(office: MailOffice) -> Account:
    """The account of an empty mailbox."""
    return office.imap(office.new_address("mailbot"))


@pytest.fixture
def mailbox(account: Account) -> Iterator[Mailbox]:
    """An open connection to that mailbox."""
    with Mailbox(account) as opened:
        yield opened


@pytest.fixture
def person(account: Account) -> Iterator[Person]:
    """A colleague with the same mailbox open."""
    somebody = Person(account)
    yield somebody
    somebody.leave()
