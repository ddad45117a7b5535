"""Why somebody got a letter, in one sentence, out of the letter and the cycle it is about (all kinds)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.calendar.unit_clocks import asked_at
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.errors import TemplateProblem
from mailbot.writing.values.cycle_values import role_words, title
from mailbot.writing.words.phrases import read_phrases
from mailbot.writing.words.templates import find_template, read_words

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from mailbot.core.model.cycle import Cycle, UnitForm
    from mailbot.core.model.office import Office
    from mailbot.writing.words.phrases import Phrases

_FORM_ROWS = frozenset({Step.REQUEST, Step.COLLECT, Step.CHECK})


@dataclass(frozen=True, slots=True, kw_only=True)
class SentLetter:
    """What is asked of a letter to say why it was sent."""

    kind: str
    person: str
    """Key of whom it is to."""
    unit: str
    at: datetime
    """When it left, or was written."""
    due_at: datetime | None = None
    """The deadline it tells; None where that is not known: then that of the unit or row."""


class Reasons:
    """Says why letters were sent, by the words of an office."""

    def __init__(self, office: Office, folders: tuple[Path, ...]) -> None:
        """Read the words.

        Raises:
            TemplateProblem: `why.yaml` or `words.yaml` is missing or broken.
        """
        self._office = office
        self._phrases: Phrases = read_phrases(folders, office.calendar)
        self._words = read_words(find_template(folders, "why.yaml"))

    def who(self, person: str) -> str:
        """Return the title of a person of the list; the key of whoever is on it no more."""
        known = next((one for one in self._office.roster.people if one.key == person), None)
        return title(known) if known is not None else person

    def letter(self, kind: str) -> str:
        """Return what a kind of letter is called.

        Raises:
            TemplateProblem: `why.yaml` does not know the kind.
        """
        return self._of_kind(kind)[0]

    def because(self, letter: SentLetter, cycle: Cycle | None) -> str:
        """Return the reason alone, without who and what.

        Raises:
            TemplateProblem: `why.yaml` lacks the kind, or a word.
        """
        try:
            return self._of_kind(letter.kind)[1].format(**self._values(letter, cycle))
        except (KeyError, IndexError) as missing:
            raise TemplateProblem(f"why.yaml: kinds.{letter.kind} has no value for {missing}") from missing

    def sentence(self, letter: SentLetter, cycle: Cycle | None) -> str:
        """Return the whole sentence; raises as `because`."""
        text: str = self._words["sentence"]
        because = self.because(letter, cycle)
        return text.format(who=self.who(letter.person), letter=self.letter(letter.kind), reason=because)

    def answered(self, sender: str = "", came_at: datetime | None = None) -> str:
        """Return the sentence about the mail that a letter answers; that it is not kept any more, where it is not."""
        if came_at is None:
            return str(self._words["unknown_mail"])
        return str(self._words["answered"]).format(sender=sender, came=self._phrases.moment(came_at))

    def _of_kind(self, kind: str) -> tuple[str, str]:
        """Return what a kind is called, and its reason."""
        found = self._words.get("kinds", {}).get(kind)
        if not isinstance(found, list):
            raise TemplateProblem(f"why.yaml says nothing of letters of the kind {kind}")
        name, reason = found
        return name, reason

    def _values(self, letter: SentLetter, cycle: Cycle | None) -> dict[str, str]:
        """Return everything that a reason may tell."""
        none = self._phrases.word("none")
        names = {unit.key: unit.name for unit in self._office.roster.units}
        told = {"unit": names.get(letter.unit, letter.unit or none), "due": none, "asked": none, "opened": none}
        told |= {"period": self._words["outside"], "row": none, "so_far": self._words["so_far"]["word"]}
        told["asked_for"] = none
        told["planning_unit"] = role_words(Role.PLANNING, self._office, self._phrases)
        if cycle is None:
            return told
        step, since, due_at = _row_at(cycle, letter.at)
        form = cycle.form_of(letter.unit)
        asked = (asked_at(cycle) or since) if form is not None and step in _FORM_ROWS else since
        due_at = letter.due_at or (form.due_at if form is not None else None) or due_at
        told |= {
            "period": self._phrases.period(cycle.period),
            "opened": self._phrases.long_date(cycle.opened_at),
            "row": self._phrases.word("step", step.value),
            "asked": self._phrases.long_date(asked),
            "due": self._phrases.moment(due_at),
            "asked_for": self._phrases.word("owed", step.value),
        }
        if form is not None and step in _FORM_ROWS:
            told["asked_for"] = str(self._words["form_of"]).format(unit=told["unit"], period=told["period"])
            told["so_far"] = self._so_far(form, letter.at)
        return told

    def _so_far(self, form: UnitForm, at: datetime) -> str:
        """Return how a unit's form stood when a letter left."""
        came = [sent for sent in form.submissions if sent.received_at <= at]
        words = self._words["so_far"]
        if form.waiting is not None and form.waiting.read.received_at <= at:
            return str(words["lines"])
        if not came:
            return str(words["nothing"])
        last = came[-1]
        code = "returned" if not last.accepted else "accepted"
        code = "partial" if form.state is UnitState.PARTIAL and last is form.submissions[-1] else code
        return str(words[code]).format(came=self._phrases.long_date(last.received_at))


def _row_at(cycle: Cycle, at: datetime) -> tuple[Step, datetime, datetime]:
    """Return the row in which a cycle stood at a moment: its step, since when, and its deadline."""
    past = [(step, since, due_at) for step, since, due_at, left_at in cycle.rows_done if since <= at < left_at]
    return past[-1] if past else (cycle.step, cycle.since, cycle.due_at)
