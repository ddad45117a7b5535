"""What needs a person now: what is late first, then whose word is waited for, then what the machine cannot mend."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from mailbot.core.chasing.debts import debts
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.web.pages.marks import Mark, Tone
from mailbot.web.pages.page import path
from mailbot.web.pages.unit_lines import lines_wanting
from mailbot.writing.values.cycle_values import holder_title, role_words, standing_words, title, word_that_waits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mailbot.core.chasing.debt import Debt
    from mailbot.core.model.cycle import Cycle
    from mailbot.ledger.board.came_of import SentBack
    from mailbot.ledger.board.overview import BoxesSeen, CourseSeen
    from mailbot.web.pages.page import Here

_SENDS = "form"
"""Somebody is only to send his form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing that somebody has to do, or that is waited for."""

    mark: Mark
    who: str
    what: str
    when: str
    """Since when, or by when."""
    do: str
    link: str = ""


def needs(
    cycle: Cycle,
    others: Iterable[CourseSeen],
    boxes: BoxesSeen,
    back: Mapping[str, tuple[SentBack, ...]],
    here: Here,
) -> tuple[Need, ...]:
    """Return what needs somebody now, the most pressing first; of a viewer's own unit alone where he sees no more.

    Args:
        cycle: the one that is shown.
        others: those that run beside it.
        boxes: what wants a hand in inbox and outbox.
        back: by unit, what came in place of its form and went back.
        here: who looks.
    """
    everything = here.viewer.sees_everything
    owed = [debt for debt in debts(cycle, here.at, here.office) if everything or here.viewer.sees(debt.unit)]
    late = [debt for debt in owed if debt.due_at < here.at]
    codes = {debt.unit: _how(debt, cycle, back.get(debt.unit, ()), here) for debt in owed}
    found = [_debt(debt, codes[debt.unit], here) for debt in sorted(late, key=lambda debt: debt.urgency)]
    if everything:
        found = [*_daemon(boxes, here), *found, *_boxes(boxes, here)]
    in_time = [debt for debt in owed if debt.due_at >= here.at]
    found += [_debt(debt, codes[debt.unit], here) for debt in in_time if codes[debt.unit] != _SENDS]
    rest = sorted((debt for debt in in_time if codes[debt.unit] == _SENDS), key=lambda debt: debt.due_at)
    for _, together in groupby(rest, key=lambda debt: debt.due_at):
        found += _gathered(list(together), here)
    if everything:
        found += [] if owed or cycle.closed else [_awaited(cycle, here)]
        found += [_other(course, here) for course in others]
    return tuple(found)


def needs_of_machine(boxes: BoxesSeen, here: Here) -> tuple[Need, ...]:
    """Return what the machine cannot mend, where there is no cycle yet; none for whoever sees his own unit alone."""
    return (*_daemon(boxes, here), *_boxes(boxes, here)) if here.viewer.sees_everything else ()


def _how(debt: Debt, cycle: Cycle, back: tuple[SentBack, ...], here: Here) -> str:
    """Return how somebody is rid of a debt, as a code of the board's words; of more than sending his form it is told.

    In a line of its own, that is, though it is in time.
    """
    form = cycle.form_of(debt.unit) if debt.unit else None
    if form is None:
        return "word"
    if form.waiting is not None:
        return "lines_open" if lines_wanting(form, cycle, here) else "lines"
    ways = (
        ("rival", debt.rival_at is not None),
        ("returned", form.state is UnitState.RETURNED),
        ("vouch", bool(form.waiting_forms)),
        ("sent_back", bool(back) and not form.submissions),
    )
    return next((code for code, holds in ways if holds), _SENDS)


def _debt(debt: Debt, how: str, here: Here) -> Need:
    """Return what one person owes."""
    phrases, calendar = here.phrases, here.office.calendar
    days = calendar.working_days_between(debt.due_at, here.at)
    late = debt.due_at < here.at
    code = "waits" if not late else "late" if days else "late_today"
    word = here.told("now", code, days=days)
    owed = _owed(debt, here)
    unit = here.office.roster.unit(debt.unit).name if debt.unit else ""
    reminded = here.told("now", "reminded", count=debt.reminders) if debt.reminders else ""
    return Need(
        mark=Mark(tone=Tone.LATE if late else Tone.WAITS, word=word),
        who=title(debt.person),
        what=f"{owed} {unit}".strip(),
        when=here.told("now", "by", due=phrases.moment(debt.due_at), since=phrases.short_date(debt.asked_at)),
        do=f"{here.told('now', f'do_{how}')} {reminded}".strip(),
        link=path("units", debt.unit, debt.cycle) if debt.unit else "",
    )


def _owed(debt: Debt, here: Here) -> str:
    """Return what is owed, in words, beginning with a capital."""
    if debt.wanting is not None:
        words = here.phrases.word("awaited_owed", debt.wanting.value)
    else:
        step = Step.CHECK if debt.state is UnitState.RETURNED else Step.COLLECT if debt.unit else debt.step
        words = here.phrases.word("owed", step.value)
    return words[:1].upper() + words[1:]


def _gathered(owed: list[Debt], here: Here) -> list[Need]:
    """Return the units that are in time, and due at the same moment, in one line: nobody has to do anything."""
    if not owed:
        return []
    if not here.viewer.sees_everything:
        return [_debt(debt, _SENDS, here) for debt in owed]
    due = owed[0].due_at
    names = ", ".join(here.office.roster.unit(debt.unit).name for debt in owed)
    return [
        Need(
            mark=Mark(tone=Tone.WAITS, word=here.told("now", "waits")),
            who=here.told("now", "units", count=len(owed)),
            what=names,
            when=here.told("now", "first_due", due=here.phrases.moment(due)),
            do=here.told("now", "do_units"),
        )
    ]


def _awaited(cycle: Cycle, here: Here) -> Need:
    """Return what a cycle waits for where nobody owes anything: the time in which one may object, or mailbot itself."""
    said = word_that_waits(cycle, here.at, here.phrases)
    row = here.office.sop.row(cycle.step)
    standing = standing_words(cycle, here.office, here.phrases)
    return Need(
        mark=Mark(tone=Tone.NOTHING, word=here.told("now", "by_itself")),
        who=holder_title(here.office, row.who, here.at) or role_words(row.who, here.office, here.phrases),
        what=said or standing[:1].upper() + standing[1:],
        when=here.told("now", "first_due", due=here.phrases.moment(cycle.due_at)),
        do=here.told("now", "do_nothing"),
    )


def _other(course: CourseSeen, here: Here) -> Need:
    """Return another cycle that runs, with its own page behind it."""
    late = course.due_at < here.at
    return Need(
        mark=Mark(tone=Tone.LATE if late else Tone.WAITS, word=here.told("now", "late_row" if late else "waits")),
        who=here.phrases.period(course.period),
        what=here.phrases.word("step", course.step.value),
        when=here.told("now", "first_due", due=here.phrases.moment(course.due_at)),
        do=here.told("now", "do_other"),
        link=path("cycles", course.key),
    )


def _daemon(boxes: BoxesSeen, here: Here) -> Iterator[Need]:
    """Yield that nobody reads mails and hands letters over, since when, and what helps; nothing where all is well."""
    passed, proved = (datetime.fromisoformat(text) if text else None for text in (boxes.passed_at, boxes.proved_poll))
    found = _trouble(passed, proved, here) if here.board.daemon.told else None
    if found is not None:
        code, since = found
        yield Need(
            mark=Mark(tone=Tone.LATE, word=here.told("now", "look")),
            who=_operator(here),
            what=here.told("now", code),
            when=here.told("now", "since", at=here.phrases.moment(since)) if since is not None else "",
            do=here.told("now", f"do_{code}" if here.viewer.types_commands else "do_operator_away"),
        )


def _trouble(passed: datetime | None, proved: datetime | None, here: Here) -> tuple[str, datetime | None] | None:
    """Return what is wrong with the daemon, as a code of the board's words, and since when; None: nothing.

    Args:
        passed: when one last ended a pass.
        proved: when a mailbox was last read; where that is later, passes are made by `mailbot tick`, without a daemon.
        here: who looks.
    """
    daemon = here.board.daemon
    if passed is None and proved is None:
        return "never_ran", None
    by_daemon = passed is not None and (proved is None or proved <= passed)
    if by_daemon and daemon.runs() is False:
        return "not_running", passed
    longest = timedelta(minutes=daemon.silence_minutes()) or timedelta.max
    silent = [("no_pass", passed if by_daemon else None), ("no_mailbox", proved)]
    return next(((code, at) for code, at in silent if at is not None and here.at - at > longest), None)


def _operator(here: Here) -> str:
    """Return what the operator is called."""
    return holder_title(here.office, Role.OPERATOR, here.at) or here.phrases.word("role", Role.OPERATOR.value)


def _boxes(boxes: BoxesSeen, here: Here) -> Iterator[Need]:
    """Yield what the machine cannot mend by itself, each with where it is looked at."""
    counts = {
        "all_held": (int(boxes.all_held), path("letters")),
        "set_aside": (boxes.set_aside, path("mails")),
        "given_up": (boxes.letters.get("given_up", 0), path("letters")),
        "in_doubt": (boxes.letters.get("in_doubt", 0), path("letters")),
        "held": (boxes.letters.get("held", 0), path("letters")),
        "edited": (int(boxes.edited), ""),
    }
    who = _operator(here)
    for code, (count, link) in counts.items():
        if count:
            yield Need(
                mark=Mark(tone=Tone.LATE, word=here.told("now", "look")),
                who=who,
                what=here.told("now", code, count=count),
                when="",
                do=here.told("now", f"do_{code}" if here.viewer.types_commands else "do_operator"),
                link=link,
            )
