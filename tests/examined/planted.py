"""Bugs planted on purpose, each a branch of the product switched off; every one must be condemned by its law."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from mailbot.core.language.reply_words import Word
from mailbot.core.model.people import Role
from mailbot.core.model.sop import DoneWhen, Step
from mailbot.core.orders import verdicts
from mailbot.core.procedure.acts import Act, Move
from mailbot.core.procedure.table import COLUMNS, TABLE, Key, same
from tests.examined.bent_post import Doubles, Drops
from tests.given import given
from tests.simulation.forms import PlainForms
from tests.simulation.letter_maker import PlainLetterMaker
from tests.simulation.machine import SECRET, Parts
from tests.simulation.sabotage import (
    SwapsTheReport,
    answers_robots,
    believes_everybody,
    loses_every_fifth_mail,
    writes_to_strangers,
)

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.clerk.parts import Books, Clerk
    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import VerdictGiven
    from mailbot.core.model.form import Entry, ReadForm
    from mailbot.core.model.letters import Letter
    from mailbot.core.model.mail import Attachment
    from mailbot.core.model.office import Office
    from mailbot.core.model.outcome import Outcome
    from mailbot.writing.letters.letter import Written

Planted = Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bug:
    """One bug: the law that it breaks, and how it is planted."""

    name: str
    law: str
    parts: Parts = field(default_factory=Parts)
    planted: Planted = nullcontext
    likely: int = 0
    """A seed that has shown it; played first, for a bug of what is rare is met in one of dozens."""


@contextmanager
def _entry(key: Key, step: Step, entry: Act[Any]) -> Iterator[None]:
    """Put another entry into the table of the procedure, and the right one back."""
    right = TABLE[key]
    entries = list(right.entries)
    entries[COLUMNS[step]] = entry
    TABLE[key] = replace(right, entries=tuple(entries))
    try:
        yield
    finally:
        TABLE[key] = right


@contextmanager
def _anybody_says(word: Word, whose: Role) -> Iterator[None]:
    """Let every role say a word that is one role's."""
    added = [(word, role) for role in Role if (word, role) not in TABLE]
    TABLE.update(dict.fromkeys(added, TABLE[word, whose]))
    try:
        yield
    finally:
        for key in added:
            del TABLE[key]


def _office(change: Callable[[Office], Office]) -> Parts:
    """Return parts whose clerk works by other rules than the office's."""

    def changed(clerk: Clerk) -> Clerk:
        return given(clerk, office=change(clerk.books.office))

    return Parts(clerk=changed)


def _row(step: Step, done_when: DoneWhen) -> Parts:
    """Let a row of the SOP end in another way."""

    def changed(office: Office) -> Office:
        rows = tuple(replace(row, done_when=done_when) if row.step is step else row for row in office.sop.rows)
        return replace(office, sop=replace(office.sop, rows=rows))

    return _office(changed)


def _never_closed(office: Office) -> Office:
    """Let the office be open at every hour."""
    return replace(office, calendar=replace(office.calendar, opens=time(0, 0), closes=time(23, 59)))


def _at_once(office: Office) -> Office:
    """Leave the Sekretaris no day for an objection."""
    plans = tuple(replace(plan, row_days=((Step.INFORM, 0),)) for plan in office.cycles)
    return replace(office, cycles=plans)


class ShowsOtherFigures(PlainLetterMaker):
    """Draws the recap from the form that came first, whichever counts."""

    def letter(self, books: Books, letter: Letter, cycle: Cycle | None, at: datetime) -> Written:
        """Make a letter; of a cycle, with each unit's first form."""
        if cycle is not None and letter.kind.value in {"recap", "draft"}:
            units = tuple(replace(form, counted=1) if form.submissions else form for form in cycle.units)
            cycle = replace(cycle, units=units)
        return super().letter(books, letter, cycle, at)


@dataclass(frozen=True, slots=True, kw_only=True)
class MendsFigures(PlainForms):
    """Reads a figure that is none, or below zero, as one."""

    def read(self, files: tuple[Attachment, ...]) -> tuple[ReadForm, ...]:
        """Read attachments as forms, and find no fault."""
        return tuple(_mended(form) for form in super(MendsFigures, self).read(files))


