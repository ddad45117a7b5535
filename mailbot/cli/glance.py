"""What `status` must know of the configuration, read in a tenth of the loader's time and without judging it.

The loader checks five files with pydantic, which takes longer than everything `status` does. Here a few plain values
are taken out of three of them; wherever anything is not as plain as that, the loader is asked, and says what is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from mailbot.core.model.sop import Step

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mailbot.settings.settings import Settings

DEFAULT_MINUTES = 30
"""That of the settings, which are not loaded here; a test holds the two equal."""
_SQLITE = "sqlite:///"
_DATABASE, _DATABASE_FILE, _DATA = "MAILBOT_DATABASE_URL", "MAILBOT_DATABASE_URL_FILE", "MAILBOT_DATA"


@dataclass(frozen=True, slots=True, kw_only=True)
class GlanceRow:
    """A row of the SOP in words."""

    sop: str
    title: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """Where the ledger is, and the words in which the office tells where it stands."""

    database_url: str
    zone: str
    zone_label: str
    rows: dict[Step, GlanceRow]
    after_minutes: int
    """Silence of a mailbox that is trouble (`watchdog`); 0: none is."""
    planned: tuple[tuple[str, date], ...]
    """Key and first day of every cycle of `cycles.yaml`."""

    def local(self, moment: datetime) -> datetime:
        """Return the same moment on the office's clock."""
        return moment.astimezone(ZoneInfo(self.zone))


def glance(folder: Path, env: Mapping[str, str]) -> Glance | None:
    """Take what `status` needs out of the YAML; None if it is not plainly there, so that the loader must be asked."""
    yaml = YAML(typ="safe", pure=True)
    try:
        office, sop, cycles = (yaml.load(folder / f"{name}.yaml") for name in ("office", "sop", "cycles"))
        return Glance(
            database_url=_database_url(office["database"], folder, env),
            zone=ZoneInfo(_text(office["calendar"]["zone"])).key,
            zone_label=_text(office["calendar"]["zone_label"]),
            after_minutes=_minutes(office.get("watchdog")),
            rows={
                Step(row["step"]): GlanceRow(sop=_text(row["sop"]), title=_text(row["title"]), who=_text(row["who"]))
                for row in sop["rows"]
            },
            planned=tuple((_text(one["key"]), _day(one["starts_on"])) for one in cycles["cycles"]),
        )
    except (OSError, YAMLError, LookupError, TypeError, ValueError):
        return None


def glance_of(settings: Settings) -> Glance:
    """Return the same out of settings that were loaded."""
    office = settings.office()
    return Glance(
        database_url=settings.database_url.get_secret_value(),
        zone=office.calendar.zone,
        zone_label=office.calendar.zone_label,
        after_minutes=settings.watchdog.after_minutes,
        rows={row.step: GlanceRow(sop=row.sop, title=row.title, who=row.who.value) for row in office.sop.rows},
        planned=tuple((plan.key, plan.starts_on) for plan in office.cycles),
    )


def _database_url(configured: Any, folder: Path, env: Mapping[str, str]) -> str:  # noqa: ANN401 - as it stands in the file
    """Return the ledger's URL as the loader would; raises ValueError where only the loader can tell."""
    if env.get(_DATABASE_FILE):
        message = "the URL stands in a file"
        raise ValueError(message)
    url = env.get(_DATABASE) or _text(configured)
    if not url.startswith(_SQLITE):
        return url
    named = env.get(_DATA)
    data = Path(named).expanduser().resolve() if named else folder.resolve().parent
    return f"{_SQLITE}{data / url.removeprefix(_SQLITE)}"


def _minutes(block: Any) -> int:  # noqa: ANN401 - as it stands in the file
    """Return the minutes of the watchdog's block, the default where it has none; raises for anything odd."""
    minutes = (block or {}).get("after_minutes")
    if minutes is not None and type(minutes) is not int:
        raise TypeError(type(minutes))
    return DEFAULT_MINUTES if minutes is None else minutes


def _text(value: Any) -> str:  # noqa: ANN401 - as it stands in the file
    """Return a text that is one; raises TypeError for anything else."""
    if not isinstance(value, str) or not value.strip():
        raise TypeError(type(value))
    return value.strip()


def _day(value: Any) -> date:  # noqa: ANN401 - as it stands in the file
    """Return a day that is one; raises TypeError for anything else."""
    if type(value) is not date:
        raise TypeError(type(value))
    return value
