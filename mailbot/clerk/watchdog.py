"""What of the post works, and what does not: logins, mailboxes, the way out; the operator is told of it.

A failure is told once when it begins and once when it has been over for a while; one that comes and goes in between is
the same failure still, so that a flapping line makes no flood. It is told by mail where mail can leave, else by a bell.
What stands in the ledger decides, so that a restart tells nothing twice.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from mailbot.clerk.composing import to_operator, unwritten
from mailbot.clerk.deciding import Decision, write_down
from mailbot.clerk.keeping.backing_up import fails
from mailbot.clerk.keeping.spoilt import spoilt_files
from mailbot.clerk.logins import OUTGOING, RESTS, WAY_OUT, logins_of, paused_note, refused_by, rests_since, unread_note
from mailbot.clerk.receiving import folders_of
from mailbot.core.model import letters_to_operator
from mailbot.core.model.letters import AlarmCode
from mailbot.core.model.people import Role
from mailbot.core.procedure.addressing import holder
from mailbot.errors import PostUnavailable
from mailbot.ledger.files_and_notes import BACKUP_OWED, SPOILT
from mailbot.ledger.values import Changes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from mailbot.clerk.parts import Books, Box, Lookout, MakesLetters
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.office import Office
    from mailbot.post.second_channel import Notice
    from mailbot.writing.words.phrases import Phrases

PROVED = "proved_poll"
"""Note: when the mailbox that has been silent longest last answered; `status` goes by it, whoever runs it."""
STEADY = timedelta(minutes=10)
"""So long must a thing work again before it is called mended."""
_OPEN = "watchdog"
"""Note: the alarms that are open, as JSON."""
_THIS_PASS = timedelta(minutes=2)
"""What was answered so lately was answered in the pass under way."""
_log = logging.getLogger("mailbot")


def note_proof(books: Books, boxes: Sequence[Box]) -> None:
    """Write down when the mailbox that has been silent longest last answered, for whoever looks from outside."""
    ledger = books.ledger
    watched = ledger.notes.several((PROVED, *map(_watched, boxes)))
    oldest = min(_answered(books, boxes, watched).values()).isoformat()
    if watched.get(PROVED) != oldest:
        ledger.notes.write(PROVED, oldest)


def _answered(books: Books, boxes: Iterable[Box], watched: Mapping[str, str]) -> dict[str, datetime]:
    """Return by account up to when all its folders were read whole; before that, when we first asked."""
    answered = {}
    looks = books.ledger.looks.moments()
    for box in boxes:
        began = watched.get(_watched(box), "")
        if not began:
            began = books.clock().isoformat()
            books.ledger.notes.write(_watched(box), began)
        folders = [
            [look for look in looks if (look.account, look.folder) == (box.account, one)] for one in folders_of(box)
        ]
        since = datetime.fromisoformat(began)
        answered[box.account] = min(max((at for look in of if (at := look.read_at)), default=since) for of in folders)
    return answered


def _watched(box: Box) -> str:
    """Return the name of the note that says since when a mailbox is watched."""
    return f"watching/{box.account}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One thing that does not work now."""

    code: str
    """As `alarm.j2` and `notice_matter` in `words.yaml` list them."""
    about: str
    """Which mailbox or login; empty for what concerns all."""
    since: datetime
    mail_leaves: bool
    """Whether a letter about it can leave."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A failure that is not mended yet, and what the operator has heard of it; kept in the ledger as it is."""

    code: str
    about: str
    since: str
    mailed: bool = False
    """A letter about it was written."""
    rung: bool = False
    """The second channel has it."""
    works_since: str = ""
    """Since when it works again; empty while it does not."""


def watched_notes(boxes: Sequence[Box]) -> tuple[str, ...]:
    """Return the names of the notes by which it is known what works."""
    unread = (unread_note(box.account) for box in boxes)
    return (
        _OPEN,
        WAY_OUT,
        RESTS,
        BACKUP_OWED,
        SPOILT,
        *map(paused_note, logins_of(boxes)),
        *map(_watched, boxes),
        *unread,
    )


def watch(books: Books, maker: MakesLetters, boxes: Sequence[Box], lookout: Lookout) -> bool:
    """Tell what has broken and what is mended; return whether a letter was written."""
    at, ledger = books.clock(), books.ledger
    notes = ledger.notes.several(watched_notes(boxes))
    stood = notes.get(_OPEN, "")
    former = {(alarm["code"], alarm["about"]): Alarm(**alarm) for alarm in json.loads(stood or "[]")}
    now = {(failure.code, failure.about): failure for failure in _failures(books, boxes, lookout, notes, former)}
    kept: list[Alarm] = []
    letters: list[Letter] = []
    for key in dict.fromkeys((*former, *now)):
        alarms, written = _step(books.office, lookout, former.get(key), now.get(key), at)
        kept.extend(alarms)
        letters.extend(written)
    new = unwritten(ledger, letters)
    stands = json.dumps([asdict(alarm) for alarm in kept]) if kept else ""
    if new or stands != stood:
        beside = Changes(at=at, notes=((_OPEN, stands),))
        write_down(books, maker, lambda: Decision(beside=beside, letters=new))
    return bool(new)


