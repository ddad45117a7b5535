"""`mailbot status`: where the office stands, in words and in the JSON that other programs read (a contract)."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import typer

from mailbot.cli.options import ConfigOption, JsonOption, settings_of, spelled
from mailbot.cli.telling.form_faults import faults_json
from mailbot.cli.telling.time_taken import late_days, rows_json
from mailbot.core.codes.awaited import whose
from mailbot.core.model.sop import DoneWhen

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.form import FaultCode
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Role
    from mailbot.core.opening.days import Missed
    from mailbot.ledger.standing import CycleStanding, Standing
    from mailbot.settings.sayings.catalogue import Say
    from mailbot.settings.settings import Settings

_IN_HOURS, _IN_DAYS = timedelta(hours=3), timedelta(days=2)
BY_MAILBOT = frozenset({DoneWhen.AT_ONCE, DoneWhen.ALL_SENT})
"""What ends a row in which nobody is waited for."""


def status(config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Tell where each cycle stands, whose move it is and since when; what is in the inbox and in the outbox.

    Exit code 1 if a mailbox has not answered for `watchdog.after_minutes`: for cron, systemd and containers.
    """
    from mailbot.cli.alone import is_held
    from mailbot.cli.configuration.ledger_place import ledger_in_use, office_in_use
    from mailbot.cli.options import now
    from mailbot.cli.telling.standing_words import Here, standing_words
    from mailbot.ledger.standing import status as look
    from mailbot.settings.sayings.catalogue import speech

    settings = settings_of(config)
    office = settings.office()
    found, at = look(ledger_in_use(settings), office_in_use(settings)), now()
    say = speech(settings.language)
    unseen = "" if _counts_or_waits(found, settings) else settings.digest
    here = Here(
        unseen=unseen,
        still="" if is_held(settings.data_folder) else str(settings.data_folder),
        fault_name=partial(fault_name, settings),
    )
    silent = silence(found, office, at, settings.watchdog.after_minutes, say)
    if as_json:
        typer.echo(json.dumps(standing_json(found, office, at), indent=2, ensure_ascii=False))
    else:
        for text in standing_words(found, office, at, partial(spelled, config=config), say, here):
            typer.echo(text)
    if silent:
        typer.echo(silent, err=True)
        raise typer.Exit(1)


def fault_name(settings: Settings, code: FaultCode) -> str:
    """Return what a finding in a form is called, by the office's words."""
    from mailbot.writing.words.templates import find_template, in_language, read_words

    folders = in_language(settings.template_folders, settings.language)
    return str(read_words(find_template(folders, "faults.yaml"))[code.value]["name"])


def _counts_or_waits(found: Standing, settings: Settings) -> bool:
    """Say whether what lies in the folder counts, or is known to wait: the daemon may not have looked."""
    from mailbot.settings.folder import counts_as_it_lies

    if found.accepted is None or (found.edited is not None and found.edited.digest == settings.digest):
        return True
    return counts_as_it_lies(found.accepted.digest, settings.contents, whole=found.accepted.whole)


def standing_json(found: Standing, office: Office, at: datetime) -> dict[str, Any]:
    """Return the contract's JSON: cycles, those that were missed, inbox, outbox; moments as ISO 8601 with zone."""
    return {
        "cycles": [_cycle_json(cycle, office, at) for cycle in found.cycles],
        "missed": [{"cycle": one.key, "since": _iso(one.since)} for one in missed_ones(found, office, at)],
        "inbox": {
            "kept": found.inbox.kept,
            "waiting": found.inbox.waiting,
            "settled": found.inbox.settled,
            "set_aside": found.inbox.set_aside,
            "by_outcome": found.inbox.by_outcome,
        },
        "outbox": asdict(found.outbox),
        "configuration_waits": _edited_json(found),
        "backup": found.backup,
        "backup_owed": found.backup_owed,
        "ends": list(found.ends),
        "proved_poll": _iso(found.proved_poll),
    }


