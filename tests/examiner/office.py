"""What anybody can know of an office: who is who, which row is whose, its days and hours, its ceilings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import yaml
from holidays.countries.indonesia import Indonesia

if TYPE_CHECKING:
    from collections.abc import Container, Mapping
    from pathlib import Path

_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """One person of the list."""

    role: str
    """As in `recipients.yaml`."""
    addresses: tuple[str, ...]
    """In small letters; the first is where letters go."""
    unit: str = ""
    since: date = date.min
    until: date = date.max
    """First and last day in the post."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What the examiner knows of an office and of the cycle that is examined."""

    mailbox: str
    people: tuple[Official, ...]
    zone: str
    opens: time
    closes: time
    closed: Container[date]
    inform_days: int
    """Working days the Sekretaris has for an objection (row 1)."""
    answers_per_day: int
    """So many answers one address gets in a day at most."""
    ceilings: Mapping[str, Decimal] = field(default_factory=dict)
    """Pagu of every budget line in the year reported on."""

    def owners(self, address: str) -> tuple[Official, ...]:
        """Return everybody whose address this is."""
        return tuple(one for one in self.people if address.lower() in one.addresses)

    def is_listed(self, address: str, moment: datetime) -> bool:
        """Say whether the address belongs to somebody who was in his post on that day."""
        day = self.day_of(moment)
        return any(one.since <= day <= one.until for one in self.owners(address))

    def has_role(self, address: str, *roles: str) -> bool:
        """Say whether the address belongs to somebody in one of these roles."""
        return any(one.role in roles for one in self.owners(address))

    def unit_of(self, address: str) -> str:
        """Return the unit of an address, empty if it has none."""
        return next((one.unit for one in self.owners(address) if one.unit), "")

    def same_person(self, first: str, second: str) -> bool:
        """Say whether two addresses are one person's."""
        return first.lower() == second.lower() or any(one in self.owners(second) for one in self.owners(first))

    def is_working_day(self, day: date) -> bool:
        """Say whether the office works on that day."""
        return day.weekday() < _SATURDAY and day not in self.closed

    def is_open(self, moment: datetime) -> bool:
        """Say whether the office is open at that moment."""
        here = moment.astimezone(ZoneInfo(self.zone))
        return self.is_working_day(here.date()) and self.opens <= here.time() < self.closes

    def day_of(self, moment: datetime) -> date:
        """Return the office's day of a moment."""
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def deadline(self, since: datetime, days: int) -> datetime:
        """Return the closing hour of the n-th working day after that moment."""
        here = since.astimezone(ZoneInfo(self.zone))
        day = here.date()
        if not self.is_working_day(day) or here.time() > self.closes:
            day = self._after(day)
        for _ in range(days):
            day = self._after(day)
        return datetime.combine(day, self.closes, tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    def _after(self, day: date) -> date:
        day += timedelta(days=1)
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day


def read_office(folder: Path, cycle: str) -> Office:
    """Read what matters of an office's YAML files, for one of its cycles."""
    files = {name: _read(folder / f"{name}.yaml") for name in ("office", "recipients", "sop", "cycles", "indicators")}
    calendar, plan = files["office"]["calendar"], _entry(files["cycles"]["cycles"], "key", cycle)
    rows = {row["step"]: row for row in files["sop"]["rows"]}
    national = Indonesia(
        years=range(plan["year"], plan["starts_on"].year + 2), categories=("public", "government"), language="id"
    )
    working = {_day(one) for one in calendar["open"]}
    return Office(
        mailbox=files["office"]["mailbox"]["address"],
        people=tuple(_official(one) for one in files["recipients"]["people"]),
        zone=calendar["zone"],
        opens=time.fromisoformat(calendar["opens"]),
        closes=time.fromisoformat(calendar["closes"]),
        closed=(set(national) - working) | {_day(one) for one in calendar["closed"]},
        inform_days=(plan.get("row_days") or {}).get("inform", rows["inform"]["days"]),
        answers_per_day=files["office"]["pacing"]["answers_per_day"],
        ceilings={
            line["code"]: Decimal(line["budget_idr"][plan["year"]])
            for line in files["indicators"]["budget"]
            if line["budget_idr"].get(plan["year"]) is not None
        },
    )


def _read(path: Path) -> Any:  # noqa: ANN401 - a YAML file is what it is
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _entry(entries: list[dict[str, Any]], name: str, value: str) -> dict[str, Any]:
    return next(one for one in entries if str(one[name]) == value)


def _day(entry: Any) -> date:  # noqa: ANN401 - a day, with or without its name
    found = entry["day"] if isinstance(entry, dict) else entry
    return found if isinstance(found, date) else date.fromisoformat(str(found))


def _official(entry: Mapping[str, Any]) -> Official:
    known = (entry["address"], *(entry.get("aliases") or ()), entry.get("second_address"))
    return Official(
        role=entry["role"],
        unit=entry.get("unit") or "",
        addresses=tuple(str(one).lower() for one in known if one),
        since=entry.get("since") or date.min,
        until=entry.get("until") or date.max,
    )
