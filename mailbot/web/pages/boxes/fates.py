"""What came of a mail, told with its state: an unproved word, or a form that went back, looks like no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.outcome import MailOutcome
from mailbot.ledger.board.came_of import came_of
from mailbot.web.pages.marks import Mark, Tone
from mailbot.web.pages.page import path
from mailbot.web.pages.sight import whose_boxes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mailbot.ledger.board.boxes import MailSeen
    from mailbot.ledger.board.came_of import CameOf, SentBack
    from mailbot.web.pages.page import Here

TOLD: tuple[tuple[str, Tone], ...] = (
    ("word_unproved", Tone.WAITS),
    ("word_doubted", Tone.WAITS),
    ("form_unreadable", Tone.WAITS),
    ("form_same", Tone.WAITS),
    ("form_returned", Tone.WAITS),
    ("form_waits", Tone.WAITS),
    ("form_conflict", Tone.WAITS),
    ("form_late", Tone.WAITS),
    ("form_partial", Tone.WAITS),
    ("lines_read", Tone.WAITS),
    ("form_accepted", Tone.GOOD),
    ("lines_confirmed", Tone.GOOD),
)
"""What of several things that came of a mail is told in its state, and what it means: what waits for somebody first."""
_ANSWERED = "answered"
_DECIDED = "verdict"
_LEFT_ALONE = frozenset({MailOutcome.VERDICT})
"""A word after which nothing moved is told to have changed nothing."""


def fates_of(mails: Iterable[MailSeen], here: Here) -> dict[int, tuple[Tone, str]]:
    """Return, by number of the mail, what is told of it in place of its final state: what it means, and its code."""
    settled = [mail for mail in mails if mail.settled_at is not None]
    events = (*(event for event, _ in TOLD), _ANSWERED, _DECIDED)
    moments = {mail.settled_at for mail in settled if mail.settled_at is not None}
    found = came_of(here.ledger.engine, moments, events)
    fates = {mail.id: _fate({line.event for line in found.get(mail.sha256, ())}, mail) for mail in settled}
    return {number: fate for number, fate in fates.items() if fate is not None}


def _fate(events: set[str], mail: MailSeen) -> tuple[Tone, str] | None:
    """Return the first of the table that came of a mail; None: its final state says enough."""
    if mail.outcome is MailOutcome.UNREADABLE:
        return None
    told = next(((tone, event) for event, tone in TOLD if event in events), None)
    if told is None and mail.outcome in _LEFT_ALONE and _ANSWERED in events and _DECIDED not in events:
        return Tone.NOTHING, _ANSWERED
    return told


def fate_mark(fate: tuple[Tone, str], here: Here) -> Mark:
    """Return what came of a mail as its state."""
    return Mark(tone=fate[0], word=here.told("came_of", fate[1]))


def sent_back_words(back: Iterable[SentBack], here: Here) -> tuple[str, ...]:
    """Return what came in place of a form and went back, a sentence each: what it was, and when."""
    return tuple(
        here.told("sent_back", "told", what=_what(one.came, here), at=here.phrases.moment(one.came.at)) for one in back
    )


def sent_back_links(back: Iterable[SentBack], here: Here) -> tuple[str, ...]:
    """Return for each the address of the mail's page; empty where it is not found, or not for this viewer."""
    whose = whose_boxes(here)
    people = {person.key: person for person in here.office.roster.people}
    links = []
    for one in back:
        person = people.get(one.came.actor)
        own = [mail for mail in one.mails if person is not None and person.owns(mail[1])] or one.mails
        shown = [number for number, sender in own if whose is None or sender in whose.addresses]
        links.append(path("mails", shown[0]) if shown else "")
    return tuple(links)


def _what(line: CameOf, here: Here) -> str:
    """Return what came, beginning with a capital."""
    reasons: Mapping[str, str] = here.words["sent_back"]
    words = reasons.get(line.detail.get("reason", ""), reasons[line.event])
    return words.format(number=line.detail.get("number", ""))