def _edited_json(found: Standing) -> dict[str, Any] | None:
    """Return the edited configuration that waits for the operator, None where none does."""
    edited = found.edited
    return None if edited is None else asdict(edited) | {"since": _iso(edited.since)}


def silence(found: Standing, office: Office, at: datetime, after_minutes: int, say: Say) -> str:
    """Return what is wrong if a mailbox has been silent for too long; empty if none has, or nothing ran here yet.

    Args:
        found: where everything stands.
        office: whose clock the answer is told by.
        at: now.
        after_minutes: a longer silence is too long; 0: none is.
        say: in whose language it is said.
    """
    if found.proved_poll is None or not after_minutes:
        return ""
    gone = at - found.proved_poll
    if gone.total_seconds() / 60 <= after_minutes:
        return ""
    return say("st_silent", last=local(found.proved_poll, office), ago=_ago(gone, say))


def _ago(gone: timedelta, say: Say) -> str:
    """Return how long ago something was, in minutes, hours or days, whichever one still grasps."""
    if gone >= _IN_DAYS:
        return say("re_days_ago", count=gone.days)
    if gone >= _IN_HOURS:
        return say("re_hours_ago", count=int(gone.total_seconds() // 3600))
    return say("st_minutes_ago", count=f"{gone.total_seconds() / 60:.0f}")


def _cycle_json(cycle: CycleStanding, office: Office, at: datetime) -> dict[str, Any]:
    """Return one cycle of the contract's JSON."""
    row = office.sop.row(cycle.step)
    closed, by_mailbot = cycle.closed_at is not None, row.done_when in BY_MAILBOT
    return {
        "cycle": cycle.cycle,
        "state": "cancelled" if cycle.cancelled_for else "closed" if closed else "open",
        "sop_row": row.sop,
        "step": cycle.step.value,
        "whose_move": None if closed or by_mailbot else who_moves(cycle, office).value,
        "waits_for": cycle.wants.value if cycle.wants is not None else None,
        "word": cycle.word or None,
        "stands_at": _iso(cycle.stands_at),
        "since": _iso(cycle.closed_at or cycle.since),
        "due_at": None if closed else _iso(cycle.due_at),
        "rows": rows_json(cycle, at, office),
        "form_faults": faults_json(cycle.faults),
        "units": [
            {
                "unit": unit.unit,
                "state": unit.state,
                "attempts": unit.attempts,
                "returned": unit.returned,
                "accepted_at": _iso(unit.accepted_at),
                "due_at": _iso(unit.due_at),
                "first_due_at": _iso(unit.first_due_at),
                "first_came_at": _iso(unit.first_came_at),
                "late_days": late_days(unit, cycle.closed_at or at, office),
                "lines_wait": unit.lines_wait,
            }
            for unit in cycle.units
        ],
    }


def who_moves(cycle: CycleStanding, office: Office) -> Role:
    """Return whose move it is: of whoever is asked for what is wanting, else of the row's own."""
    return whose(cycle.wants) if cycle.wants is not None else office.sop.row(cycle.step).who


def _iso(moment: datetime | None) -> str | None:
    """Return a moment as ISO 8601, or None."""
    return moment.isoformat() if moment else None


def missed_ones(found: Standing, office: Office, at: datetime) -> tuple[Missed, ...]:
    """Return the cycles that should have opened and did not; none where nothing ran here yet."""
    from mailbot.core.opening.arranged import arranged_in
    from mailbot.core.opening.days import missed

    if found.began_at is None:
        return ()
    openings = {cycle.cycle: cycle.closed_at if cycle.cancelled_for else None for cycle in found.cycles}
    return missed(at, office, arranged_in(found.arranged), began_at=found.began_at, openings=openings)


def local(moment: datetime, office: Office) -> str:
    """Return a moment in the office's zone, with its label."""
    return f"{office.calendar.local(moment):%Y-%m-%d %H.%M} {office.calendar.zone_label}"
