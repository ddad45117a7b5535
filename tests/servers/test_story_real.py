"""Stories 01 and 02 against real Postfix and Dovecot: everybody reads and answers with a login of his own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mailbot.cli.wiring import account_of
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.mail import Proof
from mailbot.core.model.sop import Step
from mailbot.ledger.values import LetterState
from mailbot.post.imap import Mailbox
from mailbot.rehearsal.sandbox import write_settings
from mailbot.writing.archive.verify import verify_archive
from tests.examined.real import condemned
from tests.heartbeat.running import answered, asks_for_status, running
from tests.office import CYCLE, HEADS
from tests.servers.real_mail import RealMail
from tests.servers.real_office import SECRETS, RealOffice, office_at, office_in, real_office

pytestmark = pytest.mark.servers


@pytest.fixture(params=[pytest.param("sqlite", marks=pytest.mark.sweep), "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path, real_mail: RealMail) -> Iterator[RealOffice]:
    """The office on its first morning, its ledger on either database; on SQLite the other stories here are told too."""
    env = {}
    if request.param == "postgresql":
        env = {"MAILBOT_DATABASE_URL": request.getfixturevalue("postgres_url")}
    with real_office(tmp_path, real_mail, env) as at_work:
        yield at_work


def test_a_calm_cycle_runs_from_opening_to_archive_over_real_servers(office: RealOffice) -> None:
    """Story 01: every row in its turn, by mail alone; every word is proved by the office's own server."""
    # Row 1: silence for a working day is consent. Row 2: cover letter and form for each head.
    office.works()
    forms = [f"Form-Isian-{unit}-{CYCLE}.xlsx" for unit in HEADS]
    enclosed = [name for name, _ in office.letter("sekretaris", "data_needs").files]
    assert sorted(enclosed) == sorted([*forms, f"Batas-Waktu-{CYCLE}.ics"])
    office.next_morning()
    office.next_morning()
    requests = {unit: office.letter(key, "request") for unit, key in HEADS.items()}
    assert office.letter("kasi-inovasi", "request_copy").file(".xlsx") is not None
    assert office.cycle().step is Step.COLLECT

    # Rows 3 to 5: each form is answered at once; then draft and recap go to Subbag Program.
    for unit, key in HEADS.items():
        office.sends_form(key, requests[unit])
        assert office.unit(unit).state is UnitState.ACCEPTED
    assert "99,46" in office.letter("kabid-dafduk", "receipt").text
    assert office.letter("perencanaan", "draft").file(".xlsx") is not None

    # Rows 6 to 8: one word each.
    office.agrees()
    cycle = office.cycle()
    assert cycle.closed
    assert [(verdict.word, verdict.approved) for verdict in cycle.verdicts[-3:]] == [
        ("SETUJU", True),
        ("DISAHKAN", True),
        ("DITERIMA", True),
    ]
    assert {verdict.proof for verdict in cycle.verdicts} == {Proof.AUTHENTICATED}
    draft, sent = cycle.draft, office.letter("bappeda", "submission").files
    assert draft is not None
    assert draft.docx_sha256 == cycle.verdicts[-1].docx_sha256
    # What leaves cannot be edited, wherever there is a PDF.
    ratified = office.clerk.books.ledger.files.read(draft.pdf_sha256 or draft.docx_sha256)
    assert ratified in [content for _, content in sent]
    assert not (draft.pdf_sha256 and [name for name, _ in sent if name.endswith(".docx")])
    office.letter("kadis", "closed")
    accounted(office)
    assert condemned(office) == ()
    assert verify_archive(office.settings.archive_folder / CYCLE) == ()


def accounted(office: RealOffice) -> None:
    """Every mail has its end and was moved aside; every letter left once and has its copy in the sent folder."""
    ledger = office.clerk.books.ledger
    counts = ledger.inbox.counts()
    assert (counts.waiting, counts.set_aside) == (0, 0)
    letters = ledger.letters.listing(limit=1000)
    assert {letter.state for letter in letters} == {LetterState.SENT}
    assert ledger.journal.verify() is None
    with Mailbox(account_of(office.settings.imap)) as mailbox:
        assert mailbox.list_uids().uids == ()
        assert len(mailbox.list_uids(office.settings.folders.done).uids) == counts.kept
        assert len(mailbox.list_uids(office.settings.folders.sent).uids) == len(letters)


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)
def test_a_form_comes_back_twice_over_real_servers(office: RealOffice) -> None:
    """Story 02: the head mends the very workbook that came back marked; the third form counts."""
    office.works()
    office.next_morning()
    office.next_morning()
    request = office.letter("kabid-capil", "request")
    office.sends_form("kabid-capil", request, mistakes=1)
    first = office.letter("kabid-capil", "returned")
    assert office.unit("CAPIL").state is UnitState.RETURNED
    assert "IKU-03" in first.text

    office.sends_form("kabid-capil", first, mistakes=2)
    second = office.letter("kabid-capil", "returned", 2)
    assert "2.12.03.2.01.0001" in second.text
    assert second.message_id != first.message_id

    office.sends_form("kabid-capil", second)
    assert (office.unit("CAPIL").state, office.unit("CAPIL").counted) == (UnitState.ACCEPTED, 3)
    assert office.letter("kabid-capil", "receipt").references.split()[-1].startswith("<kabid.capil.")
    assert [one.faults == () for one in office.unit("CAPIL").submissions] == [False, False, True]
    assert condemned(office) == ()


def test_the_daemon_answers_over_idle_long_before_the_next_poll(
    tmp_path: Path, real_mail: RealMail, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`mailbot run` as a process of its own on Dovecot and Postfix; an hour between polls, an answer in seconds."""
    monkeypatch.chdir(tmp_path)
    # Before the first start: a later edit would not count at once, and the poll come within a minute.
    office_at(tmp_path / "kantor", real_mail)
    write_settings(tmp_path / "kantor" / "office.yaml", {"imap.poll_seconds": 3600})
    with office_in(tmp_path / "kantor", real_mail, {}) as office:
        office.works()
        secretary = office.keyboards["sekretaris"]
        office.letter("sekretaris", "data_needs")
    with running(tmp_path, SECRETS) as daemon:
        daemon.logs("watching INBOX")
        assert answered(secretary, asks_for_status(secretary))
        assert daemon.told_to_stop() == 0
