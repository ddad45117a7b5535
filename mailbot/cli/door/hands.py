"""What the board's forms come to: the same functions that the commands call, on the settings that count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.clerk.board.acts_at_hand import hold, release, replay
from mailbot.clerk.board.decisions import ask, count
from mailbot.clerk.board.orders import ORDERS, Order, give
from mailbot.clerk.desk.remembering import with_deputies
from mailbot.clerk.logins import OUTGOING, logins_of
from mailbot.cli.door.bell import ring
from mailbot.cli.options import now
from mailbot.cli.wiring import clerk_on
from mailbot.core.model.mail import Proof
from mailbot.core.orders.on_board import Came

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailbot.clerk.board.decisions import Answer
    from mailbot.core.model.people import Person
    from mailbot.core.orders.on_board import WordOnBoard
    from mailbot.ledger.ledger import Ledger
    from mailbot.settings.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgersHands:
    """Acts on a ledger, and wakes the daemon for what comes of it."""

    ledger: Ledger
    settings: Callable[[], Settings]
    """Those that count at this moment."""

    def hold(self, key: str, by: Person) -> bool:
        """Hold one letter, or with no key all of them."""
        return hold(self.ledger, key, by.key, now())

    def release(self, key: str, by: Person) -> bool:
        """Release one letter, or with no key all of them."""
        with clerk_on(self.ledger, self.settings()) as clerk:
            logins = (*logins_of(clerk.post.boxes), OUTGOING)
        return self._rung(came=release(self.ledger, key, by.key, now(), logins))

    def replay(self, mail: int, by: Person) -> bool:
        """Have a mail worked again."""
        return self._rung(came=replay(self.ledger, mail, by.key, now()))

    def order(self, cycle: str, unit: str, said: tuple[str, str], by: Person) -> str | None:
        """Give an order about a unit's form, proved by the code or link that was mailed to whoever gives it.

        Returns:
            None: it was given. Else why it comes to nothing.

        Raises:
            KeyError: no such cycle is open, or it asks no such unit, or there is no such order.
        """
        word = {one.value: one for one in ORDERS}[said[0]]
        with clerk_on(self.ledger, self.settings()) as clerk:
            found = {one.key: one for one in self.ledger.cycles.open()}[cycle]
            asked = {one.unit.casefold(): one.unit for one in found.units}[unit.casefold()]
            order = Order(word=word, unit=asked, rest=said[1], by=by, proof=Proof.CODE)
            refused = give(clerk.books, clerk.maker, found, order, on_board=True)
        self._rung(came=refused is None)
        return refused

    def ask(self, said: WordOnBoard) -> Answer:
        """Have a code mailed without which a word counts for nothing.

        Raises:
            KeyError: no such cycle is open, or decisions on the board are off.
        """
        settings = self._where_decided()
        with clerk_on(self.ledger, settings) as clerk:
            found = {one.key: one for one in self.ledger.cycles.open()}[said.cycle]
            life = settings.files.office.board.link_life
            answer = ask(with_deputies(clerk.books), clerk.maker, found, said, life)
        self._rung(came=answer.came is Came.ASKED)
        return answer

    def count(self, said: WordOnBoard, code: str) -> Answer:
        """Let a word count with its code; raises KeyError as above."""
        with clerk_on(self.ledger, self._where_decided()) as clerk:
            answer = count(with_deputies(clerk.books), clerk.maker, clerk.reader.secret, said, code)
        self._rung(came=answer.came is Came.COUNTED)
        return answer

    def _where_decided(self) -> Settings:
        """Return the settings, where they allow decisions on the board."""
        settings = self.settings()
        if not settings.files.office.board.decisions:
            raise KeyError
        return settings

    def _rung(self, *, came: bool) -> bool:
        """Wake the daemon where something came of it."""
        if came:
            ring(self.settings().data_folder)
        return came
