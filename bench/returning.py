"""One pass over N faulty forms, on real Postfix and Dovecot: CPU a form, beside the plain way and beside the floor.

Every way takes the same mails from the same mailbox, in every round, shuffled, each with a ledger of its own. mailbot
is measured as a daemon's pass (its processes running, its ledger open), with the process that reads forms counted in.
"""

from __future__ import annotations

import email.policy
import shutil
import statistics
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from bench.large_office import enlarge, head_key, unit_key
from bench.plain_pass import floor_pass, plain_pass
from bench.processes import cpu_seconds
from bench.wanted import at_least
from mailbot.clerk.parts import Clerk
from mailbot.clerk.passing import one_pass
from mailbot.cli.wiring import account_of, clerk_of
from mailbot.core.model.office import Office
from mailbot.core.model.people import Person
from mailbot.post.account import Account
from mailbot.post.imap import Mailbox
from mailbot.rehearsal.cast import read_script
from mailbot.rehearsal.clock import HandClock
from mailbot.rehearsal.filling import Script, fill
from mailbot.rehearsal.own import script_of
from mailbot.rehearsal.sandbox import write_settings
from mailbot.settings.loading import load
from mailbot.settings.settings import Settings
from tests.given import given
from tests.office import CYCLE
from tests.servers import real_mail
from tests.servers.real_mail import RealMail
from tests.servers.real_office import AUTHSERV_ID, PASSWORD, SECRETS, office_at

UNITS = (8, 40, 100)
ROUNDS = 3
WANTED = 6
OURS, PLAIN, FLOOR = "mailbot", "plain way", "floor"
_MS = 1_000
_PLENTY = 100_000


@dataclass(slots=True)
class Bench:
    """An office whose requests have left, with a faulty form of every unit ready to be sent."""

    folder: Path
    settings: Settings
    clock: HandClock
    mails: list[bytes]
    """One for each unit; and the last one is of a further unit, for warming up."""
    letters: dict[str, bytes]
    """What was answered, by recipient: the floor hands over letters of these bytes."""
    kept: Path
    """The ledger as it was before the first form came."""

    @property
    def accounts(self) -> tuple[Account, Account]:
        """Return the logins for reading and for sending."""
        return account_of(self.settings.imap), account_of(self.settings.smtp)


def main() -> None:
    """Print one table for each number of units."""
    absent = real_mail.missing()
    if absent is not None:
        print(f"Pass: not measured, {absent}", file=sys.stderr)
        return
    print(f"Returned forms: CPU ms a form in one pass, median of {ROUNDS} rounds (all processes of ours; servers not)")
    print(f"  {'units':>6}{OURS:>10}{PLAIN:>12}{FLOOR:>8}   {'x plain way':<24}x floor")
    first = ours = 0.0
    measured: dict[str, list[float]] = {}
    for units in UNITS:
        with TemporaryDirectory(prefix="mailbot-bench-") as name, RealMail({}) as servers:
            measured = _measure(prepared(Path(name), servers, units), units)
        ours = statistics.median(measured[OURS])
        first = first or ours
        print(
            f"  {units:>6}{ours:>10.1f}{statistics.median(measured[PLAIN]):>12.1f}"
            f"{statistics.median(measured[FLOOR]):>8.1f}   {_ratio(measured[PLAIN], measured[OURS]):<24}"
            f"{_ratio(measured[OURS], measured[FLOOR])}"
        )
    print(f"  a form among {UNITS[-1]} units costs {ours / first:.2f} times one among {UNITS[0]}")
    plain = statistics.median(one / other for one, other in zip(measured[PLAIN], measured[OURS], strict=True))
    limit = statistics.median(one / other for one, other in zip(measured[PLAIN], measured[FLOOR], strict=True))
    print(at_least(f"times as quick as the plain way, {UNITS[-1]} units", plain, WANTED))
    print(f"  the floor alone would be {limit:.1f} times as quick as the plain way")


def form_cpu_seconds(units: int) -> float:
    """Return the CPU seconds that one returned form takes, among so many in one pass; the median of the rounds."""
    with TemporaryDirectory(prefix="mailbot-bench-") as name, RealMail({}) as servers:
        bench = prepared(Path(name), servers, units)
        _ours(bench, units)
        return statistics.median(_ours(bench, units) for _ in range(ROUNDS)) / units


def _ratio(above: list[float], below: list[float]) -> str:
    """Return the ratio, pair by pair in the same round: the median, and from where to where."""
    ratios = sorted(one / other for one, other in zip(above, below, strict=True))
    return f"{statistics.median(ratios):.2f} ({ratios[0]:.2f} - {ratios[-1]:.2f})"


def _measure(bench: Bench, units: int) -> dict[str, list[float]]:
    """Return the CPU milliseconds a form of each way, round by round."""
    ways: dict[str, Callable[[Bench, int], float]] = {OURS: _ours, PLAIN: _plain, FLOOR: _floor}
    _ours(bench, units)
    order = Random(1)  # noqa: S311 - only the order of the rounds
    found: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name in order.sample(list(ways), len(ways)):
            found[name].append(ways[name](bench, units) / units * _MS)
    return found


