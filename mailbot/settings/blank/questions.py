"""The questions a new office is asked, in order, and how each answer is read: one that is none is asked for again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from pydantic import TypeAdapter, ValidationError

from mailbot.settings.blank.answers import FIRST_UNITS, NO_CODE, ZONES, Answers
from mailbot.settings.files.fields import Address, Host
from mailbot.settings.sayings.said import Said, said
from mailbot.settings.slips.days import day_meant

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    Ask = Callable[[str, str], str]
    Tell = Callable[[Said], None]

Read = TypeVar("Read")
_ADDRESS: TypeAdapter[str] = TypeAdapter(Address)
_HOST: TypeAdapter[str] = TypeAdapter(Host)
_YEAR = re.compile(r"20\d\d")
_LAST_YEAR_IS_MEANT = 3
"""Up to March an office is at work on the report of the year that is over."""


class NoAnswerError(Exception):
    """What was typed answers nothing; `why` says so."""

    def __init__(self, why: Said) -> None:
        """Keep the sentence to say."""
        super().__init__(str(why))
        self.why = why


@dataclass(frozen=True, slots=True)
class _Asker:
    """Asks until there is an answer."""

    ask: Ask
    tell: Tell

    def until_answered(self, question: str, usual: str, read: Callable[[str], Read]) -> Read:
        """Put one question, with the answer that holds if none is typed, until `read` can read what was typed."""
        while True:
            try:
                return read(self.ask(question, usual))
            except NoAnswerError as none:
                self.tell(none.why)


def asked(ask: Ask, tell: Tell, today: date) -> Answers:
    """Put the questions, each with an answer to begin with, and each again until it is answered.

    Args:
        ask: takes the code of a question and the answer that holds if none is typed; returns what was typed.
        tell: says why an answer is none.
        today: the present day, for the first cycle.
    """
    until_answered = _Asker(ask, tell).until_answered
    agency = until_answered("ask_agency", "", filled)
    short = until_answered("ask_short", Answers(agency=agency).abbreviation, filled)
    address_line = until_answered("ask_address_line", "", filled)
    zone = until_answered("ask_zone", "WIB", zone_of)
    office_code = until_answered("ask_office_code", NO_CODE, filled)
    mailbox = until_answered("ask_mailbox", "", address_of)
    domain = mailbox.rpartition("@")[2]
    imap = until_answered("ask_imap", f"imap.{domain}", host_of)
    smtp = until_answered("ask_smtp", f"smtp.{domain}", host_of)
    units = until_answered("ask_units", "; ".join(FIRST_UNITS), units_of)
    year = until_answered("ask_year", str(today.year - (today.month <= _LAST_YEAR_IS_MEANT)), year_of)
    usual_day = max(today, Answers(agency=agency, year=year).usual_day or today)
    starts_on = until_answered("ask_starts_on", usual_day.isoformat(), day_of)
    return Answers(
        agency=agency,
        short=short,
        address_line=address_line,
        zone=zone,
        office_code=office_code,
        mailbox=mailbox,
        imap=imap,
        smtp=smtp,
        units=units,
        year=year,
        starts_on=starts_on,
    )


def filled(text: str) -> str:
    """Return an answer on one line, each blank once; raises NoAnswerError where nothing was typed."""
    if not text.strip():
        raise NoAnswerError(said("answer_needed"))
    return " ".join(text.split())


def zone_of(text: str) -> str:
    """Return the label of a zone that was typed by its label or its name; raises NoAnswerError for any other."""
    typed = text.strip().casefold()
    for label, name in ZONES.items():
        if typed in {label.casefold(), name.casefold()}:
            return label
    raise NoAnswerError(said("answer_no_zone", text=text.strip()))


def address_of(text: str) -> str:
    """Return a mail address; raises NoAnswerError for what is none."""
    return _of_kind(_ADDRESS, filled(text))


def host_of(text: str) -> str:
    """Return the name of a server; raises NoAnswerError for what is none."""
    return _of_kind(_HOST, filled(text))


def units_of(text: str) -> tuple[str, ...]:
    """Return the units of one line, parted by semicolons; raises NoAnswerError where commas seem to part them."""
    if "," in text and ";" not in text:
        raise NoAnswerError(said("answer_commas"))
    return tuple(" ".join(name.split()) for name in text.split(";") if name.strip())


def year_of(text: str) -> int:
    """Return a year; raises NoAnswerError for what is none."""
    if not _YEAR.fullmatch(text.strip()):
        raise NoAnswerError(said("answer_no_year", text=text.strip()))
    return int(text)


def day_of(text: str) -> date:
    """Return a day written as in YAML or as on paper (day, month, year); raises NoAnswerError for what is none."""
    if (day := day_meant(text)) is not None:
        return day
    raise NoAnswerError(said("answer_no_day", text=text.strip()))


def _of_kind(kind: TypeAdapter[str], text: str) -> str:
    """Return a text that is of a setting's kind; raises NoAnswerError with the setting's own words."""
    try:
        return kind.validate_python(text)
    except ValidationError as error:
        context = error.errors(include_url=False)[0]["ctx"]
        raise NoAnswerError(said("answer_not_so", what=context["what"], hint=context["hint"])) from None
