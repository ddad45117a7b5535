"""The edited configuration that waits for the operator's word, as whoever only looks reads it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

EDITED = """
    SELECT name, value FROM note
    WHERE name IN ('config_waits', 'config_approved', 'config_refused', 'config_accepted')"""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditStanding:
    """An edited configuration that waits for the operator's word; the former one counts meanwhile."""

    digest: str
    since: datetime
    words: tuple[str, ...]
    approved: bool
    """It counts with the next pass."""
    refused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The configuration that counts."""

    digest: str
    whole: bool
    """The digest is of all that belongs to it, and not of its five files alone, as once."""


def accepted_in(rows: Iterable[Sequence[object]]) -> Accepted | None:
    """Return which configuration counts, of the rows of `EDITED`; None where none was ever accepted."""
    noted = next((str(value) for name, value in rows if name == "config_accepted" and value), "")
    return Accepted(digest=json.loads(noted)["digest"], whole=bool(json.loads(noted).get("whole"))) if noted else None


def edited_in(rows: Iterable[Sequence[object]]) -> EditStanding | None:
    """Return the edited configuration that waits, if one does, of the rows of `EDITED`."""
    notes = {str(name): str(value) for name, value in rows}
    if not notes.get("config_waits"):
        return None
    noted = json.loads(notes["config_waits"])
    digest = str(noted["digest"])
    return EditStanding(
        digest=digest,
        since=datetime.fromisoformat(noted["since"]),
        words=tuple(noted["words"]),
        approved=notes.get("config_approved") == digest,
        refused=notes.get("config_refused") == digest,
    )
