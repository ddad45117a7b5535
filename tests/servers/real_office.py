"""The sample office on real mail servers: mailbot as the command line builds it, everybody else at a mail program."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from mailbot.clerk.parts import Clerk
from mailbot.clerk.passing import one_pass
from mailbot.cli.wiring import account_of, clerk_of
from mailbot.core.model.cycle import Cycle, UnitForm
from mailbot.core.model.office import Office
from mailbot.post.imap import Mailbox
from mailbot.rehearsal.cast import read_script
from mailbot.rehearsal.clock import HandClock
from mailbot.rehearsal.filling import fill
from mailbot.rehearsal.keyboard import Got, Keyboard
from mailbot.rehearsal.sandbox import write_settings
from mailbot.settings.loading import load
from mailbot.settings.packaged import init, sample_folder
from mailbot.settings.settings import Settings
from tests.given import given
from tests.office import CYCLE, HEADS
from tests.servers.real_mail import RealMail

AUTHSERV_ID = "mail.example.go.id"
_PLAYED = timedelta(days=90)
"""Longer than any story here."""
PASSWORD = "sandi-peragaan"
SECRETS = {"MAILBOT_IMAP_PASSWORD": PASSWORD, "MAILBOT_SMTP_PASSWORD": PASSWORD}
ARRIVES_WITHIN_SECONDS = 60.0


def office_at(config: Path, servers: RealMail) -> None:
    """Make a configuration folder that points at the servers, and an account for everybody."""
    init(config)
    office = load(sample_folder(), {}).office()
    people = (office.mailbox, *(person.addresses[0] for person in office.roster.people))
    servers.add_accounts(dict.fromkeys(people, PASSWORD))
    changes: dict[str, object] = {"trust.authserv_ids": [AUTHSERV_ID], "decisions.recall_minutes": 0}
    for name, account in (("imap", servers.imap(office.mailbox)), ("smtp", servers.smtp(office.mailbox, "starttls"))):
        changes |= {
            f"{name}.host": account.host,
            f"{name}.port": account.port,
            f"{name}.security": account.security,
            f"{name}.ca_file": str(account.ca_file),
        }
    # The servers outlive a test: each has folders of its own, and begins with an empty inbox.
    name = config.parent.name
    changes |= {"imap.folders.done": f"Selesai-{name}", "imap.folders.sent": f"Terkirim-{name}"}
    with Mailbox(servers.imap(office.mailbox)) as mailbox:
        old = mailbox.list_uids()
        mailbox.settle("INBOX", old.uids, uid_validity=old.uid_validity, keep_in="Lama")
    write_settings(config / "office.yaml", changes)


@dataclass(slots=True)
class RealOffice:
    """The office at work; letters are what people's mailboxes hold, and time passes by hand."""

    clerk: Clerk
    clock: HandClock
    keyboards: Mapping[str, Keyboard]
    settings: Settings
    got: dict[str, list[Got]] = field(default_factory=dict)

    @property
    def office(self) -> Office:
        """Return the office as the rules know it."""
        return self.clerk.books.office

    def has(self, **named: Any) -> None:  # noqa: ANN401 - values of every part
        """Let the clerk work with other values, such as `has(office=...)`."""
        self.clerk = given(self.clerk, **named)

    def works(self) -> None:
        """Make a pass, in which nothing may go wrong."""
        assert one_pass(self.clerk).trouble == ()

    def next_morning(self) -> None:
        """Go to the opening of the next working day, and four hours on; a pass at each."""
        calendar = self.office.calendar
        day = calendar.next_working_day(calendar.local(self.clock()).date())
        for hours in (0, 4):
            self.clock.set_to(calendar.at(day, calendar.opens) + timedelta(hours=hours))
            self.works()

    def letter(self, key: str, kind: str, number: int = 1) -> Got:
        """Wait for somebody's letter of that kind, the first unless a number is given, and read it."""
        keyboard = self.keyboards[key]
        with Mailbox(keyboard.imap) as mailbox:
            mailbox.wait(0)
            while True:
                letters = self.got.setdefault(key, [])
                letters.extend(keyboard.new_mail())
                of_kind = [got for got in letters if self._kind(got) == kind]
                if len(of_kind) >= number:
                    return of_kind[number - 1]
                assert mailbox.wait(ARRIVES_WITHIN_SECONDS), f"{key} never got {kind} number {number}"

    def answers(self, key: str, got: Got, words: str, *files: tuple[str, bytes]) -> None:
        """Let somebody answer a letter; once the answer has arrived, it is worked."""
        with Mailbox(account_of(self.settings.imap)) as mailbox:
            mailbox.wait(0)
            self.keyboards[key].answer(got, words, *files)
            assert mailbox.wait(ARRIVES_WITHIN_SECONDS), "the answer never arrived"
        self.works()

    def sends_form(self, key: str, got: Got, *, mistakes: int = 0) -> None:
        """Let somebody fill the form that came with a letter, and answer with it."""
        form = got.file(".xlsx")
        assert form is not None
        script = read_script(self.settings.template_folders)
        self.answers(key, got, "Terlampir form isian.", (form[0], fill(form[1], script, mistakes=mistakes)))

    def collects(self) -> None:
        """Let the cycle open, and every unit answer its request with a form."""
        self.works()
        self.next_morning()
        self.next_morning()
        for key in HEADS.values():
            self.sends_form(key, self.letter(key, "request"))

    def agrees(self) -> None:
        """Let rows 6 to 8 pass with one word each, and the number that row 8 waits for."""
        for key, kind, word in (
            ("perencanaan", "draft", "TERUSKAN"),
            ("sekretaris", "review", "SETUJU"),
            ("kadis", "ratify", "DISAHKAN"),
            ("perencanaan", "number_wanted", "NOMOR 000.8.6.3/118/425.111/2026"),
            ("bappeda", "submission", "DITERIMA"),
        ):
            self.answers(key, self.letter(key, kind), word)
            self.clock.set_to(self.clock() + timedelta(minutes=1))  # more letters than leave in one
        self.works()

    def cycle(self) -> Cycle:
        """Return the cycle as it stands."""
        found = self.clerk.books.ledger.cycles.get(CYCLE)
        assert found is not None
        return found

    def unit(self, key: str) -> UnitForm:
        """Return one unit's part."""
        return self.cycle().unit(key)

    def _kind(self, got: Got) -> str:
        letter = self.clerk.books.ledger.letters.by_message_id((got.message_id,))
        assert letter is not None
        return letter.kind


