"""Step 7 of the walk: the letters a decision means become finished bytes before anything is written down."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.core.model.letters import Letter, LetterKind, letter_key
from mailbot.core.model.people import Role
from mailbot.core.procedure.addressing import holder, line
from mailbot.ledger.values import Outgoing
from mailbot.writing.archive.archive import Kept, write_archive
from mailbot.writing.enclose import enclose
from mailbot.writing.letters.letter import Written, write_letter
from mailbot.writing.report.report import write_report

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from mailbot.clerk.parts import Clerk
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.outcome import JournalLine

_A_DAY = timedelta(days=1)
FRUITLESS = frozenset({LetterKind.UNPLACED, LetterKind.UNCLEAR, LetterKind.OUT_OF_TURN, LetterKind.NOT_YOURS})
"""Answers to a mail that moved nothing and asked nothing we know: all that a robot without a sign brings about."""
FRUITLESS_IN_A_ROW = 3
"""After so many to one address in a day, with no other answer between them, silence (F25)."""


def compose(clerk: Clerk, letter: Letter, cycle: Cycle | None, at: datetime) -> Outgoing:
    """Make one letter into the bytes that will leave.

    Raises:
        TemplateProblem: its words or documents cannot be made.
    """
    written = clerk.press.letter(clerk, letter, cycle, at)
    return Outgoing(
        key=letter.key,
        kind=letter.kind.value,
        person=letter.to,
        address=letter.address,
        message_id=written.message_id,
        raw=written.raw,
        due_at=letter.send_after or at,
        cycle=letter.cycle,
        unit=letter.unit,
        is_answer=letter.answers is not None,
    )


def compose_all(
    clerk: Clerk, letters: tuple[Letter, ...], cycles: dict[str, Cycle], at: datetime
) -> tuple[tuple[Outgoing, ...], tuple[tuple[str, JournalLine], ...]]:
    """Make every letter that is not in the outbox yet; return them, and a journal line for each answer withheld."""
    outgoing: list[Outgoing] = []
    withheld: list[tuple[str, JournalLine]] = []
    fill = _Fill(clerk)
    for letter in letters:
        if clerk.ledger.letters.by_key(letter.key) is not None:
            continue
        if letter.answers is not None and (_leads_nowhere(clerk, letter, at) or not fill.has_room(letter, at)):
            detail = {"letter": letter.key, "address": letter.address}
            withheld.append((letter.cycle, line(at, "answer_withheld", unit=letter.unit, **detail)))
            continue
        outgoing.append(compose(clerk, letter, cycles.get(letter.cycle), at))
    return tuple(outgoing), tuple(withheld)


class _Fill:
    """How many answers of one day are spent, by address and in all; what one decision adds is counted with them."""

    def __init__(self, clerk: Clerk) -> None:
        self._clerk = clerk
        self._to_one: dict[str, int] = {}
        self._in_all: int | None = None

    def has_room(self, letter: Letter, at: datetime) -> bool:
        """Say whether one more answer may be written, and count it if so."""
        pacing, letters = self._clerk.pacing, self._clerk.ledger.letters
        to_one = self._to_one.setdefault(letter.address, letters.answers_since(letter.address, at - _A_DAY))
        if self._in_all is None:
            self._in_all = letters.answers_in_all_since(at - _A_DAY)
        if to_one >= pacing.answers_per_day or self._in_all >= pacing.answers_in_all_per_day:
            return False
        self._to_one[letter.address] = to_one + 1
        self._in_all += 1
        return True


def _leads_nowhere(clerk: Clerk, letter: Letter, at: datetime) -> bool:
    """Say whether an address has had nothing but fruitless answers lately: two robots facing each other stop here.

    A word we know, or a form, is answered as before, and the row of fruitless ones is over.
    """
    if letter.kind not in FRUITLESS:
        return False
    latest = clerk.ledger.letters.latest_answers(letter.address, at - _A_DAY, FRUITLESS_IN_A_ROW)
    return len(latest) == FRUITLESS_IN_A_ROW and all(kind in FRUITLESS for kind in latest)


class Press:
    """The room `writing` as the clerk uses it; the simulation gives the clerk a plainer one."""

    def letter(self, clerk: Clerk, letter: Letter, cycle: Cycle | None, at: datetime) -> Written:
        """Make one letter, with the files it encloses, into the bytes that will leave.

        Raises:
            TemplateProblem: its words or documents cannot be made.
        """
        enclosures = enclose(
            letter,
            cycle,
            clerk.office,
            files=clerk.ledger.files.read,
            secret=clerk.secret,
            template_folders=clerk.template_folders,
            pdf=clerk.pdf,
        )
        return write_letter(
            letter,
            cycle,
            clerk.office,
            enclosures=enclosures,
            secret=clerk.secret,
            written_at=at,
            template_folders=clerk.template_folders,
        )

    def draft(self, clerk: Clerk, cycle: Cycle, version: int) -> bytes:
        """Compile one version of the report as DOCX.

        Raises:
            TemplateProblem: the report's template is missing or broken.
        """
        return write_report(cycle, clerk.office, version=version, template_folders=clerk.template_folders)

    def archive(self, clerk: Clerk, kept: Kept) -> Path:
        """Write the archive of a cycle into its folder, and return that.

        Raises:
            TemplateProblem: the archive's words are missing or broken.
            OSError: the archive's folder cannot be written.
        """
        return write_archive(clerk.archive_folder, kept, clerk.office, clerk.template_folders)


def to_operator(
    clerk: Clerk, at: datetime, kind: LetterKind, *parts: object, about: tuple[tuple[str, str], ...]
) -> tuple[Letter, ...]:
    """Make a letter to the operator; none, if nobody holds that post. `parts` make its key, after the kind."""
    operator = holder(Role.OPERATOR, clerk.office, at)
    if operator is None:
        return ()
    return (
        Letter(
            key=letter_key(kind, *parts),
            kind=kind,
            to=operator.key,
            address=operator.addresses[0],
            about=about,
        ),
    )


def unwritten(clerk: Clerk, letters: Iterable[Letter]) -> tuple[Letter, ...]:
    """Return those letters that were never in the outbox: what was told once is not told again."""
    return tuple(one for one in letters if clerk.ledger.letters.by_key(one.key) is None)
