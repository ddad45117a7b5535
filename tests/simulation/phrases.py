"""What people of a simulation write, from `templates/rehearsal.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailbot.core.model.sop import Step
    from mailbot.rehearsal.filling import Script


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """The words of the simulation, by name; `//` begins a new line."""

    words: Mapping[str, Any]

    def one(self, name: str, **values: str) -> str:
        """Return a phrase."""
        return _lines(str(self.words[name]).format(**values))

    def some(self, name: str) -> tuple[str, ...]:
        """Return every phrase of a list."""
        return tuple(_lines(str(one)) for one in self.words[name])

    def refusal(self, step: Step) -> str:
        """Return how a row is refused."""
        return _lines(str(self.words["menolak"][step.value]))


def phrases_of(script: Script) -> Phrases:
    """Return the simulation's part of what staff write."""
    return Phrases(words=script.words["simulasi"])


def _lines(text: str) -> str:
    """Return a phrase with its lines apart (but not the slashes of a link)."""
    return text if "://" in text else text.replace("//", "\r\n")
