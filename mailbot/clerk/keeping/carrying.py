"""Carries some files into the object store after each pass, and deletes there what is no longer kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.errors import StoreUnavailable
from mailbot.ledger.elsewhere.carrying import carry_out
from mailbot.ledger.elsewhere.letting_go import sweep
from mailbot.ledger.elsewhere.store import store_of
from mailbot.ledger.files_and_notes import FILES_STAY

if TYPE_CHECKING:
    from mailbot.clerk.parts import Books

_SOME = 20
"""So many after a pass: mail never waits long for it."""


class Carrier:
    """Carries after each pass; what hinders it keeps nothing else back, and is told once."""

    def __init__(self) -> None:
        """Begin with nothing told."""
        self._told = ""

    def look(self, books: Books) -> str:
        """Delete and carry some; return what hindered it, the first time, else nothing.

        Raises:
            LedgerProblem: the database could not be used.
        """
        ledger, at = books.ledger, books.clock()
        if store_of(ledger.engine) is None:
            return ""
        why = sweep(ledger.engine, at, most=_SOME).why
        try:
            if not ledger.notes.read(FILES_STAY):
                carry_out(ledger.engine, at, most=_SOME)
        except StoreUnavailable as away:
            why = str(away)
        if why == self._told:
            return ""
        self._told = why
        return why
