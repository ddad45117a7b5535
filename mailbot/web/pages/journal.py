"""The journal, a page at a time: every decision with who made it, and the beginning of the hash that chains it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.language.nik import masked
from mailbot.ledger.board.journal_pages import journal_lines, newest_line
from mailbot.ledger.engine import one_moment
from mailbot.web.pages.boxes.lists import PER_PAGE, moment, paged
from mailbot.web.pages.page import Page, path

if TYPE_CHECKING:
    from mailbot.ledger.board.journal_pages import JournalSeen
    from mailbot.web.pages.page import Here

_MARK_DIGITS = 12
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line, ready to print."""

    number: int
    when: str
    cycle: str
    cycle_link: str
    event: str
    who: str
    unit: str
    detail: str
    mark: str


def journal_page(here: Here, page: str = "1") -> Page | None:
    """Return a page of the journal; None: there is none, or the viewer sees his unit alone."""
    if not here.viewer.sees_everything:
        return None
    with one_moment(here.ledger.engine):
        count = newest_line(here.ledger.engine)
        pages = paged(page, count, "journal")
        if pages is None:
            return None
        found = journal_lines(here.ledger.engine, count - (pages.here - 1) * PER_PAGE, PER_PAGE)
    titles = {person.key: person.title for person in here.office.roster.people}
    values = {"lines": tuple(_line(line, titles, here) for line in found), "pages": pages, "count": count}
    return Page(template="pages/journal.j2", title=here.words["places"]["journal"], values=values, place="journal")


def _line(line: JournalSeen, titles: dict[str, str], here: Here) -> Line:
    """Return one line."""
    events: dict[str, str] = here.words["events"]
    return Line(
        number=line.number,
        when=moment(line.at, here),
        cycle=line.cycle,
        cycle_link=path("cycles", line.cycle) if line.cycle else "",
        event=events.get(line.event, line.event.replace("_", " ")),
        who=titles.get(line.actor, line.actor),
        unit=line.unit,
        detail=masked(", ".join(f"{name}: {_short(value)}" for name, value in line.detail if value)),
        mark=line.hash[:_MARK_DIGITS],
    )


def _short(value: str) -> str:
    """Return a value; of a digest its beginning, by which people tell one from another."""
    return value[:_MARK_DIGITS] if _DIGEST.fullmatch(value) else value
