"""Files by digest, and notes by name."""

from __future__ import annotations

import hashlib

import pytest
from sqlmodel import col, select

from mailbot.ledger.engine import reading
from mailbot.ledger.ledger import Ledger
from mailbot.ledger.tables import FileRow
from tests.ledger.examples import DAY, NOW


def test_a_file_is_read_back_by_its_digest(ledger: Ledger) -> None:
    """Byte for byte, an empty one too."""
    for content in (bytes(range(256)), b""):
        sha256 = ledger.files.keep(content, "application/pdf", NOW)
        assert sha256 == hashlib.sha256(content).hexdigest()
        assert ledger.files.read(sha256) == content
        assert ledger.files.has(sha256)


def test_the_same_bytes_are_kept_once_as_they_first_came(ledger: Ledger) -> None:
    """A later name for them changes nothing."""
    sha256 = ledger.files.keep(b"x", "application/pdf", NOW)
    assert ledger.files.keep(b"x", "text/plain", NOW + DAY) == sha256
    with reading(ledger.engine) as connection:
        row = connection.execute(select(FileRow).where(col(FileRow.sha256) == sha256)).one()
        assert (row.size_bytes, row.media_type, row.kept_at) == (1, "application/pdf", NOW)


def test_a_file_that_is_not_kept_is_an_error_of_the_program(ledger: Ledger) -> None:
    """Never an empty one in its place."""
    assert not ledger.files.has("0" * 64)
    with pytest.raises(KeyError):
        ledger.files.read("0" * 64)


def test_a_note_is_overwritten_and_an_unknown_one_is_empty(ledger: Ledger) -> None:
    """Small values by name."""
    assert ledger.notes.read("last_poll") == ""
    ledger.notes.write("last_poll", "2027-01-11")
    ledger.notes.write("last_poll", "2027-01-12")
    assert ledger.notes.read("last_poll") == "2027-01-12"
