"""What the operator is told by mail of a configuration that is edited while the daemon runs: once, and once mended."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from mailbot.clerk.composing import to_operator
from mailbot.clerk.deciding import Decision, write_down
from mailbot.core.model.letters import AlarmCode
from mailbot.core.model.letters_to_operator import Alarm
from mailbot.core.model.people import Role
from mailbot.core.procedure.addressing import holder
from mailbot.ledger.files_and_notes import CONFIG_WRONG
from mailbot.ledger.values import Changes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailbot.clerk.parts import Books, Lookout, MakesLetters
    from mailbot.core.model.letters import Letter

_NAMED = 20
"""So many problems are named; the rest shows `mailbot check`."""


def tell_configuration(books: Books, maker: MakesLetters, lookout: Lookout, problems: Sequence[str]) -> None:
    """Tell the operator that what was edited cannot be used, or that it can again; what he knows is not told again.

    Raises:
        TemplateProblem: the letter cannot be written; nothing was written down.
    """
    at, noted = books.clock(), books.ledger.notes.read(CONFIG_WRONG)
    if bool(problems) == bool(noted):
        return
    letters, since = (_wrong(books, problems, at), at.isoformat()) if problems else (_mended(books, lookout, noted), "")
    beside = Changes(at=at, notes=((CONFIG_WRONG, since),))
    write_down(books, maker, lambda: Decision(beside=beside, letters=letters))


def _wrong(books: Books, problems: Sequence[str], at: datetime) -> tuple[Letter, ...]:
    """Return what is told of a mistake: where it is, and the way out, as `mailbot check` says it."""
    about = Alarm(what=AlarmCode.CONFIG_WRONG, since=at)
    told = to_operator(books.office, at, about, about.what.value, at.isoformat())
    return tuple(replace(letter, remarks=tuple(problems[:_NAMED])) for letter in told)


def _mended(books: Books, lookout: Lookout, since: str) -> tuple[Letter, ...]:
    """Return what is told once it is mended."""
    from mailbot.writing.words.phrases import phrases_for  # noqa: PLC0415 - a quiet pass writes nothing

    operator = holder(Role.OPERATOR, books.office, books.clock())
    phrases = phrases_for(operator, books.office, lookout.template_folders)
    was = phrases.word("notice_matter", "config_wrong")
    about = Alarm(what=AlarmCode.RECOVERED, since=datetime.fromisoformat(since), detail=was)
    return to_operator(books.office, books.clock(), about, about.what.value, AlarmCode.CONFIG_WRONG.value, since)
