"""The report of a rehearsal as one page for a browser: it reaches nothing but the files that lie beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from mailbot.writing.archive.words import filled
from mailbot.writing.rehearsed.answered import answered_table
from mailbot.writing.rehearsed.letters_shown import face_of, place_of
from mailbot.writing.rehearsed.mail_counts import cycle_tables, year_table
from mailbot.writing.rehearsed.row_times import time_tables
from mailbot.writing.rehearsed.verdict import approver_of, facts_of, looked_at, sentences_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mailbot.writing.rehearsed.letters_shown import Sort
    from mailbot.writing.rehearsed.told import Rehearsed


def page(told: Rehearsed, sorts: Sequence[Sort], template_folders: tuple[Path, ...]) -> bytes:
    """Return the report as HTML.

    Args:
        told: the rehearsal.
        sorts: every sort of letter.
        template_folders: folders of templates, the office's own first.

    Raises:
        TemplateProblem: `rehearsal/report.j2` is missing or broken.
    """
    values: dict[str, object] = {
        "words": told.words,
        "office": told.office.letterhead,
        "facts": facts_of(told),
        "sentences": sentences_of(told),
        "approver": approver_of(told),
        "calendars": [year_table(told), *cycle_tables(told)],
        "rows": list(time_tables(told)),
        "answered": answered_table(told),
        "looked_at": looked_at(told),
        "letters": [_letter(number, sort, told) for number, sort in enumerate(sorts, start=1)],
    }
    return filled(template_folders, "report.j2", values, html=True, room="rehearsal")


def _letter(number: int, sort: Sort, told: Rehearsed) -> dict[str, object]:
    """Return one sort of letter: one of them whole, the others with where they lie."""
    mail, face = sort.shown, face_of(sort.shown)
    return {
        "number": number,
        "subject": face.subject,
        "to": told.title(mail.person),
        "at": told.phrases.moment(mail.at),
        "file": mail.file,
        "style": Markup(face.style),  # noqa: S704 - of our own letter, which has escaped every value
        "body": Markup(face.body),  # noqa: S704 - the same
        "text": face.text,
        "files": [(name, place_of(mail, name)) for name, _ in face.files],
        "others": [(f"{told.when(one.at)} {told.title(one.person)}", one.file) for one in sort.others],
    }
