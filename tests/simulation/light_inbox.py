"""The inbox and the looks of the light ledger; the same answers as the real ones, from dictionaries."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.core.model.outcome import MailOutcome
from mailbot.errors import StaleCycle
from mailbot.ledger.arrivals import body_digest
from mailbot.ledger.inbox import Place, Tally
from mailbot.ledger.looking.absence import APART
from mailbot.ledger.looking.counts import InboxCounts
from mailbot.ledger.looking.looked import Compared, Listed, Look, Moment
from mailbot.ledger.values import InboxMail, KeptMail, Settlement
from mailbot.reading.mime.headers import read_envelope

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from tests.simulation.light_tables import Tables


class LightInbox:
    """What came."""

    def __init__(self, tables: Tables) -> None:
        """Take the tables."""
        self._tables = tables

    def _at(self, account: str, folder: str, uid_validity: int) -> list[InboxMail]:
        """Return the mails of one place."""
        place = (account, folder, uid_validity)
        return [one for one in self._tables.mails.values() if (one.account, one.folder, one.uid_validity) == place]

    def known_uids(self, account: str, folder: str, uid_validity: int) -> frozenset[int]:
        """Return the UIDs of a folder that need not be fetched again."""
        return frozenset(one.uid for one in self._at(account, folder, uid_validity))

    def keep(self, mails: Sequence[KeptMail], at: datetime) -> int:
        """Keep mails; return how many had not been known."""
        new = 0
        for mail in mails:
            digest = hashlib.sha256(mail.raw).hexdigest()
            self._tables.files.setdefault(digest, mail.raw)
            if mail.uid in self.known_uids(mail.account, mail.folder, mail.uid_validity) and not self._lost(mail):
                continue
            body = "" if mail.truncated else body_digest(mail.raw)
            self._add(_new(mail, digest, at, self._first(mail, digest, body)), body)
            new += 1
        return new

    def _lost(self, mail: KeptMail) -> bool:
        """Say whether a mail was taken for vanished, and forget that it was."""
        place = (mail.account, mail.folder, mail.uid_validity)
        rows = [one.id for one in self._at(*place) if one.uid == mail.uid and not one.sha256]
        for number in rows:
            del self._tables.mails[number]
        return bool(rows)

    def _first(self, mail: KeptMail, digest: str, body: str) -> int | None:
        """Return the mail that this one is a copy of."""
        for one in self._tables.mails.values():
            alike = mail.message_id != "" != body and one.message_id == mail.message_id
            elsewhere = one.account != mail.account
            anew = one.folder == mail.folder and one.uid_validity != mail.uid_validity
            linked = alike and self._tables.bodies[one.id] == body and (elsewhere or anew)
            if one.same_as is None and (one.sha256 == digest or linked):
                return one.id
        return None

    def _add(self, mail: InboxMail, body: str) -> None:
        """Add a row."""
        number = max(self._tables.mails, default=0) + 1
        self._tables.mails[number] = replace(mail, id=number)
        self._tables.bodies[number] = body

    def vanished(self, account: str, folder: str, uid_validity: int, uids: Sequence[int], at: datetime) -> int:
        """Write down mails that were gone before they could be read; return how many had not been known."""
        known = self.known_uids(account, folder, uid_validity)
        new = [uid for uid in dict.fromkeys(uids) if uid not in known]
        for uid in new:
            mail = KeptMail(account=account, folder=folder, uid_validity=uid_validity, uid=uid, received_at=at, raw=b"")
            gone = replace(_new(mail, "", at, None), outcome=MailOutcome.VANISHED, settled_at=at, server_done=True)
            self._add(gone, "")
        return len(new)

    def unsettled(self, limit: int, senders: Sequence[str] | None = None) -> tuple[InboxMail, ...]:
        """Return mails without a final state, the oldest first; only those of these senders, if any."""
        waiting = [one for one in self._tables.mails.values() if one.outcome is None]
        if senders is not None:
            waiting = [one for one in waiting if {each.casefold() for each in self._from(one)} & set(senders)]
        return tuple(sorted(waiting, key=lambda one: (one.received_at, one.id))[:limit])

    def _from(self, mail: InboxMail) -> tuple[str, ...]:
        """Return who says he wrote a mail."""
        return read_envelope(self.raw(mail.id))[1]

    def begin_attempt(self, mail: int) -> int:
        """Count that work on a mail begins; 0 if it has its final state already."""
        row = self._tables.mails[mail]
        if row.outcome is not None:
            return 0
        self._tables.mails[mail] = replace(row, attempts=row.attempts + 1)
        return row.attempts + 1

    def take_back_attempt(self, mail: int) -> None:
        """Count an attempt no more that ended for a reason outside of the mail."""
        row = self._tables.mails[mail]
        self._tables.mails[mail] = replace(row, attempts=row.attempts - 1)

    def note_failure(self, mail: int, traceback: str) -> None:
        """Keep the traceback of an attempt that failed."""
        self._tables.mails[mail] = replace(self._tables.mails[mail], error=traceback)

    def note_signer(self, mail: int, domain: str) -> None:
        """Keep what the check of a mail's signatures found."""
        self._tables.mails[mail] = replace(self._tables.mails[mail], signed_by=domain)

    def is_repeated(self, mail: InboxMail) -> bool:
        """Say whether a mail with the same Message-ID and other bytes was kept before this one."""
        return any(
            one.message_id == mail.message_id and one.id < mail.id and one.sha256 and one.sha256 != mail.sha256
            for one in self._tables.mails.values()
        )

    def replay(self, mail: int) -> bool:
        """Let a mail be worked again."""
        row = self._tables.mails.get(mail)
        if row is None or row.same_as is not None or not row.sha256:
            return False
        self._tables.mails[mail] = replace(
            row, outcome=None, detail="", settled_at=None, attempts=0, error="", mended_sha256=None
        )
        return True

    def get(self, mail: int) -> InboxMail:
        """Return one mail; KeyError: there is none of that id."""
        return self._tables.mails[mail]

    def raw(self, mail: int) -> bytes:
        """Return a mail's bytes; KeyError: there is none of that id, or it vanished."""
        return self._tables.files[self._tables.mails[mail].sha256]

    def mend(self, mail: int, mended: bytes, _at: datetime) -> bool:
        """Let a mail that was set aside be worked again with these bytes."""
        row = self._tables.mails.get(mail)
        if row is None or row.outcome is not MailOutcome.SET_ASIDE:
            return False
        digest = hashlib.sha256(mended).hexdigest()
        self._tables.files.setdefault(digest, mended)
        self.replay(mail)
        self._tables.mails[mail] = replace(self._tables.mails[mail], mended_sha256=digest)
        return True

    def to_read(self, mail: InboxMail) -> bytes:
        """Return the bytes that a mail is read from."""
        return self._tables.files[mail.mended_sha256 or mail.sha256]

    def by_sha256(self, sha256: str) -> InboxMail | None:
        """Return the mail of those bytes that is acted on, or None."""
        every = self._tables.mails.values()
        return next((one for one in every if one.sha256 == sha256 and one.same_as is None), None)

    def by_message_id(self, message_id: str) -> tuple[InboxMail, ...]:
        """Return the mails of that Message-ID that are acted on, in the order they came."""
        every = self._tables.mails.values()
        return tuple(one for one in every if message_id and one.message_id == message_id and one.same_as is None)

    def listing(self, outcome: MailOutcome | None = None, limit: int = 50) -> tuple[InboxMail, ...]:
        """Return mails, the newest first."""
        newest = reversed(self._tables.mails.values())
        return tuple(one for one in newest if outcome in {None, one.outcome})[:limit]

    def settled_since(self, outcome: MailOutcome, moment: datetime, limit: int) -> tuple[InboxMail, ...]:
        """Return mails of one final state that they have reached since then."""
        ended = ((mail, mail.settled_at) for mail in self._tables.mails.values() if mail.outcome is outcome)
        return tuple(mail for mail, at in ended if at is not None and at >= moment)[:limit]

    def of_cycle(self, cycle: str) -> tuple[InboxMail, ...]:
        """Return the mails that belong to a cycle, in the order they came."""
        return tuple(one for one in self._tables.mails.values() if (one.id, cycle) in self._tables.belongs)

    def untidied(self, account: str, folder: str, uid_validity: int) -> tuple[tuple[int, int], ...]:
        """Return (id, UID) of mails kept here and not yet moved or flagged on the server."""
        waiting = [one for one in self._at(account, folder, uid_validity) if not one.server_done]
        return tuple((one.id, one.uid) for one in sorted(waiting, key=lambda one: one.uid))

    def mark_server_done(self, mails: Iterable[int]) -> None:
        """Write down that these mails were moved or flagged on the server."""
        for mail in mails:
            self._tables.mails[mail] = replace(self._tables.mails[mail], server_done=True)

    def tallies(self) -> dict[Place, Tally]:
        """Return what the inbox holds, by place."""
        places: dict[Place, list[InboxMail]] = {}
        for one in self._tables.mails.values():
            places.setdefault((one.account, one.folder, one.uid_validity), []).append(one)
        return {place: _tally(mails) for place, mails in places.items()}

    def counts(self) -> InboxCounts:
        """Return how many mails have which final state."""
        found = Counter(one.outcome.value if one.outcome else None for one in self._tables.mails.values())
        return InboxCounts.of(dict(found))

    def fits(self, settlement: Settlement) -> None:
        """Refuse to settle a mail that has its final state.

        Raises:
            StaleCycle: it has one.
        """
        if self._tables.mails[settlement.mail].outcome is not None:
            raise StaleCycle(f"Mail {settlement.mail} was settled by somebody else since it was read.")

    def settle(self, settlement: Settlement, at: datetime) -> None:
        """Give a mail its final state."""
        row = self._tables.mails[settlement.mail]
        ended = replace(row, outcome=settlement.outcome, detail=settlement.detail, settled_at=at)
        self._tables.mails[row.id] = replace(ended, error=settlement.error) if settlement.error else ended
        self._tables.belongs.update({(row.id, cycle): None for cycle in settlement.cycles})


