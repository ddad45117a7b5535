"""The examination: every question, asked of one tape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.examiner.account import answered, in_hours, left_once, quoted, reminded, to_whom
from tests.examiner.forms import counted, judged
from tests.examiner.rows import asked_for, heard, noted, opened, overtaken
from tests.examiner.thread import Docket

if TYPE_CHECKING:
    from tests.examiner.office import Office
    from tests.examiner.tape import Charge, Tape

QUESTIONS = (
    *(answered, left_once, to_whom, in_hours, reminded, quoted),
    *(opened, overtaken, asked_for, noted, heard),
    *(judged, counted),
)


def examine(tape: Tape, office: Office) -> tuple[Charge, ...]:
    """Return every breach of the law that can be seen on a tape, none for a sound run."""
    docket = Docket(office, tape)
    return tuple(dict.fromkeys(charge for question in QUESTIONS for charge in question(docket)))
