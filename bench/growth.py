"""What one mail and a quiet pass cost after years: closed cycles and kept mails grow, the work stays the same.

The office has 15 units. Its post is in memory, so that what is counted is mailbot's own: CPU, and statements to SQLite.
"""

from __future__ import annotations

import email.policy
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import event

from bench.large_office import enlarge, head_key
from mailbot.clerk.parts import Clerk
from mailbot.clerk.passing import one_pass
from mailbot.cli.wiring import clerk_of
from mailbot.core.model.cycle import Cycle
from mailbot.core.model.indicators import Period
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.sop import Step
from mailbot.ledger.values import Changes, CycleChange, KeptMail, Settlement
from mailbot.post.fetched import Listing
from mailbot.rehearsal.cast import read_script
from mailbot.rehearsal.clock import HandClock
from mailbot.rehearsal.filling import fill
from mailbot.rehearsal.own import script_of
from mailbot.rehearsal.sandbox import write_settings
from mailbot.settings.loading import load
from mailbot.settings.packaged import init
from mailbot.settings.settings import Settings
from tests.given import given
from tests.office import AUTHSERV_ID, CYCLE, ToyPost

UNITS = 15
CLOSED = (0, 10, 50)
KEPT = (0, 10_000, 40_000)
ROUNDS = 7
_MS = 1_000
_PLENTY = 100_000
_BATCH = 1_000
_OLD = 1_000_000
"""UIDs of mails of long ago begin above this."""
_SECRETS = {"MAILBOT_IMAP_PASSWORD": "-", "MAILBOT_SMTP_PASSWORD": "-"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one piece of work took: CPU milliseconds (median), and statements."""

    cpu_ms: float
    statements: int


def main() -> None:
    """Print one row for each age of the office."""
    print(f"Growth: {UNITS} units, median of {ROUNDS}; the post is in memory, the ledger a file")
    print(f"  {'closed cycles':>14}{'kept mails':>12}{'STATUS mail, ms':>17}{'statements':>12}", end="")
    print(f"{'quiet pass, ms':>16}{'statements':>12}")
    with TemporaryDirectory(prefix="mailbot-bench-") as name:
        first: Cost | None = None
        last: Cost | None = None
        with _office(Path(name)) as aged:
            ages = [(closed, 0) for closed in CLOSED] + [(CLOSED[-1], kept) for kept in KEPT[1:]]
            for closed, kept in ages:
                aged.has_closed(closed)
                aged.has_kept(kept)
                status, quiet = aged.status(), aged.quiet()
                first, last = first or status, status if kept == 0 else last
                print(f"  {closed:>14}{kept:>12}{status.cpu_ms:>17.1f}{status.statements:>12}", end="")
                print(f"{quiet.cpu_ms:>16.2f}{quiet.statements:>12}")
        if first and last:
            print(f"  one mail with {CLOSED[-1]} closed cycles against none: {last.cpu_ms / first.cpu_ms:.2f} times")


@dataclass(slots=True)
class Aged:
    """An office in row 3 of its cycle, and how old it has become."""

    clerk: Clerk
    post: ToyPost
    clock: HandClock
    closed: int = 0
    kept: int = 0
    asked: int = 0

    def has_closed(self, wanted: int) -> None:
        """Let so many cycles have been closed and archived, each with a form of every unit."""
        ledger = self.clerk.books.ledger
        now = ledger.cycles.get(CYCLE)
        assert now is not None
        for number in range(self.closed, wanted):
            old = _closed(now, number)
            ledger.commit(
                Changes(
                    at=self.clock(),
                    cycles=(CycleChange(before=None, after=old),),
                    notes=((f"archiving/{old.key}", "done"), (f"archived/{old.key}", "done")),
                )
            )
        self.closed = max(self.closed, wanted)

    def has_kept(self, wanted: int) -> None:
        """Let so many mails have been kept and settled; the server has moved them away."""
        ledger, inbox = self.clerk.books.ledger, self.clerk.books.ledger.inbox
        if wanted > self.kept:
            box = self.clerk.post.boxes[0]
            shown = tuple(range(_OLD + self.kept + 1, _OLD + wanted + 1))
            listing = Listing(folder=box.folders.inbox, uid_validity=1, uids=shown)
            ledger.looks.compare((box.account, box.folders.inbox, 1), listing, self.clock())
        for first in range(self.kept, wanted, _BATCH):
            inbox.keep([self._old_mail(number) for number in range(first, min(first + _BATCH, wanted))], self.clock())
            settled = tuple(
                Settlement(mail=mail.id, outcome=MailOutcome.STRANGER, detail="orang@lain.example.com")
                for mail in inbox.unsettled(_BATCH)
            )
            self.clerk.books.ledger.commit(Changes(at=self.clock(), settled=settled))
        self.kept = max(self.kept, wanted)

    def _old_mail(self, number: int) -> KeptMail:
        """Return a mail of long ago."""
        raw = f"From: orang{number}@lain.example.com\r\nSubject: {number}\r\n\r\nLama.\r\n".encode()
        return KeptMail(
            account=self.clerk.post.boxes[0].account,
            folder="INBOX",
            uid_validity=1,
            uid=_OLD + number + 1,
            received_at=self.clock() - timedelta(days=400),
            raw=raw,
            message_id=f"<{number}@lain.example.com>",
            size_bytes=len(raw),
        )

    def status(self) -> Cost:
        """Let a head ask for STATUS, and measure the pass that answers him."""
        return self._cost(self._ask)

    def quiet(self) -> Cost:
        """Measure a pass in which nothing is to do."""
        return self._cost(lambda: None)

    def _ask(self) -> None:
        self.asked += 1
        mail = EmailMessage(policy=email.policy.SMTP)
        sender = self.clerk.books.office.roster.person(head_key(1)).addresses[0]
        mail["Authentication-Results"] = f"{AUTHSERV_ID}; dmarc=pass header.from={sender.rpartition('@')[2]}"
        mail["From"], mail["To"], mail["Subject"] = sender, self.clerk.books.office.mailbox, "STATUS"
        mail["Message-ID"] = f"<status.{self.asked}@example.go.id>"
        mail.set_content("STATUS\n")
        self.post.arrive(mail.as_bytes())

    def _cost(self, before: Callable[[], None]) -> Cost:
        """Return the median CPU of a pass, and its statements; before each of them the clock goes on a little."""
        took, counted = [], []
        for turn in range(ROUNDS + 1):
            self.clock.set_to(self.clock() + timedelta(minutes=1))
            before()
            with statements_of(self.clerk.books.ledger.engine) as seen:
                began = time.process_time()
                one_pass(self.clerk)
                spent = time.process_time() - began
            if turn:
                took.append(spent * _MS)
                counted.append(len(seen))
        return Cost(cpu_ms=statistics.median(took), statements=round(statistics.median(counted)))


@contextmanager
def statements_of(engine: Any) -> Iterator[list[str]]:  # noqa: ANN401 - whatever the ledger works with
    """Give the statements that are executed meanwhile."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_others: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


@contextmanager
def _office(folder: Path) -> Iterator[Aged]:
    """Open the office, and let its requests leave and every unit but one answer."""
    config = folder / "kantor"
    init(config)
    enlarge(config, UNITS)
    settings = _settings(config)
    office = settings.office()
    calendar = office.calendar
    clock = HandClock(calendar.at(office.plan(CYCLE).starts_on, calendar.opens))
    post = ToyPost(clock)
    with clerk_of(settings, clock) as real:
        clerk = given(
            real,
            pdf=None,
            open_mailbox=lambda: nullcontext(post),
            open_courier=lambda: nullcontext(post),
            believed={real.post.boxes[0].account: (AUTHSERV_ID,)},
        )
        _requests_leave(clerk, clock)
        _forms_come(clerk, post, settings)
        yield Aged(clerk=clerk, post=post, clock=clock)


def _settings(config: Path) -> Settings:
    """Load the configuration, with answers enough for one person."""
    named = ("per_minute", "per_day", "answers_per_day", "answers_in_all_per_day")
    write_settings(config / "office.yaml", {f"pacing.{name}": 10_000 for name in named})
    return load(config, _SECRETS)


def _requests_leave(clerk: Clerk, clock: HandClock) -> None:
    """Let the first days pass."""
    calendar = clerk.books.office.calendar
    one_pass(clerk)
    for _ in range(2):
        day = calendar.next_working_day(calendar.local(clock()).date())
        for hours in (0, 4):
            clock.set_to(calendar.at(day, calendar.opens) + timedelta(hours=hours))
            one_pass(clerk)


def _forms_come(clerk: Clerk, post: ToyPost, settings: Settings) -> None:
    """Let every unit but the first answer with a form in order."""
    office = clerk.books.office
    script = script_of(office, office.plan(CYCLE).period, read_script(settings.template_folders))
    sent = clerk.books.ledger.letters
    requests = {letter.person: letter for letter in sent.of_cycle(CYCLE) if letter.kind == "request"}
    for number in range(2, UNITS + 1):
        head = office.roster.person(head_key(number))
        letter = email.message_from_bytes(sent.raw(requests[head.key].key), policy=email.policy.default)
        assert isinstance(letter, EmailMessage)
        form = next(part for part in letter.iter_attachments() if (part.get_filename() or "").endswith(".xlsx"))
        mail = EmailMessage(policy=email.policy.SMTP)
        mail["Authentication-Results"] = f"{AUTHSERV_ID}; dmarc=pass header.from=example.go.id"
        mail["From"], mail["To"], mail["Subject"] = head.addresses[0], office.mailbox, f"Re: {letter['Subject']}"
        mail["Message-ID"] = f"<form.{number}@example.go.id>"
        mail["In-Reply-To"] = requests[head.key].message_id
        mail.set_content("Terlampir form isian.\n")
        content = fill(form.get_content(), script)
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=form.get_filename())
        post.arrive(mail.as_bytes())
    one_pass(clerk)


def _closed(now: Cycle, number: int) -> Cycle:
    """Return a cycle as the present one will be once it is closed, under a year and quarter of long ago."""
    year, quarter = divmod(number, 4)
    return replace(
        now,
        key=f"{2011 - year}-tw{4 - quarter}",
        period=Period(year=2011 - year, quarter=4 - quarter),
        step=Step.SUBMIT,
        version=0,
        opened_at=now.opened_at - timedelta(days=90 * (number + 60)),
        closed_at=now.opened_at - timedelta(days=90 * (number + 60) - 20),
    )
