"""What ends by itself: permissions, certificates, passwords. The operator is warned before, also where mail is down.

Each warning is a letter, and a notice over the second channel, whether mail works or not: what ends is what mail hangs
on. What was asked last stands in the ledger, for a server that is away does not say until when its certificate holds.
"""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from mailbot.clerk.composing import to_operator, unwritten
from mailbot.clerk.deciding import Decision, write_down
from mailbot.clerk.keeping.beside import beside
from mailbot.clerk.watchdog import phrases_of
from mailbot.core.model.letters import AlarmCode, LetterKind, letter_key
from mailbot.core.model.letters_to_operator import Alarm
from mailbot.errors import MailbotError, PostUnavailable
from mailbot.ledger.files_and_notes import ENDS, ENDS_ASKED, ENDS_RUNG
from mailbot.ledger.values import Changes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future

    from mailbot.clerk.parts import Books, Lookout, MakesLetters
    from mailbot.ledger.ledger import Ledger
    from mailbot.post.second_channel import Notice

STATE = "ending"
"""State of a notice that something will end."""
_DAY = timedelta(days=1)
_log = logging.getLogger("mailbot")


class EndKind(StrEnum):
    """What may end by itself."""

    PERMISSION = "permission"
    """To log in by OAuth2."""
    CERTIFICATE = "certificate"
    """Of a mail server."""
    AUTHORITY = "authority"
    """Certificate of an authority by which signatures or servers are believed."""
    PASSWORD = "password"  # noqa: S105 - the name of a kind


_WARNED: dict[EndKind, tuple[AlarmCode, tuple[int, ...]]] = {
    EndKind.PERMISSION: (AlarmCode.TOKEN_EXPIRING, (1, 7, 14)),
    EndKind.CERTIFICATE: (AlarmCode.CERTIFICATE_ENDING, (1, 7, 14, 30)),
    EndKind.AUTHORITY: (AlarmCode.AUTHORITY_ENDING, (1, 7, 14, 30)),
    EndKind.PASSWORD: (AlarmCode.PASSWORD_ENDING, (1, 7, 14, 30)),
}
"""So many days before the end, once each; whoever looks late gets only the nearest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """One thing that ends at a known moment."""

    kind: EndKind
    about: str
    """Which one: an account, a server, a file."""
    ends: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was found when it was asked what ends."""

    found: tuple[Ending, ...]
    silent: frozenset[str] = frozenset()
    """Which servers did not answer: what was known of them stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Warning:
    """One warning that is due."""

    ending: Ending
    days: int

    @property
    def key(self) -> tuple[str, ...]:
        """Return by what it is known that it was given.

        Of an authority by a digest: keys are logged, and a certificate may be named after anything.
        """
        about = self.ending.about
        named = hashlib.sha256(about.encode()).hexdigest()[:12] if self.ending.kind is EndKind.AUTHORITY else about
        return self._key(named)

    @property
    def keys(self) -> frozenset[tuple[str, ...]]:
        """Return every key under which it may have been given, also by a former program."""
        return frozenset({self.key, self._key(self.ending.about)})

    def _key(self, named: str) -> tuple[str, ...]:
        code, _ = _WARNED[self.ending.kind]
        return (code.value, named, self.ending.ends.date().isoformat(), str(self.days))

    def given(self, ledger: Ledger) -> bool:
        """Say whether a letter of it was written."""
        return any(ledger.letters.by_key(letter_key(LetterKind.ALARM, *key)) is not None for key in self.keys)


def tell_ends(books: Books, maker: MakesLetters, lookout: Lookout, at: datetime) -> bool:
    """Warn the operator of what ends soon; return whether a letter was written.

    Of what has ended, whoever uses it tells.
    """
    permissions = (Ending(kind=EndKind.PERMISSION, about=about, ends=ends) for about, ends in lookout.permissions())
    due = tuple(warning for ending in (*permissions, *noted_ends(books.ledger)) if (warning := _due(ending, at)))
    if not due:
        return False
    _ring_all(books, lookout, due, at)
    fresh = (one for one in due if not one.given(books.ledger))
    letters = unwritten(
        books.ledger, (letter for one in fresh for letter in to_operator(books.office, at, *_told(one)))
    )
    if letters:
        write_down(books, maker, lambda: Decision(beside=Changes(at=at), letters=letters))
    return bool(letters)


def noted_ends(ledger: Ledger) -> tuple[Ending, ...]:
    """Return what ends and when, as it was asked last."""
    noted = json.loads(ledger.notes.read(ENDS) or "[]")
    return tuple(
        Ending(kind=EndKind(one["kind"]), about=one["about"], ends=datetime.fromisoformat(one["ends"])) for one in noted
    )


def _due(ending: Ending, at: datetime) -> _Warning | None:
    """Return the warning that is due."""
    days = next((days for days in _WARNED[ending.kind][1] if at >= ending.ends - days * _DAY), None)
    return None if days is None or at >= ending.ends else _Warning(ending=ending, days=days)


def _told(warning: _Warning) -> tuple[Alarm, *tuple[str, ...]]:
    """Return what a letter says, and what makes its key."""
    code, _ = _WARNED[warning.ending.kind]
    return (Alarm(what=code, detail=warning.ending.about, ends=warning.ending.ends), *warning.key)


def _ring_all(books: Books, lookout: Lookout, due: Iterable[_Warning], at: datetime) -> None:
    """Ring the second channel for each warning, once; what it did not take is rung with the next pass."""
    if lookout.ring is None:
        return
    noted = books.ledger.notes.read(ENDS_RUNG)
    rung = {tuple(one) for one in json.loads(noted or "[]")}
    kept = []
    for warning in due:
        if not warning.keys & rung:
            try:
                lookout.ring(_notice(books, lookout, warning, at))
            except PostUnavailable as away:
                _log.warning("%s", away)
                continue
        kept.append(warning.key)
    if (now := json.dumps(kept)) != noted:
        books.ledger.notes.write(ENDS_RUNG, now)


def _notice(books: Books, lookout: Lookout, warning: _Warning, at: datetime) -> Notice:
    """Return a warning in the office's words; what it names as `since` is the end."""
    from mailbot.post.second_channel import Notice  # noqa: PLC0415 - a quiet pass rings nobody

    (code, _), ending = _WARNED[warning.ending.kind], warning.ending
    phrases = phrases_of(books.office, lookout, at)
    text = phrases.word("notice", STATE).format(
        agency=books.office.letterhead.agency_short,
        matter=phrases.word("notice_matter", code.value),
        ends=phrases.moment(ending.ends),
        about=ending.about,
    )
    return Notice(text=text.strip(), state=STATE, matter=code.value, about=ending.about, since=ending.ends.isoformat())


