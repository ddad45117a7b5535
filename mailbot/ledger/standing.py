"""Where everything stands, for `status`: by SQL that SQLite and PostgreSQL read alike, and by their drivers alone.

SQLAlchemy costs 0.25 s to load and SQLModel 0.4, more than all else that `status` does; and a look must write nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mailbot.core.codes.awaited import Awaited
from mailbot.core.forms.fault_counts import FaultCounts, fault_counts
from mailbot.core.model.form import FaultCode, Severity
from mailbot.core.model.sop import Step
from mailbot.errors import LedgerProblem
from mailbot.ledger.looking.asking import asking, moment_of, time_of
from mailbot.ledger.looking.counts import InboxCounts, OutboxCounts
from mailbot.ledger.looking.edited import EDITED, Accepted, EditStanding, accepted_in, edited_in
from mailbot.ledger.place import SCHEMA, newer_schema
from mailbot.settings.sayings.said import said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailbot.ledger.looking.asking import Ask

_CYCLES = """
    SELECT key, step, round, since, due_at, opened_at, closed_at, delivery, cancelled, rows_done, row_days
    FROM cycle ORDER BY opened_at, key"""
_UNITS = """
    SELECT unit_form.cycle, unit_form.unit, state, due_at, accepted_at, waiting IS NOT NULL,
           count(number), count(*) FILTER (WHERE NOT accepted),
           first_due_at, min(received_at), max(received_at) FILTER (WHERE number = counted)
    FROM unit_form LEFT JOIN submission ON submission.cycle = unit_form.cycle AND submission.unit = unit_form.unit
    GROUP BY unit_form.cycle, unit_form.unit, state, due_at, accepted_at, place, waiting, first_due_at
    ORDER BY unit_form.cycle, place"""
_FAULTS = """
    SELECT submission.cycle, submission.unit, faults
    FROM submission JOIN unit_form ON unit_form.cycle = submission.cycle AND unit_form.unit = submission.unit
    WHERE faults <> '[]' ORDER BY submission.cycle, place, number"""
_WORDS = """
    SELECT verdict.cycle, word, stands_at FROM verdict JOIN cycle ON cycle.key = verdict.cycle
    WHERE verdict.step = cycle.step AND given_at >= since AND closed_at IS NULL AND stands_at IS NOT NULL
    ORDER BY verdict.cycle, place"""
_INBOX = "SELECT outcome, count(*) FROM inbox GROUP BY outcome"
_OUTBOX = "SELECT state, count(*) FROM outbox GROUP BY state"
_HELD = "SELECT value FROM note WHERE name = 'outbox_held'"
_ARRANGED = "SELECT value FROM note WHERE name = 'openings'"
_BEGAN = "SELECT value FROM note WHERE name = 'began_at'"
_KEPT_UP = "SELECT name, value FROM note WHERE name IN ('backup_made', 'backup_owed', 'ends') AND value <> ''"
_PROVED = "SELECT value FROM note WHERE name = 'proved_poll'"
_SCHEMA = "SELECT version_num FROM alembic_version"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitStanding:
    """Where one unit's form stands."""

    unit: str
    state: str
    """As `UnitState` has it; the rooms of the core that come with that are not loaded here."""
    attempts: int
    """How many forms came."""
    returned: int
    """How many of them are not accepted."""
    due_at: datetime | None
    accepted_at: datetime | None
    first_due_at: datetime | None = None
    first_came_at: datetime | None = None
    counting_came_at: datetime | None = None
    lines_wait: bool = False
    """Answers in lines of a mail were read back, and wait for BENAR."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleStanding:
    """Where one cycle stands; `sop.yaml` knows the printed row and whose move it is."""

    cycle: str
    step: Step
    round: int
    since: datetime
    due_at: datetime
    opened_at: datetime
    closed_at: datetime | None
    units: tuple[UnitStanding, ...]
    wants: Awaited | None = None
    """What the row waits for in place of its word."""
    word: str = ""
    """The last word of the row, where one was given."""
    stands_at: datetime | None = None
    """Until when that could be taken back."""
    rows_done: tuple[tuple[Step, datetime, datetime, datetime], ...] = ()
    """For every row left behind: the step, when it was entered, when it was due, when it was left."""
    row_days: tuple[tuple[Step, int], ...] = ()
    cancelled_for: str = ""
    """Why it was cancelled, if it was."""
    faults: FaultCounts = field(default_factory=FaultCounts)
    """What was found in its forms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The whole office at one moment."""

    cycles: tuple[CycleStanding, ...] = ()
    inbox: InboxCounts
    outbox: OutboxCounts
    all_held: bool = False
    """Whether nothing may leave until the operator says so (the big red button)."""
    arranged: str = ""
    """What was said of openings to come (`core.opening.arranged`)."""
    began_at: datetime | None = None
    """When mailbot began to work with this ledger."""
    edited: EditStanding | None = None
    """The edited configuration that waits for the operator's word, if one does."""
    accepted: Accepted | None = None
    """The configuration that counts, if one was ever accepted."""
    backup: Mapping[str, Any] | None = None
    """The last backup by schedule that was made and proved, as the note about it has it."""
    backup_owed: Mapping[str, Any] | None = None
    """Since when a backup is owed, and why it could not be made so far."""
    ends: tuple[Mapping[str, str], ...] = ()
    """What ends by itself, as it was asked last: `kind`, `about`, and when (`ends`)."""
    proved_poll: datetime | None = None
    """When the mailbox that has been silent longest last answered; None if nothing has run on this ledger yet."""


