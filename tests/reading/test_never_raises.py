"""Reading never raises: arbitrary bytes, arbitrary mails, and the cases with a few bytes changed (T4)."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mailbot.reading.files.tnef import TnefDamaged, read_tnef
from mailbot.reading.mime.decoding import clean_file_name
from mailbot.reading.mime.headers import read_addresses
from mailbot.reading.proof.sender_proof import parse_auth_results
from mailbot.reading.robots.delivery_status import read_delivery_status
from mailbot.reading.text.html_text import read_page
from tests.reading.mails import case_names, load_case, read

CASES = [load_case(name)[0] for name in case_names()]
PIECES = st.sampled_from(
    [
        b"From: a@b.id\r\n",
        b"Content-Type: multipart/mixed; boundary=q\r\n",
        b"Content-Type: text/html; charset=utf-16\r\n",
        b"Content-Type: message/rfc822\r\n",
        b"Content-Type: message/delivery-status\r\n",
        b"Content-Type: application/ms-tnef; name*0*=utf-8''%; name*1=x\r\n",
        b"Content-Transfer-Encoding: base64\r\n",
        b"Content-Transfer-Encoding: x-uuencode\r\n",
        b'Content-Disposition: attachment; filename="=?utf-8?B?!!?="\r\n',
        b"Authentication-Results: mail.example.go.id; dmarc=pass header.from=b.id\r\n",
        b"Received: from a by b with LMTP\r\n",
        b"\r\n",
        b"--q\r\n",
        b"--q--\r\n",
        b"begin 644 x\r\n#0V%T\r\nend\r\n",
        b"PK\x03\x04PK\x05\x06",
        b"\x78\x9f\x3e\x22",
        b"<div style='display:none'><blockquote type=cite><!-- ",
        b"> SETUJU\r\n",
        b"Final-Recipient: rfc822; a@b.id\r\nAction: failed\r\n",
        b"\x00\xff\r",
    ]
)
MUTATIONS = st.lists(
    st.tuples(st.integers(0, 20_000), st.integers(0, 40), st.binary(max_size=12)), min_size=1, max_size=6
)
MANY = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@MANY
@given(st.binary(max_size=2_000))
@example(b"")
@example(b"\r")
@example(b"From:\x00")
def test_arbitrary_bytes_are_read(raw: bytes) -> None:
    """Whatever comes, a value comes out, and it knows its bytes."""
    assert len(read(raw).sha256) == 64


@MANY
@given(st.lists(PIECES | st.binary(max_size=30), max_size=25))
def test_arbitrary_arrangements_of_mail_are_read(pieces: list[bytes]) -> None:
    """Pieces of real mail in any order, with noise between them, are read."""
    assert read(b"".join(pieces)).proof.value in {"none", "authenticated"}


@MANY
@given(st.sampled_from(CASES), MUTATIONS)
def test_a_mutated_case_is_read(raw: bytes, mutations: list[tuple[int, int, bytes]]) -> None:
    """Bytes overwritten, cut out or put in anywhere leave something that can be read."""
    for at, cut, put in mutations:
        place = at % (len(raw) + 1)
        raw = raw[:place] + put + raw[place + cut :]
    assert len(read(raw).sha256) == 64


@MANY
@given(st.sampled_from(CASES), st.integers(0, 20_000))
def test_a_case_cut_anywhere_is_read(raw: bytes, at: int) -> None:
    """A mail cut on the way is read as far as it goes."""
    assert read(raw[: at % (len(raw) + 1)]).subject is not None


@MANY
@given(st.text(max_size=300), st.binary(max_size=300))
def test_the_small_readers_never_raise(text: str, raw: bytes) -> None:
    """Each reader under `read_mail` takes anything by itself."""
    name = clean_file_name(text, longest=40)
    assert 0 < len(name) <= 40
    assert not set("/\\\r\n\x00") & set(name)
    assert isinstance(read_page(text).lines, tuple)
    assert isinstance(read_delivery_status(text), tuple)
    assert all(address.count("@") == 1 for address in read_addresses(raw))
    results = parse_auth_results(raw)
    assert results is None or results.authserv_id == results.authserv_id.casefold()


@MANY
@given(st.binary(max_size=400))
def test_a_winmail_dat_of_noise_is_damaged_or_read(noise: bytes) -> None:
    """The only thing the reader of winmail.dat raises is its own word for damage."""
    with suppress(TnefDamaged):
        assert all(isinstance(file.content, bytes) for file in read_tnef(b"\x78\x9f\x3e\x22\x00\x00" + noise))
