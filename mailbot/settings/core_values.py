"""From the five files to the one value that the rules know: `core.office.Office`."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

from mailbot.core.language.reply_words import Word, plain
from mailbot.core.model.indicators import Band, BudgetLine, Formulas, Indicator, Objective, Period
from mailbot.core.model.office import CyclePlan, Letterhead, LetterNumbers, Office, Policy
from mailbot.core.model.people import Person, Roster, Unit
from mailbot.core.model.sop import Sop, SopRow
from mailbot.settings.days_off import work_calendar, years_touched
from mailbot.settings.files.cycles import WEEKDAYS

if TYPE_CHECKING:
    from pathlib import Path

    from mailbot.settings.files import Block, CyclesFile, IndicatorsFile, OfficeFile, RecipientsFile
    from mailbot.settings.files.cycles import CycleBlock
    from mailbot.settings.files.indicators import BudgetBlock, IndicatorBlock
    from mailbot.settings.files.office import WordsBlock
    from mailbot.settings.files.recipients import PersonBlock
    from mailbot.settings.files.sop import RowBlock
    from mailbot.settings.folder import Files

Value = TypeVar("Value")


def office_of(files: Files, *, logo: Path | None = None) -> Office:
    """Make the core's value of five files that fit each other; `logo` is the picture they name, with its whole path."""
    office, cycles = files.office, files.cycles
    further = (address for mailbox in office.mailboxes for address in (mailbox.address, *mailbox.aliases))
    return Office(
        letterhead=_made(Letterhead, office.letterhead, logo=str(logo.resolve()) if logo else ""),
        letter_numbers=_made(LetterNumbers, office.letter_numbers),
        mailbox=office.mailbox.address,
        own_addresses=tuple(dict.fromkeys((office.mailbox.address, *office.mailbox.aliases, *further))),
        roster=_roster(files.recipients),
        sop=Sop(rows=tuple(_row(row) for row in files.sop.rows)),
        calendar=work_calendar(office.calendar, years_touched(cycles)),
        bands=tuple(_made(Band, rating) for rating in office.ratings),
        formulas=_made(Formulas, office.formulas, efficiency="difference"),
        policy=policy_of(office, cycles),
        cycles=tuple(_plan(cycle) for cycle in cycles.cycles),
        synonyms=synonyms_of(office.words),
        doubtful=frozenset(plain(phrase) for phrase in office.words.doubtful),
        **_promises(files.indicators),
    )


def policy_of(office: OfficeFile, cycles: CyclesFile) -> Policy:
    """Gather the office's choices from the blocks in which people look for them."""
    blocks = (cycles, cycles.reminders, office.forms, office.trust, office.pacing)
    return _made(Policy, *blocks, reminder_weekday=WEEKDAYS.index(cycles.reminders.reminder_weekday))


def synonyms_of(words: WordsBlock) -> dict[str, Word]:
    """Return every spelling that means a word, reduced to what is compared; each word is its own synonym."""
    spellings = {plain(word): word for word in Word}
    return spellings | {plain(other): word for word, others in words.synonyms.items() for other in others}


def _made(kind: type[Value], *blocks: Block, **said: Any) -> Value:  # noqa: ANN401 - whatever the kind's fields take
    """Make a core value: what a block has under a field's own name is taken over, the others are said here.

    Raises:
        TypeError: a field is neither; no default of the core's may stand in for a setting.
    """
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type]  # every kind here is a dataclass
    values = {name: getattr(block, name) for block in blocks for name in names & type(block).model_fields.keys()} | said
    if left := names - values.keys():
        raise TypeError(f"{kind.__name__}: {', '.join(sorted(left))} stand in no block")
    return kind(**values)


def _roster(recipients: RecipientsFile) -> Roster:
    """Return the units and the people."""
    return Roster(
        units=tuple(_made(Unit, unit) for unit in recipients.units),
        people=tuple(_person(person) for person in recipients.people),
    )


def _person(block: PersonBlock) -> Person:
    """Return one official."""
    addresses = tuple(dict.fromkeys((block.address, *block.aliases)))
    return _made(Person, block, addresses=addresses, second_address=block.second_address or "")


def _row(block: RowBlock) -> SopRow:
    """Return one row of the SOP."""
    return _made(SopRow, block, letter="" if block.letter is None else block.letter.value)


def _promises(file: IndicatorsFile) -> dict[str, Any]:
    """Return what the office promised and spends, by the names of its fields in the core's value."""
    return {
        "objectives": tuple(_made(Objective, objective) for objective in file.objectives),
        "indicators": tuple(_indicator(each, file.plan_end_year) for each in file.indicators),
        "budget": tuple(_budget_line(line) for line in file.budget),
        "programs": tuple((program.code, program.name) for program in file.programs),
        "strategic_issues": file.strategic_issues,
    }


def _indicator(block: IndicatorBlock, plan_end_year: int) -> Indicator:
    """Return one indicator."""
    return _made(
        Indicator,
        block,
        plan_end_year=plan_end_year,
        negative="",
        upper_targets={},
        grades=(),
        definition="",
        formula="",
        benchmarks=(),
        programs=(),
    )


def _budget_line(block: BudgetBlock) -> BudgetLine:
    """Return one budget line; years that it has no budget in are left out."""
    ceilings = {year: amount for year, amount in block.budget_idr.items() if amount is not None}
    return _made(BudgetLine, block, budget_idr=ceilings, original_idr={}, output="", output_unit="", output_targets={})


def _plan(block: CycleBlock) -> CyclePlan:
    """Return one cycle's plan."""
    period = Period(year=block.year, quarter=block.quarter or 0)
    return _made(CyclePlan, block, period=period, row_days=tuple(block.row_days.items()))
