"""F16: no room for temporary files, a ledger that can be read and not written: told with the way out, nothing lost."""

from __future__ import annotations

import errno
import resource
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from mailbot.errors import LedgerProblem, nameable
from mailbot.writing.word.pdf import PdfMaker
from tests.office import ToyOffice
from tests.writing.word.stand_in import stand_in


@contextmanager
def no_room() -> Iterator[None]:
    """Let no file of this process grow, as on a full disk, and let it look for a folder for temporary files anew."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    former, tempfile.tempdir = tempfile.tempdir, None
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        tempfile.tempdir = former


def test_without_room_for_temporary_files_what_needs_them_waits_and_leaves_once_when_there_is(tmp_path: Path) -> None:
    """Requests wait for their PDF, as this office wants it; a question is answered all the same."""
    office, libreoffice = ToyOffice(), stand_in(tmp_path)
    maker = PdfMaker(
        program=libreoffice.program, timeout_seconds=1, waits=True, elapsed=lambda: office.clock().timestamp()
    )
    with closing(maker):
        office.has(pdf=maker)
        with no_room():
            office.works()
            office.days_pass(1)
            office.morning()
            (told,) = office.works().trouble
            assert told.startswith("no PDF: No usable temporary directory found in ['")
            assert told.endswith("name a folder with room in TMPDIR. What waits for it is tried again.")
            assert office.letters_to("kabid-capil", "request") == []
            office.answers("sekretaris", office.letter("sekretaris", "data_needs"), "STATUS")
            assert len(office.letters_to("sekretaris", "status")) == 1
        office.hours_pass(1)
        office.works()
    (request,) = office.letters_to("kabid-capil", "request")
    assert request.file(".pdf")


def test_a_ledger_that_can_only_be_read_takes_no_mail_and_the_mail_is_answered_once_it_can_be_written() -> None:
    """What was not written down was not done: the mail lies at the server until it is."""
    office = ToyOffice()
    office.works()

    def read_only(*, on: bool) -> None:
        with closing(office.ledger.engine.raw_connection()) as connection:
            connection.cursor().execute(f"PRAGMA query_only={'ON' if on else 'OFF'}")

    read_only(on=True)
    office.post.arrive(office.mail("sekretaris", None, "STATUS"))
    with pytest.raises(
        LedgerProblem, match=r"readonly database\. Look for a full or read-only disk\. Nothing was written"
    ):
        office.works()
    assert office.letters_to("sekretaris", "status") == []
    read_only(on=False)
    assert office.works().worked == 1
    office.hours_pass(1)
    assert len(office.letters_to("sekretaris", "status")) == 1


@pytest.mark.parametrize(
    ("number", "helps"),
    [
        (errno.ENOSPC, "Make room on that disk."),
        (errno.EDQUOT, "Make room on that disk."),
        (errno.EROFS, "That disk can be read and not written: have it looked at."),
    ],
)
def test_a_file_that_could_not_be_written_is_named_with_what_helps(number: int, helps: str) -> None:
    """And anything else is named as the system names it."""
    told = nameable(OSError(number, "as the system says", "/srv/arsip/2025"))
    assert told == f"/srv/arsip/2025: as the system says. {helps} What waits for it is tried again."
    assert nameable(FileNotFoundError(errno.ENOENT, "No such file", "/x")) == "/x: No such file"
