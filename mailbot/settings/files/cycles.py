"""`cycles.yaml`: which reporting cycles open when, and how people are reminded."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from mailbot.core.model.sop import Step
from mailbot.settings.files.block import Block
from mailbot.settings.files.fields import Key, RecurringKey, Year

_Days = Annotated[int, Field(ge=0, le=60)]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
"""Names of the working days; the place in the list is the number the core counts with."""


class RemindersBlock(Block):
    """How people who owe something are reminded."""

    reminder_weekday: Literal["monday", "tuesday", "wednesday", "thursday", "friday"] = Field(
        default="monday", description="Day of the weekly reminder."
    )
    late_every_days: int = Field(
        default=3, ge=1, le=20, description="After the deadline a reminder leaves every so many working days."
    )
    most_per_debt: int = Field(
        default=8,
        ge=1,
        le=50,
        description="Most reminders of one form or one word; after them the superior decides, and nobody is reminded.",
    )
    superior_after_days: int = Field(
        default=2, ge=1, le=60, description="Working days after the deadline at which the nearest superior hears."
    )
    agency_head_after_days: int = Field(
        default=5, ge=1, le=120, description="Working days after the deadline at which the Kepala Dinas hears."
    )
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


class RecurringBlock(Block):
    """A cycle that comes back, in one entry."""

    every: Literal["quarter", "year"] = Field(description="Whether it comes back after every quarter or every year.")
    from_year: Year = Field(description="First year reported on.")
    until_year: Year | None = Field(default=None, description="Last year reported on; empty: without end.")
    quarters: tuple[Annotated[int, Field(ge=1, le=4)], ...] = Field(
        default=(1, 2, 3, 4), min_length=1, description="Of `every: quarter`: which quarters are reported on."
    )
    opens_on_working_day: int = Field(
        default=1, ge=1, le=40, description="It opens on this working day after the period's end; 1: the first."
    )
    opens_on_day: int | None = Field(
        default=None,
        ge=1,
        le=28,
        description="In place of that: day of the month after the period's end; on a day off it opens on the next "
        "working day.",
    )
    key: RecurringKey | None = Field(
        default=None,
        description="Key of each cycle, with `{year}` and, of quarters, `{quarter}`; empty: `{year}-tw{quarter}`, or "
        "`{year}`. A cycle under `cycles` with the same key stands in its place.",
    )
    row_days: dict[Step, _Days] = Field(
        default={}, description="SOP row -> working days, where these cycles differ from `sop.yaml`."
    )
    units: tuple[Key, ...] = Field(
        default=(), description="Keys of the units asked; empty: all that have a target in the period."
    )

    @property
    def pattern(self) -> str:
        """Return the key with the places for year and quarter."""
        return self.key or ("{year}" if self.every == "year" else "{year}-tw{quarter}")


class CyclesFile(Block):
    """The cycles, and the rhythm of reminders."""

    reminders: RemindersBlock = Field(default=RemindersBlock(), description="How people are reminded.")
    opens_within_days: int = Field(
        default=7, ge=0, le=60, description="A cycle whose day passed longer ago than this does not open by itself."
    )
    openings_announced: bool = Field(
        default=True,
        description="Tell Subbag Program on the working day before what opens; TUNDA and BATAL in answer put it off or "
        "call it off.",
    )
    opening_put_off_days: int = Field(
        default=10, ge=0, le=60, description="Working days that TUNDA may put an opening off, at most."
    )
    recurring: tuple[RecurringBlock, ...] = Field(
        default=(), description="Cycles that come back every quarter or every year, and open by themselves."
    )
    cycles: tuple[CycleBlock, ...] = Field(default=(), description="Single cycles.")
