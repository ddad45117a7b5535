"""One person of the office over a whole year: reads one mailbox, and takes each cycle in a way of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from mailbot.core.model.people import Person
    from mailbot.rehearsal.keyboard import Got, Keyboard
    from mailbot.rehearsal.staff import Member

_TOKEN = re.compile(r"\[[^\[\]]*/(?P<cycle>[^\[\]/]+)\]\s*$")
"""Ends every subject that is about a cycle, also of an answer and of what was forwarded."""


def cycle_in(subject: str) -> str:
    """Return the key of the cycle that a subject names, in small letters; empty where it names none."""
    found = _TOKEN.search(subject)
    return found["cycle"].casefold() if found else ""


@dataclass(slots=True, kw_only=True)
class Colleague:
    """One person at one keyboard; `taking` says how he takes a cycle that a mail is about."""

    person: Person
    keyboard: Keyboard
    taking: Callable[[str], Member]
    _members: dict[str, Member] = field(default_factory=dict)

    def look(self, now: datetime, *, reads: bool) -> int:
        """Read new mail, then do what is due in every cycle; return how many things were done."""
        for got in self.keyboard.new_mail() if reads else ():
            self._about(got).read(got)
        return sum(member.act(now) for member in self._members.values())

    def means_to_act(self) -> Iterator[datetime]:
        """Yield every moment at which he means to do something."""
        for member in self._members.values():
            yield from (planned.at for planned in member.agenda)

    def _about(self, got: Got) -> Member:
        """Return how he takes the cycle that a mail is about."""
        cycle = cycle_in(got.subject)
        if cycle not in self._members:
            self._members[cycle] = self.taking(cycle)
        return self._members[cycle]
