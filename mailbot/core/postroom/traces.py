"""What a mail in a shared mailbox shows of the offices that share it, before anybody has judged whose it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from mailbot.core.model.mail import Automatic

if TYPE_CHECKING:
    from mailbot.core.model.mail import Mail


class Hand(StrEnum):
    """What kind of hand wrote a mail."""

    PERSON = "person"
    MACHINE = "machine"
    """An automatic reply, a list, our own letter come back: never answered."""
    REPORT = "report"
    """A mail server tells what became of a letter: it is nobody's mail, whoever it says wrote it."""


_REPORTS = frozenset({Automatic.BOUNCE, Automatic.DELAY, Automatic.DELIVERED, Automatic.READ_RECEIPT})


def hand_of(mail: Mail) -> Hand:
    """Return what kind of hand wrote a mail; a listed person's mail that came through a mailing list is a person's."""
    if mail.automatic in _REPORTS:
        return Hand.REPORT
    return Hand.PERSON if mail.automatic is None or mail.through_list else Hand.MACHINE


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """The keys of the offices that each sign in a mail points to; nothing in it is a judgement."""

    hand: Hand = Hand.PERSON
    letters: frozenset[str] = frozenset()
    """Whose letters it answers, quotes, or reports on: as the ledgers of these offices know them."""
    gone_letter: bool = False
    """It names a letter that bears our name and that no ledger knows."""
    forms: frozenset[str] = frozenset()
    """Whose stamp a workbook in it bears, where the stamp holds."""
    listed: frozenset[str] = frozenset()
    """Where its sender is listed: by whom it says it is from, proved or not."""
    plus: frozenset[str] = frozenset()
    """Whom the tags behind our address name (`lapor+dukcapil@`), which its sender writes as he likes."""

    @property
    def signs(self) -> frozenset[str]:
        """Return whom letters and forms point to."""
        return self.letters | self.forms

    @property
    def offices(self) -> frozenset[str]:
        """Return every office whose mail it may be: where its sender may have spoken, as long as it waits."""
        return self.signs | self.listed
