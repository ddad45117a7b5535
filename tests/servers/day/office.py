"""The office of that day: long names, two cycles, wires before both servers, a bell, and a clock set by the hour."""

from __future__ import annotations

import shutil
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

from mailbot.clerk.passing import one_pass
from mailbot.cli.wiring import account_of
from mailbot.post.imap import Mailbox
from mailbot.post.smtp import Courier
from mailbot.rehearsal.cast import read_script
from mailbot.rehearsal.filling import fill
from mailbot.rehearsal.sandbox import write_settings
from mailbot.settings.loading import load
from mailbot.settings.packaged import templates_folder
from mailbot.writing.words.beside_words import with_words
from tests.servers.real_office import PASSWORD, SECRETS, office_at, office_in
from tests.servers.test_mailboxes_real import somebody_at
from tests.servers.wire import Break, Cut, Way, Wire

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mailbot.clerk.passing import Passed
    from mailbot.ledger.ledger import Ledger
    from mailbot.ledger.values import OutboxLetter
    from mailbot.rehearsal.keyboard import Got
    from tests.servers.real_mail import RealMail
    from tests.servers.real_office import RealOffice

PROBE = "uji@example.go.id"
QUARTER = "2026-tw1"
ANSWERS_PER_DAY = 4
LONG = "Dr. Ir. Hj. Raden Ayu Sri Wahyuningsih Kusumaningrum Prawirodirdjo, S.Sos., M.Si., M.Kom., Ph.D., " * 3
"""The name of a Kepala Bidang; nearly three hundred signs, and as many commas as degrees."""
AGENCY = "Dinas Kependudukan, Pencatatan Sipil, Pemberdayaan Masyarakat, Perempuan, dan Desa " * 3
_BYE = len("221 2.0.0 Bye\r\n")


