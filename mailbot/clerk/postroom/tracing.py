"""What of a mail in a shared mailbox points to which office: looked up in the ledgers, keys and lists of them all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.clerk.desk.kept_mail import form_files
from mailbot.clerk.desk.placing import OURS, spoken_of
from mailbot.core.model.cycle import admitting
from mailbot.core.postroom.traces import Hand, Traces, hand_of
from mailbot.reading.mime.plus_tags import plus_tags

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mailbot.core.model.form_stamp import StampCells
    from mailbot.core.model.mail import Mail
    from mailbot.core.model.office import Office
    from mailbot.ledger.ledger import Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharer:
    """One of the offices that share a mailbox, with what its mail is known by."""

    key: str
    """The office's own; no two of them have the same."""
    office: Office
    ledger: Ledger
    secret: bytes
    """What its forms are signed with; no two of them have the same."""


def traces_of(
    mail: Mail, raw: bytes, sharers: Sequence[Sharer], read_stamp: Callable[[str, bytes], StampCells | None]
) -> Traces:
    """Return what of a mail points to which of the offices; nothing of it is shown to any of them.

    Args:
        mail: as it was read, with its files.
        raw: the same, byte for byte.
        sharers: every office that the mailbox is of.
        read_stamp: reads the stamp of a file by name and content, in the reader's own process.

    Raises:
        LedgerProblem: the ledger of one cannot be used; without it nobody knows whose the mail is.
    """
    letters = frozenset(one.key for one in sharers if _wrote(one, mail))
    return Traces(
        hand=hand_of(mail),
        letters=letters,
        gone_letter=not letters and any(_ours(mail, one.office) for one in sharers),
        forms=_stamped(mail, sharers, read_stamp),
        listed=_listed(mail, sharers),
        plus=plus_tags(raw, {address for one in sharers for address in one.office.own_addresses})
        & {one.key for one in sharers},
    )


def _wrote(sharer: Sharer, mail: Mail) -> bool:
    """Say whether a mail refers to a letter of that office."""
    named = _ours(mail, sharer.office)
    return bool(named) and sharer.ledger.letters.by_message_id(named) is not None


def _ours(mail: Mail, office: Office) -> tuple[str, ...]:
    """Return the Message-IDs in a mail that are made as ours are.

    A report is about the one letter that it gives back, whatever that letter has quoted.
    """
    reported = tuple(bounce.message_id for bounce in mail.bounces if bounce.message_id.startswith(OURS))
    about = reported if hand_of(mail) is Hand.REPORT and reported else spoken_of(office, mail)
    return tuple(dict.fromkeys(one for one in about if one.startswith(OURS)))


def _stamped(
    mail: Mail, sharers: Sequence[Sharer], read_stamp: Callable[[str, bytes], StampCells | None]
) -> frozenset[str]:
    """Return whose forms a mail brings: the file says which key signed it, never for whom it is."""
    files = form_files(mail) if hand_of(mail) is Hand.PERSON else ()
    stamps = [cells for file in files if (cells := read_stamp(file.name, file.content)) is not None]
    return frozenset(one.key for one in sharers if any(cells.made_with(one.secret) for cells in stamps))


def _listed(mail: Mail, sharers: Sequence[Sharer]) -> frozenset[str]:
    """Return where its sender is at home, by the first question of `_AT_HOME` to which an office says yes."""
    if not mail.sender:
        return frozenset()
    found = (frozenset(one.key for one in sharers if at_home(one, mail)) for at_home in _AT_HOME)
    return next((keys for keys in found if keys), frozenset())


def _is_listed(sharer: Sharer, mail: Mail) -> bool:
    """Is it somebody in office on that day?"""
    day = sharer.office.calendar.local(mail.received_at).date()
    return bool(sharer.office.roster.senders(mail.sender, day))


def _is_admitted(sharer: Sharer, mail: Mail) -> bool:
    """Has the head of a unit vouched for that address, in a cycle that is open?"""
    return bool(admitting(sharer.ledger.cycles.open(), mail.sender.casefold()))


def _was_listed(sharer: Sharer, mail: Mail) -> bool:
    """Is it somebody who held a post before, or will hold one?"""
    return any(person.owns(mail.sender) for person in sharer.office.roster.people)


_AT_HOME = (_is_listed, _is_admitted, _was_listed)
"""Each question is asked of all the offices, the next one only where no office said yes."""