class EndsAsker:
    """Has it asked once a day what ends, in a thread of its own, and notes it in the ledger."""

    def __init__(self) -> None:
        """Begin with nothing asked."""
        self._under_way: Future[Asked] | None = None
        self._asked_at: datetime | None = None

    def look(self, books: Books, ask: Callable[[], Asked]) -> None:
        """Note what was found, and ask if that was not done for a day."""
        at = books.clock()
        if self._under_way is not None and self._under_way.done():
            self.finish(books)
        if self._under_way is None and (self._asked_at is None or not timedelta() <= at - self._asked_at < _DAY):
            self._asked_at = at
            self._under_way = beside(ask, "ends")

    def look_if_due(self, books: Books, ask: Callable[[], Asked]) -> None:
        """Do the same for a program that is started for each pass: it is asked on the first pass of a day."""
        today = books.office.calendar.local(books.clock()).date().isoformat()
        if books.ledger.notes.read(ENDS_ASKED) != today:
            books.ledger.notes.write(ENDS_ASKED, today)
            self.look(books, ask)
            self.finish(books)

    def finish(self, books: Books) -> None:
        """Wait for what is being asked, and note it."""
        if self._under_way is None:
            return
        under_way, self._under_way = self._under_way, None
        try:
            note_ends(books.ledger, under_way.result())
        except (MailbotError, OSError, ValueError) as problem:
            _log.warning("what ends could not be asked: %s", problem)


def note_ends(ledger: Ledger, asked: Asked) -> None:
    """Note what ends and when; of a server that did not answer what was known stays."""
    stays = tuple(one for one in noted_ends(ledger) if one.kind is EndKind.CERTIFICATE and one.about in asked.silent)
    told = [{"kind": one.kind.value, "about": one.about, "ends": one.ends.isoformat()} for one in asked.found + stays]
    if (now := json.dumps(told)) != (ledger.notes.read(ENDS) or "[]"):
        ledger.notes.write(ENDS, now)
