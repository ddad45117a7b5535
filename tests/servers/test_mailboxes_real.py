"""Two accounts on a real Dovecot, and a mailbox that people and the server change under us: nothing is lost."""

from __future__ import annotations

import imaplib
import ssl
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from mailbot.clerk.reconciling import Proof, reconcile
from mailbot.core.model.outcome import MailOutcome
from mailbot.ledger.looking.absence import APART
from mailbot.post.account import Account
from mailbot.post.fetched import FetchedMail, Listing
from mailbot.post.imap import Mailbox
from mailbot.rehearsal.sandbox import write_settings
from mailbot.settings.folder import digest_of, read_folder
from tests.clerk.post import letter_from
from tests.cli.terminal import mailbot
from tests.heartbeat.running import asks_for_status, running
from tests.servers.real_mail import DOMAIN, RealMail
from tests.servers.real_office import SECRETS, RealOffice, office_at, office_in, real_office

pytestmark = pytest.mark.servers

SHARED, SHARED_PASSWORD = f"bersama@{DOMAIN}", "rahasia-bersama"
TROUBLED = f"ramai@{DOMAIN}"
"""A mailbox of its own, in which many hands are at work."""
STRANGER = "orang@luar.example"


def with_shared_mailbox(folder: Path, servers: RealMail) -> None:
    """Name a second mailbox in the settings, and let an hour pass between polls."""
    servers.add_accounts({SHARED: SHARED_PASSWORD})
    account = servers.imap(SHARED)
    shared = {"key": "bersama", "address": SHARED, "host": account.host, "port": account.port}
    write_settings(
        folder / "kantor" / "office.yaml",
        {"imap.poll_seconds": 3600, "mailboxes": [{**shared, "ca_file": str(account.ca_file)}]},
    )


