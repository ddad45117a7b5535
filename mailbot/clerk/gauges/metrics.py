"""The figures of a machine room in Prometheus' text form: a table of gauges, filled anew for each answer."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from mailbot import __version__
from mailbot.clerk.gauges.health import PROVED, health_of
from mailbot.core.model.outcome import MailOutcome
from mailbot.ledger.looking.gauged import gauged
from mailbot.ledger.place import SCHEMA
from mailbot.ledger.values import LetterState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.clerk.gauges.machine_room import MachineRoom
    from mailbot.ledger.looking.gauged import Gauged

Sample = tuple[str, tuple[str, ...], float]
"""Name of a gauge, the values of its labels, the figure."""
_DAY = timedelta(days=1)
GAUGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "mailbot_info": ("1, with the version of the program and of the ledger.", ("version", "schema")),
    "mailbot_healthy": ("1 if /healthz says that all is well, else 0.", ()),
    "mailbot_start_timestamp_seconds": ("When the daemon was started last.", ()),
    "mailbot_last_pass_timestamp_seconds": ("When the last pass ended well.", ()),
    "mailbot_proved_poll_timestamp_seconds": (
        "When the mailbox silent longest last answered.",
        (),
    ),
    "mailbot_mailbox_read_timestamp_seconds": ("Up to when all folders of a mailbox were read whole.", ("mailbox",)),
    "mailbot_mails": ("Mails kept, by what became of them; waiting: not worked yet.", ("outcome",)),
    "mailbot_mail_oldest_waiting_timestamp_seconds": ("When the oldest mail came that is not worked yet.", ()),
    "mailbot_letters": ("Letters in the outbox, by state.", ("state",)),
    "mailbot_letter_oldest_due_timestamp_seconds": (
        "Since when the oldest letter that waits could leave.",
        (),
    ),
    "mailbot_outbox_held": ("1 while the operator holds the outbox.", ()),
    "mailbot_configuration_waits": ("1 while an edited configuration waits for the operator's word.", ()),
    "mailbot_cycles_open": ("Cycles that are open.", ()),
    "mailbot_cycles_late": ("Open cycles whose present row should be over.", ()),
    "mailbot_forms_awaited": ("Forms that open cycles still await.", ()),
    "mailbot_forms_late": ("Forms among them whose deadline is over.", ()),
    "mailbot_journal_lines": ("Lines in the journal; never fewer than before.", ()),
    "mailbot_disk_free_bytes": ("Free space where the ledger lies.", ()),
    "mailbot_end_days": ("In how many days something ends by itself; below 0: it has ended.", ("kind", "about")),
    "mailbot_backup_timestamp_seconds": ("When the last backup was made that was proved to open.", ()),
    "mailbot_backup_owed": ("1 while a backup by schedule is owed.", ()),
}
"""Every figure: what it says, and its labels. What is not known has no line."""


def metrics_text(room: MachineRoom) -> bytes:
    """Return the figures of this moment, read from the ledger.

    Raises:
        LedgerProblem: the ledger cannot be read.
    """
    found, registry = gauged(room.ledger(), room.office()), CollectorRegistry(auto_describe=False)
    gauges: dict[str, Gauge] = {}
    for name, labels, figure in _samples(found, room):
        if name not in gauges:
            gauges[name] = Gauge(name, GAUGES[name][0], GAUGES[name][1], registry=registry)
        (gauges[name].labels(*labels) if labels else gauges[name]).set(figure)
    return generate_latest(registry)


def _samples(found: Gauged, room: MachineRoom) -> Iterator[Sample]:
    """Give every figure that is known."""
    at = room.clock()
    yield "mailbot_info", (__version__, SCHEMA), 1
    yield "mailbot_healthy", (), health_of(found, room.after_minutes(), at).well
    yield from _moments(found)
    for mailbox, folders in room.folders().items():
        read = [found.read.get((mailbox, folder)) for folder in folders]
        if known := [one.timestamp() for one in read if one is not None and None not in read]:
            yield "mailbot_mailbox_read_timestamp_seconds", (mailbox,), min(known)
    for outcome in ("", *MailOutcome):
        yield "mailbot_mails", (outcome or "waiting",), found.mails.get(outcome, 0)
    for state in LetterState:
        yield "mailbot_letters", (state.value,), found.letters.get(state, 0)
    yield "mailbot_outbox_held", (), bool(found.notes.get("outbox_held"))
    yield "mailbot_configuration_waits", (), bool(found.notes.get("config_waits"))
    yield "mailbot_cycles_open", (), len(found.cycles_due)
    yield "mailbot_cycles_late", (), sum(due < at for due in found.cycles_due)
    yield "mailbot_forms_awaited", (), len(found.forms_due)
    yield "mailbot_forms_late", (), sum(due < at for due in found.forms_due)
    yield "mailbot_journal_lines", (), found.journal_lines
    yield "mailbot_disk_free_bytes", (), room.free_bytes()
    for (kind, about), ends in _ends(found, room).items():
        yield "mailbot_end_days", (kind, about), round((ends - at) / _DAY, 2)


def _moments(found: Gauged) -> Iterator[Sample]:
    """Give the moments that are known, in seconds since 1970."""
    backup = json.loads(found.notes.get("backup_made") or "{}").get("at")
    moments = {
        "mailbot_start_timestamp_seconds": found.noted_at("began_run"),
        "mailbot_last_pass_timestamp_seconds": found.noted_at("last_pass"),
        "mailbot_proved_poll_timestamp_seconds": found.noted_at(PROVED),
        "mailbot_mail_oldest_waiting_timestamp_seconds": found.oldest_unworked,
        "mailbot_letter_oldest_due_timestamp_seconds": found.oldest_due,
        "mailbot_backup_timestamp_seconds": datetime.fromisoformat(backup) if backup else None,
    }
    yield from ((name, (), moment.timestamp()) for name, moment in moments.items() if moment is not None)
    yield "mailbot_backup_owed", (), bool(found.notes.get("backup_owed"))


def _ends(found: Gauged, room: MachineRoom) -> dict[tuple[str, str], datetime]:
    """Return what ends by itself, as the daemon noted it last and as this machine knows it."""
    noted = json.loads(found.notes.get("ends") or "[]")
    known = ((one["kind"], one["about"], datetime.fromisoformat(one["ends"])) for one in noted)
    return {(kind, about): ends for kind, about, ends in (*known, *room.ends())}
