"""`office.yaml`, the part about the report: the office as Bab I and II tell it, and last year's evaluation."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from mailbot.core.model.profile import CriterionRule, FollowUpState
from mailbot.settings.files.block import Block
from mailbot.settings.files.fields import Line, Pct, Words, Year

_Count = Annotated[int, Field(ge=0)]


class PostBlock(Block):
    """One post of the office's structure."""

    title: Words = Field(description="Title of the post, as printed.")
    under: Line = Field(default="", description="Title of the post above it; empty: the head of the office.")


class AmountBlock(Block):
    """So many of one kind: people of a rank or an education, things of a kind."""

    group: Words = Field(description="What the table is about, e.g. Golongan, Pendidikan; one table for each.")
    name: Words = Field(description="What is counted, e.g. Golongan III.")
    count: _Count = Field(description="How many.")
    note: Line = Field(default="", description="A remark printed beside it.")


class AimBlock(Block):
    """One tujuan of the Renstra."""

    code: Words = Field(description="Code of the aim, e.g. T1.")
    text: Words = Field(description="The aim in the words of the Renstra.")
    objectives: tuple[Words, ...] = Field(default=(), description="Codes of the objectives (sasaran) that serve it.")


class ActionBlock(Block):
    """One line of the rencana aksi."""

    objective: Words = Field(description="Code of the objective (sasaran) it serves.")
    text: Words = Field(description="What is to be done.")
    owner: Line = Field(default="", description="Who does it, as printed.")
    due: Line = Field(default="", description="When, as printed: Triwulan II.")


class ProfileBlock(Block):
    """The office as the report tells it; what is left empty is printed as not filled in, never invented."""

    year: Year | None = Field(
        default=None,
        description=(
            "Year reported on that `agreement`, `actions` and the recommendations of `evaluation` belong to: a report "
            "on another year prints them as not filled in; empty: any year."
        ),
    )
    planning_unit: Line = Field(
        default="", description="Name of the unit that runs the reporting; empty: taken from its head's title."
    )
    background: tuple[Words, ...] = Field(default=(), description="Latar belakang, a paragraph each.")
    purposes: tuple[Words, ...] = Field(default=(), description="Maksud dan tujuan of the report, a point each.")
    laws: tuple[Words, ...] = Field(default=(), description="Dasar hukum, one instrument each, local rules included.")
    task: Line = Field(default="", description="Tugas pokok of the office.")
    functions: tuple[Words, ...] = Field(default=(), description="Fungsi of the office, one each.")
    overview: tuple[Words, ...] = Field(default=(), description="Gambaran umum, a paragraph each.")
    posts: tuple[PostBlock, ...] = Field(default=(), description="Posts of the office's structure, without names.")
    staff: tuple[AmountBlock, ...] = Field(default=(), description="People by rank, education and the like.")
    facilities: tuple[AmountBlock, ...] = Field(default=(), description="Sarana dan prasarana.")
    strategic_aspects: tuple[Words, ...] = Field(default=(), description="Aspek strategis of the office, one each.")
    vision: Line = Field(default="", description="Visi of the head of the region that the office serves.")
    missions: tuple[Words, ...] = Field(default=(), description="Misi that the office serves, one each.")
    aims: tuple[AimBlock, ...] = Field(default=(), description="Tujuan of the Renstra.")
    agreement: Line = Field(
        default="",
        description="The signed Perjanjian Kinerja, scanned (PDF, PNG or JPEG), relative to this folder; empty: none.",
    )
    actions: tuple[ActionBlock, ...] = Field(default=(), description="Rencana aksi, a line each.")


class RecommendationBlock(Block):
    """One recommendation of last year's evaluation, and what became of it."""

    text: Words = Field(description="The recommendation in the evaluator's words.")
    step: Line = Field(default="", description="What was done about it; empty: the report says that nothing was told.")
    owner: Line = Field(default="", description="Who does it, as printed.")
    due: date | None = Field(default=None, description="Until when; empty: no day was set.")
    state: FollowUpState = Field(default=FollowUpState.OPEN, description="How far it is.")
    proof: Line = Field(default="", description="The document that shows it.")


class CriterionBlock(Block):
    """One line of the evaluator's sheet."""

    code: Words = Field(description="Code of the criterion on the sheet.")
    text: Words = Field(description="What is graded.")
    weight: Pct = Field(description="How much it weighs, in points.")
    rule: CriterionRule = Field(description="Which rule looks at the draft.")


class EvaluationBlock(Block):
    """The evaluation of AKIP: last year's recommendations, and the sheet that this year's report is graded by."""

    report: Line = Field(default="", description="Which evaluation the recommendations come from: its number and year.")
    recommendations: tuple[RecommendationBlock, ...] = Field(default=(), description="Its recommendations.")
    criteria: tuple[CriterionBlock, ...] = Field(
        default=(), description="The evaluator's sheet for the report (Pelaporan); empty: nothing is graded."
    )
    published: Line = Field(default="", description="Where the office publishes its reports: the page's address.")
    illustrative: bool = Field(default=False, description="The sheet is a sample, not the Inspektorat's own.")
