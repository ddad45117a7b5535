"""From the five files to the one value that the rules know: `core.office.Office`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.language.reply_words import Word, plain
from mailbot.core.model.calendar import Period
from mailbot.core.model.indicators import Band, BudgetLine, Formulas, Indicator, Objective
from mailbot.core.model.office import CyclePlan, Letterhead, LetterNumbers, Office, Policy
from mailbot.core.model.people import Person, Roster, Unit
from mailbot.core.model.sop import Sop, SopRow
from mailbot.settings.days_off import work_calendar, years_touched
from mailbot.settings.files.cycles import WEEKDAYS

if TYPE_CHECKING:
    from pathlib import Path

    from mailbot.settings.files import CyclesFile, OfficeFile
    from mailbot.settings.files.cycles import CycleBlock
    from mailbot.settings.files.indicators import BudgetBlock, IndicatorBlock
    from mailbot.settings.files.office import WordsBlock
    from mailbot.settings.files.recipients import PersonBlock
    from mailbot.settings.files.sop import RowBlock
    from mailbot.settings.folder import Files


def office_of(files: Files, *, logo: Path | None = None) -> Office:
    """Make the core's value of five files that fit each other; `logo` is the picture they name, with its whole path."""
    office, recipients, indicators, cycles = files.office, files.recipients, files.indicators, files.cycles
    mailbox = office.mailbox
    further = tuple(address for one in office.mailboxes for address in (one.address, *one.aliases))
    return Office(
        letterhead=Letterhead(**office.letterhead.model_dump() | {"logo": str(logo.resolve()) if logo else ""}),
        letter_numbers=LetterNumbers(**office.letter_numbers.model_dump()),
        mailbox=mailbox.address,
        own_addresses=tuple(dict.fromkeys((mailbox.address, *mailbox.aliases, *further))),
        roster=Roster(
            units=tuple(Unit(key=unit.key, name=unit.name) for unit in recipients.units),
            people=tuple(_person(person) for person in recipients.people),
        ),
        sop=Sop(rows=tuple(_row(row) for row in files.sop.rows)),
        calendar=work_calendar(office.calendar, years_touched(cycles)),
        objectives=tuple(Objective(code=one.code, text=one.text) for one in indicators.objectives),
        indicators=tuple(_indicator(one, indicators.plan_end_year) for one in indicators.indicators),
        budget=tuple(_budget_line(line) for line in indicators.budget),
        bands=tuple(Band(at_least=band.at_least, label=band.label) for band in office.ratings),
        formulas=Formulas(**office.formulas.model_dump()),
        policy=policy_of(office, cycles),
        cycles=tuple(_plan(cycle) for cycle in cycles.cycles),
        synonyms=synonyms_of(office.words),
        doubtful=frozenset(plain(phrase) for phrase in office.words.doubtful),
        programs=tuple((program.code, program.name) for program in indicators.programs),
        strategic_issues=indicators.strategic_issues,
    )


def policy_of(office: OfficeFile, cycles: CyclesFile) -> Policy:
    """Gather the office's choices from the blocks in which people look for them."""
    reminders, forms = cycles.reminders, office.forms
    return Policy(
        reminder_weekday=WEEKDAYS.index(reminders.reminder_weekday),
        escalate_after=reminders.escalate_after,
        snooze_max_days=reminders.snooze_max_days,
        opens_within_days=cycles.opens_within_days,
        help_after_returns=forms.help_after_returns,
        correction_days=forms.correction_days,
        explain_below_pct=forms.explain_below_pct,
        explain_above_pct=forms.explain_above_pct,
        ratio_tolerance=forms.ratio_tolerance,
        jump_limit_pct=forms.jump_limit_pct,
        absorption_gap_points=forms.absorption_gap_points,
        evidence_attached=forms.evidence_attached,
        proof_required=office.trust.proof_required,
        acting_head_may_ratify_own_review=office.trust.acting_head_may_ratify_own_review,
        code_valid_days=office.trust.code_valid_days,
        answers_per_day=office.pacing.answers_per_day,
    )


def synonyms_of(words: WordsBlock) -> dict[str, Word]:
    """Return every spelling that means a word, reduced to what is compared; each word is its own synonym."""
    spellings = {plain(word): word for word in Word}
    return spellings | {plain(other): word for word, others in words.synonyms.items() for other in others}


def _person(block: PersonBlock) -> Person:
    """Return one official."""
    return Person(
        key=block.key,
        role=block.role,
        title=block.title,
        name=block.name,
        addresses=tuple(dict.fromkeys((block.address, *block.aliases))),
        unit=block.unit,
        rank=block.rank,
        nip=block.nip,
        phone=block.phone,
        acting=block.acting,
        since=block.since,
        until=block.until,
        second_address=block.second_address or "",
    )


def _row(block: RowBlock) -> SopRow:
    """Return one row of the SOP."""
    return SopRow(
        sop=block.sop,
        step=block.step,
        title=block.title,
        who=block.who,
        done_when=block.done_when,
        days=block.days,
        hours=block.hours,
        letter="" if block.letter is None else block.letter.value,
        back=block.back,
    )


def _indicator(block: IndicatorBlock, plan_end_year: int) -> Indicator:
    """Return one indicator."""
    return Indicator(
        code=block.code,
        objective=block.objective,
        name=block.name,
        unit_of_measure=block.unit_of_measure,
        polarity=block.polarity,
        aggregation=block.aggregation,
        targets=dict(block.targets),
        history=dict(block.history),
        plan_end_year=plan_end_year,
        plan_end_target=block.plan_end_target,
        national=block.national,
        owner=block.owner,
        data_source=block.data_source,
        minimum=block.minimum,
        maximum=block.maximum,
        decimals=block.decimals,
        numerator=block.numerator,
        denominator=block.denominator,
        explain_below_pct=block.explain_below_pct,
        explain_above_pct=block.explain_above_pct,
        ratio_tolerance=block.ratio_tolerance,
        jump_limit_pct=block.jump_limit_pct,
    )


def _budget_line(block: BudgetBlock) -> BudgetLine:
    """Return one budget line; years that it has no budget in are left out."""
    ceilings = {year: amount for year, amount in block.budget_idr.items() if amount is not None}
    return BudgetLine(code=block.code, name=block.name, owner=block.owner, budget_idr=ceilings)


def _plan(block: CycleBlock) -> CyclePlan:
    """Return one cycle's plan."""
    return CyclePlan(
        key=block.key,
        period=Period(year=block.year, quarter=block.quarter or 0),
        starts_on=block.starts_on,
        row_days=tuple(block.row_days.items()),
        units=block.units,
    )
