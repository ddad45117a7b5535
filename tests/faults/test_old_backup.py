"""F21: a backup of days ago put back: what came since is worked again in its time, and nothing leaves a second time."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from mailbot.core.model.cycle import Cycle, UnitState
from mailbot.core.model.sop import Step
from mailbot.ledger.backup import backup, restore
from mailbot.ledger.ledger import Ledger, open_ledger
from mailbot.ledger.values import LetterState
from mailbot.settings.files.mailbox import Filing
from tests.copied import closed_with_its_last_user
from tests.office import HEADS, ToyOffice, ToyPost
from tests.remembered import fill

SENT = "Terkirim"


class Machine:
    """The toy office with its ledger in a file; `loses_days` puts an old backup in its place."""

    def __init__(self, folder: Path, sent: str | None) -> None:
        """Start on the first morning."""
        self.folder = folder
        self.url = self.place()
        self.copy = folder / "copy.db"
        self.office = ToyOffice(ledger=self.opens())
        self.post: ToyPost = self.office.post
        self.post.sent = sent

    def opens(self) -> Ledger:
        """Open what lies there."""
        return closed_with_its_last_user(open_ledger(self.url, marks=self.folder))

    def place(self) -> str:
        """Say where the ledger is."""
        return f"sqlite:///{self.folder / 'ledger.db'}"

    def backs_up(self) -> None:
        """Make a backup."""
        backup(self.url, self.copy)

    def puts_back(self) -> None:
        """Put the backup in the ledger's place."""
        restore(self.url, self.copy)

    def files(self, copies: Filing) -> None:
        """Settle who files copies of what left."""
        self.office.has(filing=copies)

    def loses_days(self) -> None:
        """Put the backup back and start anew; the servers hold what they held."""
        self.office.ledger.close()
        self.puts_back()
        self.office = ToyOffice(ledger=self.opens(), post=self.post, clock=self.office.clock)


def waiting(office: ToyOffice) -> set[str]:
    """Return the keys of the letters that have not left."""
    listed = office.ledger.letters.listing(limit=1000)
    return {letter.key for letter in listed if letter.state is not LetterState.SENT}


def units(cycle: Cycle) -> list[tuple[str, UnitState, int, tuple[str, ...]]]:
    """Return where each unit stands, and with which forms."""
    return [
        (one.unit, one.state, one.counted, tuple(form.file_sha256 for form in one.submissions)) for one in cycle.units
    ]


@pytest.mark.parametrize(("days_before", "sent"), [(0, SENT), (2, None)])
def test_after_a_restoration_all_is_as_it_was_and_nothing_leaves_twice(
    tmp_path: Path, days_before: int, sent: str | None
) -> None:
    """By the server's copies or our own.

    Backed up in the morning of the first, second or third day; lost when the forms were in and one had come back.
    """
    loses_days_and_finds_them(Machine(tmp_path, sent), days_before)


class CarelessMachine(Machine):
    """The old copy is put in the ledger's place by hand, past `mailbot restore`."""

    def puts_back(self) -> None:
        """Copy the file, and forget the rest."""
        ledger = self.folder / "ledger.db"
        shutil.copy(self.copy, ledger)
        for side in ("-wal", "-shm"):
            ledger.with_name(ledger.name + side).unlink(missing_ok=True)


