"""`office.yaml`: who we are, the mailbox, the calendar, numbers of letters, formulas, words, limits, trust."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from mailbot.core.model.form import Severity
from mailbot.settings.files.backup import BackupBlock
from mailbot.settings.files.block import Block
from mailbot.settings.files.calendar import CalendarBlock
from mailbot.settings.files.delivery import DeliveryBlock, LetterNumbersBlock
from mailbot.settings.files.fields import Line, OfficeKey, Pct, Words
from mailbot.settings.files.filing import FilingBlock
from mailbot.settings.files.keeping.object_store import ObjectStoreBlock
from mailbot.settings.files.letters import LettersBlock, WordsBlock
from mailbot.settings.files.limits import Limits
from mailbot.settings.files.mailbox import FurtherMailbox, ImapBlock, MailboxBlock, Pacing, SmtpBlock, Trust
from mailbot.settings.files.oauth import OAuthBlock
from mailbot.settings.files.profile import EvaluationBlock, ProfileBlock
from mailbot.settings.files.ratified import RatifiedBlock
from mailbot.settings.files.retention import RetentionBlock
from mailbot.settings.files.watchdog import LogBlock, Watchdog
from mailbot.settings.files.web.board import BoardBlock


class LetterheadBlock(Block):
    """The kop, and what letters print about the office."""

    government: Words = Field(description="First line of the kop.")
    agency: Words = Field(description="Second line of the kop, in capitals.")
    agency_name: Words = Field(description="The agency's name as written in a sentence.")
    agency_short: Words = Field(description="The agency's short name; ends the subject of every mail.")
    address_line: Words = Field(description="Third line of the kop: street, telephone, post code.")
    place: Words = Field(description="Place printed before the date of a letter.")
    contact: Words = Field(description="Whom to call, with number; printed under every mail.")
    logo: Line = Field(
        default="",
        description="Picture for the kop (PNG or JPEG), relative to this folder; empty: a neutral placeholder.",
    )


Gradable = Literal[
    "evidence_missing",
    "obstacles_required",
    "follow_up_required",
    "explanation_over_target",
    "spent_over_budget",
    "ratio_mismatch",
    "total_of_parts",
    "evidence_not_attached",
    "jump",
    "cumulative_fell",
    "level_fell",
    "not_whole",
    "quarter_over_year",
    "same_as_last_year",
    "all_same_as_last_year",
    "same_as_last_quarter",
    "all_same_as_last_quarter",
    "source_differs",
    "absorption_against_achievement",
]
"""Findings whose weight is the office's own affair; what cannot be read or be true is a fault everywhere."""


FormColumn = Literal[
    "code",
    "objective",
    "name",
    "unit_of_measure",
    "polarity",
    "target",
    "last",
    "numerator",
    "denominator",
    "actual",
    "achievement_pct",
    "enabling_factors",
    "obstacles",
    "follow_up",
    "data_source",
    "evidence",
    "remark",
    "budget",
    "spent_idr",
    "absorption_pct",
    "note",
    "output",
    "output_unit",
    "output_target",
    "output_actual",
    "answer",
]
"""Columns of the form, on whichever of its sheets they stand."""


class FormsBlock(Block):
    """How returned forms are judged."""

    explain_below_pct: Pct = Field(
        default=Decimal(100), description="Obstacles and follow-up are required under this achievement, in percent."
    )
    explain_above_pct: Pct = Field(
        default=Decimal(120), description="An explanation is required over this achievement, in percent."
    )
    ratio_tolerance: Pct = Field(
        default=Decimal("0.05"),
        description="How far a value may lie from numerator / denominator, in the indicator's own unit.",
    )
    jump_limit_pct: Pct = Field(
        default=Decimal(50),
        description="A value further than this from the last one, in percent of it, is asked about.",
    )
    absorption_gap_points: Pct = Field(
        default=Decimal(25),
        description="Absorption and mean achievement of a whole year further apart than this are noted, in points.",
    )
    help_after_returns: int = Field(
        default=3, ge=1, description="Ask Subbag Program to help when a form has gone back this often."
    )
    correction_days: int = Field(
        default=2, ge=0, le=30, description="Working days in which the word SALAH opens an accepted form again."
    )
    required: tuple[Literal["enabling_factors", "data_source", "evidence"], ...] = Field(
        default=("enabling_factors", "data_source", "evidence"),
        description="Texts required beside each value; the value itself always is. Marked `*` on the form.",
    )
    severity: dict[Gradable, Severity] = Field(
        default={},
        description=(
            "Finding -> how grave it is here: `fault` (the form goes back), `warning` (unless a reason stands beside "
            "it), or `note`."
        ),
    )
    column_names: dict[FormColumn, tuple[Words, ...]] = Field(
        default={},
        description=(
            "Column of the form -> further headers that it may come back under, beside its own and the usual ones; "
            "e.g. `obstacles: [Masalah Utama]`."
        ),
    )
    evidence_attached: bool = Field(
        default=False, description="Whether evidence named in the form must also be attached to the mail."
    )


class DecisionsBlock(Block):
    """How long a decision can be taken back."""

    recall_minutes: int = Field(
        default=30,
        ge=0,
        le=480,
        description=(
            "Minutes of office time in which the word BATAL takes a decision or an order back, before anything comes "
            "of it; row 8's hour begins after them. 0: what is decided stands at once."
        ),
    )


class ChangesBlock(Block):
    """Which edits of these files act at once while a cycle is under way."""

    few_mails: int = Field(
        default=5,
        ge=0,
        description=(
            "An edit of which more people than this get a mail waits for the operator's BENAR, or for `mailbot apply`; "
            "others that wait are listed in docs/running.md."
        ),
    )
    settle_seconds: int = Field(
        default=30,
        ge=0,
        le=3600,
        description=(
            "A daemon judges an edit once the folder has shown the same bytes for so long, in seconds: a file half "
            "saved is no edit."
        ),
    )


