"""Everything the rules need to know about one office, as one frozen value made from `config/*.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from mailbot.core.codes.languages import Language
from mailbot.core.language.beside import Beside
from mailbot.core.language.saying import EmptyWords
from mailbot.core.model.mail import Proof
from mailbot.core.model.past import Past
from mailbot.core.model.people import OUTSIDE, Role
from mailbot.core.model.profile import Profile
from mailbot.core.opening.plans import planned
from mailbot.core.papers.checked import Ratification
from mailbot.core.papers.filing import UNFILED, Filing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailbot.core.calendar.work_calendar import WorkCalendar
    from mailbot.core.delivery.letter_numbers import LetterNumbers
    from mailbot.core.language.reply_words import Word
    from mailbot.core.model.form import FaultCode, Severity
    from mailbot.core.model.indicators import Band, BudgetLine, Formulas, Indicator, Objective, Period
    from mailbot.core.model.people import Person, Roster
    from mailbot.core.model.sop import Sop
    from mailbot.core.opening.plans import CyclePlan, Recurring


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """The kop and what the letters print about the office."""

    government: str
    """First line, PEMERINTAH KOTA and its name."""
    agency: str
    """Second line, in capitals."""
    agency_name: str
    """As written in a sentence."""
    agency_short: str
    """Its short name."""
    address_line: str
    place: str
    contact: str
    """Whom to call, with number, printed under every mail."""
    logo: str = ""
    """Whole path of the logo picture; empty: the neutral placeholder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The office's choices in numbers; every field is a setting with a description in `settings`."""

    reminder_weekday: int
    """0 Monday ... 4 Friday."""
    late_every_days: int
    """After the deadline a reminder leaves every so many working days."""
    most_per_debt: int
    """Nobody is reminded of one thing more often; then his superior hears."""
    superior_after_days: int
    """Working days after the deadline at which the nearest superior hears."""
    agency_head_after_days: int
    """Working days after the deadline at which the Kepala Dinas hears."""
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
    recall_minutes: int
    """Minutes of office time in which BATAL takes a decision or an order back, before anything comes of it; 0: none."""
    code_valid_days: int
    """Days in which a one-time code may come back."""
    answers_per_day: int
    """Letters sent in answer to one address in a day, at most."""
    evidence_attached: bool
    """Whether evidence named in the form must also be attached."""
    few_mails: int = 5
    """An edit of which more people than this get a mail waits for the operator's word."""
    required: tuple[str, ...] = ("enabling_factors", "data_source", "evidence")
    """Texts that each indicator needs beside its value: fields of the form."""
    column_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Field of a form's column -> further headers that it may come back under."""
    severity: Mapping[FaultCode, Severity] = field(default_factory=dict)
    """How grave a finding is in this office, where that differs from the usual."""
    receipt_days: int = 0
    """Working days in which the receipt of the report is asked for; 0: within row 8's own time."""
    answer_days: int = 1
    """Working days in which the number of a letter, or a signed paper, is asked for."""
    editable_leaves: bool = False
    """Whether Word files go out with the PDFs of cover letter and report."""
    calendar_files: bool = True
    """Whether a letter that sets a deadline carries it as a calendar file."""
    openings_announced: bool = True
    """Whether Subbag Program is told on the working day before what opens."""
    opening_put_off_days: int = 10
    """Working days that an opening may be put off, at most."""
    head_weekly: bool = True
    """Whether the Kepala Dinas is told once a week how a running cycle stands."""
    morning: Literal["weekly", "daily", "trouble"] = "weekly"
    """How often the operator is told that nothing is lost."""
    absorption_gap_points: Decimal = Decimal(25)
    """Absorption and mean achievement of a whole year further apart than this are noted."""

    def explained_below(self, indicator: Indicator) -> Decimal:
        """Return under which achievement an indicator's obstacles and follow-up are required."""
        own = indicator.explain_below_pct
        return self.explain_below_pct if own is None else own

    def believes(self, proof: Proof) -> bool:
        """Say whether a sender so proved is taken for who he says he is; one whom our server found false never is."""
        return proof.holds or (proof is Proof.NONE and not self.proof_required)


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
    """The single ones; those that come back are `recurring`, and `core.opening.plans` knows both."""
    synonyms: dict[str, Word]
    """Plain spelling of a reply word -> the word."""
    doubtful: frozenset[str]
    """Plain phrases that sound like a decision and are asked back."""
    empty_words: EmptyWords = field(default_factory=EmptyWords)
    """What explains an achievement under the target must hold a word besides these."""
    casual: frozenset[str] = frozenset()
    """Plain spellings among the synonyms that agree to anything: they count only where a decision was asked for."""
    beside: Beside = field(default_factory=Beside)
    """What may stand beside a deciding word."""
    past: Past = field(default_factory=Past)
    """Figures of other cycles; whoever decides lays those of the ledger beside what is configured."""
    programs: tuple[tuple[str, str], ...] = ()
    """Code and name of each program the budget lines belong to, e.g. `2.12.02` Program Pendaftaran Penduduk."""
    strategic_issues: tuple[str, ...] = ()
    """Isu strategis of the Renstra, printed in Bab I of the report (PermenPANRB 53/2014); empty: asked for there."""
    profile: Profile = field(default_factory=Profile)
    """What the report says of the office itself."""
    ratification: Ratification = field(default_factory=Ratification)
    """Whether the word by mail is enough, or signed papers are wanted."""
    filing: Filing = UNFILED
    recurring: tuple[Recurring, ...] = ()
    """Cycles that come back every quarter or year."""
    language: Language = Language.INDONESIAN
    """In which people of the office are written to who have no language of their own."""

    def speaks_to(self, person: Person) -> Language:
        """Return in which language somebody is written to: other offices, by law, in Indonesian, or in their own."""
        usual = Language.INDONESIAN if person.role in OUTSIDE else self.language
        return person.language or usual

    @property
    def planning_unit(self) -> str:
        """Return what the office calls the unit that runs the reporting; empty if neither it nor a title says so."""
        return self.profile.planning_unit or self.roster.headed_by(Role.PLANNING)

    @property
    def planning_board(self) -> str:
        """Return the name of whom the report goes to, by its head's title; empty if that names none."""
        return self.roster.headed_by(Role.PLANNING_BOARD)

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
        plan = planned(key, self)
        if plan is None:
            raise KeyError(key)
        return plan

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
