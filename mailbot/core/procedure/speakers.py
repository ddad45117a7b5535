"""Whose word is which, as the table of the procedure has it (SOP rows 1 and 6 to 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.procedure.acts import Act, Move
from mailbot.core.procedure.table import COLUMNS, TABLE

if TYPE_CHECKING:
    from mailbot.core.language.reply_words import Word
    from mailbot.core.model.people import Role
    from mailbot.core.model.sop import Step
    from mailbot.core.procedure.acts import Line


def decides(role: Role) -> bool:
    """Say whether somebody in that role decides about any row."""
    return any(key[1] is role and _moves(line) for key, line in TABLE.items() if isinstance(key, tuple))


def may_say(role: Role, word: Word, step: Step | None = None) -> bool:
    """Say whether that word is that role's: in the given row, or in any."""
    line = TABLE.get((word, role))
    return line is not None and (step is None or isinstance(line.entries[COLUMNS[step]], Act))


def whose(word: Word) -> tuple[Role, ...]:
    """Return the roles whose word it is, in the order of the rows."""
    lines = ((key, line) for key, line in TABLE.items() if isinstance(key, tuple) and key[0] is word)
    return tuple(key[1] for key, line in lines if _moves(line))


def _moves(line: Line) -> bool:
    """Say whether a word in somebody's mouth moves a cycle in any row: whoever gets a copy only says that he has it."""
    return any(isinstance(entry, Act) and entry.moves is not Move.STAYS for entry in line.entries)
