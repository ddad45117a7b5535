"""The remarks on the draft over all rounds, each with its answers, as the archive writes them out (rows 6 to 7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.writing.archive.words import filled
from mailbot.writing.values.cycle_values import title
from mailbot.writing.values.remark_lines import remark_line

if TYPE_CHECKING:
    from pathlib import Path

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office
    from mailbot.writing.words.phrases import Phrases


def remarks(cycle: Cycle, office: Office, phrases: Phrases, template_folders: tuple[Path, ...]) -> bytes:
    """Return every remark with its answers.

    Raises:
        TemplateProblem: `archive/remarks.j2` is missing or broken.
    """
    people = {person.key: title(person) for person in office.roster.people}
    units = {unit.key: unit.name for unit in office.roster.units}
    rows = [
        {
            "number": one.number,
            "line": remark_line(one.remark, phrases),
            "title": people.get(one.person, one.person),
            "given": phrases.moment(one.given_at),
            "step": phrases.word("step", one.step.value),
            "version": one.version,
            "mail_sha256": one.mail_sha256,
            "passed_to": units.get(one.passed_to, one.passed_to),
            "passed": phrases.moment(one.passed_at) if one.passed_at else "",
            "answers": [
                {
                    "text": answer.text,
                    "title": people.get(answer.person, answer.person),
                    "given": phrases.moment(answer.given_at),
                }
                for answer in one.answers
            ],
        }
        for one in cycle.remarks
    ]
    values = {"period": phrases.period(cycle.period), "office": office.letterhead, "remarks": rows}
    return filled(template_folders, "remarks.j2", values)
