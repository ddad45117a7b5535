"""The Surat Pengantar as a Word file: the request to a Kepala Bidang (row 2), the ratified report (row 8)."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from mailbot.core.model.letters import LetterKind
from mailbot.core.model.letters_of_rows import ReportSubmitted, WithNumber
from mailbot.core.model.people import Role
from mailbot.errors import TemplateProblem
from mailbot.writing.letters.letter_number import full_number, open_number
from mailbot.writing.values.cycle_values import role_words, title
from mailbot.writing.word.logo import logo_file, place_logo
from mailbot.writing.word.word_file import fill_word_file
from mailbot.writing.words.phrases import read_phrases
from mailbot.writing.words.templates import find_template

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person
    from mailbot.writing.words.phrases import Phrases

REQUEST_FILE = "docx/surat-pengantar-permintaan.docx"
REPORT_FILE = "docx/surat-pengantar-laporan.docx"
_NO_BREAK = "\u00a0"


def write_cover_letter(letter: Letter, cycle: Cycle, office: Office, *, template_folders: tuple[Path, ...]) -> bytes:
    """Return the Surat Pengantar that a letter encloses, as DOCX; the same state gives the same bytes.

    It bears the day the letter may leave (or the row was entered), and the number in the letter's `letter_number`; a
    number is never invented, so without one its place stays open for the office's register.

    Raises:
        TemplateProblem: the Word file is missing or broken, or nobody holds the post that signs.
    """
    phrases = read_phrases(template_folders, office.calendar)
    path = find_template(template_folders, REPORT_FILE if isinstance(letter.about, ReportSubmitted) else REQUEST_FILE)
    values = cover_values(letter, cycle, office, phrases)
    return fill_word_file(path, values, prepare=partial(_emblem, picture=logo_file(office)))


def cover_values(letter: Letter, cycle: Cycle, office: Office, phrases: Phrases) -> dict[str, object]:
    """Return every value that the Word file of a Surat Pengantar may use, by its name.

    Raises:
        TemplateProblem: nobody holds the post that signs.
    """
    about = letter.about
    report = isinstance(about, ReportSubmitted)
    corrected = about.corrected if isinstance(about, ReportSubmitted) else 0
    own_day = about.day if isinstance(about, WithNumber) else None
    day = own_day or office.calendar.local(letter.send_after or cycle.since).date()
    head = _holder(office, Role.AGENCY_HEAD, day)
    signer = head if report else office.roster.holder(Role.SECRETARY, day) or head
    return {
        "kop": _kop(office),
        "place": office.letterhead.place,
        "date": phrases.long_date(day),
        "number": full_number(letter, office, day) or open_number(letter, office, phrases, day),
        "addressee": title(_addressee(letter, office, day)),
        "period": phrases.period(cycle.period),
        "agency_name": office.letterhead.agency_name,
        "unit": office.roster.unit(letter.unit).name if letter.unit else "",
        "due": _due(letter.due_at, office.calendar.opening(day), phrases),
        "mailbox": office.mailbox,
        "planning_unit": role_words(Role.PLANNING, office, phrases),
        "correction": phrases.word("correction").format(number=corrected) if corrected else "",
        "copies_to": [title(person) for person in office.roster.copied(day)] if report else [],
        "count": phrases.counted(1, phrases.word("noun", "file")),
        "head_title": title(head),
        "signer": {"title": title(signer), "name": printed_name(signer.name), "rank": signer.rank, "nip": signer.nip},
    }


def _emblem(template: Any, *, picture: Path | None) -> dict[str, object]:  # noqa: ANN401 - docxtpl ships no types
    """Put the office's emblem into the kop."""
    place_logo(template, picture)
    return {}


def _kop(office: Office) -> dict[str, str]:
    """Return the lines of the letterhead."""
    head = office.letterhead
    return {"government": head.government, "agency": head.agency, "address_line": head.address_line}


def _addressee(letter: Letter, office: Office, day: date) -> Person:
    """Return whom the Surat Pengantar is for: a copy, of whichever letter, is for whom that is for."""
    if letter.kind is LetterKind.COPY_SENT:
        return _holder(office, Role.PLANNING_BOARD, day)
    if letter.kind is LetterKind.REQUEST_COPY:
        head = office.roster.holder(Role.DIVISION_HEAD, day, letter.unit)
        if head is not None:
            return head
    return office.roster.person(letter.to)


def _due(due_at: datetime | None, dated_at: datetime, phrases: Phrases) -> str:
    """Return the deadline in words, its figures held to their words on one line; empty where the letter names none."""
    return re.sub(r"(?<=\d) | (?=\d)", _NO_BREAK, phrases.deadline(due_at, dated_at)) if due_at else ""


def printed_name(name: str) -> str:
    """Return a name in capitals, its degrees as they are: `Drs. SUKARNO PUTRA, M.Si.`."""
    own, comma, degrees = name.partition(",")
    return " ".join(word if "." in word else word.upper() for word in own.split()) + comma + degrees


def _holder(office: Office, role: Role, day: date) -> Person:
    """Return who holds a post on that day.

    Raises:
        TemplateProblem: nobody does, so there is nobody to sign.
    """
    person = office.roster.holder(role, day)
    if person is None:
        raise TemplateProblem(f"nobody is {role.value} on {day.isoformat()}, so no letter can be signed")
    return person