@contextmanager
def real_office(folder: Path, servers: RealMail, env: Mapping[str, str]) -> Iterator[RealOffice]:
    """Give the office in a folder of its own, on the first morning of its cycle; every mailbox is empty."""
    office_at(folder / "kantor", servers)
    with office_in(folder / "kantor", servers, env) as at_work:
        yield at_work


@contextmanager
def office_in(config: Path, servers: RealMail, env: Mapping[str, str]) -> Iterator[RealOffice]:
    """Give the office of a configuration that is made, likewise."""
    settings = load(config, {**SECRETS, **env})
    office = settings.office()
    clock = HandClock(office.calendar.at(office.plan(CYCLE).starts_on, office.calendar.opens))
    assert clock() + _PLAYED < datetime.now(UTC), "the machine's clock lies before the played days: set it right"
    keyboards = {
        person.key: Keyboard(
            address=person.addresses[0],
            display=person.name,
            imap=servers.imap(person.addresses[0]),
            smtp=servers.smtp(person.addresses[0]),
            now=clock,
        )
        for person in office.roster.people
    }
    with clerk_of(settings, clock) as clerk:
        for keyboard in keyboards.values():
            keyboard.new_mail()
        yield RealOffice(clerk=clerk, clock=clock, keyboards=keyboards, settings=settings)
