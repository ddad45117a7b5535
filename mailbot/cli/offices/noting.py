"""What the process that serves a folder of offices notes beside them, so that `status` can tell it: who is served."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mailbot.cli.alone import is_held
from mailbot.settings.variables import DATA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from mailbot.cli.offices.folders import OfficeFolder

_NAME = "offices.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """How one office is served."""

    folder: str
    office: str
    state: str
    why: str = ""
    since: str = ""
    """Since when that is so, ISO 8601."""
    data: str = ""
    """Where the things of an office lie whose folder is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What was noted last."""

    pid: int
    """The process that serves the folder; 0: none does."""
    offices: tuple[Noted, ...]
    gone: tuple[Noted, ...]


def place_of(root: Path, env: Mapping[str, str]) -> Path:
    """Return where the process that serves a folder of offices has its lock and its note."""
    return Path(env[DATA]).expanduser().resolve() if env.get(DATA) else root.resolve()


class Notes:
    """The note of one process; it is written when something has changed, and is nobody's decision."""

    def __init__(self, place: Path, clock: Callable[[], datetime]) -> None:
        """Go on from what was noted before: an office that is gone stays told of until its folder is back."""
        self._path, self._clock = place / _NAME, clock
        before = read_standing(place)
        self._gone = {one.folder: one for one in before.gone}
        self._last: dict[str, Noted] = {}
        self._written = ""

    def gone(self, office: OfficeFolder, data: Path) -> None:
        """Note an office whose folder is gone."""
        noted = Noted(folder=office.name, office=office.called, state="gone", since=self._now(), data=str(data))
        self._gone[office.name] = noted

    def write(self, noted: Iterable[Noted]) -> None:
        """Write how the offices are served, if that is not what stands there."""
        self._last = {one.folder: self._since(one) for one in noted}
        back = {one.office for one in self._last.values()} | self._last.keys()
        self._gone = {name: one for name, one in self._gone.items() if not {name, one.office} & back}
        told: dict[str, Any] = {
            "pid": os.getpid(),
            "offices": [asdict(one) for one in self._last.values()],
            "gone": [asdict(one) for one in self._gone.values()],
        }
        text = json.dumps(told, indent=1, ensure_ascii=False)
        if text == self._written:
            return
        beside = self._path.with_name(f".{_NAME}.{os.getpid()}")
        with suppress(OSError):  # a note for who looks; nothing depends on it
            with os.fdopen(
                os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
            ) as file:
                file.write(text)
            beside.replace(self._path)
            self._written = text

    def _since(self, one: Noted) -> Noted:
        """Return a note with since when it holds."""
        before = self._last.get(one.folder)
        same = before is not None and (before.state, before.why) == (one.state, one.why)
        since = before.since if before is not None and same else self._now()
        return Noted(folder=one.folder, office=one.office, state=str(one.state), why=one.why, since=since)

    def _now(self) -> str:
        """Return the moment, as it is noted."""
        return self._clock().isoformat(timespec="seconds")


def read_standing(place: Path) -> Standing:
    """Return what was noted last, of a process that has ended only which folders are gone; nothing where none was."""
    try:
        told = json.loads((place / _NAME).read_text(encoding="utf-8"))
        gone = tuple(Noted(**one) for one in told["gone"])
        offices = tuple(Noted(**one) for one in told["offices"])
        pid = int(told["pid"])
    except (OSError, ValueError, KeyError, TypeError):
        return Standing(pid=0, offices=(), gone=())
    if not is_held(place):
        return Standing(pid=0, offices=(), gone=gone)
    return Standing(pid=pid, offices=offices, gone=gone)
