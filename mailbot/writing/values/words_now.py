"""Which reply words would be done at this moment: no letter offers one that is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.language.reply_words import VERDICTS, Word
from mailbot.core.model.people import Role
from mailbot.core.procedure.acts import Act
from mailbot.core.procedure.speakers import may_say
from mailbot.core.procedure.table import COLUMNS, TABLE

if TYPE_CHECKING:
    from mailbot.core.model.cycle import Cycle


GUIDE_WORDS = {
    Role.DIVISION_HEAD: "FORM STATUS SALAH BENAR TUNDA PLH BATAL BANTUAN",
    Role.SECTION_HEAD: "FORM STATUS SALAH BENAR TUNDA BANTUAN",
    Role.PLANNING: (
        "TERUSKAN TERIMA KEMBALIKAN PERPANJANG NOMOR ARSIP TERBIT KOREKSI FORM DRAF ASAL STATUS PLH BATAL BANTUAN"
    ),
    Role.SECRETARY: "SETUJU PERBAIKI KEBERATAN DRAF ASAL STATUS PLH BATAL BANTUAN",
    Role.AGENCY_HEAD: "DISAHKAN PERBAIKI DRAF ASAL STATUS PLH BATAL BANTUAN",
    Role.PLANNING_BOARD: "DITERIMA BATAL BANTUAN",
    Role.COPIED: "BANTUAN",
    Role.OVERSEER: "BANTUAN",
    Role.OPERATOR: "STATUS BANTUAN",
}
"""The reply words each role is offered in a guide."""


def acts(word: str, cycle: Cycle | None) -> bool:
    """Say whether a word that asks for something is done where the cycle stands; without one nothing is."""
    if cycle is None:
        return False
    return isinstance(TABLE[Word(word)].entries[COLUMNS[None if cycle.closed else cycle.step]], Act)


def may_be_said(word: str, role: Role, cycle: Cycle | None) -> bool:
    """Say whether a word of that role is done where the cycle stands: a deciding one, or any other."""
    if Word(word) not in VERDICTS:
        return acts(word, cycle)
    return cycle is not None and not cycle.closed and may_say(role, Word(word), cycle.step)