def test_both_mailboxes_are_watched_and_one_that_refuses_us_stops_no_other(
    tmp_path: Path, real_mail: RealMail, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A letter to the shared address is answered over IDLE; with a wrong password there, the first still is."""
    monkeypatch.chdir(tmp_path)
    config = tmp_path / "kantor"
    office_at(config, real_mail)
    write_settings(config / "office.yaml", {"changes.settle_seconds": 0})
    with office_in(config, real_mail, {}) as office:
        office.works()
        secretary = office.keyboards["sekretaris"]
        office.letter("sekretaris", "data_needs")
    with_shared_mailbox(tmp_path, real_mail)
    # Another mailbox is never a small edit: it waits until the operator has approved these very bytes.
    offered, digest = mailbot("--config", "kantor", "apply").text, digest_of(read_folder(config)[0])
    assert "(mailboxes.bersama)" in offered
    assert offered.endswith(f"mailbot --config kantor apply {digest[:16]}")
    assert mailbot("--config", "kantor", "apply", digest[:16]).code == 0
    with running(tmp_path, SECRETS | {"MAILBOT_IMAP_PASSWORD_BERSAMA": SHARED_PASSWORD}) as daemon:
        daemon.logs("configuration read anew")
        for _ in range(2):
            daemon.logs("watching INBOX")
        asks_for_status(secretary, SHARED)
        daemon.logs("received 1, worked 1, sent ")
        assert daemon.told_to_stop() == 0
    with running(tmp_path, SECRETS | {"MAILBOT_IMAP_PASSWORD_BERSAMA": "salah"}) as daemon:
        daemon.logs("refused the login of bersama")
        daemon.logs("watching INBOX")
        asks_for_status(secretary)
        daemon.logs("received 1, worked 1, sent ")
        assert daemon.told_to_stop() == 0


@dataclass(slots=True)
class Interfered:
    """Our own door to the mailbox, with somebody else who takes a mail away after it was listed."""

    mailbox: Mailbox
    takes_away: int
    """UID that is expunged between our SEARCH and our FETCH."""

    def list_uids(self, folder: str, *, above: int = 0) -> Listing:
        """List a folder."""
        return self.mailbox.list_uids(folder, above=above)

    def fetch(self, folder: str, uids: Collection[int], *, size_limit_bytes: int) -> Iterator[FetchedMail]:
        """Let the other one be quicker, then fetch."""
        with somebody_at(self.mailbox.account) as other:
            other.uid("STORE", str(self.takes_away), "+FLAGS", r"(\Deleted)")
            other.uid("EXPUNGE", str(self.takes_away))
        return self.mailbox.fetch(folder, uids, size_limit_bytes=size_limit_bytes)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever else a mailbox can do
        """Be our mailbox in everything else."""
        return getattr(self.mailbox, name)


@contextmanager
def somebody_at(account: Account) -> Iterator[imaplib.IMAP4]:
    """Log in to a mailbox as another mail program, its INBOX open."""
    assert account.ca_file is not None
    context = ssl.create_default_context(cafile=account.ca_file)
    with imaplib.IMAP4_SSL(account.host, account.port, ssl_context=context) as other:
        other.login(account.user, account.password)
        other.select("INBOX")
        yield other


def add(account: Account, folder: str, *words: str) -> None:
    """Let mails of a stranger lie in a folder."""
    with Mailbox(account) as mailbox:
        for one in words:
            mailbox.append(folder, letter_from(STRANGER, one))


def proof_of(office: RealOffice) -> Proof:
    """Make a pass, and hold the books against the server."""
    office.works()
    return reconcile(office.clerk.books.ledger)


def outcomes(office: RealOffice) -> list[tuple[str, int, str]]:
    """Return folder, UID and final state of every mail."""
    mails = office.clerk.books.ledger.inbox.listing(limit=500)
    return sorted((mail.folder, mail.uid, mail.outcome.value if mail.outcome else "") for mail in mails)


def test_whatever_people_and_the_server_do_to_the_mailbox_the_books_agree(tmp_path: Path, real_mail: RealMail) -> None:
    """Read, moved to Junk, come twice, deleted, taken away while we looked, counted anew: one row each (L1 to L5)."""
    with real_office(tmp_path, real_mail, {}) as office:
        account = real_mail.imap(office.office.mailbox)
        account = replace(account, user=TROUBLED, password=SHARED_PASSWORD)
        real_mail.add_accounts({TROUBLED: SHARED_PASSWORD})
        folders = office.clerk.post.boxes[0].folders.but(done="", extra=("Junk",))
        office.has(folders=folders, account="bersama", open_mailbox=lambda: Mailbox(account))
        with somebody_at(account) as other:
            other.create("Junk")
        add(account, "INBOX", "dibaca", "dipindah", "kembar", "kembar", "dihapus nanti")
        with somebody_at(account) as other:
            other.store("1", "+FLAGS", r"(\Seen)")
            other.uid("MOVE", "2", "Junk")
        proof = proof_of(office)
        assert (proof.difference, proof.figures["received"], proof.figures["copies"]) == (0, 5, 1)
        assert [(folder, uid) for folder, uid, _ in outcomes(office)] == [
            ("INBOX", 1),
            ("INBOX", 3),
            ("INBOX", 4),
            ("INBOX", 5),
            ("Junk", 1),
        ]

        # Deleted after it was kept; another taken away between our SEARCH and our FETCH.
        add(account, "INBOX", "enam", "tujuh")
        with somebody_at(account) as other:
            other.uid("STORE", "5", "+FLAGS", r"(\Deleted)")
            other.expunge()

        @contextmanager
        def interfered() -> Iterator[Interfered]:
            with Mailbox(account) as mailbox:
                yield Interfered(mailbox, 6)

        whole = office.clerk
        office.has(open_mailbox=interfered)
        proof_of(office)
        office.clerk = whole
        # It was listed at that look; the next two, far enough apart, must both miss it.
        proof_of(office)
        assert ("INBOX", 6, MailOutcome.VANISHED.value) not in outcomes(office)
        office.clock.set_to(office.clock() + APART)
        proof = proof_of(office)
        assert ("INBOX", 6, MailOutcome.VANISHED.value) in outcomes(office)
        assert ("INBOX", 7, MailOutcome.STRANGER.value) in outcomes(office)
        assert (proof.difference, proof.figures["received"], proof.figures["on_server"]) == (0, 7, 7)

        # The folder is made anew with the same mail in it: other numbers, nothing acted on twice.
        with somebody_at(account) as other:
            other.uid("MOVE", "1:*", "Junk")
        proof = proof_of(office)
        before = proof.figures
        with somebody_at(account) as other:
            other.select("Drafts")
            other.rename("Junk", "Lama")
            other.create("Junk")
            other.select("Lama")
            other.uid("COPY", "1:*", "Junk")
        proof = proof_of(office)
        counts_of_junk = [count for count in proof.counts if count.folder == "Junk"]
        assert len(counts_of_junk) == 2
        assert (proof.difference, proof.figures["to_look_at"]) == (0, before["to_look_at"])
        assert counts_of_junk[1].copies == counts_of_junk[1].rows == 5
