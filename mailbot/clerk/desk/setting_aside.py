"""What becomes of a mail that cannot be read: set aside whole, and told to the operator and to whoever wrote it.

Of such a mail only its head is read: who wrote it, how far that is proved, and which of our letters it answers. Nobody
knows what it says, so row 1 does not end by the silence of whoever wrote it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mailbot.clerk.composing import to_operator
from mailbot.clerk.deciding import Decision, write_down
from mailbot.clerk.desk.kept_mail import mail_lines
from mailbot.core.model.facts import MailUnplaced
from mailbot.core.model.letters import Letter, Reason, letter_key
from mailbot.core.model.letters_in_answer import Unplaced
from mailbot.core.model.letters_to_operator import SetAside
from mailbot.core.model.mail import Proof
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.procedure.addressing import line
from mailbot.core.sorting.placing import answered_cycle, answers_to, source_of, speaker
from mailbot.errors import LedgerProblem, TemplateProblem
from mailbot.ledger.values import Changes, Settlement

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailbot.clerk.parts import Books, MailReader, MakesLetters
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import Fact
    from mailbot.core.model.mail import Mail
    from mailbot.core.sorting.placing import Desk
    from mailbot.ledger.values import InboxMail

_END_OF_HEADER = re.compile(rb"\r?\n\r?\n")
_HEADER_BYTES = 65_536
"""A head beyond this is part of what cannot be read."""


def set_aside(  # noqa: PLR0913 - the parts of the walk, all named
    books: Books,
    maker: MakesLetters,
    reader: MailReader,
    kept: InboxMail,
    error: str,
    *,
    tries: int,
    defects: Sequence[str] = (),
) -> None:
    """Give up on a mail, or on one built to do harm (`defects`): it can be replayed, or mended and replayed.

    A mail is also set aside when the letters about it cannot be written: it must not hold up the others.
    """
    at = books.clock()
    settlement = Settlement(mail=kept.id, outcome=MailOutcome.SET_ASIDE, detail=" ".join(defects), error=error)
    note = line(at, "mail_set_aside", mail=str(kept.id), tries=str(tries))

    def loud() -> Decision:
        """Read the head, and say to the operator and to whoever wrote what has become of the mail."""
        desk = _headed(books, reader, kept, at)
        facts, answers = _told(desk) if desk is not None else ((), ())
        about = SetAside(
            mail=str(kept.id),
            sender=desk.mail.sender if desk is not None else "",
            received_at=kept.received_at,
            error=error.strip().rpartition("\n")[2],
            tries=None if defects else tries,
            defects=tuple(defects),
        )
        told = to_operator(books.office, at, about, kept.id, books.ledger.journal.head().count)
        of = replace(settlement, cycles=tuple(dict.fromkeys(key for key, _ in facts)))
        noted = (("", note), *mail_lines(kept, of, at))
        return Decision(beside=Changes(at=at, journal=noted, settled=(of,)), facts=facts, letters=(*told, *answers))

    try:
        write_down(books, maker, loud)
    except TemplateProblem:
        write_down(books, maker, lambda: Decision(beside=Changes(at=at, journal=(("", note),), settled=(settlement,))))


def _headed(books: Books, reader: MailReader, kept: InboxMail, at: datetime) -> Desk | None:
    """Return a desk with the head of a mail; None: of a robot, of nobody we know, false, or unreadable."""
    from mailbot.clerk.desk.placing import desk_for  # noqa: PLC0415 - a quiet pass reads no mail

    read = partial(_head_of, books, reader)
    try:
        mail = read(kept)
        if mail.automatic is not None or mail.proof is Proof.FAILED:
            return None
        desk = desk_for(books, mail, at, read)
    except LedgerProblem:
        raise
    except Exception:  # noqa: BLE001 - its error stands with the mail already; the head may be just what cannot be read
        return None
    return desk if desk.people else None


def _head_of(books: Books, reader: MailReader, kept: InboxMail) -> Mail:
    """Read the head of a kept mail alone; raises whatever reading raises."""
    from mailbot.reading.mail import read_mail  # noqa: PLC0415 - a quiet pass reads no mail

    raw = books.ledger.inbox.to_read(kept)
    end = _END_OF_HEADER.search(raw, 0, _HEADER_BYTES)
    mail = (reader.read_mail or partial(read_mail, limits=reader.limits))(
        raw[: end.end()] if end is not None else b"",
        received_at=kept.received_at,
        own_addresses=books.office.own_addresses,
        authserv_ids=() if kept.mended_sha256 else reader.believed.get(kept.account, ()),
    )
    return replace(mail, sha256=kept.sha256)


def _told(desk: Desk) -> tuple[tuple[tuple[str, Fact], ...], tuple[Letter, ...]]:
    """Return the facts of a mail nobody has read, one for each cycle it may be about; before the first one a letter."""
    named, running = answered_cycle(desk), tuple(cycle for cycle in desk.cycles if not cycle.closed)
    cycles = (named,) if named is not None else running or desk.cycles[:1]
    if not cycles:
        return (), (_answer_without_cycle(desk),)
    return tuple((cycle.key, _unread(desk, cycle)) for cycle in cycles), ()


def _unread(desk: Desk, cycle: Cycle) -> MailUnplaced:
    """Make the fact of a mail nobody has read."""
    return MailUnplaced(at=desk.at, source=source_of(desk, speaker(desk, cycle)), reason=Reason.UNREAD)


def _answer_without_cycle(desk: Desk) -> Letter:
    """Answer before the first cycle was opened."""
    about = Unplaced(reason=Reason.UNREAD)
    key = letter_key(about.letter_kind, desk.mail.sha256[:16])
    person = desk.people[0].key
    return Letter(key=key, about=about, to=person, address=desk.mail.sender, answers=answers_to(desk.mail))