def _mended(form: ReadForm) -> ReadForm:
    rows = tuple(replace(row, actual=_figure(row.actual)) for row in form.data.indicators)
    return replace(form, data=replace(form.data, indicators=rows), faults=())


def _figure(entry: Entry) -> Entry:
    wrong = bool(entry.text) and (entry.value is None or entry.value < 0)
    return replace(entry, value=Decimal(98), text="98") if wrong else entry


def _bent(post: Callable[[Any], object]) -> Parts:
    """Return parts whose way out is bent."""

    def changed(clerk: Clerk) -> Clerk:
        open_courier = clerk.post.open_courier

        @contextmanager
        def opened() -> Iterator[Any]:
            with open_courier() as courier:
                yield post(courier)

        return given(clerk, open_courier=opened)

    return Parts(clerk=changed)


def _whatever_stands_beside(cycle: Cycle, fact: VerdictGiven, office: Office) -> Outcome:
    """Take a word for consent, with whatever remarks beside it."""
    return verdicts.given(cycle, fact, verdicts.VerdictRule(), office)


RATIFIED = cast("Key", (Word.DISAHKAN, Role.AGENCY_HEAD))
REVIEWED = cast("Key", (Word.SETUJU, Role.SECRETARY))
SENT_BACK = cast("Key", (Word.PERBAIKI, Role.SECRETARY))
OBJECTED = cast("Key", (Word.KEBERATAN, Role.SECRETARY))
PASSED_ON = cast("Key", (Word.TERUSKAN, Role.PLANNING))

BUGS: tuple[Bug, ...] = (
    Bug(name="a receipt is handed over twice", law="doubled", parts=_bent(Doubles)),
    Bug(name="a receipt is reported as taken, and never handed over", law="lost", parts=_bent(Drops)),
    Bug(name="every fifth mail is not kept", law="lost", parts=Parts(ledger=loses_every_fifth_mail)),
    Bug(name="the Sekretaris's word is passed over", law="lost", planted=lambda: _entry(REVIEWED, Step.REVIEW, same)),
    Bug(name="no proof is asked for", law="without proof", parts=Parts(clerk=believes_everybody)),
    Bug(name="the office never closes", law="at night", parts=_office(_never_closed), likely=9),
    Bug(name="Bappeda gets another report", law="other bytes", parts=Parts(maker=SwapsTheReport(secret=SECRET))),
    Bug(
        name="anybody may review",  # and not ratify: whoever does not sign the version is refused a second time there
        law="answered wrongly",
        planted=lambda: _anybody_says(Word.SETUJU, Role.SECRETARY),
    ),
    Bug(
        name="a refusal passes the draft on",
        law="without proof",
        planted=lambda: _entry(SENT_BACK, Step.REVIEW, Act(_whatever_stands_beside, Move.ON)),
        likely=12,
    ),
    Bug(
        name="an objection is noted and the requests leave",
        law="answered wrongly",
        planted=lambda: _entry(OBJECTED, Step.INFORM, Act(verdicts.consents, Move.ON)),
        likely=7,
    ),
    Bug(name="the review ends by itself", law="without proof", parts=_row(Step.REVIEW, DoneWhen.AT_ONCE)),
    Bug(name="the cycle closes without a receipt", law="without proof", parts=_row(Step.SUBMIT, DoneWhen.AT_ONCE)),
    Bug(name="nobody waits for the Sekretaris", law="without proof", parts=_office(_at_once), likely=15),
    Bug(name="robots are answered", law="to a robot", parts=Parts(ledger=answers_robots)),
    Bug(name="a verdict's note goes to a stranger", law="to a stranger", parts=Parts(ledger=writes_to_strangers)),
    Bug(
        name="a figure that is none is read as one",
        law="answered wrongly",
        parts=Parts(forms=lambda office: MendsFigures(office=office, secret=SECRET)),
        likely=59,
    ),
    Bug(
        name="the recap shows the first form",
        law="other figures",
        parts=Parts(maker=ShowsOtherFigures(secret=SECRET)),
        likely=63,
    ),
)
