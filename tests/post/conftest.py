"""The two mail offices every contract test of the post runs in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mailbot.rehearsal.server import EmbeddedServer
from tests.post.offices import EmbeddedOffice, MailOffice, RealOffice, real_now


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
