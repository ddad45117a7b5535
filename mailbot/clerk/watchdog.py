"""Tells the operator that mail does not work, and that it works again: by mail where it can leave, else by a bell.

Each matter is told once when it breaks and once when it has held for a while since; one that comes and goes in between
is the same matter still, so that a flapping line makes no flood. What stands in the ledger decides, so that a restart
tells nothing twice.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from mailbot.clerk.deciding import Decision, write_down
from mailbot.clerk.telling import to_operator, unwritten
from mailbot.clerk.watching import Matter, matters
from mailbot.core.model.letters import AlarmCode
from mailbot.core.model.letters_to_operator import Alarm
from mailbot.errors import PostUnavailable
from mailbot.post.second_channel import Notice
from mailbot.writing.words.phrases import read_phrases

if TYPE_CHECKING:
    from mailbot.clerk.clerk import Clerk
    from mailbot.core.model.letters import Letter

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
        letters = () if told.mailed or not broken.mail_leaves else _letter(clerk, told, AlarmCode(told.code), at)
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
    return (), _letter(clerk, told, AlarmCode.RECOVERED, at)


def _letter(clerk: Clerk, told: Told, what: AlarmCode, at: datetime) -> tuple[Letter, ...]:
    """Write to the operator; nothing, if there is none."""
    about = Alarm(what=what, since=datetime.fromisoformat(told.since), detail=_words(clerk, told, what))
    return to_operator(clerk, at, about, what.value, told.code, told.about, told.since)


def _words(clerk: Clerk, told: Told, what: AlarmCode) -> str:
    """Return what the letter is about beside its sentence: the login; of what is mended, also what it was."""
    if what is not AlarmCode.RECOVERED:
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