def _ours(bench: Bench, units: int) -> float:
    """Let mailbot take in and return the forms; return its CPU seconds."""
    database = bench.folder / "ledger.db"
    for file in bench.folder.glob("ledger.db*"):
        file.unlink()
    shutil.copy(bench.kept, database)
    with at_work(bench.settings, bench.clock) as clerk:
        arrive(bench, bench.mails[units:])
        one_pass(clerk)
        arrive(bench, bench.mails[:units])
        began = cpu_seconds()
        passed = one_pass(clerk)
        took = cpu_seconds() - began
        assert passed.trouble == ()
        assert passed.sent == units, passed
        sent = [one for one in clerk.books.ledger.letters.listing(limit=_PLENTY) if one.kind == "returned"][:units]
        bench.letters = {one.address: clerk.books.ledger.letters.raw(one.key) for one in sent}
    return took


def _plain(bench: Bench, units: int) -> float:
    """Let the plain way do it; return its CPU seconds."""
    arrive(bench, bench.mails[:units])
    ledger = bench.folder / "plain.db"
    ledger.unlink(missing_ok=True)
    began = cpu_seconds()
    assert plain_pass(*bench.accounts, ledger) == units
    return cpu_seconds() - began


def _floor(bench: Bench, units: int) -> float:
    """Do what must be done at all; return its CPU seconds."""
    arrive(bench, bench.mails[:units])
    ledger = bench.folder / "floor.db"
    for file in bench.folder.glob("floor.db*"):
        file.unlink()
    began = cpu_seconds()
    assert floor_pass(*bench.accounts, ledger, bench.letters) == units
    return cpu_seconds() - began


def arrive(bench: Bench, mails: list[bytes]) -> None:
    """Empty the mailbox, and let these mails lie in it."""
    with Mailbox(bench.accounts[0]) as mailbox:
        old = mailbox.list_uids()
        if old.uids:
            mailbox.settle("INBOX", old.uids, uid_validity=old.uid_validity, keep_in="Lama")
        for raw in mails:
            mailbox.append("INBOX", raw)


def prepared(folder: Path, servers: RealMail, units: int) -> Bench:
    """Make an office of so many units (and one more), let its requests leave, and fill every form, with mistakes."""
    config = folder / "kantor"
    office_at(config, servers)
    enlarge(config, units + 1)
    _change_settings(config)
    settings = load(config, SECRETS)
    office = settings.office()
    servers.add_accounts({person.addresses[0]: PASSWORD for person in office.roster.people})
    calendar = office.calendar
    clock = HandClock(calendar.at(office.plan(CYCLE).starts_on, calendar.opens))
    with at_work(settings, clock) as clerk:
        for _ in range(3):
            one_pass(clerk)
            day = calendar.next_working_day(calendar.local(clock()).date())
            for hours in (0, 4):
                clock.set_to(calendar.at(day, calendar.opens) + timedelta(hours=hours))
                one_pass(clerk)
        script = script_of(office, office.plan(CYCLE).period, read_script(settings.template_folders))
        mails = [_mail(clerk, office, number, script) for number in range(1, units + 2)]
    kept = folder / "kept.db"
    shutil.copy(folder / "ledger.db", kept)
    return Bench(folder=folder, settings=settings, clock=clock, mails=mails, letters={}, kept=kept)


def _mail(clerk: Clerk, office: Office, number: int, script: Script) -> bytes:
    """Write the mail with which a unit's head sends his form back, a figure in words and a blank in it."""
    head: Person = office.roster.person(head_key(number))
    letters = clerk.books.ledger.letters.listing(limit=_PLENTY)
    asked = next(one for one in letters if one.kind == "request" and one.person == head.key)
    request = email.message_from_bytes(clerk.books.ledger.letters.raw(asked.key), policy=email.policy.default)
    assert isinstance(request, EmailMessage)
    name, form = next(
        (part.get_filename() or "", part.get_content())
        for part in request.iter_attachments()
        if (part.get_filename() or "").endswith(".xlsx")
    )
    mail = EmailMessage(policy=email.policy.SMTP)
    mail["Authentication-Results"] = f"{AUTHSERV_ID}; dmarc=pass header.from={head.addresses[0].rpartition('@')[2]}"
    mail["Received"] = f"from client.example.go.id by {AUTHSERV_ID}; Mon, 5 Jan 2026 08:00:00 +0700"
    mail["From"], mail["To"] = head.addresses[0], office.mailbox
    mail["Subject"] = f"Re: {request['Subject']}"
    mail["Message-ID"] = f"<form.{unit_key(number)}@example.go.id>"
    mail["In-Reply-To"] = mail["References"] = asked.message_id
    mail.set_content("Terlampir form isian.\n")
    mail.add_attachment(fill(form, script, mistakes=1), maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


@contextmanager
def at_work(settings: Settings, clock: HandClock) -> Iterator[Clerk]:
    """Build the clerk as the command line does, on a machine without LibreOffice."""
    with clerk_of(settings, clock) as clerk:
        yield given(clerk, pdf=None)


def _change_settings(config: Path) -> None:
    """Let everything leave at once, and kept mail stay where it is."""
    changes = {
        "pacing.per_minute": 10_000,
        "pacing.per_day": 100_000,
        "pacing.answers_in_all_per_day": 10_000,
        "imap.folders.done": "",
        # The plain way files no copies of what it sends, either.
        "imap.folders.sent_copies": "never",
    }
    write_settings(config / "office.yaml", changes)