def _new(mail: KeptMail, digest: str, at: datetime, first: int | None) -> InboxMail:
    """Return the row of a mail that has just come; a copy is settled at once."""
    return InboxMail(
        id=0,
        account=mail.account,
        folder=mail.folder,
        uid_validity=mail.uid_validity,
        uid=mail.uid,
        sha256=digest,
        message_id=mail.message_id,
        size_bytes=mail.size_bytes or len(mail.raw),
        truncated=mail.truncated,
        received_at=mail.received_at,
        kept_at=at,
        attempts=0,
        outcome=None if first is None else MailOutcome.DUPLICATE,
        detail="",
        settled_at=None if first is None else at,
        error="",
        same_as=first,
        server_done=False,
        signed_by=None,
    )


class LightLooks:
    """What the servers showed."""

    def __init__(self, tables: Tables) -> None:
        """Take the tables."""
        self._tables = tables

    def is_new(self, place: Place) -> bool:
        """Say whether a place was never looked at."""
        return place not in self._tables.looks

    def compare(self, place: Place, listed: Listed, at: datetime) -> Compared:
        """Write down what a folder holds; return what is not kept, and what is gone and never was."""
        mails = self._tables.mails.values()
        rows = [mail for mail in mails if (mail.account, mail.folder, mail.uid_validity) == place]
        former, held = self._tables.looks.get(place), frozenset(listed.uids)
        shown = former.shown if former else frozenset[int]()
        known = frozenset(mail.uid for mail in rows if mail.sha256 or mail.uid not in held)
        missed, wanted = shown - known - held, held - known
        before = (former.absent & missed, former.absent_since) if former else (frozenset[int](), None)
        since = before[1] or at
        again = bool(before[0]) and at - since >= APART
        gone = before[0] if again else frozenset[int]()
        absent = before[0] if before[0] and not again else missed - gone
        account, folder, uid_validity = place
        self._tables.looks[place] = Look(
            account=account,
            folder=folder,
            uid_validity=uid_validity,
            first_at=former.first_at if former else at,
            looked_at=at,
            read_at=at if not (wanted or missed) else former.read_at if former else None,
            shown=shown | held,
            held=held,
            overdue=(shown & held) - known,
            absent=absent,
            absent_since=None if not absent else since if absent == before[0] else at,
            first_uid_next=former.first_uid_next if former else listed.uid_next,
            uid_next=max(listed.uid_next, former.uid_next if former else 0),
        )
        return Compared(wanted=tuple(sorted(wanted)), gone=tuple(sorted(gone)))

    def read(self, place: Place, at: datetime) -> None:
        """Write down that everything a place held at that moment is kept."""
        look = self._tables.looks[place]
        self._tables.looks[place] = replace(look, read_at=look.read_at if look.absent else at)

    def at(self, place: Place) -> Look | None:
        """Return the last look at a place, or None."""
        return self._tables.looks.get(place)

    def all(self) -> tuple[Look, ...]:
        """Return every look, the latest UIDVALIDITY of a folder last."""
        order = sorted(
            self._tables.looks.values(), key=lambda one: (one.account, one.folder, one.looked_at, one.uid_validity)
        )
        return tuple(order)

    def moments(self) -> tuple[Moment, ...]:
        """Return up to when each folder was read whole."""
        looks = self._tables.looks.values()
        return tuple(Moment(account=one.account, folder=one.folder, read_at=one.read_at) for one in looks)

    def read_whole(self, place: Place, at: datetime) -> None:
        """Write down that all that the look of that moment had shown has been kept."""
        look = self._tables.looks[place]
        if look.looked_at == at and not look.absent:
            self._tables.looks[place] = replace(look, read_at=at)

    def heard_until(self, folders: Iterable[tuple[str, str]]) -> datetime | None:
        """Return up to when every mail was read and worked; None where a folder was never read whole."""
        heard: list[datetime] = []
        for named in folders:
            read = [one.read_at for one in self.all() if (one.account, one.folder) == named and one.read_at]
            if not read:
                return None
            heard.append(max(read))
        waiting = [
            mail.received_at - timedelta(microseconds=1) for mail in self._tables.mails.values() if not mail.outcome
        ]
        return min((*heard, *waiting), default=None)

    def in_balance(self) -> bool:
        """Say whether there are as many mails as UIDs were shown, and nothing is overdue."""
        looks = self._tables.looks.values()
        shown = sum(len(look.shown) for look in looks)
        return not any(look.overdue for look in looks) and len(self._tables.mails) == shown


def _tally(mails: list[InboxMail]) -> Tally:
    """Count the mails of one place."""
    acted = Counter(one.outcome.value if one.outcome else "" for one in mails if one.same_as is None)
    return Tally(
        uids=frozenset(one.uid for one in mails),
        by_outcome=dict(sorted(acted.items())),
        copies=sum(one.same_as is not None for one in mails),
    )
