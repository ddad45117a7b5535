"""Letters that did not arrive go to the address that their addressee has now: by themselves, and by `outbox retry`.

An address that has failed is remembered for a while (`FAILS`): what we write of our own accord goes to the second one
meanwhile. Once the list of people is edited, or an address fails, the letters of open cycles are looked through; what
is still wanted leaves again, the same in all but whom it is to. Each address is tried once, so this ends.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from mailbot.clerk.matters import matter_line
from mailbot.core.model.facts import LetterUndelivered
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.mail import Automatic
from mailbot.core.procedure.addressing import line
from mailbot.core.procedure.word_asked import current
from mailbot.ledger.files_and_notes import ADDRESS_FAILS
from mailbot.ledger.outbox import LONGEST
from mailbot.ledger.values import Changes, LetterState, Readdressed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.clerk.parts import Books
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office
    from mailbot.core.model.outcome import JournalLine
    from mailbot.core.model.people import Person
    from mailbot.core.sorting.placing import Desk, Sorted
    from mailbot.ledger.ledger import Ledger
    from mailbot.ledger.values import OutboxLetter

ADDRESSES = "addresses_looked_at"
"""Note: the digest of all addresses when letters were last looked through; empty when one has failed since."""
FAILS = ADDRESS_FAILS
"""Before an address: when a letter to it was last refused for good or came back, in ISO 8601."""
_REMEMBERED = timedelta(days=30)
"""After so long an address that failed is tried again: a full mailbox is emptied."""
_MOST = 10_000
_FOR_GOOD = "5.0.0"
_SECOND = "/second/"
_WAITING = frozenset({LetterState.QUEUED, LetterState.PUT_OFF})
_REQUESTS = frozenset({LetterKind.REQUEST.value, LetterKind.REQUEST_COPY.value})
_OF_THE_MOMENT = frozenset(
    {LetterKind.UNDELIVERED.value, LetterKind.MORNING.value, LetterKind.ALARM.value, LetterKind.SET_ASIDE.value}
)
"""Kinds that are of no use later."""
_TO = re.compile(rb"^To:[^\r\n]*(?:\r\n[ \t][^\r\n]*)*", re.MULTILINE | re.IGNORECASE)


def failed(address: str, at: datetime) -> tuple[tuple[str, str], ...]:
    """Return the notes by which it is remembered that an address has failed, and that letters are to be looked at."""
    return ((FAILS + address.casefold(), at.isoformat()), (ADDRESSES, ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class CameBack:
    """What a mail says of letters of ours, as it is written down."""

    bounces: tuple[tuple[str, str], ...]
    notes: tuple[tuple[str, str], ...]


def came_back_in(found: Sorted, at: datetime) -> CameBack:
    """Return which letters a report gives back, and which addresses have failed."""
    reports = [fact for _, fact in found.facts if isinstance(fact, LetterUndelivered)]
    return CameBack(
        bounces=tuple((fact.letter, fact.status or (_FOR_GOOD if fact.permanent else "")) for fact in reports),
        notes=tuple(note for fact in reports if fact.permanent for note in failed(fact.address, at)),
    )


def unproved_reports(desk: Desk) -> tuple[tuple[str, JournalLine], ...]:
    """Return a matter for the morning mail for each failure reported without proof that the letter was ours.

    Only addresses on the office's list are named: nothing that such a mail says is passed on.
    """
    if desk.mail.automatic is not Automatic.BOUNCE:
        return ()
    unproved = [
        one for one, ours in zip(desk.mail.bounces, desk.bounced, strict=True) if ours is None and one.permanent
    ]
    listed = {
        address.casefold() for one in desk.office.roster.people for address in (*one.addresses, one.second_address)
    }
    named = (one.recipient if one.recipient.casefold() in listed else "" for one in unproved)
    return tuple(("", matter_line(desk.at, "bounced_unproved", address)) for address in named)


def fails(ledger: Ledger, address: str, at: datetime) -> bool:
    """Say whether an address is known to fail."""
    noted = ledger.notes.read(FAILS + address.casefold())
    return bool(noted) and at - datetime.fromisoformat(noted) < _REMEMBERED


def where_it_arrives(books: Books, letter: Letter, at: datetime) -> Letter:
    """Return a letter to the second address while the first is known to fail; an answer stays."""
    person = _person(books.office, letter.to)
    first = person is not None and person.addresses[0] == letter.address
    if person is None or not first or not person.second_address or letter.answers is not None:
        return letter
    return replace(letter, address=person.second_address) if fails(books.ledger, letter.address, at) else letter


def mend_addresses(books: Books) -> bool:
    """Send what did not arrive to where it may, once after each edit and each failure; say whether there was such."""
    ledger, at = books.ledger, books.clock()
    now = _digest(books.office)
    if ledger.notes.read(ADDRESSES) == now:
        return False
    moves = tuple(
        (letter, address)
        for cycle in ledger.cycles.open()
        for letter in ledger.letters.astray(cycle.key)
        if (address := _elsewhere(books, letter, at)) and _wanted(cycle, letter, at, books.office)
    )
    ledger.commit(replace(_changes(ledger, moves, at), notes=((ADDRESSES, now),)))
    return bool(moves)


def try_again(ledger: Ledger, office: Office, letter: OutboxLetter, at: datetime) -> str:
    """Queue a letter that did not arrive once more, to the present address of the person; return that address.

    Empty: it is on its way or has arrived as far as anybody knows, and is left as it is.
    """
    if letter.state is LetterState.SENDING or (letter.state is LetterState.SENT and not came_back(letter)):
        return ""
    address = _present(office, letter)
    changes = Changes(at=at)
    if address != letter.address or came_back(letter):
        changes = _changes(ledger, ((letter, address),), at)
    elif not ledger.outbox.retry(letter.key, at):
        return ""
    ledger.commit(replace(changes, notes=((FAILS + address.casefold(), ""),)))
    return address


def try_all_again(ledger: Ledger, office: Office, at: datetime) -> int:
    """Queue again every letter given up that is at most ten days old, to where it goes now; return how many.

    What was withdrawn has been overtaken, and is asked for by nobody.
    """
    lost = [one for one in ledger.letters.listing(LetterState.GIVEN_UP, limit=_MOST) if not one.withdrawn]
    return sum(bool(try_again(ledger, office, one, at)) for one in lost if one.queued_at >= at - 2 * LONGEST)


def came_back(letter: OutboxLetter) -> bool:
    """Say whether a report of our own letter said that it will not arrive."""
    return letter.bounce.startswith("5")


def _changes(ledger: Ledger, moves: tuple[tuple[OutboxLetter, str], ...], at: datetime) -> Changes:
    """Return what is written down of letters that go to another address, or once more to the same."""
    again = [(one, address, _readdressed(ledger.letters.raw(one.key), one.address, address)) for one, address in moves]
    return Changes(
        at=at,
        readdressed=tuple(Readdressed(key=one.key, address=address, raw=raw) for one, address, raw in again),
        journal=tuple((one.cycle, _told(one, address, raw, at)) for one, address, raw in again),
    )


def _told(letter: OutboxLetter, address: str, raw: bytes, at: datetime) -> JournalLine:
    """Return the journal's line about a letter that leaves once more."""
    detail = {"letter": letter.key, "former": letter.address, "to": address, "sent": hashlib.sha256(raw).hexdigest()}
    return line(at, "letter_readdressed", unit=letter.unit, **detail)


