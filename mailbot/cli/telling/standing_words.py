"""What `mailbot status` tells a person: each cycle and whose move it is; then inbox, outbox and the next step."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten
from typing import TYPE_CHECKING

from mailbot.cli.standing import BY_MAILBOT, local, missed_ones, who_moves
from mailbot.cli.telling.form_faults import faults_words
from mailbot.cli.telling.next_step import long_ago, next_step
from mailbot.cli.telling.time_taken import late_words, rows_words
from mailbot.core.codes.awaited import Awaited
from mailbot.core.model.sop import Step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mailbot.core.model.form import FaultCode
    from mailbot.core.model.office import Office
    from mailbot.core.opening.days import Missed
    from mailbot.ledger.standing import CycleStanding, Standing, UnitStanding
    from mailbot.settings.sayings.catalogue import Say

_TITLE_CHARS = 90
_SOON_DAYS = 30
_ENDS: dict[str, str] = {
    "certificate": "st_ends_certificate",
    "authority": "st_ends_authority",
    "password": "st_ends_password",
}
_UNIT_WORDS: dict[str, str] = {
    "waiting": "st_unit_waiting",
    "returned": "st_unit_returned",
    "partial": "st_unit_partial",
    "accepted": "st_unit_accepted",
}
_WANTED: dict[Awaited, str] = {
    Awaited.NUMBER: "st_wants_number",
    Awaited.WINDOW: "st_wants_window",
    Awaited.COVER: "st_wants_cover",
    Awaited.SIGNED_REPORT: "st_wants_signed_report",
    Awaited.SIGNED_COVER: "st_wants_signed_cover",
    Awaited.LOOK: "st_wants_look",
    Awaited.SEAL: "st_wants_seal",
}
_OUTCOMES: dict[str, str] = {
    "form": "st_in_form",
    "lines": "st_in_lines",
    "evidence": "st_in_evidence",
    "verdict": "st_in_verdict",
    "command": "st_in_command",
    "unreadable": "st_in_unreadable",
    "unclear": "st_in_unclear",
    "unplaced": "st_in_unplaced",
    "bounce": "st_in_bounce",
    "robot": "st_in_robot",
    "own": "st_in_own",
    "stranger": "st_in_stranger",
    "duplicate": "st_in_duplicate",
    "oversize": "st_in_oversize",
    "set_aside": "st_in_set_aside",
    "vanished": "st_in_vanished",
}
_ROLES: dict[str, str] = {
    "planning": "st_planning",
    "section_head": "st_section_head",
    "division_head": "st_division_head",
    "secretary": "st_secretary",
    "agency_head": "st_agency_head",
    "planning_board": "st_planning_board",
    "copied": "st_copied",
    "overseer": "st_overseer",
    "operator": "st_operator",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """What the ledger does not know, and this machine does."""

    unseen: str = ""
    """Digest of what lies in the folder, where that neither counts nor was looked at."""
    still: str = ""
    """The data folder on which no daemon works at this moment; empty where one does, or nobody looked."""
    fault_name: Callable[[FaultCode], str] = str
    """Returns what a finding is called by the office's words; its code where nobody looked them up."""


NOT_LOOKED = Here()


def standing_words(
    found: Standing, office: Office, at: datetime, spelled: Callable[[str], str], say: Say, here: Here = NOT_LOOKED
) -> Iterator[str]:
    """Yield what a person reads.

    Args:
        found: where everything stands.
        office: whose people and clock it is told by.
        at: now.
        spelled: returns a command as it is to be typed.
        say: in whose language it is said.
        here: what only this machine knows.
    """
    if all(cycle.closed_at is not None for cycle in found.cycles):
        yield from _coming_words(found, office, at, say)
    for cycle in found.cycles:
        yield from _cycle_words(cycle, office, at, say, here)
        yield ""
    missing = missed_ones(found, office, at)
    for one in missing:
        yield from _missed_words(one, office, spelled, say)
    yield from _box_words(found, say)
    yield from backup_words(found, office, say)
    yield from ends_words(found, office, at, say)
    yield from _edited_words(found, office, spelled, say)
    if here.unseen:
        yield say("st_edit_unseen", digest=here.unseen[:16])
    if here.still:
        read = say("st_last_read", at=local(found.proved_poll, office)) if found.proved_poll is not None else ""
        yield say("st_no_daemon", folder=here.still, read=read, run=spelled("run"))
    why_run = ""
    if here.still:
        pressing = bool(found.outbox.queued) or long_ago(found.proved_poll, at)
        why_run = say("st_run_next" if pressing else "st_run_unless_cron")
    yield say("st_next", what=next_step(found, spelled, say, here.unseen, missing, why_run=why_run))


