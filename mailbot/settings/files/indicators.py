"""`indicators.yaml`: what the office promised (sasaran, indicators, targets) and spends (sub kegiatan, pagu)."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from mailbot.core.model.indicators import Aggregation, Polarity
from mailbot.settings.files.block import Block
from mailbot.settings.files.fields import Amount, Key, Line, Pct, Quarters, Rupiah, Words, Worth, Year


class ObjectiveBlock(Block):
    """One sasaran strategis."""

    code: Words = Field(description="Code of the objective; the indicators refer to it.")
    text: Words = Field(description="The objective in the words of the Renstra.")


class BenchmarkBlock(Block):
    """A figure of elsewhere that an indicator is compared with."""

    name: Words = Field(description="Whose it is, e.g. Nasional, Provinsi Jawa Timur.")
    value: Worth = Field(description="The figure, in the indicator's unit.")
    year: Year | None = Field(default=None, description="Year it is of; empty: not known.")
    source: Line = Field(default="", description="Where it is published.")


class IndicatorBlock(Block):
    """One indicator kinerja; all its numbers are in its own unit of measure."""

    code: Words = Field(description="Code, e.g. IKU-01; it stands in the form and never changes.")
    objective: Words = Field(description="Code of its objective (sasaran).")
    name: Words = Field(description="The indicator as printed.")
    unit_of_measure: Words = Field(description="Satuan, e.g. Persen, Indeks, Hari kerja.")
    polarity: Polarity = Field(description="`up`: a higher value is better; `down`: a lower one is.")
    aggregation: Aggregation = Field(
        description="How quarters make a year: `last` (the last one filled), `sum`, or `mean`."
    )
    decimals: int = Field(default=2, ge=0, le=6, description="Decimals printed.")
    targets: dict[Year, Quarters] = Field(
        min_length=1,
        description=(
            "Year -> target of each quarter, four values: a number, a range `[7.00, 7.50]`, a word of `grades`, or "
            "null where nothing is promised."
        ),
    )
    history: dict[Year, Worth] = Field(
        default={},
        description="Year -> realised value of past years; what the ledger has of a closed year goes before it.",
    )
    plan_end_target: Worth | None = Field(default=None, description="Target at the end of the Renstra; null: none.")
    plan_end_total: bool = Field(
        default=False,
        description="The end target is of all years of the Renstra together, as of what is added up, not of the last.",
    )
    national: Worth | None = Field(
        default=None, description="National standard without year or source, better told in `benchmarks`; null: none."
    )
    benchmarks: tuple[BenchmarkBlock, ...] = Field(
        default=(), description="National and peers' figures to compare with, each with its year and source."
    )
    negative: Literal["a", "b"] | None = Field(
        default=None, description="Variant of the formula where lower is better; null: that of `formulas`."
    )
    grades: dict[Words, Decimal] = Field(
        default={}, description="Words that stand for a value (BB, WTP, Ada) -> score, best first; empty: a number."
    )
    definition: Line = Field(default="", description="Operational definition, after the Manual IKU.")
    formula: Line = Field(default="", description="How it is computed, in words, after the Manual IKU.")
    programs: tuple[Words, ...] = Field(
        default=(), description="Codes of the programs, kegiatan or sub kegiatan behind it."
    )
    owner: Key = Field(description="Key of the unit that reports it.")
    data_source: Words = Field(description="Where the figure comes from, e.g. Laporan SKM.")
    minimum: Decimal | None = Field(default=None, description="Smallest plausible value; null: none.")
    maximum: Decimal | None = Field(default=None, description="Largest plausible value; null: none.")
    numerator: Line = Field(default="", description="What is counted above the line, where the indicator is a ratio.")
    denominator: Line = Field(default="", description="What is counted below the line, where the indicator is a ratio.")
    total_of: tuple[Words, ...] = Field(
        default=(),
        description=(
            "Codes of the same unit's indicators that this one is the sum of; compared where all have a value, within "
            "`ratio_tolerance`."
        ),
    )
    explain_below_pct: Pct | None = Field(
        default=None, description="Obstacles and follow-up are required under this achievement; null: `forms`."
    )
    explain_above_pct: Pct | None = Field(
        default=None, description="An explanation is required over this achievement; null: `forms`."
    )
    ratio_tolerance: Decimal | None = Field(
        default=None, ge=0, description="Allowed distance from numerator / denominator; null: `forms`."
    )
    jump_limit_pct: Pct | None = Field(
        default=None,
        description="A value further than this from the last one, in percent of it, is asked about; null: `forms`.",
    )


class ProgramBlock(Block):
    """One program that budget lines belong to, or one of its kegiatan."""

    code: Words = Field(
        description="Code of the program (2.12.02) or kegiatan (2.12.02.2.01); the codes of its lines begin with it."
    )
    name: Words = Field(description="Name of the program or kegiatan (Permendagri 90/2019).")


class BudgetBlock(Block):
    """One sub kegiatan with its ceiling."""

    code: Words = Field(description="Code of the sub kegiatan.")
    name: Words = Field(description="Name of the sub kegiatan.")
    owner: Key = Field(description="Key of the unit that reports it.")
    budget_idr: dict[Year, Rupiah | None] = Field(
        min_length=1,
        description="Year -> pagu in rupiah (after APBD-P the revised one); null: not in that year's budget.",
    )
    original_idr: dict[Year, Rupiah | None] = Field(
        default={}, description="Year -> pagu murni, where APBD-P changed it."
    )
    output: Line = Field(default="", description="Indikator keluaran; empty: the form asks for no output.")
    output_unit: Line = Field(default="", description="Unit of the output, e.g. Dokumen, Laporan.")
    output_targets: dict[Year, Amount | None] = Field(
        default={}, description="Year -> target of the output for the whole year."
    )


class IndicatorsFile(Block):
    """What the office promised, and what it spends."""

    plan_end_year: Year = Field(description="Last year of the Renstra.")
    objectives: tuple[ObjectiveBlock, ...] = Field(min_length=1, description="Objectives (sasaran strategis).")
    strategic_issues: tuple[Words, ...] = Field(
        default=(),
        description="Isu strategis of the Renstra, a sentence each; Bab I of the report prints them or is marked.",
    )
    indicators: tuple[IndicatorBlock, ...] = Field(min_length=1, description="Indicators.")
    programs: tuple[ProgramBlock, ...] = Field(
        default=(),
        description="Programs the budget lines belong to, and the kegiatan that the report names below them.",
    )
    budget: tuple[BudgetBlock, ...] = Field(default=(), description="Budget lines (sub kegiatan).")
