"""Writes every letter and document of the office with sample values, to find out before it counts which one fails."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mailbot.core.model.form import FormData
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.people import Role
from mailbot.errors import TemplateProblem
from mailbot.writing.archive.words import guide, held_back, verdicts
from mailbot.writing.form.form import write_form
from mailbot.writing.letters.letter import write_letter
from mailbot.writing.recap.recap import write_recap
from mailbot.writing.report.report import write_report
from mailbot.writing.returned_form.mark import FreshForm, mark_form
from mailbot.writing.selfcheck.sample_cycle import begun, trial_asked, trial_cycle, trial_faults
from mailbot.writing.selfcheck.sample_letters import trial_letters
from mailbot.writing.word.cover_letter import write_cover_letter
from mailbot.writing.words.form_words import read_form_words
from mailbot.writing.words.phrases import read_phrases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import Office
    from mailbot.core.opening.plans import CyclePlan

_SECRET = b"trial"
"""Signs nothing that leaves: what is written here is thrown away."""


def try_templates(office: Office, folders: tuple[Path, ...]) -> tuple[str, ...]:
    """Return what fails when everything is written once, one line each; nothing if all can be used.

    Letters speak of the first cycle; reports of it with every form in, and of one of another length midway.
    """
    plans = tuple({plan.period.kind: _signed(plan, office) for plan in reversed(office.cycles)}.values())
    if not plans:
        return ()
    problems: dict[str, None] = {}
    letters = (write for one in _in_each_language(office) for write in _letters(plans[0], one, folders))
    for write in (*letters, *_documents(plans[0], plans[-1], office, folders)):
        try:
            write()
        except TemplateProblem as problem:
            problems.setdefault(str(problem))
    return tuple(problems)


def _in_each_language(office: Office) -> Iterator[Office]:
    """Yield the office once for every language that anybody in it is written to in, with everybody written to in it."""
    for language in dict.fromkeys(office.speaks_to(person) for person in office.roster.people):
        people = tuple(replace(person, language=language) for person in office.roster.people)
        yield replace(office, language=language, roster=replace(office.roster, people=people))


def _signed(plan: CyclePlan, office: Office) -> CyclePlan:
    """Return a plan on a day on which somebody signs: who signed then may be tidied out of the list by now."""
    if office.roster.holder(Role.AGENCY_HEAD, plan.starts_on) is not None:
        return plan
    heads = (one for one in office.roster.people if one.role is Role.AGENCY_HEAD)
    held = (one.until if one.until is not None and one.until < plan.starts_on else one.since for one in heads)
    return replace(plan, starts_on=next((day for day in held if day is not None), plan.starts_on))


def _letters(plan: CyclePlan, office: Office, folders: tuple[Path, ...]) -> Iterator[Callable[[], object]]:
    """Yield the writing of every letter, and of the cover letters two of them carry."""
    for sample in trial_letters(plan, office):
        written_at = (sample.cycle or trial_cycle(plan, office)).since
        yield partial(
            write_letter,
            sample.letter,
            sample.cycle,
            office,
            secret=_SECRET,
            written_at=written_at,
            template_folders=folders,
        )
        if sample.cycle is not None and sample.letter.kind in {LetterKind.REQUEST, LetterKind.SUBMISSION}:
            yield partial(write_cover_letter, sample.letter, sample.cycle, office, template_folders=folders)


def _documents(
    plan: CyclePlan, other: CyclePlan, office: Office, folders: tuple[Path, ...]
) -> Iterator[Callable[[], object]]:
    """Yield the writing of every document: reports and recaps, complete or not, forms and the archive's texts."""
    whole = trial_cycle(plan, office)
    for cycle in (whole, begun(trial_cycle(other, office))):
        yield partial(write_report, cycle, office, version=1, template_folders=folders)
        yield partial(write_recap, cycle, office, template_folders=folders)
    yield partial(_forms, whole, office, folders)
    yield partial(_archive, whole, office, folders)


def _forms(cycle: Cycle, office: Office, folders: tuple[Path, ...]) -> None:
    """Write a unit's form, and the same form as it goes back with a finding of every kind."""
    asked = trial_asked(cycle.units[0].unit, cycle, office)
    words = read_form_words(folders, office.calendar)
    form = write_form(office, asked, words, _SECRET)
    fresh = FreshForm(office=office, asked=asked, data=FormData(), secret=_SECRET)
    mark_form(form, "form.xlsx", trial_faults(), words, fresh)


def _archive(cycle: Cycle, office: Office, folders: tuple[Path, ...]) -> None:
    """Write the texts that lie in an archive."""
    phrases = read_phrases(folders, office.calendar)
    groups = ("report", "sent", "received", "forms", "history")
    guide(cycle, office, phrases, folders, dict.fromkeys(groups, 1))
    verdicts(cycle, office, phrases, folders)
    digest = hashlib.sha256().hexdigest()
    held_back(folders, phrases, name="contoh.xlsx", at=cycle.since, sha256=digest)
