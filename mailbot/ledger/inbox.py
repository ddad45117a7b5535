"""The inbox as a whole: every mail that ever came, by what became of it, and what each folder has brought."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, func, select, tuple_, update

from mailbot.core.model.outcome import MailOutcome
from mailbot.ledger.arrivals import INBOX, PLACE, WHOLE, Arrivals, mail_of
from mailbot.ledger.columns import table_of
from mailbot.ledger.elsewhere.fetching import CONTENT, as_kept
from mailbot.ledger.engine import reading, writing
from mailbot.ledger.files_and_notes import MAIL, write_files
from mailbot.ledger.looking.counts import InboxCounts
from mailbot.ledger.tables import InboxCycleRow, InboxRow
from mailbot.ledger.values import InboxMail, KeptFile

if TYPE_CHECKING:
    from datetime import datetime

_AGAIN = (
    update(table_of(InboxRow))
    .where(INBOX.same_as.is_(None), INBOX.file_sha256.is_not(None), ~INBOX.pruned)
    .values(outcome=None, detail="", settled_at=None, attempts=0, error="", mended_sha256=None)
)
_OF_CYCLE = table_of(InboxCycleRow).c
Place = tuple[str, str, int]
"""Account, folder, UIDVALIDITY."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What the inbox holds of one folder under one UIDVALIDITY."""

    uids: frozenset[int]
    by_outcome: dict[str, int]
    """Mails by final state, the empty word being those that wait for one; copies of a mail are none of these."""
    copies: int


class Inbox(Arrivals):
    """What came. `commit` settles a mail; everything else about it is here, and in `Arrivals`."""

    def known_uids(self, account: str, folder: str, uid_validity: int) -> frozenset[int]:
        """Return the UIDs of a folder that need not be fetched again; another UIDVALIDITY knows none of them."""
        place = (account, folder, uid_validity)
        with reading(self._engine) as connection:
            return frozenset(connection.execute(select(INBOX.uid).where(tuple_(*PLACE[:3]) == place)).scalars())

    def is_repeated(self, mail: InboxMail) -> bool:
        """Say whether a mail with the same Message-ID and other bytes was kept before this one."""
        earlier = select(INBOX.id).where(
            INBOX.message_id == mail.message_id,
            INBOX.id < mail.id,
            INBOX.file_sha256 != mail.sha256,
        )
        with reading(self._engine) as connection:
            return connection.execute(earlier.limit(1)).first() is not None

    def replay(self, mail: int) -> bool:
        """Let a mail be worked again as it came; False if there is none such, or it never had bytes.

        Replaying a duplicate would act twice on the same bytes: replay the mail it is the `same_as` of.
        """
        with writing(self._engine) as connection:
            return connection.execute(_AGAIN.where(INBOX.id == mail)).rowcount == 1

    def mend(self, mail: int, mended: bytes, at: datetime) -> bool:
        """Let a mail that was set aside be worked again with these bytes in place of its own, which are kept.

        False if it was not set aside: nobody's words are changed once they were acted on.
        """
        aside = (INBOX.id == mail, INBOX.outcome == MailOutcome.SET_ASIDE.value)
        with writing(self._engine) as connection:
            if connection.execute(select(INBOX.id).where(*aside)).first() is None:
                return False
            (digest,) = write_files(connection, [KeptFile(content=mended, media_type=MAIL)], at)
            return connection.execute(_AGAIN.where(*aside).values(mended_sha256=digest)).rowcount == 1

    def to_read(self, mail: InboxMail) -> bytes:
        """Return the bytes that a mail is read from: as it came, or as it was mended.

        Raises:
            KeyError: it vanished before it could be read.
        """
        if not mail.mended_sha256:
            return self.raw(mail.id)
        with reading(self._engine) as connection:
            return as_kept(connection, CONTENT, {"sha256": mail.mended_sha256}, f"inbox {mail.id}")

    def get(self, mail: int) -> InboxMail:
        """Return one mail.

        Raises:
            KeyError: there is none of that id.
        """
        with reading(self._engine) as connection:
            row = connection.execute(WHOLE.where(INBOX.id == mail)).one_or_none()
        if row is None:
            raise KeyError(mail)
        return mail_of(row)

    def by_sha256(self, sha256: str) -> InboxMail | None:
        """Return the mail of those bytes that is acted on (never a duplicate), or None."""
        statement = WHOLE.where(INBOX.file_sha256 == sha256, INBOX.same_as.is_(None))
        return next(iter(self._read(statement)), None)

    def by_message_id(self, message_id: str) -> tuple[InboxMail, ...]:
        """Return the mails of that Message-ID that are acted on, in the order they came; none for one without any."""
        statement = WHOLE.where(INBOX.message_id == message_id, INBOX.same_as.is_(None)).order_by(INBOX.id)
        return self._read(statement) if message_id else ()

    def listing(self, outcome: MailOutcome | None = None, limit: int = 50) -> tuple[InboxMail, ...]:
        """Return mails, the newest first: of one outcome, or all."""
        statement = WHOLE.order_by(INBOX.id.desc()).limit(limit)
        return self._read(statement if outcome is None else statement.where(INBOX.outcome == outcome.value))

    def settled_since(self, outcome: MailOutcome, moment: datetime, limit: int) -> tuple[InboxMail, ...]:
        """Return mails of one final state that they have reached since then, the latest first."""
        wanted = WHOLE.where(INBOX.outcome == outcome.value, INBOX.settled_at >= moment)
        return self._read(wanted.order_by(INBOX.settled_at.desc()).limit(limit))

    def of_cycle(self, cycle: str) -> tuple[InboxMail, ...]:
        """Return the mails that were settled as belonging to a cycle, in the order they came."""
        statement = WHOLE.join(table_of(InboxCycleRow), _OF_CYCLE.inbox_id == INBOX.id)
        return self._read(statement.where(_OF_CYCLE.cycle == cycle).order_by(INBOX.id))

    def counts(self) -> InboxCounts:
        """Return the proof that nothing is lost."""
        with reading(self._engine) as connection:
            rows = connection.execute(select(INBOX.outcome, func.count()).group_by(INBOX.outcome)).all()
        return InboxCounts.of(dict(rows))

    def _read(self, statement: Select[Any]) -> tuple[InboxMail, ...]:
        """Return the mails of a statement."""
        with reading(self._engine) as connection:
            return tuple(map(mail_of, connection.execute(statement)))

    def tallies(self) -> dict[Place, Tally]:
        """Return what the inbox holds, by place."""
        rows = select(*PLACE, INBOX.outcome, INBOX.same_as)
        uids: dict[Place, set[int]] = {}
        outcomes: dict[Place, Counter[str]] = {}
        copies: Counter[Place] = Counter()
        with reading(self._engine) as connection:
            for row in connection.execute(rows):
                account, folder, uid_validity, uid, outcome, same_as = tuple(row)
                place = (account, folder, uid_validity)
                uids.setdefault(place, set()).add(uid)
                outcomes.setdefault(place, Counter())
                if same_as is None:
                    outcomes[place][outcome or ""] += 1
                else:
                    copies[place] += 1
        return {
            place: Tally(
                uids=frozenset(uids[place]), by_outcome=dict(sorted(outcomes[place].items())), copies=copies[place]
            )
            for place in uids
        }
