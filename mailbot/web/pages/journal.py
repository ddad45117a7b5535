"""The journal, a page at a time: every decision with who made it, and the beginning of the hash that chains it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.ledger.board.journal_pages import journal_lines, newest_line
from mailbot.ledger.engine import one_moment
from mailbot.web.pages.boxes.lists import PER_PAGE, moment, paged, reasons_of
from mailbot.web.pages.journal_details import detail_words
from mailbot.web.pages.page import Page, path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailbot.ledger.board.journal_pages import JournalSeen
    from mailbot.web.pages.page import Here
    from mailbot.writing.plan.why import Reasons

_MARK_DIGITS = 12


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
    values = {"lines": told(found, here), "pages": pages, "count": count}
    return Page(template="pages/journal.j2", title=here.words["places"]["journal"], values=values, place="journal")


def told(found: Iterable[JournalSeen], here: Here) -> tuple[Line, ...]:
    """Return lines in words; `mailbot journal` and `mailbot subject` tell them by these, too."""
    titles = {person.key: person.title for person in here.office.roster.people}
    titles["operator"] = titles.get("operator") or here.phrases.word("role", "operator")
    reasons, units = reasons_of(here), {unit.key: unit.name for unit in here.office.roster.units}
    return tuple(_line(line, titles, units, reasons, here) for line in found)


def _line(line: JournalSeen, titles: dict[str, str], units: dict[str, str], reasons: Reasons, here: Here) -> Line:
    """Return one line."""
    events: dict[str, str] = here.words["events"]
    return Line(
        number=line.number,
        when=moment(line.at, here),
        cycle=line.cycle,
        cycle_link=path("cycles", line.cycle) if line.cycle else "",
        event=events.get(line.event, line.event.replace("_", " ")),
        who=titles.get(line.actor, line.actor),
        unit=units.get(line.unit, line.unit),
        detail=detail_words(line.detail, titles, reasons, here),
        mark=line.hash[:_MARK_DIGITS],
    )
