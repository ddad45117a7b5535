"""What a machine is watched by: figures in Prometheus' form, read in few statements, and whether all is well."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from mailbot.clerk.gauges.health import health
from mailbot.clerk.gauges.machine_room import MachineRoom
from mailbot.clerk.gauges.metrics import GAUGES, metrics_text
from tests.cli.terminal import mailbot, office_in, worked_in
from tests.office import ACCOUNT, ToyOffice

FREE = 12_345_678


def figures(text: bytes) -> dict[str, float]:
    """Return every figure by its name and labels."""
    return {
        sample.name + "".join(f" {value}" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text.decode())
        for sample in family.samples
    }


def room_of(folder: Path, office: ToyOffice, *, minutes: int = 30, readable: bool = True) -> MachineRoom:
    """Return the machine room of an office whose ledger lies in a folder."""
    name = "ledger.db" if readable else "tidak-ada.db"
    return MachineRoom(
        ledger=lambda: f"sqlite:///{folder / name}",
        clock=office.clock,
        after_minutes=lambda: minutes,
        folders=lambda: {ACCOUNT: ("INBOX",)},
        free_bytes=lambda: FREE,
        ends=lambda: (("permission", "kantor", office.clock() + timedelta(days=3)),),
    )


@pytest.fixture
def office(here: Path) -> ToyOffice:
    """The office on 7 January 2026: the requests have left, one form came, one mail of a stranger waits."""
    office_in(here)
    office = worked_in(here)
    office.works()
    office.days_pass(1)
    office.morning()
    office.sends_form("kabid-dafduk", "DAFDUK")
    return office


def test_every_figure_is_what_the_ledger_says(office: ToyOffice, here: Path) -> None:
    """Mails by outcome, letters by state, what is late, until when mailboxes were read, and what the notes say."""
    at = office.clock()
    office.ledger.notes.write("last_pass", at.isoformat())
    office.ledger.notes.write("proved_poll", at.isoformat())
    office.ledger.notes.write("backup_made", json.dumps({"at": at.isoformat()}))
    certificate = {"kind": "certificate", "about": "imap.example.go.id", "ends": (at + timedelta(days=9)).isoformat()}
    office.ledger.notes.write("ends", json.dumps([certificate]))
    found = figures(metrics_text(room_of(here, office)))
    letters = office.ledger.letters.listing(limit=1000)
    assert found["mailbot_mails form"] == 1
    assert sum(count for name, count in found.items() if name.startswith("mailbot_mails ")) == 1
    assert found["mailbot_letters sent"] == len(letters) > 10
    assert "mailbot_letter_oldest_due_timestamp_seconds" not in found
    assert found["mailbot_cycles_open"] == 1
    assert (found["mailbot_cycles_late"], found["mailbot_forms_awaited"], found["mailbot_forms_late"]) == (0, 3, 0)
    assert found["mailbot_journal_lines"] == office.ledger.journal.head().count
    assert found["mailbot_mailbox_read_timestamp_seconds toy"] == at.timestamp()
    assert found["mailbot_backup_timestamp_seconds"] == at.timestamp()
    assert found["mailbot_end_days imap.example.go.id certificate"] == 9
    assert found["mailbot_end_days kantor permission"] == 3
    assert (found["mailbot_disk_free_bytes"], found["mailbot_healthy"]) == (FREE, 1)
    assert {name.partition(" ")[0] for name in found} <= GAUGES.keys()


def test_what_waits_and_what_is_late_is_told_with_its_age(office: ToyOffice, here: Path) -> None:
    """A mail that is not worked, a letter that may not leave, deadlines that are over: the oldest of each."""
    came = office.clock()
    office.has(read_forms=lambda _files: 1 / 0)
    office.ledger.outbox.hold_all()
    office.sends_form("kabid-capil", "CAPIL")
    office.answers("kabid-piak", None, "STATUS")
    office.clock.set_to(came + timedelta(days=20))
    found = figures(metrics_text(room_of(here, office)))
    assert (found["mailbot_mails waiting"], found["mailbot_mails command"]) == (1, 1)
    assert found["mailbot_mail_oldest_waiting_timestamp_seconds"] == came.timestamp()
    assert found["mailbot_letter_oldest_due_timestamp_seconds"] == came.timestamp()
    assert (found["mailbot_outbox_held"], found["mailbot_letters queued"]) == (1, 1)
    assert (found["mailbot_cycles_late"], found["mailbot_forms_late"]) == (1, 3)


def test_health_fails_when_the_last_proved_poll_is_old_or_the_ledger_cannot_be_read(
    office: ToyOffice, here: Path
) -> None:
    """Each says so in one sentence; a held outbox is the operator's will, and no illness."""
    room = room_of(here, office)
    assert not health(room).well
    office.ledger.notes.write("proved_poll", office.clock().isoformat())
    office.ledger.outbox.hold_all()
    assert health(room).well
    office.clock.set_to(office.clock() + timedelta(minutes=31))
    assert not health(room).well
    assert "31 minutes ago" in health(room).said
    assert health(room_of(here, office, minutes=0)).well
    lost = health(room_of(here, office, minutes=0, readable=False))
    assert not lost.well
    assert str(here) not in lost.said


def test_the_command_prints_them(office: ToyOffice, here: Path) -> None:
    """For the office that is configured; nobody's address stands in them but the mailbox's own."""
    assert office.ledger
    ran = mailbot("--config", here / "kantor", "metrics")
    assert ran.code == 0
    found = figures(ran.out)
    assert found["mailbot_mails form"] == 1
    assert found["mailbot_disk_free_bytes"] > 0
    addresses = [address for one in office.office.roster.people for address in one.addresses]
    assert [address for address in addresses if address in ran.out.decode()] == []


def test_where_there_is_no_ledger_it_says_so(here: Path) -> None:
    """No figure is made up."""
    ran = mailbot("--config", office_in(here), "metrics")
    assert (ran.code, ran.out) == (1, b"")
    assert "There is no ledger" in ran.err
