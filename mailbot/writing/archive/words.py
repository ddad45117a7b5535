"""The two texts of an archive that people read first: what it holds, and the decisions with what they were given on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mailbot.errors import TemplateProblem
from mailbot.writing.values.cycle_values import title

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from mailbot.core.model.cycle import Cycle, Verdict
    from mailbot.core.model.office import Office
    from mailbot.writing.words.phrases import Phrases


def guide(
    cycle: Cycle, office: Office, phrases: Phrases, template_folders: tuple[Path, ...], counts: dict[str, int]
) -> bytes:
    """Return the archive's first page: its folders, how many files each holds, how it is proved.

    Raises:
        TemplateProblem: `archive/guide.j2` is missing or broken.
    """
    folders = {
        group: phrases.word("archive_folder", group)
        for group in ("report", "sent", "received", "forms", "history", "data")
    }
    values = {
        "period": phrases.period(cycle.period),
        "office": office.letterhead,
        "folders": folders,
        "opened": phrases.moment(cycle.opened_at),
        "closed": phrases.moment(cycle.closed_at) if cycle.closed_at else "",
        **counts,
    }
    return filled(template_folders, "guide.j2", values)


def verdicts(cycle: Cycle, office: Office, phrases: Phrases, template_folders: tuple[Path, ...]) -> bytes:
    """Return the recorded decisions in words, those among them that were taken back before they stood.

    Raises:
        TemplateProblem: `archive/verdicts.j2` is missing or broken.
    """
    every = sorted((*cycle.verdicts, *cycle.recalled), key=lambda word: word.given_at)
    rows = verdict_rows(every, office, phrases)
    given = [{**row, "recalled": word in cycle.recalled} for row, word in zip(rows, every, strict=True)]
    values = {"period": phrases.period(cycle.period), "office": office.letterhead, "verdicts": given}
    return filled(template_folders, "verdicts.j2", values)


def verdict_rows(words: Sequence[Verdict], office: Office, phrases: Phrases) -> list[dict[str, object]]:
    """Return the recorded decisions in the order they were given, every value ready to print."""
    people = {person.key: person for person in office.roster.people}
    return [
        {
            "word": verdict.word,
            "title": title(people[verdict.person]) if verdict.person in people else verdict.person,
            "address": verdict.address,
            "step": phrases.word("step", verdict.step.value),
            "given": phrases.moment(verdict.given_at),
            "version": verdict.draft_version,
            "docx_sha256": verdict.docx_sha256,
            "message_id": verdict.message_id,
            "mail_sha256": verdict.mail_sha256,
            "proof": phrases.word("proof", verdict.proof.value),
            "remarks": verdict.remarks,
        }
        for verdict in words
    ]


def held_back(
    template_folders: tuple[Path, ...], phrases: Phrases, *, name: str, at: datetime | None, sha256: str
) -> bytes:
    """Return what lies in the place of a file that holds numbers like a NIK and is therefore not spread.

    Raises:
        TemplateProblem: `archive/held_back.j2` is missing or broken.
    """
    values: dict[str, object] = {"name": name, "at": phrases.moment(at) if at else "", "sha256": sha256}
    return filled(template_folders, "held_back.j2", values)


def filled(
    template_folders: tuple[Path, ...],
    name: str,
    values: dict[str, object],
    *,
    html: bool = False,
    room: str = "archive",
) -> bytes:
    """Return one of the archive's texts, or (`html`) pages, or one of another folder of templates (`room`).

    Raises:
        TemplateProblem: its template is missing or broken.
    """
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader([folder / room for folder in template_folders]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=html,
    )
    try:
        return environment.get_template(name).render(values).encode()
    except TemplateError as problem:
        raise TemplateProblem(f"{room}/{name}: {problem}") from problem
