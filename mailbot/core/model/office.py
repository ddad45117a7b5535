"""Everything the rules need to know about one office, as one frozen value made from `config/*.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from mailbot.core.language.reply_words import Word
    from mailbot.core.model.calendar import Period, WorkCalendar
    from mailbot.core.model.indicators import Band, BudgetLine, Formulas, Indicator, Objective
    from mailbot.core.model.people import Roster
    from mailbot.core.model.sop import Sop, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The kop and what the letters print about the office."""

    government: str
    """First line, e.g. PEMERINTAH KOTA PROBOLINGGO."""
    agency: str
    """Second line, in capitals."""
    agency_name: str
    """As written in a sentence: Dinas Kependudukan dan Pencatatan Sipil Kota Probolinggo."""
    agency_short: str
    """DISDUKCAPIL."""
    address_line: str
    place: str
    contact: str
    """Whom to call, with number, printed under every mail."""
    logo: str = ""
    """Whole path of the logo picture; empty: the neutral placeholder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterNumbers:
    """How letters are numbered: `{classification}/{number}/{office_code}/{year}`; the number is never invented."""

    classification: str
    office_code: str
    reserved: tuple[str, ...] = ()
    """Numbers the office set aside for mailbot, used in order; when none is left the place stays `___`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The office's choices in numbers; every field is a setting with a description in `settings`."""

    reminder_weekday: int
    """0 Monday ... 4 Friday."""
    escalate_after: int
    """Tell the superior after this many reminders."""
    help_after_returns: int
    """Ask Subbag Program to help when a form has gone back this often."""
    correction_days: int
    """Working days in which SALAH reopens an accepted form."""
    snooze_max_days: int
    explain_below_pct: Decimal
    """Obstacles and follow-up are required under this achievement."""
    explain_above_pct: Decimal
    """An explanation is required over this achievement."""
    ratio_tolerance: Decimal
    jump_limit_pct: Decimal
    opens_within_days: int
    """A cycle whose day passed longer ago than this does not open by itself."""
    proof_required: bool
    """Whether a verdict or command needs an authenticated sender (or the one-time code)."""
    acting_head_may_ratify_own_review: bool
    """Whether a Plt. or Plh. Kepala Dinas may ratify what he reviewed himself as Sekretaris."""
    code_valid_days: int
    """Days in which a one-time code may come back."""
    answers_per_day: int
    """Letters sent in answer to one address in a day, at most."""
    evidence_attached: bool
    """Whether evidence named in the form must also be attached."""
    absorption_gap_points: Decimal = Decimal(25)
    """Absorption and mean achievement of a whole year further apart than this are noted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CyclePlan:
    """One line of `cycles.yaml`: what opens when, and what it overrides."""

    key: str
    period: Period
    starts_on: date
    row_days: tuple[tuple[Step, int], ...] = ()
    units: tuple[str, ...] = ()
    """Units asked; empty: all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """One office: one mailbox, one folder of YAML, one value."""

    letterhead: Letterhead
    letter_numbers: LetterNumbers
    mailbox: str
    """Our own address."""
    own_addresses: tuple[str, ...]
    """Every address that is ours, the mailbox included."""
    roster: Roster
    sop: Sop
    calendar: WorkCalendar
    objectives: tuple[Objective, ...]
    indicators: tuple[Indicator, ...]
    budget: tuple[BudgetLine, ...]
    bands: tuple[Band, ...]
    """Rating scale, best first."""
    formulas: Formulas
    policy: Policy
    cycles: tuple[CyclePlan, ...]
    synonyms: dict[str, Word]
    """Plain spelling of a reply word -> the word."""
    doubtful: frozenset[str]
    """Plain phrases that sound like a decision and are asked back."""
    programs: tuple[tuple[str, str], ...] = ()
    """Code and name of each program the budget lines belong to, e.g. `2.12.02` Program Pendaftaran Penduduk."""
    strategic_issues: tuple[str, ...] = ()
    """Isu strategis of the Renstra, printed in Bab I of the report (PermenPANRB 53/2014); empty: asked for there."""

    def indicator(self, code: str) -> Indicator:
        """Return the indicator of that code; raises KeyError if there is none."""
        for indicator in self.indicators:
            if indicator.code == code:
                return indicator
        raise KeyError(code)

    def budget_line(self, code: str) -> BudgetLine:
        """Return the budget line of that code; raises KeyError if there is none."""
        for line in self.budget:
            if line.code == code:
                return line
        raise KeyError(code)

    def plan(self, key: str) -> CyclePlan:
        """Return the plan of that cycle; raises KeyError if `cycles.yaml` names none such."""
        for plan in self.cycles:
            if plan.key == key:
                return plan
        raise KeyError(key)

    def asked_indicators(self, unit: str, period: Period) -> tuple[Indicator, ...]:
        """Return the indicators a unit reports in a period: its own, where something is promised for it."""
        return tuple(
            indicator
            for indicator in self.indicators
            if indicator.owner == unit and indicator.target(period) is not None
        )

    def asked_budget(self, unit: str, period: Period) -> tuple[BudgetLine, ...]:
        """Return the budget lines a unit reports in a period."""
        return tuple(line for line in self.budget if line.owner == unit and period.year in line.budget_idr)

    def asked_codes(self, unit: str, period: Period) -> tuple[str, ...]:
        """Return the codes of everything a unit reports in a period, in the order of its form."""
        asked: tuple[Indicator | BudgetLine, ...] = self.asked_indicators(unit, period)
        return tuple(row.code for row in (*asked, *self.asked_budget(unit, period)))
