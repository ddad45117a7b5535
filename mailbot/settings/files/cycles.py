"""`cycles.yaml`: which reporting cycles open when, and how people are reminded."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from mailbot.core.model.sop import Step
from mailbot.settings.files.block import Block
from mailbot.settings.files.fields import Key, Year

_Days = Annotated[int, Field(ge=0, le=60)]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
"""Names of the working days; the place in the list is the number the core counts with."""


class RemindersBlock(Block):
    """How people who owe something are reminded."""

    reminder_weekday: Literal["monday", "tuesday", "wednesday", "thursday", "friday"] = Field(
        default="monday", description="Day of the weekly reminder."
    )
    escalate_after: int = Field(default=2, ge=1, description="Tell the superior after this many reminders.")
    snooze_max_days: int = Field(
        default=5, ge=0, le=30, description="Working days that TUNDA may put reminders off, at most."
    )


class CycleBlock(Block):
    """One reporting cycle."""

    key: Key = Field(description="Short name of the cycle; it stands in subjects and in the archive.")
    year: Year = Field(description="Year reported on.")
    quarter: int | None = Field(default=None, ge=1, le=4, description="Quarter reported on; empty: the whole year.")
    starts_on: date = Field(description="Day on which the cycle opens by itself.")
    row_days: dict[Step, _Days] = Field(
        default={}, description="SOP row -> working days, where this cycle differs from `sop.yaml`."
    )
    units: tuple[Key, ...] = Field(default=(), description="Keys of the units asked; empty: all.")


class CyclesFile(Block):
    """The cycles, and the rhythm of reminders."""

    reminders: RemindersBlock = Field(default=RemindersBlock(), description="How people are reminded.")
    opens_within_days: int = Field(
        default=7, ge=0, le=60, description="A cycle whose day passed longer ago than this does not open by itself."
    )
    cycles: tuple[CycleBlock, ...] = Field(min_length=1, description="The cycles.")
