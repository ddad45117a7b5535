"""Everything a letter's words may use: addressee, deadline, faults, figures, open points; none of it a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from mailbot.core.model.form import Severity
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.people import Role
from mailbot.core.report.analysis import analyse
from mailbot.writing.letters.about import about_values
from mailbot.writing.letters.cycles_overview import glances_in
from mailbot.writing.letters.letter_number import full_number
from mailbot.writing.letters.mail_balance import ledger_sentence
from mailbot.writing.letters.token import one_time_code
from mailbot.writing.values.cycle_values import cycle_values, no_cycle_values, title
from mailbot.writing.values.figures import figure_rows, money_rows, named_point, open_points
from mailbot.writing.values.line_values import line_values
from mailbot.writing.values.missing import Ground, missing_rows
from mailbot.writing.values.unit_values import unit_values

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.form import Fault
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office
    from mailbot.writing.words.fault_words import FaultBook
    from mailbot.writing.words.phrases import Phrases

Values = dict[str, object]

_CHANGE_PARTS = 3
_WITH_DRAFT = frozenset({LetterKind.DRAFT, LetterKind.REVIEW})
_GUIDE_WORDS = {
    Role.DIVISION_HEAD: "FORM STATUS SALAH BENAR TUNDA BANTUAN",
    Role.SECTION_HEAD: "FORM STATUS SALAH BENAR TUNDA BANTUAN",
    Role.PLANNING: "TERUSKAN TERIMA KEMBALIKAN PERPANJANG FORM DRAF ASAL STATUS BANTUAN",
    Role.SECRETARY: "SETUJU PERBAIKI KEBERATAN DRAF ASAL STATUS BANTUAN",
    Role.AGENCY_HEAD: "DISAHKAN PERBAIKI DRAF ASAL STATUS BANTUAN",
    Role.PLANNING_BOARD: "DITERIMA BANTUAN",
    Role.OPERATOR: "STATUS BANTUAN",
}
"""The reply words each role is offered in a guide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultRow:
    """One finding with its words, ready to print."""

    sheet: str
    cell: str
    row: str
    column: str
    what: str
    why: str
    mend: str
    example: str
    proposal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every letter is written with: short words, words about findings, the moment, the secret of tokens."""

    phrases: Phrases
    faults: FaultBook
    written_at: datetime
    secret: bytes


def letter_values(letter: Letter, cycle: Cycle | None, office: Office, desk: Desk) -> Values:
    """Return every value the words of a letter can use.

    Raises:
        TemplateProblem: the letter lacks something its kind needs (`writing.about`).
        KeyError: it is addressed to somebody, or speaks of a unit, that the office does not have.
    """
    about = about_values(letter, has_cycle=cycle is not None)
    phrases = desk.phrases
    values: Values = {
        **_everywhere(letter, office, desk),
        **(cycle_values(cycle, office, phrases, about) if cycle else no_cycle_values()),
        **unit_values(letter, cycle, office, phrases, desk.written_at),
        **_submission_values(letter, cycle, office, phrases),
        **_fault_values(letter.faults, desk.faults),
        **line_values(letter, cycle, office, phrases),
        "incomplete": _incomplete(letter, cycle, office, phrases),
    }
    about["code"] = about.get("code") or one_time_code(desk.secret, letter.key)
    values["about"] = about
    values["ledger_sentence"] = partial(ledger_sentence, about, phrases)
    values["words"] = _words(about, letter, office, values)
    return values


def _everywhere(letter: Letter, office: Office, desk: Desk) -> Values:
    """Return the values every letter has."""
    phrases, written_at = desk.phrases, desk.written_at
    people = {person.key: person for person in office.roster.people}
    return {
        "to": title(office.roster.person(letter.to)),
        "role": office.roster.person(letter.to).role.value,
        "office": office.letterhead,
        "example_unit": office.roster.units[0].key.upper(),
        "unit_keys": tuple(unit.key.upper() for unit in office.roster.units),
        "due": phrases.moment(letter.due_at) if letter.due_at else "",
        "due_short": phrases.day_month(letter.due_at) if letter.due_at else "",
        "overdue": letter.due_at is not None and letter.due_at < written_at,
        "today": phrases.day(written_at),
        "today_short": phrases.day_month(written_at),
        "today_moment": phrases.moment(written_at),
        "remarks": tuple(remark for remark in letter.remarks if "|" not in remark),
        "changes": _changes(letter.remarks, office, phrases),
        "counted": phrases.counted,
        "when": phrases.when,
        "figure": phrases.figure,
        "point": lambda code: named_point(code, office),
        "title": lambda key: title(people[key]) if key in people else "",
        "phone": lambda key: people[key].phone if key in people else "",
        "second_address": lambda key: people[key].second_address if key in people else "",
        "role_words": lambda code: phrases.word("role", code) if code else "",
        "letter_number": full_number(letter, office, office.calendar.local(letter.send_after or written_at).date()),
        "running": glances_in(letter.value("cycles"), office, phrases),
        "letter_kind": lambda code: phrases.word("letter_kind", code) if code else "",
    }


def _incomplete(letter: Letter, cycle: Cycle | None, office: Office, phrases: Phrases) -> tuple[str, ...]:
    """Return what the report lacks with whose turn it is, for the letters by which a draft is passed on."""
    if cycle is None or letter.kind not in _WITH_DRAFT:
        return ()
    ground = Ground(cycle=cycle, office=office, phrases=phrases, analysis=analyse(cycle, office))
    return tuple(f"{one.what} - {one.who}" for one in missing_rows(ground))


def _changes(remarks: tuple[str, ...], office: Office, phrases: Phrases) -> tuple[tuple[str, str, str], ...]:
    """Return what changed, each remark `code|old|new` as (named row, old figure, new figure)."""
    parted = [remark.split("|") for remark in remarks]
    return tuple(
        (named_point(parts[0], office), phrases.figure(parts[1]), phrases.figure(parts[2]))
        for parts in parted
        if len(parts) == _CHANGE_PARTS
    )


def _submission_values(letter: Letter, cycle: Cycle | None, office: Office, phrases: Phrases) -> Values:
    """Return the figures of the letter's form as we read them, and what is still open."""
    points = tuple(named_point(remark, office) for remark in letter.remarks if "|" not in remark)
    values: Values = {"submission": None, "figure_rows": (), "money_rows": (), "open_points": points}
    if cycle is None or not letter.unit:
        return values
    period, submission = cycle.period, letter.submission
    read = submission or next((form.counting for form in cycle.units if form.unit == letter.unit), None)
    if read is not None and not points:
        codes = open_points(read.data, letter.unit, period, office)
        values["open_points"] = tuple(named_point(code, office) for code in codes)
    if submission is not None:
        values["submission"] = {
            "number": submission.number,
            "file_name": submission.file_name,
            "received": phrases.moment(submission.received_at),
            "sender": submission.sender,
        }
        values["figure_rows"] = figure_rows(submission, letter.unit, period, office, phrases)
        values["money_rows"] = money_rows(submission, letter.unit, period, office, phrases)
    return values


