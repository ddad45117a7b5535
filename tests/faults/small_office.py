"""A quiet Sunday in the sample office on real servers: three mails lie in the mailbox, two letters wait to leave."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from mailbot.clerk.parts import Clerk
from mailbot.clerk.passing import Passed, one_pass
from mailbot.ledger.ledger import Ledger, open_ledger
from mailbot.ledger.values import Changes, Outgoing
from mailbot.post.imap import Mailbox
from mailbot.post.smtp import Courier
from mailbot.rehearsal.clock import HandClock
from tests.given import given
from tests.office import AUTHSERV_ID, ToyOffice
from tests.servers.processes import run
from tests.servers.real_mail import DOMAIN, PATIENCE_SECONDS, RealMail
from tests.servers.wire import Wire

SUNDAY = datetime(2026, 1, 4, 2, 0, tzinfo=UTC)
"""Nine in the morning in Jakarta, the day before the cycle of 2025 opens: no letter is due by the calendar."""
MAILS = 3
LETTERS = 2
DONE = "Selesai"
_MAILBOXES = 24
_OURS = re.compile(rb"^Message-ID: ", re.MULTILINE)


def _lines(raw: bytes) -> bytes:
    """Return a mail with the line ends of this machine: a server keeps it so."""
    return raw.replace(b"\r\n", b"\n")


def mail(number: int) -> bytes:
    """Return a mail of a stranger, which is met with silence."""
    text = "Selamat pagi.\r\n" * number
    return (
        f"From: Warga <warga-{number}@luar.example>\r\nTo: mailbot@{DOMAIN}\r\nSubject: Pertanyaan {number}\r\n"
        f"Message-ID: <tanya-{number}@luar.example>\r\n\r\n{text}.\r\n"
    ).encode()


def everything() -> dict[bytes, int]:
    """Return the three mails as a server keeps them, each once."""
    return {_lines(mail(number)): 1 for number in range(1, MAILS + 1)}


def letter(round_: str, number: int, sender: str, reader: str) -> Outgoing:
    """Return a finished letter, its name its own in each round."""
    key = f"surat/{round_}/{number}"
    message_id = f"<surat.{round_}.{number}@{DOMAIN}>"
    text = "Isi surat.\r\n" * number
    raw = (
        f"Message-ID: {message_id}\r\nFrom: {sender}\r\nTo: {reader}\r\nSubject: Surat {number}\r\n\r\n"
        f"Yth. Bapak/Ibu\r\n.titik di awal baris\r\n{text}"
    ).encode()
    # An answer: it alone leaves on a Sunday.
    return Outgoing(
        key=key,
        kind="notice",
        person="",
        address=reader,
        message_id=message_id,
        raw=raw,
        due_at=SUNDAY,
        is_answer=True,
    )


@dataclass(slots=True)
class Patience:
    """How long a server is waited for."""

    seconds: float = PATIENCE_SECONDS


@dataclass(slots=True, kw_only=True)
class Round:
    """One session: its mailbox, its ledger, and the clerk, whose clock is set by hand."""

    name: str
    address: str
    clerk: Clerk
    clock: HandClock
    patience: Patience

    @property
    def ledger(self) -> Ledger:
        """Return what is kept."""
        return self.clerk.books.ledger

    def works(self, patience_seconds: float = PATIENCE_SECONDS) -> Passed:
        """Make one pass, in which no server is waited for longer."""
        self.patience.seconds = patience_seconds
        return one_pass(self.clerk)


@dataclass(slots=True, kw_only=True)
class SmallOffice:
    """The real servers behind two wires, and mailboxes to begin each round with."""

    servers: RealMail
    imap: Wire
    smtp: Wire
    keeps_sent: bool
    own: Path
    """A mailbox as each round finds it."""
    names: tuple[str, ...]
    """Of the mailboxes that rounds use in turn: none is laid anew while a server still ends its talk about it."""
    reader: str
    """Whom the letters are for."""
    toy: ToyOffice = field(default_factory=ToyOffice)
    _rounds: int = 0

    @contextmanager
    def round(self, name: str) -> Iterator[Round]:
        """Lay a mailbox and queue the letters in a new ledger."""
        address = self.names[self._rounds % len(self.names)]
        self._rounds += 1
        folder = self.servers.mailbox_folder(address).parent
        shutil.rmtree(folder, ignore_errors=True)
        run("/bin/cp", "-a", self.own, folder)
        imap = replace(self.servers.imap(address, "starttls"), security="plain", port=self.imap.port)
        smtp = replace(self.servers.smtp(address, "plain", keeps_sent=self.keeps_sent), port=self.smtp.port)
        clock, patience = HandClock(SUNDAY), Patience()
        folders = self.toy.clerk.post.boxes[0].folders.but(done=DONE, sent="" if self.keeps_sent else "Sent")
        with open_ledger("sqlite://") as ledger:
            letters = tuple(letter(name, number, address, self.reader) for number in range(1, LETTERS + 1))
            ledger.commit(Changes(at=SUNDAY, letters=letters))
            yield Round(
                name=name,
                address=address,
                clock=clock,
                patience=patience,
                clerk=given(
                    self.toy.clerk,
                    name="mailbot",
                    account=address,
                    ledger=ledger,
                    clock=clock,
                    office=replace(self.toy.office, mailbox=address),
                    believed={address: (AUTHSERV_ID,)},
                    folders=folders,
                    open_mailbox=lambda: Mailbox(replace(imap, timeout_seconds=patience.seconds)),
                    open_courier=lambda: Courier(
                        replace(smtp, timeout_seconds=patience.seconds), final_reply_seconds=patience.seconds
                    ),
                ),
            )

    def held(self, address: str, folder: str) -> Counter[bytes]:
        """Return the mails a folder of somebody's mailbox holds at this moment, as the server keeps them."""
        place = self.servers.mailbox_folder(address) / folder
        return Counter(_lines(file.read_bytes()) for sub in ("new", "cur") for file in (place / sub).glob("*"))

    def copies(self) -> dict[str, Counter[bytes]]:
        """Return by Message-ID what the reader has got of every round, each text with its number of copies."""
        self.servers.wait_until_delivered()
        found: dict[str, Counter[bytes]] = {}
        for raw, number in self.held(self.reader, "").items():
            begins = _OURS.search(raw)
            assert begins is not None
            ours = raw[begins.start() :]
            message_id = ours.partition(b"\n")[0].decode().removeprefix("Message-ID: ").strip()
            found.setdefault(message_id, Counter())[ours] += number
        return found


@contextmanager
def small_office(servers: RealMail, folder: Path, *, keeps_sent: bool = False) -> Iterator[SmallOffice]:
    """Give the office with its wires; `folder` takes the mailbox that each round is laid from."""
    names = tuple(f"{folder.name}-{number}@{DOMAIN}".lower() for number in range(_MAILBOXES))
    first, reader = (f"{folder.name}-{who}@{DOMAIN}".lower() for who in ("pertama", "penerima"))
    servers.add_accounts(dict.fromkeys([*names, first, reader], "rahasia"))
    with Mailbox(servers.imap(first)) as mailbox:
        for number in range(1, MAILS + 1):
            mailbox.append("INBOX", mail(number))
        mailbox.list_uids()
    own = folder / "mailbox"
    run("/bin/cp", "-a", servers.mailbox_folder(first).parent, own)
    with Wire(servers.ports["IMAP"]) as imap, Wire(servers.ports["SMTPKEEPS" if keeps_sent else "SMTPCLEAR"]) as smtp:
        yield SmallOffice(
            servers=servers, imap=imap, smtp=smtp, keeps_sent=keeps_sent, own=own, names=names, reader=reader
        )