def _failures(
    books: Books, boxes: Sequence[Box], lookout: Lookout, notes: Mapping[str, str], former: Collection[tuple[str, str]]
) -> list[Failure]:
    """Return everything that does not work at this moment, by what stands in the ledger.

    Args:
        books: the ledger, and the present moment.
        boxes: the mailboxes.
        lookout: how long silence may last, and how full the disk may be.
        notes: the notes about logins, the way out, and since when mailboxes are watched.
        former: code and login of what was told of and is not mended: there, one failure is enough.
    """
    at, watchdog = books.clock(), lookout.watchdog
    refused, failed = refused_by(notes, logins_of(boxes)), notes.get(WAY_OUT, "")
    rests = rests_since(notes)
    leaves = not (OUTGOING in refused or failed or rests)
    unread = {box.account: notes.get(unread_note(box.account), "") for box in boxes if box.account not in refused}
    silent = _answered(books, [box for box in boxes if unread.get(box.account) == ""], notes)
    found = [("login_refused", login, since) for login, since in refused.items()]
    found += [("not_read", account, datetime.fromisoformat(since)) for account, since in unread.items() if since]
    found += [("account_refused", OUTGOING, datetime.fromisoformat(rests))] if rests else []
    suspected = [("poll_stalled", account, since) for account, since in silent.items()]
    suspected += [("server_unreachable", OUTGOING, datetime.fromisoformat(failed))] if failed else []
    for code, login, since in suspected:
        # Where there was trouble already, any silence that is older than this pass is trouble still.
        longest = _THIS_PASS if (code, login) in former else timedelta(minutes=watchdog.after_minutes)
        if watchdog.after_minutes > 0 and at - since > longest:
            found.append((code, login, since))
    if lookout.free_bytes is not None and lookout.free_bytes() < watchdog.disk_bytes:
        found.append(("disk_low", "", at))
    if (owed := fails(notes.get(BACKUP_OWED, ""), at)) is not None:
        found.append(("backup_missing", "", owed))
    found += [("file_spoilt", of, since) for of, since in spoilt_files(books, notes.get(SPOILT, ""))]
    if lookout.pdf is not None and lookout.pdf.has_stopped(told=("pdf_stopped", "") in former):
        found.append(("pdf_stopped", "", at))
    return [Failure(code=code, about=login, since=since, mail_leaves=leaves) for code, login, since in found]


def _step(
    office: Office, lookout: Lookout, alarm: Alarm | None, failure: Failure | None, at: datetime
) -> tuple[tuple[Alarm, ...], tuple[Letter, ...]]:
    """Go one step with one failure: begun, going on, working again, or mended."""
    if failure is not None:
        new = Alarm(code=failure.code, about=failure.about, since=failure.since.isoformat())
        alarm = replace(alarm or new, works_since="")
        letters = (
            ()
            if alarm.mailed or not failure.mail_leaves
            else _letter(office, alarm, AlarmCode(alarm.code), alarm.about, at)
        )
        rung = alarm.rung or _ring(office, lookout, alarm, "broken")
        return (replace(alarm, mailed=alarm.mailed or bool(letters), rung=rung),), letters
    if alarm is None:
        return (), ()
    if not alarm.works_since:
        return (replace(alarm, works_since=at.isoformat()),), ()
    if at - datetime.fromisoformat(alarm.works_since) < STEADY:
        return (alarm,), ()
    if alarm.rung and not _ring(office, lookout, alarm, "recovered"):
        return (alarm,), ()
    was = phrases_of(office, lookout, at).word("notice_matter", alarm.code)
    detail = f"{was} ({alarm.about})" if alarm.about else was
    return (), _letter(office, alarm, AlarmCode.RECOVERED, detail, at)


def _letter(office: Office, alarm: Alarm, what: AlarmCode, detail: str, at: datetime) -> tuple[Letter, ...]:
    """Write to the operator; nothing, if there is none."""
    about = letters_to_operator.Alarm(what=what, since=datetime.fromisoformat(alarm.since), detail=detail)
    return to_operator(office, at, about, what.value, alarm.code, alarm.about, alarm.since)


def _ring(office: Office, lookout: Lookout, alarm: Alarm, state: str) -> bool:
    """Ring the second channel; False if there is none, or it did not take the notice (it is rung again)."""
    if lookout.ring is None:
        return False
    try:
        lookout.ring(notice_of(office, lookout, alarm.code, alarm.about, datetime.fromisoformat(alarm.since), state))
    except PostUnavailable as away:
        _log.warning("%s", away)
        return False
    return True


def phrases_of(office: Office, lookout: Lookout, at: datetime) -> Phrases:
    """Return the phrases in the operator's language."""
    from mailbot.writing.words.phrases import phrases_for  # noqa: PLC0415 - a quiet pass writes nothing

    return phrases_for(holder(Role.OPERATOR, office, at), office, lookout.template_folders)


def notice_of(office: Office, lookout: Lookout, code: str, about: str, since: datetime, state: str) -> Notice:
    """Return a notice in the office's words; its state is `broken` or `recovered`.

    Raises:
        TemplateProblem: `words.yaml` lacks them.
    """
    from mailbot.post.second_channel import Notice  # noqa: PLC0415 - a quiet pass rings nobody

    phrases = phrases_of(office, lookout, since)
    text = phrases.word("notice", state).format(
        agency=office.letterhead.agency_short,
        matter=phrases.word("notice_matter", code),
        since=phrases.moment(since),
        about=about,
    )
    return Notice(text=text.strip(), state=state, matter=code, about=about, since=since.isoformat())
