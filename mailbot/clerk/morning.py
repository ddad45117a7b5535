"""The operator's morning mail: every mail accounted for, in one line; that it did not come is itself the alarm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.clerk.deciding import Decision, write_down
from mailbot.core.addressing import holder
from mailbot.core.letters import Letter, LetterKind, letter_key
from mailbot.core.outcome import MailOutcome
from mailbot.core.people import Role

if TYPE_CHECKING:
    from mailbot.clerk.clerk import Clerk

GROUPS: dict[str, tuple[MailOutcome, ...]] = {
    "forms": (MailOutcome.FORM, MailOutcome.UNREADABLE),
    "replies": (
        MailOutcome.VERDICT,
        MailOutcome.COMMAND,
        MailOutcome.UNCLEAR,
        MailOutcome.UNPLACED,
        MailOutcome.DUPLICATE,
    ),
    "robots": (MailOutcome.ROBOT, MailOutcome.BOUNCE, MailOutcome.OWN),
    "to_look_at": (MailOutcome.STRANGER, MailOutcome.SET_ASIDE, MailOutcome.OVERSIZE, MailOutcome.VANISHED),
}
"""Which final states the mail adds up under which word; every state stands in exactly one of them."""

_SENT, ON_SERVER, DIFFERENCE = "morning", "on_server", "server_difference"


def morning(clerk: Clerk) -> bool:
    """Write the morning mail at the first pass of a working day's office hours; return whether it was written now."""
    at = clerk.clock()
    today = clerk.office.calendar.local(at).date().isoformat()
    operator = holder(Role.OPERATOR, clerk.office, at)
    if operator is None or not clerk.office.calendar.in_office_hours(at) or clerk.ledger.notes.read(_SENT) == today:
        return False
    running = clerk.ledger.cycles.open()
    letter = Letter(
        key=letter_key(LetterKind.MORNING, today),
        kind=LetterKind.MORNING,
        to=operator.key,
        address=operator.addresses[0],
        cycle=running[0].key if len(running) == 1 else "",
        about=tuple((name, str(count)) for name, count in counted(clerk).items()),
    )
    write_down(clerk, at, lambda: Decision(letters=(letter,), notes=((_SENT, today),)))
    return True


def counted(clerk: Clerk) -> dict[str, int]:
    """Return the figures: `received` is the sum of the groups, `difference` what the server has and the ledger not."""
    box, out = clerk.ledger.inbox.counts(), clerk.ledger.letters.counts()
    groups = {name: sum(box.by_outcome.get(one.value, 0) for one in states) for name, states in GROUPS.items()}
    groups["to_look_at"] += box.waiting
    return {
        "received": box.kept,
        **groups,
        "on_server": int(clerk.ledger.notes.read(ON_SERVER) or 0),
        "difference": int(clerk.ledger.notes.read(DIFFERENCE) or 0),
        "sent": out.sent,
        "queued": out.queued,
        "put_off": out.put_off,
        "given_up": out.given_up,
        "in_doubt": out.in_doubt,
        "held": out.held,
    }
