"""What the watchdog goes by: when each mailbox last answered for sure, and since when nothing leaves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from mailbot.clerk.pausing import OUTGOING, logins_of, paused_since

if TYPE_CHECKING:
    from collections.abc import Collection

    from mailbot.clerk.clerk import Clerk

PROVED = "proved_poll"
"""Note: when the mailbox that has been silent longest last answered; `status` goes by it, whoever runs it."""
_WAY_OUT = "way_out_failed"
_THIS_PASS = timedelta(minutes=2)
"""What was answered so lately was answered in the pass under way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One thing that is broken now."""

    code: str
    """As `alarm.j2` and `notice_matter` in `words.yaml` list them."""
    about: str
    """Which mailbox or login; empty for what concerns all."""
    since: datetime
    mail_leaves: bool
    """Whether a letter about it can leave."""


def matters(clerk: Clerk, open_still: Collection[tuple[str, str]] = ()) -> tuple[Matter, ...]:
    """Return everything that is broken at this moment, by what stands in the ledger.

    Args:
        clerk: the clerk.
        open_still: code and login of what was told of and is not mended: there, one failure is enough.
    """
    asked = {login: paused_since(clerk, login) for login in logins_of(clerk)}
    refused = {login: since for login, since in asked.items() if since is not None}
    leaves = OUTGOING not in refused and not clerk.ledger.notes.read(_WAY_OUT)
    found = [
        Matter(code="login_refused", about=login, since=since, mail_leaves=leaves) for login, since in refused.items()
    ]
    silent = {box.account: proved_poll(clerk, box.account) for box in clerk.boxes if box.account not in refused}
    found += [
        Matter(code="poll_stalled", about=account, since=since, mail_leaves=leaves)
        for account, since in silent.items()
        if _too_long(clerk, since, already=("poll_stalled", account) in open_still)
    ]
    failed = clerk.ledger.notes.read(_WAY_OUT)
    if failed:
        since = datetime.fromisoformat(failed)
        if _too_long(clerk, since, already=("server_unreachable", OUTGOING) in open_still):
            found.append(Matter(code="server_unreachable", about=OUTGOING, since=since, mail_leaves=False))
    if clerk.free_bytes is not None and clerk.free_bytes() < clerk.watchdog.disk_bytes:
        found.append(Matter(code="disk_low", about="", since=clerk.clock(), mail_leaves=leaves))
    if clerk.pdf is not None and clerk.pdf.has_stopped(told=("pdf_stopped", "") in open_still):
        found.append(Matter(code="pdf_stopped", about="", since=clerk.clock(), mail_leaves=leaves))
    return tuple(found)


def _too_long(clerk: Clerk, since: datetime, *, already: bool) -> bool:
    """Say whether silence since then is trouble; where there was trouble already, any silence beyond this pass is."""
    longest = _THIS_PASS if already else timedelta(minutes=clerk.watchdog.after_minutes)
    return clerk.watchdog.after_minutes > 0 and clerk.clock() - since > longest


def proved_poll(clerk: Clerk, account: str) -> datetime:
    """Return when the server of a mailbox last answered a SELECT of its inbox; before that, when we first asked."""
    inbox = next(box.folders.inbox for box in clerk.boxes if box.account == account)
    looked = [one.looked_at for one in clerk.ledger.looks.moments() if (one.account, one.folder) == (account, inbox)]
    began = clerk.ledger.notes.read(f"watching/{account}")
    if not began:
        began = clerk.clock().isoformat()
        clerk.ledger.notes.write(f"watching/{account}", began)
    return max(looked, default=datetime.fromisoformat(began))


def note_proof(clerk: Clerk) -> None:
    """Write down when the mailbox that has been silent longest last answered, for whoever looks from outside."""
    oldest = min(proved_poll(clerk, box.account) for box in clerk.boxes).isoformat()
    if clerk.ledger.notes.read(PROVED) != oldest:
        clerk.ledger.notes.write(PROVED, oldest)


def note_way_out(clerk: Clerk, *, works: bool) -> None:
    """Write down since when nothing leaves, or that the server answers again."""
    failed = clerk.ledger.notes.read(_WAY_OUT)
    if works and failed:
        clerk.ledger.notes.write(_WAY_OUT, "")
    elif not works and not failed:
        clerk.ledger.notes.write(_WAY_OUT, clerk.clock().isoformat())
