"""What the report says of the office itself, and of last year's evaluation, in the office's own words (SOP row 6)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One post of the office's structure."""

    title: str
    under: str = ""
    """Title of the post above it; empty: the head."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """So many of one kind: people of a rank or an education, things of a kind."""

    group: str
    """What the table is about, e.g. `Golongan`, `Pendidikan`, `Sarana`; rows of one group stand together."""
    name: str
    count: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """One tujuan of the Renstra, with the codes of the objectives that serve it."""

    code: str
    text: str
    objectives: tuple[str, ...] = ()


NATIONAL = "Nasional"
"""Whose figure `Indicator.national` is, as it is printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """A figure of elsewhere to compare with: the national one, or a peer's."""

    name: str
    """Whose it is, e.g. `Nasional`, `Provinsi Jawa Timur`."""
    value: Decimal
    year: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One line of the rencana aksi."""

    objective: str
    """Code of the objective it serves."""
    text: str
    owner: str = ""
    due: str = ""
    """When, as printed: `Triwulan II`."""


class FollowUpState(StrEnum):
    """How far a recommendation of the evaluation was followed."""

    DONE = "done"
    RUNNING = "running"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """One recommendation of last year's AKIP evaluation, and what became of it."""

    text: str
    step: str = ""
    """What was done about it; empty: nothing was said, and the report says so."""
    owner: str = ""
    due: date | None = None
    state: FollowUpState = FollowUpState.OPEN
    proof: str = ""
    """The document that shows it."""


class CriterionRule(StrEnum):
    """What can look at a draft and say whether a criterion of the evaluator's sheet is met."""

    FORMALISED = "formalised"
    """Ratified and signed."""
    ON_TIME = "on_time"
    REVIEWED = "reviewed"
    PUBLISHED = "published"
    TARGETS = "targets"
    """Each indicator's figure beside its target."""
    YEARS = "years"
    """Beside the years before, at least three."""
    PLAN_END = "plan_end"
    """Beside the target at the end of the Renstra."""
    BENCHMARK = "benchmark"
    """Beside the nation or peers."""
    CAUSES = "causes"
    """Causes of success and failure, obstacles, and what was done."""
    EFFICIENCY = "efficiency"
    PROGRAMS = "programs"
    """The programs and kegiatan behind it."""
    RECOMMENDATIONS = "recommendations"
    """What is to be done better, and what became of last year's recommendations."""
    EVIDENCE = "evidence"
    """Source and evidence of each figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One line of the evaluator's sheet: what is graded, how much it weighs, and which rule looks at the draft."""

    code: str
    text: str
    weight: Decimal
    rule: CriterionRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The office as Bab I and II tell it; whatever is empty is printed as not filled in, never invented."""

    year: int | None = None
    """Which year reported on the agreement, the actions and the recommendations belong to; None: any."""
    planning_unit: str = ""
    """Name of the unit that runs the reporting, as the office calls it; empty: asked of the roster."""
    background: tuple[str, ...] = ()
    """Latar belakang, a paragraph each."""
    purposes: tuple[str, ...] = ()
    """Maksud dan tujuan of the report, a point each."""
    laws: tuple[str, ...] = ()
    """Dasar hukum, one instrument each, local rules included."""
    task: str = ""
    """Tugas pokok."""
    functions: tuple[str, ...] = ()
    overview: tuple[str, ...] = ()
    """Gambaran umum, a paragraph each."""
    posts: tuple[Post, ...] = ()
    staff: tuple[Amount, ...] = ()
    facilities: tuple[Amount, ...] = ()
    strategic_aspects: tuple[str, ...] = ()
    vision: str = ""
    missions: tuple[str, ...] = ()
    aims: tuple[Aim, ...] = ()
    agreement: str = ""
    """Whole path of the scanned, signed Perjanjian Kinerja (PDF, PNG or JPEG); empty: none was given."""
    actions: tuple[Action, ...] = ()
    evaluation: str = ""
    """Which evaluation the recommendations come from, e.g. `LHE Inspektorat Nomor ... Tahun 2024`."""
    recommendations: tuple[Recommendation, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    """The evaluator's sheet; empty: nothing is graded."""
    published: str = ""
    """Where the office publishes its reports; empty: nobody has said so."""
    illustrative: bool = False
    """The sheet is a sample, not the Inspektorat's own."""

    def for_year(self, year: int) -> Profile:
        """Return the profile as a report on that year tells it: what belongs to another one is not filled in."""
        if self.year in {None, year}:
            return self
        return replace(self, agreement="", actions=(), evaluation="", recommendations=())
