"""A whole cycle over real Postfix and Dovecot: every person with a login of his own, TLS on every line."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from mailbot.clerk.passing import one_pass
from mailbot.ledger.ledger import open_ledger
from mailbot.post.imap import Mailbox
from mailbot.post.smtp import Courier
from mailbot.rehearsal.cast import cast
from mailbot.rehearsal.server import EmbeddedServer
from mailbot.writing.verifying import verify_archive
from tests.office import CYCLE, ToyOffice
from tests.servers.real_mail import RealMail

_MOST_STEPS = 400


@pytest.mark.servers
def test_a_cycle_runs_from_opening_to_archive_over_real_servers(real_mail: RealMail, tmp_path: Path) -> None:
    """One errs twice, one forwards, one waits for the reminder, the Sekretaris corrects once: closed and verified."""
    office = ToyOffice(ledger=open_ledger(f"sqlite:///{tmp_path / 'ledger.db'}"))
    people = [person.addresses[0] for person in office.office.roster.people]
    real_mail.add_accounts({address: f"rahasia-{address}" for address in (office.office.mailbox, *people)})
    members = cast(office.office, EmbeddedServer({}, now=office.clock), office.script, office.clock)
    for member in members:
        member.keyboard.imap = real_mail.imap(member.keyboard.address)
        member.keyboard.smtp = real_mail.smtp(member.keyboard.address)
    clerk = replace(
        office.clerk,
        archive_folder=tmp_path,
        trust=replace(office.clerk.trust, authserv_ids=("mail.example.go.id",)),
        open_mailbox=lambda: Mailbox(real_mail.imap(office.office.mailbox)),
        open_courier=lambda: Courier(real_mail.smtp(office.office.mailbox)),
    )
    for _ in range(_MOST_STEPS):
        passed = one_pass(clerk)
        assert passed.trouble == ()
        if office.ledger.notes.read(f"archived/{CYCLE}"):
            break
        for member in members:
            member.look(office.clock())
        later = office.clock() + timedelta(minutes=60)
        office.clock.set_to(office.office.calendar.next_office_moment(later))
    cycle = office.cycle()
    assert cycle.closed
    assert cycle.unit("CAPIL").attempts == 3
    assert [verdict.word for verdict in cycle.verdicts if verdict.step.value == "review"] == ["PERBAIKI", "SETUJU"]
    assert {verdict.proof.value for verdict in cycle.verdicts} == {"authenticated"}
    assert office.ledger.inbox.counts().set_aside == 0
    assert verify_archive(tmp_path / CYCLE) == ()
