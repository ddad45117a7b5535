"""The block `calendar` of `office.yaml`: zone, hours, Fridays, Ramadan, and the days on which the office differs."""

from __future__ import annotations

from datetime import date, time

from pydantic import Field

from mailbot.settings.files.block import Block
from mailbot.settings.files.fields import Clock, Line, Words, Zone


class DayBlock(Block):
    """One day on which the office's own calendar differs."""

    day: date = Field(description="The day, as 2026-12-24.")
    reason: Line = Field(default="", description="Why; for the reader of the file.")


class MovedBlock(Block):
    """A holiday that the office keeps on another day."""

    day: date = Field(description="The day that becomes a working day, as 2026-06-16.")
    to: date = Field(description="The day on which the office is closed instead.")
    reason: Line = Field(default="", description="Why; for the reader of the file.")


class HoursBlock(Block):
    """When the office opens and closes."""

    opens: Clock = Field(description="Hour of opening on these days.")
    closes: Clock = Field(description="Hour of closing on these days.")


class SpanBlock(Block):
    """From one day to another."""

    first: date = Field(description="First day, as 2026-02-19.")
    last: date = Field(description="Last day, itself included.")


class RamadanBlock(Block):
    """Hours in Ramadan; by default those of Perpres 21/2023 and the circulars of the ministry for five working days."""

    opens: Clock = Field(default=time(8, 0), description="Hour of opening in Ramadan.")
    closes: Clock = Field(default=time(15, 0), description="Hour of closing in Ramadan, Monday to Thursday.")
    friday_closes: Clock = Field(default=time(15, 30), description="Hour of closing on a Friday in Ramadan.")
    dates: tuple[SpanBlock, ...] = Field(
        default=(),
        description=(
            "When Ramadan is, where that is not what this version knows or reckons: thirty days before Idul Fitri."
        ),
    )


class CalendarBlock(Block):
    """Office days and hours. Indonesia's public holidays and cuti bersama are known and need not be listed."""

    zone: Zone = Field(default="Asia/Jakarta", description="Time zone of the office.")
    zone_label: Words = Field(default="WIB", description="What is printed after a time.")
    opens: Clock = Field(default=time(7, 30), description="Hour from which letters may leave by themselves.")
    closes: Clock = Field(
        default=time(16, 0), description="Hour from which letters wait for the next working day; see `cutoff`."
    )
    cutoff: Clock | None = Field(
        default=None,
        description=(
            "Hour of every deadline; what comes later counts as of the next working day. On a day that closes before, "
            "and where this is empty, it is the hour of closing."
        ),
    )
    friday: HoursBlock | None = Field(default=None, description="Hours on Fridays, where they differ.")
    ramadan: RamadanBlock | None = Field(default=None, description="Hours in Ramadan; empty: as all the year.")
    closed: tuple[DayBlock, ...] = Field(default=(), description="Further days on which the office is closed.")
    open: tuple[DayBlock, ...] = Field(
        default=(),
        description="Holidays, cuti bersama, Saturdays or Sundays on which the office works; days withdrawn by an SKB.",
    )
    moved: tuple[MovedBlock, ...] = Field(default=(), description="Holidays that the office keeps on another day.")
