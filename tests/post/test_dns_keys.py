"""Keys are looked up in the DNS: one record, within three seconds, asked once; whatever else happens, there is none."""

from __future__ import annotations

import time

import pytest

from mailbot.post.dns_keys import PATIENCE_SECONDS, KeyLookup
from mailbot.reading.limits import MailLimits
from mailbot.reading.proof.dkim_check import signing_domain
from tests.post.name_server import NameServer, serving
from tests.reading.mails import RECEIVED_AT
from tests.reading.signing import DOMAIN, letter, new_signer
from tests.servers.processes import held_ports

NAME = "kunci._domainkey.example.go.id"


def test_a_key_comes_whole_and_is_asked_for_once() -> None:
    """Its strings are joined; two mails of one domain ask once."""
    key = "v=DKIM1; k=rsa; p=" + "A" * 392
    with serving(NameServer({NAME: (key,)})) as server:
        look_up = KeyLookup(("127.0.0.1",), server.port)
        assert [look_up(NAME), look_up(NAME)] == [key, key]
        assert server.asked == [NAME]


def test_a_key_too_long_for_a_datagram_comes_by_tcp() -> None:
    """A key of 8,192 bits is longer than an answer may be."""
    key = "v=DKIM1; p=" + "A" * 1_400
    with serving(NameServer({NAME: (key,)})) as server:
        assert KeyLookup(("127.0.0.1",), server.port)(NAME) == key


@pytest.mark.parametrize("records", [{}, {NAME: ()}, {NAME: ("v=DKIM1; p=A", "v=DKIM1; p=B")}])
def test_no_record_or_several_are_none(records: dict[str, tuple[str, ...]]) -> None:
    """No such name, a name without text, and two keys of which nobody can say which is meant."""
    with serving(NameServer(records)) as server:
        assert KeyLookup(("127.0.0.1",), server.port)(NAME) == ""


def test_a_name_that_is_none_is_not_asked_for() -> None:
    """A label too long, an empty one."""
    with serving(NameServer({})) as server:
        look_up = KeyLookup(("127.0.0.1",), server.port)
        assert [look_up("a" * 64 + ".example.go.id"), look_up("a..example.go.id")] == ["", ""]
        assert server.asked == []


@pytest.mark.slow
def test_a_silent_server_is_waited_for_three_seconds_and_only_once() -> None:
    """Twenty mails of one domain must not hold up the pass for a minute."""
    with serving(NameServer({}, silent=True)) as server:
        look_up = KeyLookup(("127.0.0.1",), server.port)
        began = time.monotonic()
        assert [look_up(NAME) for _ in range(20)] == [""] * 20
        # Waited for each time it would be twenty times as long; a busy machine does not come near that.
        assert PATIENCE_SECONDS <= time.monotonic() - began < 10 * PATIENCE_SECONDS


def test_a_server_that_is_not_there_is_no_answer() -> None:
    """Nothing listens on the port."""
    with held_ports(1) as (port,):
        assert KeyLookup(("127.0.0.1",), port)(NAME) == ""


def test_a_signature_is_checked_with_a_key_from_a_real_name_server() -> None:
    """The look-up as reading uses it, over the wire."""
    signer = new_signer()
    with serving(NameServer({signer.name: (signer.record,)})) as server:
        found = signing_domain(
            signer.sign(letter()),
            received_at=RECEIVED_AT,
            limits=MailLimits(),
            dns=KeyLookup(("127.0.0.1",), server.port),
        )
    assert found == DOMAIN
