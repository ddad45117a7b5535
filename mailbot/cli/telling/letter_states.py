"""Where a letter stands, and why one that waits has not left: what `outbox list` and `outbox show` say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailbot.ledger.values import HeldWhy, LetterState

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.office import Office
    from mailbot.ledger.ledger import Ledger
    from mailbot.ledger.values import OutboxLetter
    from mailbot.settings.sayings.catalogue import Say
    from mailbot.settings.settings import Settings

_STATES = {
    LetterState.QUEUED: "ob_queued",
    LetterState.SENDING: "ob_sending",
    LetterState.SENT: "ob_sent",
    LetterState.PUT_OFF: "ob_put_off",
    LetterState.GIVEN_UP: "ob_given_up",
    LetterState.IN_DOUBT: "ob_in_doubt",
    LetterState.HELD: "ob_state_held",
}
_HELD = {HeldWhy.BY_HAND: "ob_held_by_hand", HeldWhy.IN_DOUBT: "ob_held_in_doubt"}


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """What keeps letters here at a moment."""

    at: datetime
    all_held: bool
    opens: datetime | None
    """When the office opens next; None while it is open."""
    usable: bool
    """False while the way out rests: the server refused our login, or was not reached."""
    full: bool
    """Says whether as many letters left today as may."""
    daemon: bool


def way_out(ledger: Ledger, settings: Settings, at: datetime) -> WayOut:
    """Look at what keeps letters here."""
    from mailbot.clerk.logins import OUTGOING, may_try
    from mailbot.cli.alone import is_held

    calendar = settings.office().calendar
    return WayOut(
        at=at,
        all_held=ledger.letters.held(),
        opens=None if calendar.in_office_hours(at) else calendar.next_office_moment(at),
        usable=may_try(ledger, OUTGOING, at),
        full=ledger.letters.pace(at).in_day >= settings.pacing.per_day,
        daemon=is_held(settings.data_folder),
    )


def state_words(letter: OutboxLetter, office: Office, say: Say) -> str:
    """Return where a letter stands, and since or from when."""
    calendar = office.calendar
    at = calendar.local(letter.sent_at or letter.due_at)
    return f"{say(_STATES[letter.state])}, {at:%Y-%m-%d %H.%M} {calendar.zone_label}"


def state_word(letter: OutboxLetter, say: Say) -> str:
    """Return where a letter stands in one word."""
    return say(_STATES[letter.state])


def waits_because(letter: OutboxLetter, way: WayOut, say: Say) -> str:
    """Return why a letter has not left, or did not; empty for one that left as it should."""
    if letter.held_why is not None:
        return say(_HELD[letter.held_why])
    if letter.state is not LetterState.QUEUED:
        return letter.last_error
    if way.all_held:
        return say("ob_all_held")
    if not letter.is_answer and way.opens is not None and letter.due_at <= way.opens:
        return say("ob_office_hours")
    if letter.due_at > way.at:
        return letter.last_error
    if not way.usable:
        return say("ob_way_out_rests")
    if way.full:
        return say("ob_day_is_full")
    return letter.last_error or say("ob_next_pass" if way.daemon else "ob_no_daemon")