def _fault_values(faults: tuple[Fault, ...], book: FaultBook) -> Values:
    """Return the findings with their words, apart by what they ask of the reader."""
    return {
        f"{severity.value}_rows": tuple(_fault_row(fault, book) for fault in faults if fault.severity is severity)
        for severity in Severity
    }


def _fault_row(fault: Fault, book: FaultBook) -> FaultRow:
    """Put a finding into words."""
    words = book.describe(fault)
    return FaultRow(
        sheet=fault.sheet,
        cell=fault.cell,
        row=fault.row,
        column=fault.column,
        what=words.what,
        why=words.why,
        mend=words.mend,
        example=words.example,
        proposal=fault.proposal,
    )


def _words(about: dict[str, str], letter: Letter, office: Office, values: Values) -> tuple[str, ...]:
    """Return the reply words to offer: those given, those of the row for whose move it is, or the role's guide."""
    given = tuple(about.get("words", "").replace(",", " ").split())
    role = office.roster.person(letter.to).role
    in_turn = values["turn_words"] if values["turn_role"] == role.value else ()
    guide = tuple(_GUIDE_WORDS[role].split())
    if letter.kind.value == "guide":
        return given or guide
    return given or (in_turn if isinstance(in_turn, tuple) else ()) or ("BANTUAN",)