class FormulasBlock(Block):
    """Which of the variants in use this office follows; the report prints the rule."""

    negative: Literal["a", "b"] = Field(
        default="a", description="Lower is better: `a` is (2 x target - actual) / target, `b` is target / actual."
    )
    average_cap_pct: Pct | None = Field(
        default=Decimal(120),
        description="Cap on one achievement inside an average, in percent: one 400 must not hide failures; null: none.",
    )
    efficiency: Literal["difference", "simple", "conditional", "volume"] = Field(
        default="difference",
        description=(
            "How efficiency is judged: `difference` of achievement and absorption, `simple` (the greater of the two), "
            "`conditional` (what was not spent, where the target is met), or `volume` (after the central government)."
        ),
    )
    efficiency_tolerance: Pct = Field(
        default=Decimal(5), description="Achievement and absorption within this many points of each other are balanced."
    )


class RatingBlock(Block):
    """One step of the rating scale (predikat)."""

    at_least: Pct = Field(description="Achievement from which it is reached, in percent.")
    label: Words = Field(description="The word printed.")


_PERMENDAGRI_86_2017 = (
    RatingBlock(at_least=Decimal(91), label="Sangat Tinggi"),
    RatingBlock(at_least=Decimal(76), label="Tinggi"),
    RatingBlock(at_least=Decimal(66), label="Sedang"),
    RatingBlock(at_least=Decimal(51), label="Rendah"),
    RatingBlock(at_least=Decimal(0), label="Sangat Rendah"),
)


class OfficeFile(Block):
    """One office: one mailbox that letters leave from, one folder of YAML."""

    key: OfficeKey = Field(
        default="",
        description=(
            "The office's own key where several share a database or a folder of offices: small letters, digits and "
            "`-`, at most 40; it stays what it is for good, for the ledger keeps every row under it. Alone it may be "
            "empty."
        ),
    )
    language: Literal["id", "en"] = Field(
        default="id",
        description=(
            "Language of `check`, and of letters to people of the office who have no `language` of their own in "
            "`recipients.yaml`: `id` (Indonesian), `en` (English)."
        ),
    )
    letterhead: LetterheadBlock = Field(description="The kop, and what letters print about the office.")
    letter_numbers: LetterNumbersBlock = Field(description="How letters are numbered.")
    delivery: DeliveryBlock = Field(default=DeliveryBlock(), description="How the ratified report leaves.")
    mailbox: MailboxBlock = Field(description="The addresses that are ours.")
    imap: ImapBlock = Field(description="The server that the mailbox is read from.")
    smtp: SmtpBlock = Field(description="The server that letters are handed to.")
    oauth: OAuthBlock = Field(default=OAuthBlock(), description="Logging in by OAuth2 instead of a password.")
    mailboxes: tuple[FurtherMailbox, ...] = Field(
        default=(), description="Further mailboxes that are read as well; letters leave from `mailbox` alone."
    )
    pacing: Pacing = Field(default=Pacing(), description="How fast letters may leave.")
    watchdog: Watchdog = Field(
        default=Watchdog(), description="When the operator is told that mail does not work, and how."
    )
    log: LogBlock = Field(default=LogBlock(), description="How the daemon tells of its work.")
    letters: LettersBlock = Field(default=LettersBlock(), description="What goes with letters.")
    trust: Trust = Field(default=Trust(), description="What proves that a mail is from whom it says.")
    filing: FilingBlock = Field(default=FilingBlock(), description="How a closed cycle is filed: retention and fate.")
    retention: RetentionBlock = Field(
        default=RetentionBlock(), description="How long what is kept of people is kept: what `mailbot prune` removes."
    )
    ratified: RatifiedBlock = Field(
        default=RatifiedBlock(), description="What makes the report and its cover letter count as ratified."
    )
    calendar: CalendarBlock = Field(default=CalendarBlock(), description="Office days and hours.")
    forms: FormsBlock = Field(default=FormsBlock(), description="How returned forms are judged.")
    decisions: DecisionsBlock = Field(default=DecisionsBlock(), description="How long a decision can be taken back.")
    changes: ChangesBlock = Field(default=ChangesBlock(), description="Which edits of these files act at once.")
    formulas: FormulasBlock = Field(default=FormulasBlock(), description="Which variants of the formulas are used.")
    ratings: tuple[RatingBlock, ...] = Field(
        default=_PERMENDAGRI_86_2017, description="Rating scale, best first; by default that of Permendagri 86/2017."
    )
    words: WordsBlock = Field(default=WordsBlock(), description="How people may write the reply words.")
    profile: ProfileBlock = Field(default=ProfileBlock(), description="What the report says of the office itself.")
    evaluation: EvaluationBlock = Field(
        default=EvaluationBlock(), description="Last year's evaluation of AKIP, and the sheet the report is graded by."
    )
    limits: Limits = Field(default=Limits(), description="How large and how odd what comes in may be.")
    board: BoardBlock = Field(default=BoardBlock(), description="The status board (`mailbot web`).")
    database: Line = Field(
        default="sqlite:///ledger.db",
        description="Where the ledger is, unless MAILBOT_DATABASE_URL says; a relative file lies in the data folder.",
    )
    object_store: ObjectStoreBlock = Field(
        default=ObjectStoreBlock(), description="An S3-compatible store that large files are carried to."
    )
    backup: BackupBlock = Field(default=BackupBlock(), description="Copies of the ledger that mailbot makes by itself.")
    archive_folder: Words = Field(
        default="arsip", description="Where closed cycles are archived; a relative path lies in the data folder."
    )
