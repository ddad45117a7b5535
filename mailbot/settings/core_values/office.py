"""The whole office out of five files that fit each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.codes.languages import Language
from mailbot.core.delivery.letter_numbers import LetterNumbers
from mailbot.core.language.plain_line import plain
from mailbot.core.language.reply_words import Word
from mailbot.core.model.indicators import Band, Formulas, Period
from mailbot.core.model.office import Letterhead, Office, Policy
from mailbot.core.model.people import Person, Roster, Unit
from mailbot.core.model.sop import Sop, SopRow
from mailbot.core.opening.plans import CyclePlan, Recurring
from mailbot.core.papers.checked import Ratification
from mailbot.core.papers.filing import Filing
from mailbot.settings.core_values.fields import made
from mailbot.settings.core_values.promises import profile_of, promises_of
from mailbot.settings.days_off import work_calendar, years_touched
from mailbot.settings.files.cycles import WEEKDAYS

if TYPE_CHECKING:
    from pathlib import Path

    from mailbot.settings.files import CyclesFile, OfficeFile, RecipientsFile
    from mailbot.settings.files.cycles import CycleBlock, RecurringBlock
    from mailbot.settings.files.letters import WordsBlock
    from mailbot.settings.files.recipients import PersonBlock
    from mailbot.settings.files.sop import RowBlock
    from mailbot.settings.folder import Files


def office_of(files: Files, *, logo: Path | None = None, agreement: Path | None = None) -> Office:
    """Make the core's value of five files that fit each other.

    Args:
        files: the five files.
        logo: the picture they name, with its whole path.
        agreement: the scanned Perjanjian Kinerja they name, with its whole path.
    """
    office, cycles = files.office, files.cycles
    further = (address for mailbox in office.mailboxes for address in (mailbox.address, *mailbox.aliases))
    return Office(
        letterhead=made(Letterhead, office.letterhead, logo=str(logo.resolve()) if logo else ""),
        language=Language(office.language),
        letter_numbers=made(LetterNumbers, office.letter_numbers, used={}),
        mailbox=office.mailbox.address,
        own_addresses=tuple(dict.fromkeys((office.mailbox.address, *office.mailbox.aliases, *further))),
        roster=_roster(files.recipients),
        sop=Sop(rows=tuple(_row(row) for row in files.sop.rows)),
        calendar=work_calendar(office.calendar, years_touched(cycles)),
        bands=tuple(made(Band, rating) for rating in office.ratings),
        formulas=made(Formulas, office.formulas),
        policy=policy_of(office, cycles),
        cycles=tuple(_plan(cycle) for cycle in cycles.cycles),
        recurring=tuple(_recurring(each) for each in cycles.recurring),
        synonyms=synonyms_of(office.words),
        doubtful=frozenset(plain(phrase) for phrase in office.words.doubtful),
        profile=profile_of(office, agreement),
        ratification=made(Ratification, office.ratified),
        filing=made(Filing, office.filing),
        **promises_of(files.indicators),
    )


def policy_of(office: OfficeFile, cycles: CyclesFile) -> Policy:
    """Gather the office's choices from the blocks in which people look for them."""
    limits = (office.forms, office.trust, office.pacing, office.decisions, office.delivery, office.changes)
    blocks = (cycles, cycles.reminders, *limits, office.letters, office.watchdog)
    return made(Policy, *blocks, reminder_weekday=WEEKDAYS.index(cycles.reminders.reminder_weekday))


def synonyms_of(words: WordsBlock) -> dict[str, Word]:
    """Return every spelling that means a word, reduced to what is compared; each word is its own synonym."""
    spellings = {plain(word): word for word in Word}
    return spellings | {plain(other): word for word, others in words.synonyms.items() for other in others}


def _roster(recipients: RecipientsFile) -> Roster:
    """Return the units and the people."""
    return Roster(
        units=tuple(made(Unit, unit) for unit in recipients.units),
        people=tuple(_person(person) for person in recipients.people),
    )


def _person(block: PersonBlock) -> Person:
    """Return one official."""
    addresses = tuple(dict.fromkeys((block.address, *block.aliases)))
    return made(Person, block, addresses=addresses, second_address=block.second_address or "")


def _row(block: RowBlock) -> SopRow:
    """Return one row of the SOP."""
    return made(SopRow, block, letter="" if block.letter is None else block.letter.value)


def _plan(block: CycleBlock) -> CyclePlan:
    """Return one cycle's plan."""
    period = Period(year=block.year, quarter=block.quarter or 0)
    return made(CyclePlan, block, period=period, row_days=tuple(block.row_days.items()))


def _recurring(block: RecurringBlock) -> Recurring:
    """Return a cycle that comes back."""
    return made(
        Recurring,
        block,
        key=block.pattern,
        first_year=block.from_year,
        last_year=block.until_year,
        quarters=tuple(sorted(block.quarters)) if block.every == "quarter" else (),
        working_day=block.opens_on_working_day,
        day=block.opens_on_day or 0,
        row_days=tuple(block.row_days.items()),
    )
