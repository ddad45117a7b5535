"""The plan as a page for a browser and for paper, and as a calendar."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mailbot.errors import TemplateProblem
from mailbot.writing.calendar_file import Entry, calendar_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from mailbot.core.model.office import Office
    from mailbot.writing.plan.planned import Plan

_LASTS = timedelta(minutes=15)


def plan_page(plans: Sequence[Plan], office: Office, folders: tuple[Path, ...], words: Mapping[str, Any]) -> bytes:
    """Return plans as one HTML page, which needs no network.

    Raises:
        TemplateProblem: `plan/page.j2` is missing or broken.
    """
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader([folder / "plan" for folder in folders]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=True,
    )
    values = {"plans": plans, "office": office.letterhead, "words": words}
    try:
        return environment.get_template("page.j2").render(values).encode()
    except TemplateError as problem:
        raise TemplateProblem(f"plan/page.j2: {problem}") from problem


def plan_calendar(plan: Plan, office: Office, words: Mapping[str, Any], written_at: datetime) -> bytes:
    """Return one plan as a calendar file: an entry for every mail."""
    entries = (
        Entry(
            uid=f"plan-{number}-{line.cycle}@{office.mailbox.partition('@')[2]}",
            begins=line.at,
            ends=line.at + _LASTS,
            title=f"{line.letter}: {line.who}{' ' + words['mark'] if line.estimate else ''}",
            text=line.because,
        )
        for number, line in enumerate(plan.lines, start=1)
    )
    name = str(words["calendar"]).format(agency=office.letterhead.agency_short)
    return calendar_file(entries, written_at=written_at, name=name)