def _readdressed(raw: bytes, former: str, address: str) -> bytes:
    """Return a letter's bytes with another address in To."""
    found = _TO.search(raw, 0, raw.find(b"\r\n\r\n") + 2)
    if found is None:
        return raw
    field = found[0].replace(former.encode("ascii"), address.encode("ascii"))
    return raw[: found.start()] + field + raw[found.end() :]


def _present(office: Office, letter: OutboxLetter) -> str:
    """Return where a letter goes that the operator sends once more; whoever is not listed has one address."""
    person = _person(office, letter.person)
    if person is None or (letter.is_answer and person.owns(letter.address)):
        return letter.address
    if _SECOND in letter.key:
        return person.second_address or letter.address
    return person.addresses[0]


def _elsewhere(books: Books, letter: OutboxLetter, at: datetime) -> str:
    """Return the address at which a letter is tried next; empty where there is none, or it still waits where it is."""
    person = _person(books.office, letter.person)
    if person is None or letter.withdrawn:
        return ""
    owned = person.owns(letter.address)
    if owned and (letter.is_answer or letter.state in _WAITING):
        return ""
    return next(
        (
            address
            for address in _tried_in_turn(books.ledger, person, letter)
            if address.casefold() != letter.address.casefold() and not fails(books.ledger, address, at)
        ),
        "",
    )


def _tried_in_turn(ledger: Ledger, person: Person, letter: OutboxLetter) -> Iterator[str]:
    """Give the addresses at which a letter may be tried; where it has a twin at the second, each its own."""
    if _SECOND not in letter.key:
        yield person.addresses[0]
    head, _, last = letter.key.rpartition("/")
    twin = ledger.letters.by_key(f"{head}{_SECOND}{last}")
    if person.second_address and twin is None:
        yield person.second_address


def _wanted(cycle: Cycle, letter: OutboxLetter, at: datetime, office: Office) -> bool:
    """Say whether a letter of an open cycle still has a sense: what it asks for is still asked, or it is young."""
    from mailbot.core.chasing.still_owed import CHASES, still_owed  # noqa: PLC0415 - where a letter did not arrive

    if letter.kind in _OF_THE_MOMENT:
        return False
    if letter.kind in CHASES:
        return still_owed(cycle, letter.key, letter.unit, letter.asks, at, office)
    if letter.asks is not None:
        return current(cycle, letter.asks)
    if letter.kind in _REQUESTS:
        form = cycle.form_of(letter.unit)
        return form is not None and not form.attempts
    return letter.queued_at >= at - 2 * LONGEST


def _person(office: Office, key: str) -> Person | None:
    """Return the listed person of a key; an unlisted one has no other address."""
    return next((person for person in office.roster.people if person.key == key), None)


def _digest(office: Office) -> str:
    """Return what changes whenever somebody's address does."""
    lines = (repr((person.key, person.addresses, person.second_address)) for person in office.roster.people)
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
