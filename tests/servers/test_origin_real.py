"""Where a figure comes from, against real Postfix and Dovecot: the mail comes back as our server took it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.examined.real import condemned
from tests.servers.real_mail import RealMail
from tests.servers.real_office import RealOffice, real_office
from tests.stories.form_life import plain
from tests.stories.test_27_where_a_figure_comes_from import enclosed_mail

pytestmark = pytest.mark.servers


@pytest.fixture
def office(tmp_path: Path, real_mail: RealMail) -> Iterator[RealOffice]:
    """The office on its first morning."""
    with real_office(tmp_path, real_mail, {}) as at_work:
        yield at_work


def test_the_mail_comes_back_over_real_servers(office: RealOffice) -> None:
    """Byte for byte what the ledger keeps, beside the form of the digest that the letter names."""
    office.works()
    office.next_morning()
    office.next_morning()
    office.sends_form("kabid-capil", office.letter("kabid-capil", "request"))
    office.answers("sekretaris", office.letter("sekretaris", "data_needs"), "ASAL IKU-03")
    answer = office.letter("sekretaris", "origin")
    sent = office.unit("CAPIL").counting
    assert sent is not None
    inbox = office.clerk.books.ledger.inbox
    (came,) = inbox.by_message_id(sent.message_id)
    assert enclosed_mail(answer.raw) == inbox.raw(came.id)
    digests = {hashlib.sha256(content).hexdigest() for _, content in answer.files if isinstance(content, bytes)}
    assert sent.file_sha256 in digests
    assert sent.message_id in plain(answer.text)
    assert condemned(office) == ()
