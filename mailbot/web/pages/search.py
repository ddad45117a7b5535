"""Search over units, cycles, codes of indicators and budget lines, subjects, letter numbers: what the viewer sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.core.codes.letter_kinds import LetterKind
from mailbot.core.delivery.letter_numbers import Numbered
from mailbot.ledger.board.boxes import Boxes
from mailbot.ledger.board.overview import Overview
from mailbot.ledger.engine import one_moment
from mailbot.web.pages.boxes.lists import moment
from mailbot.web.pages.boxes.reading_mail import subject_of
from mailbot.web.pages.page import Page, path
from mailbot.web.pages.sight import whose_boxes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.core.model.indicators import BudgetLine, Indicator
    from mailbot.ledger.board.boxes import LetterSeen
    from mailbot.ledger.board.overview import CourseSeen
    from mailbot.web.pages.page import Here

_MOST, _LONGEST = 20, 100
_GIVEN = "letter_number/"
"""Begins the note of a number: year and number, then the paper that bears it."""
NEWEST = 300
"""Subjects are looked through of so many newest mails and letters each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something that was found."""

    link: str
    what: str
    beside: str = ""


def search_page(here: Here) -> Page:
    """Return what is found of `q`; where nothing is asked, the page to ask on."""
    asked = " ".join(here.asked.get("q", "").split())[:_LONGEST]
    groups: dict[str, tuple[Hit, ...]] = {}
    if asked:
        with one_moment(here.ledger.engine):
            courses = Overview(here.ledger.engine).courses()
            groups = {
                "units": tuple(_units(asked.casefold(), here)),
                "codes": tuple(_codes(asked.casefold(), courses, here)),
                "cycles": tuple(_cycles(asked.casefold(), courses, here)),
                "letters": tuple(_letters(asked.casefold(), here)),
                "mails": tuple(_mails(asked.casefold(), here)),
            }
    found = {name: hits[:_MOST] for name, hits in groups.items() if hits}
    values = {"asked": asked, "groups": found, "newest": NEWEST}
    return Page(template="pages/search.j2", title=here.words["places"]["search"], values=values, place="search")


def _units(asked: str, here: Here) -> Iterator[Hit]:
    """Yield the units whose name or key it is in."""
    for unit in here.office.roster.units:
        if here.viewer.sees(unit.key) and asked in f"{unit.key} {unit.name}".casefold():
            yield Hit(link=path("units", unit.key), what=unit.name, beside=unit.key)


def _codes(asked: str, courses: tuple[CourseSeen, ...], here: Here) -> Iterator[Hit]:
    """Yield indicators and budget lines by code or name, each leading to its unit's newest cycle."""
    with_pages = {part.unit for course in courses for part in course.parts}
    rows: tuple[Indicator | BudgetLine, ...] = (*here.office.indicators, *here.office.budget)
    for row in rows:
        seen = here.viewer.sees(row.owner) and row.owner in with_pages
        if seen and asked in f"{row.code} {row.name}".casefold():
            unit = here.office.roster.unit(row.owner).name
            yield Hit(link=path("units", row.owner), what=f"{row.code} {row.name}", beside=unit)


def _cycles(asked: str, courses: tuple[CourseSeen, ...], here: Here) -> Iterator[Hit]:
    """Yield cycles by key or period."""
    for course in reversed(courses):
        name = here.phrases.period(course.period)
        if asked in f"{course.key} {name}".casefold():
            yield Hit(link=path("cycles", course.key), what=name, beside=course.key)


def _letters(asked: str, here: Here) -> Iterator[Hit]:
    """Yield letters by subject, or by the number that they bear in the register."""
    bearers = {bearer: name.removeprefix(_GIVEN) for name, bearer in here.ledger.notes.beginning(_GIVEN)}
    for letter in Boxes(here.ledger.engine).letters(NEWEST, whose=whose_boxes(here)):
        subject, number = subject_of(letter.head), _number(letter, bearers, here)
        if asked in f"{subject} {number}".casefold():
            yield Hit(
                link=path("letters", letter.id),
                what=subject or letter.key,
                beside=" ".join(filter(None, (number, moment(letter.sent_at or letter.due_at, here)))),
            )


def _mails(asked: str, here: Here) -> Iterator[Hit]:
    """Yield mails by subject or sender."""
    for mail in Boxes(here.ledger.engine).mails(NEWEST, whose=whose_boxes(here)):
        subject = subject_of(mail.head)
        if asked in f"{subject} {mail.sender}".casefold():
            yield Hit(link=path("mails", mail.id), what=subject or here.told("mail", "no_subject"), beside=mail.sender)


def _number(letter: LetterSeen, bearers: dict[str, str], here: Here) -> str:
    """Return the number that a letter, or the Surat Pengantar in it, bears in the register; empty where it has none."""
    given = next((text for paper, text in bearers.items() if f"{letter.key}/".startswith(f"{paper}/")), "")
    number = given.partition("/")[2]
    if not number:
        return ""
    which = Numbered.SUBMISSION if letter.kind == LetterKind.SUBMISSION else Numbered.REQUEST
    day = here.office.calendar.local(letter.queued_at).date()
    return here.office.letter_numbers.whole(number, which, day)