def status(url: str, office: str = "") -> Standing:
    """Return where everything of an office stands, as of one moment.

    Raises:
        LedgerProblem: there is no ledger yet, it cannot be read, or it has another schema.
    """
    with asking(url, office) as ask:
        found = "".join(str(row[0]) for row in ask(_SCHEMA))
        if found > SCHEMA:
            raise newer_schema(found)
        if found < SCHEMA:
            raise LedgerProblem(
                f"The ledger has schema {found}, this program {SCHEMA}; the next mailbot run upgrades it.",
                told=said("lp_older", found=found, known=SCHEMA),
            )
        kept_up = {name: json.loads(value) for name, value in ask(_KEPT_UP)}
        edits = tuple(ask(EDITED))
        held = any(value for (value,) in ask(_HELD))
        return Standing(
            cycles=_cycles(ask),
            inbox=InboxCounts.of(dict(ask(_INBOX))),
            outbox=OutboxCounts.of(dict(ask(_OUTBOX)), all_held=held),
            all_held=held,
            arranged="".join(value for (value,) in ask(_ARRANGED)),
            began_at=_noted_at(ask, _BEGAN),
            backup=kept_up.get("backup_made"),
            backup_owed=kept_up.get("backup_owed"),
            ends=tuple(kept_up.get("ends", ())),
            proved_poll=_noted_at(ask, _PROVED),
            edited=edited_in(edits),
            accepted=accepted_in(edits),
        )


def _cycles(ask: Ask) -> tuple[CycleStanding, ...]:
    """Read the cycles with their units."""
    units: dict[str, tuple[UnitStanding, ...]] = {}
    for cycle, unit, state, due_at, accepted_at, lines_wait, attempts, returned, *moments in ask(_UNITS):
        first_due_at, first_came_at, counting_came_at = map(time_of, moments)
        standing = UnitStanding(
            unit=unit,
            state=state,
            attempts=attempts,
            returned=returned,
            due_at=time_of(due_at),
            accepted_at=time_of(accepted_at),
            first_due_at=first_due_at,
            first_came_at=first_came_at,
            counting_came_at=counting_came_at,
            lines_wait=bool(lines_wait),
        )
        units[cycle] = (*units.get(cycle, ()), standing)
    faults, words = _faults(ask), {cycle: (word, moment_of(stands_at)) for cycle, word, stands_at in ask(_WORDS)}
    return tuple(
        CycleStanding(
            cycle=key,
            step=Step(step),
            round=entered,
            since=moment_of(since),
            due_at=moment_of(due_at),
            opened_at=moment_of(opened_at),
            closed_at=time_of(closed_at),
            units=units.get(key, ()),
            wants=_wants(delivery) if Step(step) is Step.SUBMIT and closed_at is None else None,
            word=words[key][0] if key in words else "",
            stands_at=words[key][1] if key in words else None,
            cancelled_for=json.loads(cancelled)["reason"] if cancelled else "",
            faults=faults.get(key, FaultCounts()),
            rows_done=tuple(_row_done(*row) for row in json.loads(done)),
            row_days=tuple((Step(row), days) for row, days in json.loads(own)),
        )
        for key, step, entered, since, due_at, opened_at, closed_at, delivery, cancelled, done, own in ask(_CYCLES)
    )


def _faults(ask: Ask) -> dict[str, FaultCounts]:
    """Count, for every cycle, what was found in its forms."""
    forms: dict[str, list[tuple[str, list[tuple[FaultCode, Severity]]]]] = {}
    for cycle, unit, found in ask(_FAULTS):
        forms.setdefault(cycle, []).append((unit, [_finding(one) for one in json.loads(found)]))
    return {cycle: fault_counts(sent) for cycle, sent in forms.items()}


def _finding(stored: dict[str, str]) -> tuple[FaultCode, Severity]:
    """Read what was found and how grave it is; what is usual is not written down."""
    return FaultCode(stored["code"]), Severity(stored.get("severity", Severity.FAULT))


def _row_done(step: str, *moments: str) -> tuple[Step, datetime, datetime, datetime]:
    """Read one row that was left behind: when it was entered, due, left."""
    entered_at, due_at, left_at = map(datetime.fromisoformat, moments)
    return Step(step), entered_at, due_at, left_at


def _wants(delivery: str | None) -> Awaited | None:
    """Read what keeps a report from leaving out of what is kept of its delivery."""
    wants = json.loads(delivery).get("wants") if delivery else None
    return Awaited(wants) if wants else None


def _noted_at(ask: Ask, note: str) -> datetime | None:
    """Read a moment that a note holds: text, with its zone."""
    return next((datetime.fromisoformat(value) for (value,) in ask(note) if value), None)
