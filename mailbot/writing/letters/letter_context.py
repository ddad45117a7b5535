"""What the values of one letter are made from; that nothing is missing is seen before its words ask for anything."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING

from mailbot.core.model.letters import Part
from mailbot.core.model.letters_of_rows import Owed
from mailbot.core.model.people import unlisted
from mailbot.errors import TemplateProblem

if TYPE_CHECKING:
    from pathlib import Path

    from mailbot.core.draft.document import Edit
    from mailbot.core.model.cycle import Cycle, UnitForm
    from mailbot.core.model.letters import About, Letter
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person, Unit
    from mailbot.core.model.sop import Step
    from mailbot.writing.words.phrases import Phrases


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterContext:
    """What the values of one letter are made from.

    Raises:
        KeyError: the letter is addressed to somebody, or speaks of a unit, that the office does not have.
    """

    letter: Letter
    cycle: Cycle | None
    office: Office
    phrases: Phrases
    written_at: datetime
    folders: tuple[Path, ...]
    reference: str
    """The token the letter is recognised by."""
    code: str = ""
    """The one-time code that a challenge asks back."""
    enclosed_names: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    """What changed in the draft since the version that the addressee got last."""
    witness: tuple[int, str] | None = None
    """Number and hash of the journal's last line, if the letter prints them."""

    @property
    def addressee(self) -> Person:
        """Return to whom the letter goes; an address that is on nobody's list is named by itself."""
        return addressee_of(self.letter, self.office)

    @property
    def unit(self) -> Unit | None:
        """Return the unit that the letter speaks of."""
        return self.office.roster.unit(self.letter.unit) if self.letter.unit else None

    @property
    def form(self) -> UnitForm | None:
        """Return that unit's part in the cycle, None if it has none."""
        return self.cycle.form_of(self.letter.unit) if self.cycle is not None else None

    @property
    def step(self) -> Step | None:
        """Return the row whose word is owed: the one the letter names, else that of the cycle."""
        about = self.letter.about
        return about.step if isinstance(about, Owed) else self.cycle.step if self.cycle is not None else None

    def person(self, key: str) -> Person | None:
        """Return the person of that key; None where the office has nobody of it any more."""
        return next((person for person in self.office.roster.people if person.key == key), None)

    def look_over(self) -> None:
        """See that the letter has all that its kind has no sense without.

        Raises:
            TemplateProblem: it lacks something.
            KeyError: it is addressed to somebody, or speaks of a unit, that the office does not have.
        """
        lacking = [part.value for part in Part if part in self.letter.about.needs and not self._has(part)]
        if lacking:
            raise TemplateProblem(f"letter {self.letter.key} lacks {', '.join(lacking)}")
        _ = self.addressee, self.unit

    def _has(self, part: Part) -> bool:
        """Say whether the letter has that part."""
        return bool(self.cycle if part is Part.CYCLE else getattr(self.letter, part.value))


def addressee_of(letter: Letter, office: Office) -> Person:
    """Return to whom a letter goes; an address that is on nobody's list is named by itself.

    Raises:
        KeyError: the office does not have whom it is addressed to.
    """
    if letter.to == letter.address:
        return unlisted(letter.address, letter.unit or None)
    return office.roster.person(letter.to)


def token_of(cycle: str, office: Office) -> str:
    """Return what stands in brackets in the subjects of a cycle's letters; of one that belongs to none, its head."""
    token = f"{office.letterhead.agency_short}-LKJIP"
    return f"{token}/{cycle.upper()}" if cycle else token


def printed(about: About, code: str = "") -> dict[str, str]:
    """Return what the words know as `about`: each of the kind's values by its name, as text; empty where it is none."""
    values = {field.name: _printed(getattr(about, field.name)) for field in fields(about)}
    return {**values, "code": code} if code else values


def _printed(value: object) -> str:
    """Return one value as text: a day or moment as ISO, several values with blanks between, True as `yes`."""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, tuple):
        return " ".join(map(_printed, value))
    if isinstance(value, datetime):
        return value.isoformat()
    return "" if value is None else str(value)
