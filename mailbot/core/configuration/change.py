"""One thing that a changed configuration changes, as a value: what, for whom, from what to what, does it wait."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailbot.core.configuration.difference import Path, Value


class Changed(StrEnum):
    """What changes; the sentence for each is in `changes.yaml`."""

    # people
    ADDRESS = "address"
    ALIASES = "aliases"
    SECOND_ADDRESS = "second_address"
    PERSON_LANGUAGE = "person_language"
    HOLDER = "holder"
    """Another name stands at a post."""
    ROLE = "role"
    UNIT_OF = "unit_of"
    ACTING = "acting"
    SINCE = "since"
    UNTIL = "until"
    SAME_PERSON = "same_person"
    SIGNS_AS = "signs_as"
    PERSON_ADDED = "person_added"
    PERSON_REMOVED = "person_removed"
    PERSON_PRINTED = "person_printed"
    """Title, rank, NIP or telephone, as printed from now on."""
    # units and what they are asked
    UNIT_ADDED = "unit_added"
    UNIT_REMOVED = "unit_removed"
    UNIT_NAME = "unit_name"
    DUTY_ADDED = "duty_added"
    DUTY_REMOVED = "duty_removed"
    DUTY_OWNER = "duty_owner"
    INDICATOR_NAME = "indicator_name"
    TARGET = "target"
    BUDGET = "budget"
    FORMULA = "formula"
    INDICATOR_PRINTED = "indicator_printed"
    """What is printed or checked of an indicator beside its name and targets."""
    # time
    DAY_CLOSED = "day_closed"
    DAY_NOT_CLOSED = "day_not_closed"
    DAY_OPEN = "day_open"
    DAY_NOT_OPEN = "day_not_open"
    HOURS = "hours"
    ROW_TIME = "row_time"
    ROW_OF_CYCLE = "row_of_cycle"
    PROCEDURE = "procedure"
    CYCLE_ADDED = "cycle_added"
    CYCLE_REMOVED = "cycle_removed"
    CYCLE_START = "cycle_start"
    CYCLE_UNITS = "cycle_units"
    CYCLE_OTHER = "cycle_other"
    # what is believed, and the machine
    TRUST = "trust"
    SIGNING = "signing"
    WORDS = "words"
    WAITING = "waiting"
    """Which changes wait."""
    PASSWORD = "password"  # noqa: S105 - what changed, and no password
    VARIABLE = "variable"
    """A variable of `.env` that is no password; its value is never told."""
    ANCHOR = "anchor"
    """An authority that is trusted at a server."""
    CERTIFICATE = "certificate"
    """Whose signatures on papers count."""
    TEMPLATE = "template"
    """Words or a letter of the office's own."""
    PRINTED_FILE = "printed_file"
    """A logo, or the agreement that the report shows."""
    SERVER = "server"
    PROGRAM = "program"
    """A program that is run, or an address that is called."""
    LEDGER = "ledger"
    OFFICE_KEY = "office_key"
    ORDER = "order"
    OTHER = "other"
    """Anything else, told by file and key."""
    # what comes of it
    DEADLINE = "deadline"
    """The deadline of a unit's form moves."""
    ROW_DEADLINE = "row_deadline"
    OPENS = "opens"
    """A cycle opens as soon as the configuration counts."""
    MAILED = "mailed"
    """So many people get a mail of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that changes."""

    what: Changed
    path: Path = ()
    """The file, and the keys down to the place; empty for what comes of the edit."""
    whom: str = ""
    """For whom or what: a post's title, a unit's name, a code, the printed number of a row."""
    former: Value = None
    now: Value = None
    cycle: str = ""
    """Key of the cycle under way that it touches."""
    waits: bool = False
    """It is never small, and waits for the operator's word."""