def role_words(role: str, say: Say) -> str:
    """Return what a role is called."""
    return say(_ROLES[role])


def outcome_words(outcome: str, say: Say) -> str:
    """Return what the one final state of a mail is called."""
    return say(_OUTCOMES[outcome])


def _coming_words(found: Standing, office: Office, at: datetime, say: Say) -> Iterator[str]:
    """Yield what opens next by itself, as far as a year ahead; what was called off is named as that."""
    from mailbot.core.opening.arranged import arranged_in
    from mailbot.core.opening.days import coming
    from mailbot.core.opening.plans import AROUND

    arranged = arranged_in(found.arranged)
    near = coming(at, at + AROUND, office, arranged)
    days = ", ".join(say("st_opens", cycle=plan.key, day=_day(opens, office)) for opens, plan in near)
    yield say("st_none_open", planned=days or say("st_none_in_a_year"))
    off = ", ".join(f"{one.key} ({one.reason})" for one in arranged.values() if one.starts_on is None)
    if off:
        yield say("st_called_off", cycles=off)


def _missed_words(one: Missed, office: Office, spelled: Callable[[str], str], say: Say) -> Iterator[str]:
    """Yield that a cycle did not open on its day, and the way out."""
    day = _day(one.since, office)
    if not one.promised:
        yield say("st_missed_unpromised", cycle=one.key, day=day)
        return
    yield say("st_missed", cycle=one.key, day=day)
    yield f"  {spelled(f'open {one.key}')}"
    yield f"  {spelled(f'cancel {one.key} --reason ')}{say('st_reason')}"


def _box_words(found: Standing, say: Say) -> Iterator[str]:
    """Yield what came in and what goes out."""
    box, out = found.inbox, found.outbox
    kinds = " + ".join(f"{count} {say(_OUTCOMES[outcome])}" for outcome, count in box.by_outcome.items())
    yield say("st_inbox", kept=box.kept, kinds=kinds or say("st_none"), waiting=box.waiting)
    yield say(
        "st_outbox",
        sent=out.sent,
        queued=out.queued,
        put_off=out.put_off,
        in_doubt=out.in_doubt,
        given_up=out.given_up,
        held=out.held,
    )
    if found.all_held:
        yield say("st_all_held")


def backup_words(found: Standing, office: Office, say: Say) -> Iterator[str]:
    """Yield when the last backup was made and that it was proved, and why one that is owed was not made."""
    if (made := found.backup) is not None:
        at = local(datetime.fromisoformat(made["at"]), office)
        yield say("st_backup", at=at, file=made["file"], mails=made["mails"], letters=made["letters"])
    if (owed := found.backup_owed) is not None and owed["why"]:
        yield say("st_backup_owed", since=local(datetime.fromisoformat(owed["since"]), office), why=owed["why"])


def ends_words(found: Standing, office: Office, at: datetime, say: Say) -> Iterator[str]:
    """Yield what ends by itself within a month, or has ended."""
    for one in found.ends:
        ends = datetime.fromisoformat(one["ends"])
        if (days := (ends - at).days) < _SOON_DAYS:
            yield say(_ENDS[one["kind"]], about=one["about"], on=local(ends, office), days=days)


