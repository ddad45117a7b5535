"""What a returned form isian says, as values with the cell each came from, and the faults in it (SOP rows 3, 4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from mailbot.core.model.form_layout import code_key

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from mailbot.core.model.indicators import Period
    from mailbot.core.model.mail import Proof
    from mailbot.core.model.unreadable import Unreadable


class Severity(StrEnum):
    """How much a finding weighs."""

    FAULT = "fault"
    """The form goes back."""
    WARNING = "warning"
    """The form goes back unless a written reason stands beside it."""
    NOTE = "note"
    """Told, never held against the form."""


class FaultCode(StrEnum):
    """Everything a form can be told about; the sentence for each is in `templates/faults.yaml`."""

    REQUIRED_EMPTY = "required_empty"
    NOT_A_NUMBER = "not_a_number"
    NOT_ITS_WORD = "not_its_word"
    """An indicator whose value is a word holds none of its words."""
    AMBIGUOUS_NUMBER = "ambiguous_number"
    WRONG_UNIT = "wrong_unit"
    OUT_OF_RANGE = "out_of_range"
    NEGATIVE = "negative"
    FORMULA_WITHOUT_VALUE = "formula_without_value"
    CELL_ERROR = "cell_error"
    DATE_IN_NUMBER = "date_in_number"
    MERGED_CELL = "merged_cell"
    LOCKED_CHANGED = "locked_changed"
    ROW_MISSING = "row_missing"
    ROW_ADDED = "row_added"
    ROW_TWICE = "row_twice"
    COLUMN_MISSING = "column_missing"
    SHEET_MISSING = "sheet_missing"
    OBSTACLES_REQUIRED = "obstacles_required"
    FOLLOW_UP_REQUIRED = "follow_up_required"
    ZERO_MISSED = "zero_missed"
    EXPLANATION_OVER_TARGET = "explanation_over_target"
    CUMULATIVE_FELL = "cumulative_fell"
    LEVEL_FELL = "level_fell"
    NOT_WHOLE = "not_whole"
    QUARTER_OVER_YEAR = "quarter_over_year"
    SAME_AS_LAST_QUARTER = "same_as_last_quarter"
    ALL_SAME_AS_LAST_QUARTER = "all_same_as_last_quarter"
    SPENT_OVER_BUDGET = "spent_over_budget"
    TOTAL_MISMATCH = "total_mismatch"
    TOTAL_OF_PARTS = "total_of_parts"
    """An indicator that is the sum of others is not."""
    RATIO_MISMATCH = "ratio_mismatch"
    RATIO_OUT_OF_RANGE = "ratio_out_of_range"
    """Numerator by denominator is a value that the indicator cannot have."""
    DENOMINATOR_ZERO = "denominator_zero"
    EVIDENCE_MISSING = "evidence_missing"
    EVIDENCE_NOT_ATTACHED = "evidence_not_attached"
    SAME_AS_LAST_YEAR = "same_as_last_year"
    ALL_SAME_AS_LAST_YEAR = "all_same_as_last_year"
    JUMP = "jump"
    NARRATIVE_COPIED = "narrative_copied"
    """An obstacle or a follow-up stands there word for word as in the period before."""
    SOURCE_DIFFERS = "source_differs"
    """The unit names another source than the configured one, and its own is what counts."""
    ABSORPTION_AGAINST_ACHIEVEMENT = "absorption_against_achievement"
    PERSONAL_DATA = "personal_data"
    EVIDENCE_PERSONAL_DATA = "evidence_personal_data"
    # Answers written as lines of a mail
    LINE_UNREAD = "line_unread"
    LINE_UNKNOWN_CODE = "line_unknown_code"
    LINE_OTHER_UNIT = "line_other_unit"
    LINE_TWICE = "line_twice"
    LINE_NOT_FILLED_IN = "line_not_filled_in"
    LINE_UNUSED = "line_unused"
    """A form came with the mail, and says something else or nothing there."""
    # Several files in one mail
    FILE_UNUSED = "file_unused"
    """Another file of the mail counts in its place."""
    FILE_UNOPENED = "file_unopened"
    FILE_SHORTCUT = "file_shortcut"
    """Beside the form came only the way to another file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One finding in a form: what, where, what stood there, what was expected, and what we would propose."""

    code: FaultCode
    severity: Severity = Severity.FAULT
    sheet: str = ""
    cell: str = ""
    """A1 reference without the sheet; empty if it concerns the whole sheet or form."""
    row: str = ""
    """Code of the indicator or sub kegiatan."""
    column: str = ""
    """Name of the form's column the finding is about, as printed in the header."""
    given: str = ""
    expected: str = ""
    other: str = ""
    """A second figure the sentence needs (the other reading, the last value, the total)."""
    proposal: str = ""
    """An unambiguous correction, ready to be copied into the cell; empty if there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One input cell: the number read (if it is one), the text as written, and where it stands."""

    value: Decimal | None = None
    text: str = ""
    sheet: str = ""
    cell: str = ""
    nil: bool = False
    """NIHIL was written: an answer, not a blank."""

    @property
    def blank(self) -> bool:
        """Say whether nothing was written here."""
        return self.value is None and not self.nil and not self.text.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorAnswer:
    """One row of sheet `Indikator` as filled in."""

    code: str
    actual: Entry = field(default_factory=Entry)
    numerator: Entry = field(default_factory=Entry)
    denominator: Entry = field(default_factory=Entry)
    enabling_factors: Entry = field(default_factory=Entry)
    obstacles: Entry = field(default_factory=Entry)
    follow_up: Entry = field(default_factory=Entry)
    data_source: Entry = field(default_factory=Entry)
    evidence: Entry = field(default_factory=Entry)
    remark: Entry = field(default_factory=Entry)
    """A written reason that lets a warning pass."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetAnswer:
    """One row of sheet `Anggaran` as filled in; money in rupiah."""

    code: str
    spent_idr: Entry = field(default_factory=Entry)
    output_actual: Entry = field(default_factory=Entry)
    """What of the sub kegiatan's output was realised, in its own unit."""
    note: Entry = field(default_factory=Entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrative:
    """Sheet `Narasi`."""

    analysis: Entry = field(default_factory=Entry)
    innovation: Entry = field(default_factory=Entry)
    awards: Entry = field(default_factory=Entry)
    recommendation: Entry = field(default_factory=Entry)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return the answers in the order of the sheet."""
        return (self.analysis, self.innovation, self.awards, self.recommendation)

    def over(self, earlier: Narrative) -> Narrative:
        """Return these answers laid over earlier ones: what is blank here is taken from there."""
        return Narrative(
            analysis=earlier.analysis if self.analysis.blank else self.analysis,
            innovation=earlier.innovation if self.innovation.blank else self.innovation,
            awards=earlier.awards if self.awards.blank else self.awards,
            recommendation=earlier.recommendation if self.recommendation.blank else self.recommendation,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FormData:
    """Everything one unit filled in for one cycle."""

    indicators: tuple[IndicatorAnswer, ...] = ()
    budget: tuple[BudgetAnswer, ...] = ()
    narrative: Narrative = field(default_factory=Narrative)
    filled_by: str = ""

    def figure(self, code: str) -> Entry | None:
        """Return the cell that holds the realised value or the spending of a row; None if the form has no such row."""
        figures = {code_key(row.code): row.actual for row in self.indicators}
        figures |= {code_key(row.code): row.spent_idr for row in self.budget}
        return figures.get(code_key(code))

    @property
    def blank(self) -> bool:
        """Say whether no figure and no narrative was filled in at all."""
        figures = (*(row.actual for row in self.indicators), *(row.numerator for row in self.indicators))
        cells = (*figures, *(row.spent_idr for row in self.budget), *self.narrative.entries)
        return all(cell.blank for cell in cells)

    @property
    def codes(self) -> frozenset[str]:
        """Return the codes of every row the form holds, filled in or not."""
        return frozenset((*(row.code for row in self.indicators), *(row.code for row in self.budget)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """The very-hidden sheet of a form: which cycle, unit and template it was made for, and whether its HMAC holds."""

    cycle: str
    unit: str
    template_version: int
    valid: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadForm:
    """One attachment as read: either `unreadable` says why not, or `data` and `faults` say what it holds."""

    file_sha256: str
    file_name: str
    stamp: Stamp | None = None
    data: FormData = field(default_factory=FormData)
    faults: tuple[Fault, ...] = ()
    """Faults of reading (cells that are no numbers, rows that are gone), before any check against targets."""
    unreadable: Unreadable | None = None
    untouched: bool = False
    """No input cell differs from the form as it was sent out."""
    years: tuple[int, ...] = ()
    """Of a form without our stamp: the years its headings name, e.g. 2024 for "Data Kinerja Tahun 2024"."""
    personal_data: bool = False
    """Somewhere in the file stands a number like a NIK, in a cell that is read or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadLines:
    """A mail's own lines (`IKU-02: 99,12`) read as answers; whose codes they are is not judged here."""

    form: ReadForm
    """The answers as if they stood in a form; its file is the mail's own words as text. No answer has a cell."""
    written: str = ""
    """The mail's own words."""
    ignored: tuple[str, ...] = ()
    """Own lines that may have been meant as an answer, and begin with no code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What one unit is asked in one cycle: the content of its form before anybody fills it in."""

    cycle: str
    period: Period
    unit: str
    due_at: datetime
    indicators: tuple[str, ...]
    budget: tuple[str, ...]
    last: dict[str, Decimal] = field(default_factory=dict)
    """Indicator code -> the last period's accepted value, shown greyed."""
    explained: dict[str, str] = field(default_factory=dict)
    """Indicator code -> what explained it in the period before, offered beside its Keterangan."""
    asked_at: datetime | None = None
    """From when the deadline is counted; where a day until then is an estimate, so is the deadline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One form of one unit, kept for ever whether it counts or not; `number` runs from 1 within unit and cycle."""

    number: int
    file_sha256: str
    file_name: str
    sender: str
    """Address it came from."""
    message_id: str
    received_at: datetime
    data: FormData
    faults: tuple[Fault, ...] = ()
    accepted: bool = False
    proof: Proof | None = None
    """How far its sender was proved; None: that was not noted yet when it came."""
    reason: str = ""
    """Why Subbag Program accepted it in spite of faults, or returned it in spite of none."""
