"""The operator hears that mail does not work, and that it works again: once each, by mail or by the second channel."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from mailbot.clerk.watchdog import note_proof
from mailbot.errors import PostUnavailable
from mailbot.ledger.ledger import Ledger
from mailbot.post.second_channel import Notice
from mailbot.settings.files.watchdog import Watchdog
from tests.clerk.post import OddPost, odd_office
from tests.office import ToyOffice

AWAY = PostUnavailable("nobody answers")


@dataclass(slots=True)
class Bell:
    """A second channel that keeps what it was told."""

    rung: list[Notice] = field(default_factory=list)
    broken: bool = False

    def ring(self, notice: Notice) -> None:
        """Take a notice, unless the channel is broken too."""
        if self.broken:
            raise PostUnavailable("the bell is broken")
        self.rung.append(notice)

    @property
    def heard(self) -> list[tuple[str, str]]:
        """What was rung, in order."""
        return [(notice.state, notice.matter) for notice in self.rung]


def watched_office() -> tuple[ToyOffice, OddPost, Bell]:
    """Return an office with a second channel, after its first pass."""
    office, post = odd_office()
    bell = Bell()
    office.has(ring=bell.ring, watchdog=Watchdog(after_minutes=30))
    office.works()
    return office, post, bell


def passes(office: ToyOffice, minutes: int, every: int = 5) -> None:
    """Let that many minutes pass, with a pass every so many."""
    for _ in range(minutes // every):
        office.hours_pass(every / 60)


def told(office: ToyOffice) -> list[str]:
    """Return the subjects of the alarms the operator got by mail."""
    return [letter.subject.rpartition(" [")[0] for letter in office.letters_to("operator", "alarm")]


def test_a_mailbox_that_does_not_answer_is_told_of_once_and_so_is_its_return() -> None:
    """By mail, which leaves, and by the bell; not before its time, and not twice."""
    office, post, bell = watched_office()
    post.mailbox_away = AWAY
    passes(office, 30)
    assert (told(office), bell.heard) == ([], [])
    passes(office, 60)
    assert (told(office), bell.heard) == (["Perlu perhatian: layanan surel"], [("broken", "poll_stalled")])
    assert "kotak surat sudah lama tidak dapat diperiksa" in bell.rung[0].text
    assert bell.rung[0].about == "toy"
    post.mailbox_away = None
    passes(office, 30)
    assert told(office) == ["Perlu perhatian: layanan surel", "Pulih: layanan surel"]
    assert bell.heard == [("broken", "poll_stalled"), ("recovered", "poll_stalled")]
    letter = " ".join(office.letters_to("operator", "alarm")[1].text.split())
    assert "kotak surat sudah lama tidak dapat diperiksa (toy)" in letter


def test_a_line_that_comes_and_goes_makes_no_flood() -> None:
    """Works for five minutes, is away for forty, again and again: one notice, one return at the end."""
    office, post, bell = watched_office()
    for _ in range(4):
        post.mailbox_away = AWAY
        passes(office, 40)
        post.mailbox_away = None
        passes(office, 5)
    assert bell.heard == [("broken", "poll_stalled")]
    passes(office, 30)
    assert bell.heard == [("broken", "poll_stalled"), ("recovered", "poll_stalled")]


def test_when_no_letter_can_leave_only_the_bell_tells() -> None:
    """The letter about it would come too late; the one that says it is mended does come."""
    office, _, bell = watched_office()
    whole = office.clerk

    def away() -> OddPost:
        raise AWAY

    office.has(open_courier=away)
    office.post.arrive(office.mail("kabid-piak", None, "STATUS"))
    passes(office, 60)
    assert (told(office), bell.heard) == ([], [("broken", "server_unreachable")])
    office.clerk = whole
    passes(office, 30)
    assert bell.heard[1:] == [("recovered", "server_unreachable")]
    assert told(office) == ["Pulih: layanan surel"]


def test_a_refused_login_is_told_of_at_once() -> None:
    """Nobody waits half an hour to hear that the password is wrong (F14)."""
    office, _, bell = watched_office()

    def refuses() -> OddPost:
        raise PostUnavailable("wrong password", credentials=True)

    whole = office.clerk
    office.has(open_mailbox=refuses)
    passes(office, 120)
    assert bell.heard == [("broken", "login_refused")]
    assert told(office) == ["Perlu perhatian: layanan surel"]
    office.clerk = whole
    passes(office, 60)
    assert bell.heard == [("broken", "login_refused"), ("recovered", "login_refused")]


def test_little_room_on_the_disk_is_told_of() -> None:
    """Before it is full, while the ledger can still be written."""
    office, _, bell = watched_office()
    room = [500_000]
    office.has(free_bytes=lambda: room[0], watchdog=Watchdog(after_minutes=30, disk_mb=1))
    passes(office, 30)
    assert (told(office), bell.heard) == (["Perlu perhatian: layanan surel"], [("broken", "disk_low")])
    room[0] = 5_000_000
    passes(office, 30)
    assert bell.heard[1:] == [("recovered", "disk_low")]


def test_a_bell_that_did_not_take_a_notice_is_rung_again() -> None:
    """Until it has it; a restart rings nothing twice, for the ledger remembers."""
    office, post, bell = watched_office()
    bell.broken = True
    post.mailbox_away = AWAY
    passes(office, 60)
    assert bell.heard == []
    bell.broken = False
    passes(office, 20)
    assert bell.heard == [("broken", "poll_stalled")]


def test_a_watchdog_that_is_switched_off_says_nothing() -> None:
    """Zero minutes: never."""
    office, post, bell = watched_office()
    office.has(watchdog=Watchdog(after_minutes=0))
    post.mailbox_away = AWAY
    passes(office, 120)
    assert (told(office), bell.heard) == ([], [])


def proved(ledger: Ledger) -> str:
    """Return what those who look from outside go by."""
    return ledger.notes.read("proved_poll")


def test_only_an_answer_of_the_server_proves_a_poll() -> None:
    """A pass that could not ask moves nothing; the first pass of all counts from its own moment."""
    office, post, _ = watched_office()
    note_proof(office.clerk.books, office.clerk.post.boxes)
    began = office.clock()
    assert proved(office.ledger) == began.isoformat()
    post.mailbox_away = AWAY
    passes(office, 30)
    note_proof(office.clerk.books, office.clerk.post.boxes)
    assert proved(office.ledger) == began.isoformat()
    post.mailbox_away = None
    passes(office, 5)
    note_proof(office.clerk.books, office.clerk.post.boxes)
    assert proved(office.ledger) == (began + timedelta(minutes=35)).isoformat()
