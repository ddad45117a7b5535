"""Row 1's output: the form isian as it was settled, unit by unit, its version, and by whom or by whose silence."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from mailbot.core.model.form_layout import TEMPLATE_VERSION
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.writing.archive.kept import Laid
from mailbot.writing.archive.messages import enclosed
from mailbot.writing.archive.words import filled, verdict_rows
from mailbot.writing.values.cycle_values import title
from mailbot.writing.words.phrases import safe_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mailbot.core.model.office import Office
    from mailbot.writing.archive.kept import Kept
    from mailbot.writing.words.phrases import Phrases


def settled(
    kept: Kept, office: Office, phrases: Phrases, template_folders: tuple[Path, ...], folder: str
) -> Iterator[Laid]:
    """Yield the forms that the Sekretaris was shown last, and the page that says how they were settled.

    Raises:
        TemplateProblem: `archive/settled.j2` is missing or broken.
    """
    shown = [letter for letter in kept.letters if letter.name.split("/", 1)[0] == "data_needs" and letter.left]
    forms = [one for one in enclosed(shown[-1].raw) if one[0].lower().endswith(".xlsx")] if shown else []
    for name, content in forms:
        yield Laid(path=f"{folder}/{safe_name(name)}", kind="asked", content=content)
    cycle = kept.cycle
    left = next((done for done in cycle.rows_done if done[0] is Step.INFORM), None)
    decided = [
        row
        for row, verdict in zip(verdict_rows(cycle.verdicts, office, phrases), cycle.verdicts, strict=True)
        if verdict.step is Step.INFORM
    ]
    agreed = [
        row
        for row, verdict in zip(decided, (one for one in cycle.verdicts if one.step is Step.INFORM), strict=True)
        if verdict.approved
    ]
    secretary = office.roster.holder(Role.SECRETARY, office.calendar.local(left[3] if left else cycle.since).date())
    values = {
        "period": phrases.period(cycle.period),
        "office": office.letterhead,
        "version": TEMPLATE_VERSION,
        "forms": [(safe_name(name), hashlib.sha256(content).hexdigest()) for name, content in forms],
        "shown": phrases.moment(shown[-1].at) if shown else "",
        "settled": phrases.moment(left[3]) if left else "",
        "due": phrases.moment(left[2]) if left else "",
        "agreed": agreed[-1] if agreed else None,
        "secretary": title(secretary) if secretary is not None else phrases.word("none"),
        "objections": [row for row in decided if row not in agreed],
    }
    name = phrases.word("archive_file", "settled")
    yield Laid(path=f"{folder}/{name}", kind="paper", content=filled(template_folders, "settled.j2", values))
