"""The words on a form: `templates/form.yaml`, the sentences about findings, and how dates and numbers are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mailbot.errors import TemplateProblem
from mailbot.writing.words.fault_words import FaultBook, read_fault_words
from mailbot.writing.words.phrases import Phrases, read_phrases
from mailbot.writing.words.templates import find_template, read_words

if TYPE_CHECKING:
    from pathlib import Path

    from mailbot.core.model.office import WorkCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class FormWords:
    """Everything a form says."""

    texts: dict[str, Any]
    phrases: Phrases
    faults: FaultBook

    def text(self, place: str, **values: object) -> str:
        """Return the text at a place such as `guide.facts.unit`, its placeholders filled.

        Raises:
            TemplateProblem: there is no such text, or it holds a placeholder that is not given.
        """
        found = self.part(place)
        if not isinstance(found, str):
            raise TemplateProblem(f"form.yaml: {place} is not a text")
        try:
            return found.format_map(values)
        except KeyError as missing:
            raise TemplateProblem(f"form.yaml: {place} holds an unknown placeholder {missing}") from missing

    def part(self, place: str) -> Any:  # noqa: ANN401 - a table, a list or a text, as the YAML has it
        """Return what stands at a place.

        Raises:
            TemplateProblem: nothing stands there.
        """
        found: Any = self.texts
        for step in place.split("."):
            if not isinstance(found, dict) or step not in found:
                raise TemplateProblem(f"form.yaml has no {place}")
            found = found[step]
        return found


def read_form_words(folders: tuple[Path, ...], calendar: WorkCalendar) -> FormWords:
    """Return the words of the first `form.yaml` in the folders, with `faults.yaml` and `words.yaml` found the same way.

    Raises:
        TemplateProblem: one of them is missing or is no table.
    """
    path = find_template(folders, "form.yaml")
    return FormWords(
        texts=read_words(path),
        phrases=read_phrases(folders, calendar),
        faults=read_fault_words(folders),
    )
