"""What letters about mail and machine say, each kind in a class of its own: alarms, mails to read, what went wrong."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from mailbot.core.codes.awaited import Awaited
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.indicators import Period
from mailbot.core.model.letters import About, AlarmCode, LetterKind
from mailbot.core.model.letters_in_answer import ToWord
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.core.opening.letters_of_opening import Coming


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack(About):
    """Files with numbers like a NIK came, and are not spread; to Subbag Program and to the sender as well."""

    letter_kind: ClassVar = LetterKind.HELD_BACK
    needs: ClassVar = ()
    file_name: str
    """All files, on one line."""
    sender: str
    received_at: datetime | None = None


class HeldFate(StrEnum):
    """What came of HAPUS or SIMPAN to a file that was held back."""

    DESTROYED = "destroyed"
    KEPT = "kept"
    GONE = "gone"
    """It was destroyed before, or kept long enough."""
    LEAVING = "leaving"
    """A letter that gives it back to its sender has not left yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldNoted(ToWord):
    """To Subbag Program, who answered the letter about a file that is held back: what becomes of it."""

    letter_kind: ClassVar = LetterKind.HELD_NOTED
    needs: ClassVar = ()
    fate: HeldFate


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardMail:
    """One mail that a person should read; no words stand there where its sender is not proved."""

    person: str
    """Key of who wrote, as far as the list knows the address."""
    address: str
    at: datetime
    subject: str = ""
    answers: LetterKind | None = None
    """Which letter of ours it answers, if it answers one."""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard(About):
    """To Subbag Program: what people wrote that no answer of ours is about, of a day or (in their turn) at once."""

    letter_kind: ClassVar = LetterKind.HEARD
    needs: ClassVar = ()
    mails: tuple[HeardMail, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Undelivered(About):
    """A letter (its key, kind, addressee, address) did not arrive; `reply` is what the server said."""

    letter_kind: ClassVar = LetterKind.UNDELIVERED
    needs: ClassVar = ()
    address: str
    letter_key: str = ""
    kind: LetterKind | None = None
    person: str = ""
    reply: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside(About):
    """A mail failed after so many tries, or (defects) is hostile, and was set aside."""

    letter_kind: ClassVar = LetterKind.SET_ASIDE
    needs: ClassVar = ()
    mail: str
    """Its number in the inbox."""
    sender: str = ""
    subject: str = ""
    received_at: datetime | None = None
    error: str = ""
    tries: int | None = None
    defects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """A unit whose head is away: until when, and who stands in (empty: nobody)."""

    unit: str
    until: datetime
    deputy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """An open cycle at a glance."""

    period: Period
    step: Step
    due_at: datetime
    late_days: int
    """Working days since the deadline; 0 before it."""
    role: Role | None
    """Whose move it is."""
    people: tuple[str, ...]
    """Who owes something."""
    units: tuple[tuple[str, UnitState], ...]
    away: tuple[Away, ...] = ()
    wants: Awaited | None = None
    """What the row waits for in place of its word."""
    word: str = ""
    """Which word is noted and can still be taken back."""
    stands_at: datetime | None = None
    """From when it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matters:
    """Things of one cause that need a look, and for which the day's letter about such things had been spent."""

    cause: str
    """As `operator_matter` in `words.yaml` lists them."""
    count: int
    details: tuple[str, ...]
    """Of some of them: numbers of mails, keys of letters, folders."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """What the books said on one working morning, held against the servers."""

    at: datetime
    new: int
    """Mails that came since the morning before."""
    received: int
    """All mails kept until then."""
    on_server: int
    difference: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning(About):
    """The mails by what became of them, the server's side, the outbox by state, and every open cycle."""

    letter_kind: ClassVar = LetterKind.MORNING
    needs: ClassVar = ()
    received: int
    forms: int | None = None
    replies: int | None = None
    robots: int | None = None
    to_look_at: int | None = None
    copies: int | None = None
    waiting: int | None = None
    on_server: int
    difference: int
    sent: int | None = None
    queued: int | None = None
    put_off: int | None = None
    given_up: int | None = None
    in_doubt: int | None = None
    held: int | None = None
    cycles: tuple[Glance, ...] = ()
    matters: tuple[Matters, ...] = ()
    openings: tuple[Coming, ...] = ()
    """Cycles that should have opened and did not."""
    strangers: str = ""
    """Addresses not on the list that nobody answered."""
    silenced: str = ""
    """Addresses that are not answered any more."""
    days: tuple[DayCount, ...] = ()
    """Every working morning since the last such letter, this one included."""
    backed_up_at: datetime | None = None
    """When the last backup was made and proved; None where mailbot makes none, or none was made yet."""
    next_on: date | None = None
    """When the next one comes if all is well: that it does not is itself a sign. None: none comes by the calendar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardLink(About):
    """The link by which somebody of the list signs in to the status board, once, and how it was asked for."""

    letter_kind: ClassVar = LetterKind.BOARD_LINK
    needs: ClassVar = ()
    link: str
    code: str = ""
    """What is typed in the browser that asked, where the link is opened elsewhere."""
    minutes: int = 0
    """How long both hold."""
    asked_at: datetime | None = None
    browser: str = ""
    """By which program it was asked for, as far as it says so (`Firefox, Windows`)."""
    network: str = ""
    """From which network, as numbers (`203.0.113.0/24`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm(About):
    """Something needs a hand, or works again (RECOVERED)."""

    letter_kind: ClassVar = LetterKind.ALARM
    needs: ClassVar = ()
    what: AlarmCode
    since: datetime | None = None
    detail: str = ""
    """Of what: a login, a letter's key, a year, a folder."""
    ends: datetime | None = None
    role: Role | None = None
    """The post that is vacant."""
    person: str = ""