@dataclass(slots=True)
class Day:
    """The office at work, and what stands between it and its servers."""

    office: RealOffice
    servers: RealMail
    imap: Wire
    smtp: Wire
    bell: Path
    """What rang: one line for each time."""

    @property
    def ledger(self) -> Ledger:
        """Return the books."""
        return self.office.clerk.books.ledger

    @property
    def mailbox(self) -> str:
        """Return the office's own address."""
        return self.office.office.mailbox

    @property
    def config(self) -> Path:
        """Return the folder of the configuration."""
        return self.office.settings.folder

    def at(self, hour: int, minute: int) -> Passed:
        """Let it be that time of the day, and make a pass, whatever goes wrong in it."""
        self.office.clock.set_to(self.moment(hour, minute))
        return one_pass(self.office.clerk)

    def calmly_at(self, hour: int, minute: int) -> Passed:
        """Let it be that time, and make a pass in which nothing goes wrong."""
        passed = self.at(hour, minute)
        assert passed.trouble == (), passed.trouble
        return passed

    def moment(self, hour: int, minute: int) -> datetime:
        """Return that time of the day."""
        calendar = self.office.office.calendar
        return calendar.at(calendar.local(self.office.clock()).date(), time(hour, minute))

    def letters_to(self, key: str) -> list[OutboxLetter]:
        """Return every letter to a person."""
        return [one for one in self.ledger.letters.listing(limit=2000) if one.person == key]

    def letters(self, kind: str, key: str = "") -> list[OutboxLetter]:
        """Return the letters of a kind, of one person if he is named, the oldest first."""
        every = self.ledger.letters.listing(limit=2000)
        found = [one for one in every if one.kind == kind and key in {"", one.person}]
        return sorted(found, key=lambda one: one.id)

    def rings(self) -> list[str]:
        """Return what rang so far."""
        return self.bell.read_text(encoding="utf-8").splitlines() if self.bell.exists() else []

    def reads_its_files(self) -> None:
        """Work on with the configuration as it stands in the files now, as the daemon does after an edit."""
        self.office.settings = load(self.config, SECRETS)
        office = with_words(self.office.settings.office(), self.office.settings.template_folders)
        self.office.has(office=office)

    def makes_anew(self, folder: str, former: str) -> None:
        """Let somebody make a folder anew, with the same mails in it: its server gives them other numbers."""
        with Mailbox(self.servers.imap(self.mailbox)) as mailbox:
            there = mailbox.list_uids(folder)
            mails = list(mailbox.fetch(folder, there.uids, size_limit_bytes=1_000_000))
        with somebody_at(self.servers.imap(self.mailbox)) as other:
            other.rename(folder, former)
        with Mailbox(self.servers.imap(self.mailbox)) as mailbox:
            for mail in mails:
                mailbox.append(folder, mail.raw)

    def breaks_the_list(self) -> None:
        """Let the line break in the middle of the list that the server gives of INBOX."""
        self.imap.arm(None)
        with Mailbox(account_of(self.office.settings.imap)) as mailbox:
            before = self.imap.passed[Way.DOWN]
            mailbox.list_uids()
            listing = self.imap.passed[Way.DOWN] - before
        self.imap.arm(Cut(way=Way.DOWN, after_bytes=before + listing * 4 // 5, how=Break.CLOSED))

    def breaks_before_the_answer(self) -> None:
        """Let the line break once the next letter is handed over whole, within its server's answer."""
        account = account_of(self.office.settings.smtp)
        probe = type(account)(host=account.host, port=account.port, security="plain", user=PROBE, password=PASSWORD)
        self.smtp.arm(None)
        with Courier(probe) as courier:
            answer = courier.send(PROBE, PROBE, b"From: " + PROBE.encode() + b"\r\n\r\n", before_data=lambda: None)
        first_byte = self.smtp.passed[Way.DOWN] - _BYE - len(f"{answer}\r\n") + 1
        self.smtp.arm(Cut(way=Way.DOWN, after_bytes=first_byte, how=Break.CLOSED))


@contextmanager
def day_office(folder: Path, servers: RealMail) -> Iterator[Day]:
    """Give that office on the first morning of its first cycle, two working days before its bad day."""
    config, bell = folder / "kantor", folder / "lonceng.txt"
    office_at(config, servers)
    servers.add_accounts({PROBE: PASSWORD})
    with ExitStack() as opened:
        imap = opened.enter_context(Wire(servers.ports["IMAP"]))
        smtp = opened.enter_context(Wire(servers.ports["SMTPKEEPS"]))
        _settings(config, imap, smtp, bell)
        _names(config)
        _cycles(config)
        own = config / "templates"
        (own / "letters").mkdir(parents=True)
        (own / "docx").mkdir()
        shutil.copy(templates_folder() / "letters" / "status.j2", own / "letters")
        office = opened.enter_context(office_in(config, servers, {}))
        _empty(office, servers)
        yield Day(office=office, servers=servers, imap=imap, smtp=smtp, bell=bell)


def form_in(office: RealOffice, got: Got) -> tuple[Got, str, tuple[str, bytes]]:
    """Return an answer to a letter that brought a form: the letter, words, and the form filled in."""
    form = got.file(".xlsx")
    assert form is not None
    filled = fill(form[1], read_script(office.settings.template_folders))
    return got, "Terlampir form isian.", (form[0], filled)


def junk(config: Path) -> str:
    """Return the name of the second folder that is read."""
    return f"Sampah-{config.parent.name}"


def _settings(config: Path, imap: Wire, smtp: Wire, bell: Path) -> None:
    """Lead both servers over wires, read a second folder, leave copies to the server, and ring a bell."""
    changes: dict[str, object] = {
        "imap.folders.extra": [junk(config)],
        "imap.folders.sent": "Sent",
        "imap.folders.sent_copies": "never",
        "pacing.answers_per_day": ANSWERS_PER_DAY,
        "watchdog.command": ["/bin/sh", "-c", f"tr '\\n' ' ' >> {bell}; echo >> {bell}"],
        "letterhead.agency_name": AGENCY.strip(),
    }
    for name, wire in (("imap", imap), ("smtp", smtp)):
        changes |= {f"{name}.host": "127.0.0.1", f"{name}.port": wire.port, f"{name}.security": "plain"}
    write_settings(config / "office.yaml", changes)


def _names(config: Path) -> None:
    """Give the head of PIAK a long name."""
    edit(config / "recipients.yaml", "name: Kepala Bidang PIAK", f'name: "{LONG.strip().rstrip(",")}"')


def _cycles(config: Path) -> None:
    """Let the forms of the year be due, and the quarter's cycle open, on the bad day."""
    edit(config / "cycles.yaml", "starts_on: 2026-01-05", "starts_on: 2026-01-05\n    row_days: {collect: 2}")
    edit(config / "cycles.yaml", "starts_on: 2026-04-01", "starts_on: 2026-01-07")


def edit(path: Path, old: str, new: str) -> None:
    """Let somebody change one place of a file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def _empty(office: RealOffice, servers: RealMail) -> None:
    """Begin with an empty folder for sent mail, and a second folder."""
    with Mailbox(servers.imap(office.office.mailbox)) as mailbox:
        mailbox.append(office.settings.folders.extra[0], b"From: orang@luar.example\r\n\r\nLama.\r\n")
        for folder in ("Sent", office.settings.folders.extra[0]):
            there = mailbox.list_uids(folder)
            mailbox.settle(folder, there.uids, uid_validity=there.uid_validity, keep_in="Lama")
