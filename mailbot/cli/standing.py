"""`mailbot status`: where the office stands, in words and in the JSON that other programs read (a contract)."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import typer

from mailbot.cli.options import ConfigOption, JsonOption, settings_of, spelled
from mailbot.cli.telling.form_faults import faults_json, faults_words
from mailbot.cli.telling.time_taken import late_days, late_words, rows_json, rows_words
from mailbot.core.codes.awaited import Awaited, whose
from mailbot.core.model.sop import DoneWhen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Role
    from mailbot.core.opening.days import Missed
    from mailbot.ledger.standing import CycleStanding, Standing

_TITLE_CHARS = 90
_UNIT_WORDS: dict[str, str] = {
    "waiting": "nothing came yet",
    "returned": "returned for correction",
    "partial": "came in part",
    "accepted": "accepted",
}
_BY_MAILBOT = frozenset({DoneWhen.AT_ONCE, DoneWhen.ALL_SENT})
"""What ends a row in which nobody is waited for."""
_WANTED: dict[Awaited, str] = {
    Awaited.NUMBER: "the cover letter wants its number",
    Awaited.WINDOW: "the number of the cover letter can still be taken back",
    Awaited.COVER: "the cover letter is being made",
    Awaited.SIGNED_REPORT: "the report wants its signature",
    Awaited.SIGNED_COVER: "the cover letter wants its signature",
    Awaited.LOOK: "somebody has to look at what came back signed",
    Awaited.SEAL: "the office's own service has to seal it",
}


def status(config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Tell where each cycle stands, whose move it is and since when; what is in the inbox and in the outbox.

    Exit code 1 if a mailbox has not answered for `watchdog.after_minutes`: for cron, systemd and containers.
    """
    from mailbot.cli.configuration.ledger_place import ledger_in_use
    from mailbot.cli.options import now
    from mailbot.ledger.standing import status as look

    settings = settings_of(config)
    office = settings.office()
    found, at = look(ledger_in_use(settings)), now()
    silent = silence(found, office, at, settings.watchdog.after_minutes)
    if as_json:
        typer.echo(json.dumps(standing_json(found, office, at), indent=2, ensure_ascii=False))
    else:
        for text in standing_words(found, office, at, partial(spelled, config=config)):
            typer.echo(text)
    if silent:
        typer.echo(silent, err=True)
        raise typer.Exit(1)


def standing_json(found: Standing, office: Office, at: datetime) -> dict[str, Any]:
    """Return the contract's JSON: cycles, those that were missed, inbox, outbox; moments as ISO 8601 with zone."""
    return {
        "cycles": [_cycle_json(cycle, office, at) for cycle in found.cycles],
        "missed": [{"cycle": one.key, "since": _iso(one.since)} for one in _missed(found, office, at)],
        "inbox": {
            "kept": found.inbox.kept,
            "waiting": found.inbox.waiting,
            "settled": found.inbox.settled,
            "set_aside": found.inbox.set_aside,
            "by_outcome": found.inbox.by_outcome,
        },
        "outbox": asdict(found.outbox),
        "configuration_waits": _edited_json(found),
        "proved_poll": _iso(found.proved_poll),
    }


def _edited_json(found: Standing) -> dict[str, Any] | None:
    """Return the edited configuration that waits for the operator, None where none does."""
    edited = found.edited
    return None if edited is None else asdict(edited) | {"since": _iso(edited.since)}


def silence(found: Standing, office: Office, at: datetime, after_minutes: int) -> str:
    """Return what is wrong if a mailbox has been silent for too long; empty if none has, or nothing ran here yet.

    Args:
        found: where everything stands.
        office: whose clock the answer is told by.
        at: now.
        after_minutes: a longer silence is too long; 0: none is.
    """
    if found.proved_poll is None or not after_minutes:
        return ""
    minutes = (at - found.proved_poll).total_seconds() / 60
    if minutes <= after_minutes:
        return ""
    last = _local(found.proved_poll, office)
    return f"A mailbox last answered on {last}, {minutes:.0f} minutes ago: does mailbot run, and its mail server?"


