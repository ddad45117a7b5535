"""A line of the log: when, how grave, what was decided or said; as text to be read, or as JSON for a collector."""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mailbot.cli.log.masking import Mask
from mailbot.core.model.people import Role
from mailbot.errors import nameable

if TYPE_CHECKING:
    from mailbot.ledger.looking.decided import Told
    from mailbot.settings.settings import Settings

OURS = "mailbot"
_HOUSE = Path(__file__).parents[2]
_WITH_QUOTES = frozenset(' "=')
_MACHINE = "mailbot"
"""Who acts where nobody does; it is told by what the decision comes from."""
_NOBODY = "unlisted"
_MOST_FRAMES = 8


class Lines(logging.Formatter):
    """Writes what is logged in the office's own time, by the settings that are in force."""

    def __init__(self, settings: Settings, office: str = "") -> None:
        """Begin by these settings; where one log is that of several offices, each line names the one it is of."""
        super().__init__()
        self._of: Told = {"office": (office,)} if office else {}
        self.follow(settings)

    def follow(self, settings: Settings) -> None:
        """Go on by these settings."""
        self.settings, self._mask = settings, Mask(settings)
        self._office, self._json = settings.office(), settings.files.office.log.format == "json"

    def format(self, record: logging.LogRecord) -> str:
        """Return one line."""
        told = self._of | {name: tuple(map(self._mask, said)) for name, said in self._told(record).items()}
        at = self._office.calendar.local(datetime.fromtimestamp(record.created, UTC))
        level, message = record.levelname.lower(), self._mask(_message(record))
        wrong = self._wrong(record)
        if self._json:
            line = {"at": at.isoformat(timespec="milliseconds"), "level": level, "message": message, **told, **wrong}
            return json.dumps(line, ensure_ascii=False)
        when = f"{at:%Y-%m-%d %H:%M:%S} {self._office.calendar.zone_label}"
        behind = [f"{name}={_quoted(','.join(said))}" for name, said in (told | wrong).items()]
        return " ".join((when, level.upper(), message, *behind))

    def _told(self, record: logging.LogRecord) -> Told:
        """Return what a decision came to, its people by their role alone."""
        told: Told = getattr(record, "told", {})
        roles = dict.fromkeys(self._role(actor) for actor in told.get("by", ()) if actor != _MACHINE)
        named = {name: tuple(roles) if name == "by" else said for name, said in told.items()}
        return {name: said for name, said in named.items() if said}

    def _role(self, actor: str) -> str:
        """Return the role of whoever acted."""
        if actor == Role.OPERATOR.value:
            return actor
        return next((one.role.value for one in self._office.roster.people if one.key == actor), _NOBODY)

    def _wrong(self, record: logging.LogRecord) -> Told:
        """Return an error by its kind and its place in the program: what it says may repeat what somebody wrote."""
        error = record.exc_info[1] if record.exc_info else None
        if error is None:
            return {}
        frames = [(Path(one.filename), one.lineno) for one in traceback.extract_tb(error.__traceback__)]
        ours = [f"{path.relative_to(_HOUSE)}:{line}" for path, line in frames if _HOUSE in path.parents]
        kind, said = type(error).__name__, self._mask(nameable(error))
        return {"error": (kind,) if said == kind else (kind, said), "where": tuple(ours[-_MOST_FRAMES:])}


def _message(record: logging.LogRecord) -> str:
    """Return what is said; of a library's message without what it fills in, which nobody of us has looked at."""
    ours = record.name.partition(".")[0] == OURS
    return record.getMessage() if ours else f"{record.name}: {record.msg}"


def _quoted(text: str) -> str:
    """Return a value so that it is seen where it ends."""
    return json.dumps(text, ensure_ascii=False) if _WITH_QUOTES.intersection(text) else text
