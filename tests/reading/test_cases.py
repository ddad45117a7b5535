"""Each numbered mail is read as the YAML beside it says, to the last field."""

from __future__ import annotations

import hashlib

import pytest

from tests.reading.mails import CASES, RECEIVED_AT, case_names, load_case, read, said


@pytest.mark.parametrize("name", case_names())
def test_a_mail_is_read_as_the_yaml_beside_it_says(name: str) -> None:
    """Nothing is read that the YAML does not name, and nothing it names is missed."""
    raw, believed, wanted = load_case(name)
    assert said(read(raw, believed=believed)) == wanted


def test_every_case_has_both_its_files() -> None:
    """A mail without its YAML, or a YAML without its mail, would test nothing."""
    assert sorted(path.stem for path in CASES.glob("*.yaml")) == case_names()


def test_the_value_carries_the_digest_of_the_bytes_and_the_time_it_was_given() -> None:
    """The Date field is shown by mail programs; here only the server's time counts (T31)."""
    raw, _, _ = load_case("01-gmail-web")
    later = read(raw.replace(b"2026 10:19:58", b"1999 10:19:58"))
    assert (later.received_at, later.sha256) == (
        RECEIVED_AT,
        hashlib.sha256(raw.replace(b"2026 10:19:58", b"1999 10:19:58")).hexdigest(),
    )