def _cycle_json(cycle: CycleStanding, office: Office, at: datetime) -> dict[str, Any]:
    """Return one cycle of the contract's JSON."""
    row = office.sop.row(cycle.step)
    closed, by_mailbot = cycle.closed_at is not None, row.done_when in _BY_MAILBOT
    return {
        "cycle": cycle.cycle,
        "state": "cancelled" if cycle.cancelled_for else "closed" if closed else "open",
        "sop_row": row.sop,
        "step": cycle.step.value,
        "whose_move": None if closed or by_mailbot else _who(cycle, office).value,
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


def _who(cycle: CycleStanding, office: Office) -> Role:
    """Return whose move it is: of whoever is asked for what is wanting, else of the row's own."""
    return whose(cycle.wants) if cycle.wants is not None else office.sop.row(cycle.step).who


def _iso(moment: datetime | None) -> str | None:
    """Return a moment as ISO 8601, or None."""
    return moment.isoformat() if moment else None


def _missed(found: Standing, office: Office, at: datetime) -> tuple[Missed, ...]:
    """Return the cycles that should have opened and did not; none where nothing ran here yet."""
    from mailbot.core.opening.arranged import arranged_in
    from mailbot.core.opening.days import missed

    if found.began_at is None:
        return ()
    openings = {cycle.cycle: cycle.closed_at if cycle.cancelled_for else None for cycle in found.cycles}
    return missed(at, office, arranged_in(found.arranged), began_at=found.began_at, openings=openings)


def _coming_words(found: Standing, office: Office, at: datetime) -> Iterator[str]:
    """Yield what opens next by itself, as far as a year ahead; what was called off is named as that."""
    from mailbot.core.opening.arranged import arranged_in
    from mailbot.core.opening.days import coming
    from mailbot.core.opening.plans import AROUND

    arranged = arranged_in(found.arranged)
    near = coming(at, at + AROUND, office, arranged)
    days = ", ".join(f"{plan.key} on {office.calendar.local(opens):%Y-%m-%d}" for opens, plan in near)
    yield f"No cycle is open. Planned: {days or 'none within a year'}."
    off = ", ".join(f"{one.key} ({one.reason})" for one in arranged.values() if one.starts_on is None)
    if off:
        yield f"Called off: {off}."


def _missed_words(one: Missed, office: Office, spelled: Callable[[str], str]) -> Iterator[str]:
    """Yield that a cycle did not open on its day, and the way out."""
    day = f"{office.calendar.local(one.since):%Y-%m-%d}"
    if not one.promised:
        yield f"Cycle {one.key}: should have opened on {day}; indicators.yaml lacks targets or pagu for its period."
        return
    yield f"Cycle {one.key}: should have opened on {day}, and did not. Open it, or call it off:"
    yield f"  {spelled(f'open {one.key}')}"
    yield f"  {spelled(f'cancel {one.key} --reason WHY')}"


def standing_words(found: Standing, office: Office, at: datetime, spelled: Callable[[str], str]) -> Iterator[str]:
    """Yield what a person reads: each cycle, whose move, since when; then the inbox and the outbox.

    Args:
        found: where everything stands.
        office: whose words and clock it is told in.
        at: now.
        spelled: returns a command as it is to be typed.
    """
    if all(cycle.closed_at is not None for cycle in found.cycles):
        yield from _coming_words(found, office, at)
    for cycle in found.cycles:
        yield from _cycle_words(cycle, office, at)
        yield ""
    for one in _missed(found, office, at):
        yield from _missed_words(one, office, spelled)
    box = found.inbox
    kinds = " + ".join(f"{count} {outcome}" for outcome, count in box.by_outcome.items()) or "none"
    yield f"Inbox: {box.kept} mails kept = {kinds}; {box.waiting} waiting."
    out = found.outbox
    yield (
        f"Outbox: {out.sent} sent, {out.queued} queued, {out.put_off} put off, {out.in_doubt} in doubt, "
        f"{out.given_up} given up, {out.held} held."
    )
    if found.all_held:
        yield "The outbox is held: nothing leaves before it is released."
    yield from _edited_words(found, office, spelled)
    yield f"Next: {_next(found, spelled)}"


def _edited_words(found: Standing, office: Office, spelled: Callable[[str], str]) -> Iterator[str]:
    """Yield that an edited configuration waits, since when, and what it changes."""
    edited = found.edited
    if edited is None:
        return
    fate = "approved, and counts with the next pass" if edited.approved else "waits for the operator's BENAR"
    fate = "refused; put back what is listed" if edited.refused and not edited.approved else fate
    yield f"Configuration {edited.digest[:16]}, edited {_local(edited.since, office)}: {fate}. The former one counts."
    yield from (f"  {words}" for words in edited.words)
    if not edited.approved:
        yield f"  to let it count by hand: {spelled(f'apply {edited.digest[:16]}')}"


def _cycle_words(cycle: CycleStanding, office: Office, at: datetime) -> Iterator[str]:
    """Yield the lines of one cycle."""
    row = office.sop.row(cycle.step)
    if cycle.closed_at is not None and cycle.cancelled_for:
        yield f"Cycle {cycle.cycle}: cancelled on {_local(cycle.closed_at, office)}: {cycle.cancelled_for}"
        return
    if cycle.closed_at is not None:
        yield f"Cycle {cycle.cycle}: closed on {_local(cycle.closed_at, office)}; the report is acknowledged."
    else:
        yield f"Cycle {cycle.cycle}: SOP row {row.sop}, {shorten(row.title, _TITLE_CHARS, placeholder=' ...')}"
        who = _who(cycle, office).value.replace("_", " ")
        who = "mailbot, which sends its letters" if row.done_when in _BY_MAILBOT else who
        yield (
            f"  whose move: {who}{_wanted(cycle)}, since {_local(cycle.since, office)}, "
            f"due {_local(cycle.due_at, office)}{_estimate(cycle.due_at, at, office)}"
            f"{late_words(cycle.due_at, None, at, office)}" + (f" (round {cycle.round})" if cycle.round > 1 else "")
        )
        if cycle.stands_at is not None:
            yield f"  word given: {cycle.word}, which stands from {_local(cycle.stands_at, office)}"
    for unit in cycle.units:
        words = _UNIT_WORDS[unit.state]
        if unit.accepted_at is not None:
            words += f" on {_local(unit.accepted_at, office)}"
        if unit.lines_wait:
            words += ", lines of a mail wait for BENAR"
        forms = f"{unit.attempts} form{'s' if unit.attempts != 1 else ''} came, {unit.returned} returned"
        late = late_words(unit.due_at, unit.counting_came_at, cycle.closed_at or at, office)
        yield f"  {unit.unit:<12} {words}; {forms}{late}"
    yield from faults_words(cycle.faults)
    yield from rows_words(cycle, cycle.closed_at or at, office)


def _estimate(due_at: datetime, at: datetime, office: Office) -> str:
    """Return the mark of a deadline beyond a day of which nobody knows yet whether the office works on it."""
    return " (estimate)" if due_at > at and office.calendar.is_estimate(at, due_at) else ""


def _wanted(cycle: CycleStanding) -> str:
    """Return what is waited for in place of the row's word, in brackets; empty where nothing is."""
    return f" ({_WANTED[cycle.wants]})" if cycle.wants is not None else ""


def _next(found: Standing, spelled: Callable[[str], str]) -> str:
    """Say what to do next."""
    if found.outbox.given_up or found.outbox.in_doubt:
        return f"{spelled('outbox list')} (letters did not leave)"
    if found.all_held:
        return spelled("outbox release")
    if found.outbox.held:
        return f"{spelled('outbox list')} (letters are held)"
    if found.inbox.set_aside:
        return f"{spelled('inbox list')} (mails were set aside)"
    return "nothing to do by hand."


def _local(moment: datetime, office: Office) -> str:
    """Return a moment in the office's zone, with its label."""
    return f"{office.calendar.local(moment):%Y-%m-%d %H.%M} {office.calendar.zone_label}"