def _edited_words(found: Standing, office: Office, spelled: Callable[[str], str], say: Say) -> Iterator[str]:
    """Yield that an edited configuration waits, since when, and what it changes."""
    edited = found.edited
    if edited is None:
        return
    fate = say("st_edit_approved") if edited.approved else say("st_edit_waits")
    fate = say("st_edit_refused") if edited.refused and not edited.approved else fate
    yield say("st_edited", digest=edited.digest[:16], since=local(edited.since, office), fate=fate)
    yield from (f"  {words}" for words in edited.words)
    if not edited.approved:
        yield "  " + say("st_edit_by_hand", command=spelled(f"apply {edited.digest[:16]}"))


def _cycle_words(cycle: CycleStanding, office: Office, at: datetime, say: Say, here: Here) -> Iterator[str]:
    """Yield the lines of one cycle."""
    if cycle.closed_at is not None and cycle.cancelled_for:
        yield say("st_cancelled", cycle=cycle.cycle, on=local(cycle.closed_at, office), reason=cycle.cancelled_for)
        return
    if cycle.closed_at is not None:
        yield say("st_closed", cycle=cycle.cycle, on=local(cycle.closed_at, office))
    else:
        yield from _row_words(cycle, office, at, say)
    until, common = cycle.closed_at or at, _common_due(cycle)
    for unit in cycle.units:
        late = late_words(unit.due_at, unit.counting_came_at, until, office, say)
        own = unit.due_at if unit.accepted_at is None and cycle.closed_at is None and unit.due_at != common else None
        due = say("st_own_due", due=local(own, office)) if own is not None else ""
        yield f"  {unit.unit:<12} {_unit_words(unit, office, say)}{due}{late}"
    yield from faults_words(cycle.faults, say, here.fault_name)
    yield from rows_words(cycle, until, office, say)


def _common_due(cycle: CycleStanding) -> datetime:
    """Return until when the row's holders have time; where units do, that of most of them, however one was extended."""
    dues = Counter(unit.due_at for unit in cycle.units if unit.due_at is not None and unit.accepted_at is None)
    if cycle.step is not Step.COLLECT or not dues:
        return cycle.due_at
    return min(dues, key=lambda due: (-dues[due], due))


def _row_words(cycle: CycleStanding, office: Office, at: datetime, say: Say) -> Iterator[str]:
    """Yield the row in which a cycle stands, and whose move it is."""
    row = office.sop.row(cycle.step)
    yield say("st_row", cycle=cycle.cycle, row=row.sop, title=shorten(row.title, _TITLE_CHARS, placeholder=" ..."))
    who = say("st_by_mailbot") if row.done_when in BY_MAILBOT else role_words(who_moves(cycle, office), say)
    wanted = f" ({say(_WANTED[cycle.wants])})" if cycle.wants is not None else ""
    due = _common_due(cycle)
    yield "  " + say(
        "st_whose_move",
        who=who + wanted,
        since=local(cycle.since, office),
        due=local(due, office) + _estimate(due, at, office, say),
        late=late_words(due, None, at, office, say),
        round=say("st_round", round=cycle.round) if cycle.round > 1 else "",
    )
    if cycle.stands_at is not None:
        yield "  " + say("st_word_given", word=cycle.word, at=local(cycle.stands_at, office))


def _unit_words(unit: UnitStanding, office: Office, say: Say) -> str:
    """Return how a unit's form stands."""
    words = say(_UNIT_WORDS[unit.state])
    if unit.accepted_at is not None:
        words += say("st_on", at=local(unit.accepted_at, office))
    if unit.lines_wait:
        words += say("st_lines_wait")
    came = say("st_form_came") if unit.attempts == 1 else say("st_forms_came", count=unit.attempts)
    return f"{words}; {came}, {say('st_forms_returned', count=unit.returned)}"


def _estimate(due_at: datetime, at: datetime, office: Office, say: Say) -> str:
    """Return the mark of a deadline beyond a day of which nobody knows yet whether the office works on it."""
    return f" ({say('st_estimate')})" if due_at > at and office.calendar.is_estimate(at, due_at) else ""


def _day(moment: datetime, office: Office) -> str:
    """Return a day in the office's zone."""
    return f"{office.calendar.local(moment):%Y-%m-%d}"
