"""How one office of a folder stands, read from its own ledger: one note, and nothing else of it is looked at."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from mailbot.core.rollup.summary import OfficeSummary, Unread
from mailbot.errors import LedgerProblem, nameable
from mailbot.ledger.files_and_notes import SUMMARY
from mailbot.ledger.looking.asking import asking
from mailbot.ledger.mapping import load

_log = logging.getLogger("mailbot")
_READ = f"SELECT value FROM note WHERE name = '{SUMMARY}'"  # noqa: S608 - a name of ours


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one office keeps its ledger."""

    key: str
    name: str
    """What it is called where nothing of it can be read."""
    url: str


def summary_at(place: Place) -> OfficeSummary | Unread:
    """Return how one office stands, as it wrote that down itself; one that cannot be read is named."""
    try:
        with asking(place.url, place.key) as ask:
            text = next((str(row[0]) for row in ask(_READ)), "")
        return replace(load(OfficeSummary, text), key=place.key) if text else Unread(name=place.name)
    except (LedgerProblem, OSError, ValueError) as why:
        _log.warning("how %s stands cannot be read: %s", place.name, nameable(why))
        return Unread(name=place.name)
