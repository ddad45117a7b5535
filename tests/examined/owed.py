"""What the examiner finds on the product and is known: each with the name of its row in `docs/faults.md`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.examiner.tape import Charge


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One kind of charge that is known, and not yet mended."""

    row: str
    law: str
    says: str
    """A pattern that finds it in the charge's words."""
    why: str

    def covers(self, charge: Charge) -> bool:
        """Say whether this charge is of that kind."""
        return charge.law == self.law and re.search(self.says, charge.what) is not None


OWED = (
    Owed(row="S8", law="handed on", says="quotes", why="remarks of unproved mail stand in the question back"),
    Owed(row="S10", law="handed on", says="encloses", why="unproved workbooks are sent on"),
    Owed(row="T1", law="answered wrongly", says="objects$", why="an objection that is asked back does not hold row 1"),
    Owed(row="T1", law="answered wrongly", says="^SETUJU of .* out_of_turn$", why="the same, of a word asked back"),
    Owed(row="P3", law="answered wrongly", says="anew was refused$", why="row 1 ends though its letter was given up"),
    Owed(row="T4", law="overtaken", says="", why="a version put off leaves after the one that took its place"),
    Owed(row="T4", law="reminded in vain", says="", why="a reminder put off leaves after the answer came"),
    Owed(row="T4", law="at night", says="put off before$", why="a letter put off leaves at its next try, at any hour"),
    Owed(
        row="T7", law="without proof", says="whose letter was put off", why="a late letter leaves less time to object"
    ),
)
"""Empty once the rows are mended; a row that no seed needs any more is taken out."""


def new(charges: Iterable[Charge]) -> tuple[Charge, ...]:
    """Return the charges that are not known."""
    return tuple(one for one in charges if not any(owed.covers(one) for owed in OWED))
