"""The questions a new office is asked, in order, and how each answer is read: one that is none is asked for again.

Whoever mistyped an answer types `<` in place of the next one, and is asked the former question once more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError

from mailbot.settings.blank.answers import FIRST_UNITS, NO_CODE, ZONES, Answers
from mailbot.settings.files.fields import Address, Host
from mailbot.settings.sayings.said import Said, said
from mailbot.settings.slips.days import day_meant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    Ask = Callable[[str, str], str]
    Tell = Callable[[Said], None]

_ADDRESS: TypeAdapter[str] = TypeAdapter(Address)
_HOST: TypeAdapter[str] = TypeAdapter(Host)
_YEAR = re.compile(r"20\d\d")
_LAST_PORT = 65535
BACK = "<"
"""What is typed to be asked the former question again."""
_LAST_YEAR_IS_MEANT = 3
"""Up to March an office is at work on the report of the year that is over."""


class NoAnswerError(Exception):
    """What was typed answers nothing; `why` says so."""

    def __init__(self, why: Said) -> None:
        """Keep the sentence to say."""
        super().__init__(str(why))
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """One question: the code of its words, how the answer is read, and what is usual by the answers before it."""

    code: str
    read: Callable[[str], object]
    usual: Callable[[Mapping[str, Any], date], str] = lambda _given, _today: ""

    @property
    def field(self) -> str:
        """Return which of the answers it is."""
        return self.code.removeprefix("ask_")


def _usual_year(_given: Mapping[str, Any], today: date) -> str:
    """Return the year that an office is at work on."""
    return str(today.year - (today.month <= _LAST_YEAR_IS_MEANT))


def _usual_day(given: Mapping[str, Any], today: date) -> str:
    """Return a day on which the first cycle may open, never in the past."""
    return max(today, Answers(agency=given["agency"], year=given["year"]).usual_day or today).isoformat()


def asked(ask: Ask, tell: Tell, today: date) -> Answers:
    """Put the questions, each with an answer to begin with, and each again until it is answered.

    Args:
        ask: takes the code of a question and the answer that holds if none is typed; returns what was typed.
        tell: says why an answer is none.
        today: the present day, for the first cycle.
    """
    given: dict[str, Any] = {}
    typed: dict[str, str] = {}
    number = 0
    while number < len(_QUESTIONS):
        one = _QUESTIONS[number]
        text = ask(one.code, typed.get(one.field) or one.usual(given, today))
        if text.strip() == BACK:
            number = max(0, number - 1)
            continue
        try:
            given[one.field] = one.read(text)
        except NoAnswerError as none:
            tell(none.why)
            continue
        typed[one.field] = text
        number += 1
    return Answers(**given)


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
    """Return the name of a server, with its port where one was typed; raises NoAnswerError for what is none."""
    host, colon, port = filled(text).partition(":")
    if not colon:
        return _of_kind(_HOST, host)
    if not (port.isascii() and port.isdigit() and 0 < int(port) <= _LAST_PORT):
        raise NoAnswerError(said("answer_no_port", text=text.strip()))
    return f"{_of_kind(_HOST, host)}:{int(port)}"


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


_QUESTIONS = (
    _Question(code="ask_agency", read=filled),
    _Question(code="ask_short", read=filled, usual=lambda given, _: Answers(agency=given["agency"]).abbreviation),
    _Question(code="ask_address_line", read=filled),
    _Question(code="ask_zone", read=zone_of, usual=lambda _given, _: "WIB"),
    _Question(code="ask_office_code", read=filled, usual=lambda _given, _: NO_CODE),
    _Question(code="ask_mailbox", read=address_of),
    _Question(code="ask_imap", read=host_of, usual=lambda given, _: f"imap.{given['mailbox'].rpartition('@')[2]}"),
    _Question(code="ask_smtp", read=host_of, usual=lambda given, _: f"smtp.{given['mailbox'].rpartition('@')[2]}"),
    _Question(code="ask_units", read=units_of, usual=lambda _given, _: "; ".join(FIRST_UNITS)),
    _Question(code="ask_year", read=year_of, usual=_usual_year),
    _Question(code="ask_starts_on", read=day_of, usual=_usual_day),
)
