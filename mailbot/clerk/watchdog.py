"""What of the post works, and what does not: logins, mailboxes, the way out; the operator is told of it."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from mailbot.clerk.composing import to_operator, unwritten
from mailbot.clerk.deciding import Decision, write_down
from mailbot.core.model.letters import LetterKind
from mailbot.errors import PostUnavailable
from mailbot.post.second_channel import Notice
from mailbot.writing.words.phrases import read_phrases

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from mailbot.clerk.parts import Clerk
    from mailbot.core.model.letters import Letter
    from mailbot.ledger.ledger import Ledger

TRY_AGAIN = timedelta(minutes=15)
OUTGOING = "smtp"
"""Name of the login that letters leave by; the others bear the name of their mailbox in the ledger."""
_BETWEEN = "|"


def may_try(clerk: Clerk, login: str) -> bool:
    """Say whether a login may be tried now: it was not refused, or not within the last quarter of an hour."""
    noted = clerk.ledger.notes.read(_name(login))
    return not noted or clerk.clock() >= datetime.fromisoformat(noted.rpartition(_BETWEEN)[2]) + TRY_AGAIN


def pause(clerk: Clerk, login: str) -> None:
    """Write down that a server refused this login just now."""
    now = clerk.clock()
    since = paused_since(clerk, login) or now
    clerk.ledger.notes.write(_name(login), f"{since.isoformat()}{_BETWEEN}{now.isoformat()}")


def paused_since(clerk: Clerk, login: str) -> datetime | None:
    """Return since when a login is refused; None if it is not."""
    noted = clerk.ledger.notes.read(_name(login))
    return datetime.fromisoformat(noted.partition(_BETWEEN)[0]) if noted else None


def resume(ledger: Ledger, logins: Iterable[str]) -> None:
    """Let these logins be tried at once: they worked, or somebody has mended something."""
    for login in logins:
        if ledger.notes.read(_name(login)):
            ledger.notes.write(_name(login), "")


def logins_of(clerk: Clerk) -> tuple[str, ...]:
    """Return every login there is."""
    return (*(box.account for box in clerk.boxes), OUTGOING)


def _name(login: str) -> str:
    """Return the name of the note about a login."""
    return f"paused/{login}"


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


STEADY = timedelta(minutes=10)
"""So long must a thing work again before it is called mended."""
_OPEN = "watchdog"
_log = logging.getLogger("mailbot")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A matter that is open, and what the operator has heard of it."""

    code: str
    about: str
    since: str
    mailed: bool = False
    """A letter about it was written."""
    rung: bool = False
    """The second channel has it."""
    works_since: str = ""
    """Since when it works again; empty while it does not."""


def watch(clerk: Clerk) -> bool:
    """Tell what has broken and what is mended; return whether a letter was written."""
    at = clerk.clock()
    former = {(one.code, one.about): one for one in _read(clerk)}
    now = {(one.code, one.about): one for one in matters(clerk, former)}
    kept: list[Told] = []
    letters: list[Letter] = []
    for key in dict.fromkeys((*former, *now)):
        told, found = _one(clerk, former.get(key), now.get(key), at)
        kept.extend(told)
        letters.extend(found)
    new = unwritten(clerk, letters)
    stands = json.dumps([_plain(one) for one in kept]) if kept else ""
    if new or stands != clerk.ledger.notes.read(_OPEN):
        write_down(clerk, at, lambda: Decision(letters=new, notes=((_OPEN, stands),)))
    return bool(new)


def _one(
    clerk: Clerk, told: Told | None, broken: Matter | None, at: datetime
) -> tuple[tuple[Told, ...], tuple[Letter, ...]]:
    """Go one step with one matter: broken, still broken, working again, or mended."""
    if broken is not None:
        told = replace(
            told or Told(code=broken.code, about=broken.about, since=broken.since.isoformat()), works_since=""
        )
        letters = () if told.mailed or not broken.mail_leaves else _letter(clerk, told, told.code, at)
        rung = told.rung or _ring(clerk, told, "broken")
        return (replace(told, mailed=told.mailed or bool(letters), rung=rung),), letters
    if told is None:
        return (), ()
    if not told.works_since:
        return (replace(told, works_since=at.isoformat()),), ()
    if at - datetime.fromisoformat(told.works_since) < STEADY:
        return (told,), ()
    if told.rung and not _ring(clerk, told, "recovered"):
        return (told,), ()
    return (), _letter(clerk, told, "recovered", at)


def _letter(clerk: Clerk, told: Told, what: str, at: datetime) -> tuple[Letter, ...]:
    """Write to the operator; nothing, if there is none."""
    about = (("what", what), ("since", told.since), ("detail", _words(clerk, told, what)))
    return to_operator(clerk, at, LetterKind.ALARM, what, told.code, told.about, told.since, about=about)


def _words(clerk: Clerk, told: Told, what: str) -> str:
    """Return what the letter is about beside its sentence: the login; of what is mended, also what it was."""
    if what != "recovered":
        return told.about
    matter = read_phrases(clerk.template_folders, clerk.office.calendar).word("notice_matter", told.code)
    return f"{matter} ({told.about})" if told.about else matter


def _ring(clerk: Clerk, told: Told, state: str) -> bool:
    """Ring the second channel; False if there is none, or it did not take the notice (it is rung again)."""
    if clerk.ring is None:
        return False
    try:
        clerk.ring(notice_of(clerk, told.code, told.about, datetime.fromisoformat(told.since), state))
    except PostUnavailable as away:
        _log.warning("%s", away)
        return False
    return True


def notice_of(clerk: Clerk, code: str, about: str, since: datetime, state: str) -> Notice:
    """Return a notice in the office's words.

    Raises:
        TemplateProblem: `words.yaml` lacks them.
    """
    phrases = read_phrases(clerk.template_folders, clerk.office.calendar)
    text = phrases.word("notice", state).format(
        agency=clerk.office.letterhead.agency_short,
        matter=phrases.word("notice_matter", code),
        since=phrases.moment(since),
        about=about,
    )
    return Notice(text=text.strip(), state=state, matter=code, about=about, since=since.isoformat())


def _read(clerk: Clerk) -> tuple[Told, ...]:
    """Return the matters that are open."""
    stands: list[dict[str, Any]] = json.loads(clerk.ledger.notes.read(_OPEN) or "[]")
    return tuple(Told(**one) for one in stands)


def _plain(told: Told) -> dict[str, Any]:
    """Return a matter as JSON has it."""
    return asdict(told)
