"""What of the machinery needs a look: one letter a day, whatever the causes, and the rest in the morning mail.

Anybody can make mails that are set aside, so nothing that they cause may use up the day, or bury what matters. At once,
and beside that letter, is told only that nothing can be read or sent, that this is over, and what waits for a word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.letters import AlarmCode, LetterKind
from mailbot.core.model.letters_to_operator import Alarm, Matters, SetAside
from mailbot.core.procedure.addressing import line

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.clerk.parts import Books
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.outcome import JournalLine
    from mailbot.ledger.ledger import Ledger

AT_ONCE = frozenset(
    {
        AlarmCode.POLL_STALLED,
        AlarmCode.NOT_READ,
        AlarmCode.LOGIN_REFUSED,
        AlarmCode.SERVER_UNREACHABLE,
        AlarmCode.ACCOUNT_REFUSED,
        AlarmCode.IN_DOUBT,
        AlarmCode.CONFIG_WRONG,
        AlarmCode.FILE_SPOILT,
        AlarmCode.RECOVERED,
    }
)
"""Nothing can be read or sent, or can again; a letter of which only the operator can find out; what he edits; a file
that is spoilt, for backups that hold it whole are deleted by and by."""
EVENT = "operator_matter"
_NAMED = 20
_WRITTEN = (LetterKind.SET_ASIDE, LetterKind.ALARM)


def cause_of(letter: Letter) -> str:
    """Return of which cause of the machinery a letter speaks that may wait for the morning; empty for all others."""
    about = letter.about
    if isinstance(about, SetAside):
        return LetterKind.SET_ASIDE.value
    return about.what.value if isinstance(about, Alarm) and not letter.cycle and about.what not in AT_ONCE else ""


def detail_of(letter: Letter) -> str:
    """Return of what it speaks: a mail's number, a letter's key, a folder."""
    about = letter.about
    return about.mail if isinstance(about, SetAside) else about.detail if isinstance(about, Alarm) else ""


def waiting_note(key: str) -> str:
    """Return the name of the note that a letter's matter waits for the morning mail, or stood in one."""
    return f"matter/{key}"


def matter_line(at: datetime, cause: str, detail: str) -> JournalLine:
    """Return the journal line of a matter that the next morning mail names."""
    return line(at, EVENT, cause=cause, about=detail)


class DayOfTheOperator:
    """Whether the day's one letter about the machinery is still to be had."""

    def __init__(self, books: Books, at: datetime) -> None:
        """Take the ledger, and the moment; nothing is asked before there is such a letter."""
        self._letters = books.ledger.letters
        day = books.office.calendar.local(at)
        self._began = day.replace(hour=0, minute=0, second=0, microsecond=0)
        self._spent: bool | None = None

    def takes(self, letter: Letter) -> bool:
        """Say whether a letter may be written today; one about the machinery spends the day's."""
        if not cause_of(letter):
            return True
        if self._spent is None:
            sent = (one for kind in _WRITTEN for one in self._letters.to_person(kind.value, letter.to, self._began))
            self._spent = any(not one.cycle and _kind_of_cause(one.key) not in AT_ONCE for one in sent)
        free, self._spent = not self._spent, True
        return free


def _kind_of_cause(key: str) -> str:
    """Return which alarm a letter is, by its key; the number of a mail for one set aside."""
    return key.split("/")[1]


def matters_since(ledger: Ledger, since: datetime) -> tuple[Matters, ...]:
    """Return what waits for the morning mail since then, by cause."""
    found: dict[str, list[str]] = {}
    for noted in ledger.journal.of_event(EVENT, since):
        detail = dict(noted.detail)
        found.setdefault(detail.get("cause", ""), []).append(detail.get("about", ""))
    return tuple(
        Matters(cause=cause, count=len(details), details=tuple(dict.fromkeys(filter(None, details)))[:_NAMED])
        for cause, details in sorted(found.items())
    )