def test_an_old_copy_put_back_by_hand_is_noticed(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Nobody said that it is an old one: its count of writes is behind the mark beside it."""
    loses_days_and_finds_them(CarelessMachine(tmp_path, SENT), 1)
    assert caplog.text.count("The ledger has gone back in time") == 1


def loses_days_and_finds_them(machine: Machine, days_before: int) -> None:
    """Play the story on a machine."""
    office = machine.office
    office.works()
    for day in range(3):
        if day == days_before:
            machine.backs_up()
        office.days_pass(1)
    for unit, key in HEADS.items():
        office.sends_form(key, unit, mistakes=1 if unit == "CAPIL" else 0)
    office.hours_pass(1)
    before, left = office.cycle(), list(machine.post.delivered)
    keys, not_yet_due = set(office.letter_keys()), waiting(office)

    machine.loses_days()
    machine.office.works()
    after = machine.office.cycle()
    assert machine.post.delivered == left
    # The operator's daily look at the machine is no part of a cycle: past mornings are not made up for.
    assert {key for key in keys if not key.startswith("morning/")} <= set(machine.office.letter_keys()) <= keys
    assert waiting(machine.office) == not_yet_due
    assert (after.step, after.due_at, units(after)) == (before.step, before.due_at, units(before))
    assert machine.office.ledger.inbox.counts().kept == len(machine.post.mails)

    # And it goes on: the form that had come back is mended and accepted.
    machine.office.sends_form("kabid-capil", "CAPIL")
    assert machine.office.unit("CAPIL").state is UnitState.ACCEPTED
    assert len(machine.post.delivered) > len(left)
    machine.office.ledger.close()


@pytest.mark.parametrize("sent", [None, SENT])
def test_without_a_folder_for_sent_mail_nothing_leaves_until_the_operator_says_so(
    tmp_path: Path, sent: str | None
) -> None:
    """Or where nobody is known to file copies there: the outbox is held.

    After the operator's word the letters leave, under the very names they had.
    """
    machine = Machine(tmp_path, sent)
    machine.files("never")
    machine.backs_up()
    machine.office.works()
    left = list(machine.post.delivered)

    machine.loses_days()
    machine.files("never")
    passed = machine.office.works()
    assert "The outbox is held" in passed.trouble[0]
    assert machine.post.delivered == left
    assert machine.office.works().trouble == ()
    assert machine.post.delivered == left
    machine.office.ledger.outbox.release_all()
    machine.office.works()
    assert machine.post.delivered == left * 2


def test_a_word_on_a_draft_that_is_made_anew_otherwise_does_not_count(tmp_path: Path) -> None:
    """The form that the first draft rested on is gone: TERUSKAN was about that draft, and the other one is asked about.

    The review in the folder for sent mail was of the first one, too, and the other leaves in its turn.
    """
    machine = Machine(tmp_path, SENT)
    machine.office.works()
    machine.office.days_pass(1)
    machine.office.morning()
    machine.backs_up()
    for unit, key in HEADS.items():
        machine.office.sends_form(key, unit)
    machine.office.answers("perencanaan", (first := machine.office.letter("perencanaan", "draft")), "TERUSKAN")
    assert machine.office.cycle().step is Step.REVIEW

    form, other = machine.office.filled("CAPIL"), machine.office.script
    said = {**other.words, "pendukung": {"lain": "Layanan jemput bola dilaksanakan di seluruh kecamatan."}}
    changed = form[0], fill(form[1], replace(other, words=said), mistakes=0)
    request = machine.office.letter("kabid-capil", "request")
    later = machine.office.mail("kabid-capil", request, "Terlampir form isian.", changed)
    at = next(at for at, one in enumerate(machine.post.mails) if b"kabid.capil" in one.raw[:2000])
    machine.post.mails[at] = replace(machine.post.mails[at], raw=later, size_bytes=len(later))
    left = len(machine.post.delivered)
    machine.loses_days()
    office = machine.office
    office.works()
    assert office.cycle().step is Step.DRAFT
    asked, told = (office.seen(*one) for one in machine.post.delivered[left:])
    assert (told.kind, asked.kind) == ("unclear", "draft")
    assert "tidak lagi tercatat pada sistem kami" in " ".join(told.text.split())
    assert asked.file(".docx")[1] != first.file(".docx")[1]

    office.answers("perencanaan", asked, "TERUSKAN")
    review = office.seen(*machine.post.delivered[-1])
    assert review.file(".docx")[1] == asked.file(".docx")[1]
    office.ledger.close()
