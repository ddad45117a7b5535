"""What the letter of a day says of each cycle: how its units stand, what came, of whom and why, the figures read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.daily.policy import News
from mailbot.core.model.cycle import UnitState
from mailbot.core.model.form import Severity
from mailbot.core.model.mail import Proof
from mailbot.core.model.sop import Step
from mailbot.core.procedure.addressing import unproved_form
from mailbot.writing.values.cycle_values import title
from mailbot.writing.values.form_values import fault_rows, figure_rows, money_rows, named_point

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from mailbot.core.daily.news import CycleNews, Told, UnitNews
    from mailbot.core.model.form import Submission
    from mailbot.core.model.office import Office
    from mailbot.writing.words.phrases import Phrases

_MOST_LINES = 12
"""So many lines are told of one unit; the journal has them all."""
_COUNTED = {
    "accepted": (UnitState.ACCEPTED,),
    "returned": (UnitState.RETURNED,),
    "waiting": (UnitState.PARTIAL, UnitState.WAITING),
}


def cycle_news(
    news: CycleNews, office: Office, phrases: Phrases, folders: tuple[Path, ...], told_at: datetime
) -> dict[str, object]:
    """Return what is told of one cycle: counts, a line for each unit, each thing that happened, the figures."""
    return {
        "period": phrases.period(news.period),
        "counts": counts(news, phrases),
        "units": tuple(_standing(unit, office, phrases, told_at) for unit in news.units),
        "lines": tuple(_lines(news, office, phrases, folders)),
        "accepted": tuple(
            {
                "unit": office.roster.unit(unit.unit).name,
                "figures": figure_rows(unit.accepted, unit.unit, news.period, office, phrases),
                "money": money_rows(unit.accepted, unit.unit, news.period, office, phrases),
            }
            for unit in news.units
            if unit.accepted is not None
        ),
        "may_be_returned": next((unit.unit.upper() for unit in news.units if unit.accepted), "")
        if news.may_be_returned
        else "",
        "waits_until": phrases.day(news.waits_for_it) if news.waits_for_it is not None else "",
    }


def counts(news: CycleNews, phrases: Phrases) -> str:
    """Return `3 masuk, 1 dikembalikan, 2 belum`; empty where no forms are awaited any more."""
    if not news.awaits_forms:
        return ""
    found = {name: news.count(*states) for name, states in _COUNTED.items()}
    return ", ".join(phrases.word("news_count", name).format(count=count) for name, count in found.items() if count)


def _standing(unit: UnitNews, office: Office, phrases: Phrases, told_at: datetime) -> dict[str, object]:
    """Return one unit's line of the table: state, what holds it up, deadline."""
    word, open_yet = phrases.word, unit.state is not UnitState.ACCEPTED
    state = word("unit_state", unit.state.value)
    if unit.state is UnitState.RETURNED and unit.returned > 1:
        state += word("news", "times").format(count=unit.returned)
    if unit.lines_wait:
        state += f"; {word('lines_wait')}"
    if unit.two_differ:
        state += word("news", "two_differ")
    if unit.late_days:
        state += word("news", "late_days").format(count=unit.late_days)
    for name, moment in (("away", unit.away_until), ("snoozed", unit.snoozed_until)):
        if moment is not None and open_yet:
            state += word("news", name).format(day=phrases.day_month(moment))
    due = phrases.short_deadline(unit.due_at, told_at) if unit.due_at else ""
    return {"name": office.roster.unit(unit.unit).name, "state": state, "open": open_yet, "due": due, "since": ""}


def _lines(news: CycleNews, office: Office, phrases: Phrases, folders: tuple[Path, ...]) -> Iterator[str]:
    """Yield what happened, unit by unit, each followed by what changed and what is odd; then what is about none."""
    for unit in news.units:
        for one in unit.told[-_MOST_LINES:]:
            yield _line(one, unit, office, phrases, folders)
        yield from _to_be_seen(unit, office, phrases, folders)
    for one in news.told[-_MOST_LINES:]:
        yield _line(one, None, office, phrases, folders)


def _line(one: Told, unit: UnitNews | None, office: Office, phrases: Phrases, folders: tuple[Path, ...]) -> str:
    """Return one thing that happened as a line."""
    detail = dict(one.detail)
    form = _form(unit, detail.get("number", ""))
    unproved = phrases.word("news", "unproved") if _unproved(form, detail.get("proof", ""), office) else ""
    sender = form.sender if form is not None else detail.get("sender", "") or one.actor
    said = phrases.word("news", one.news.value).format(
        who=_who(sender, office) + unproved,
        number=detail.get("number", ""),
        open=detail.get("open", "").replace(",", ", "),
        files=detail.get("files", ""),
        to=_who(detail.get("to", ""), office),
        word=detail.get("word", ""),
        why=_why(form, office, phrases, folders) if one.news is News.RETURNED else "",
        differs=_listed("differs", detail.get("differs", ""), phrases),
        version=_decided(detail, phrases),
    )
    moment = f"{phrases.day_month(one.at)} {phrases.calendar.local(one.at):%H.%M}"
    if unit is None:
        return phrases.word("news", "plain").format(what=said, moment=moment)
    return phrases.word("news", "line").format(unit=unit.unit.upper(), what=said, moment=moment)


def _decided(detail: dict[str, str], phrases: Phrases) -> str:
    """Return what a word was given on: in row 1 the data needs, whose number counts the rounds; then a draft."""
    if detail.get("step") == Step.INFORM.value:
        return phrases.word("news", "data_needs")
    version = detail.get("version", "0")
    return phrases.word("news", "version").format(version=version) if version != "0" else ""


def _unproved(form: Submission | None, proof: str, office: Office) -> bool:
    """Say whether nothing proves who sent a form, where the office asks for a proof."""
    if form is not None:
        return unproved_form(form, office)
    return bool(proof) and not office.policy.believes(Proof(proof))


def _form(unit: UnitNews | None, number: str) -> Submission | None:
    """Return the form of that number."""
    forms = unit.forms if unit is not None else ()
    return next((form for form in forms if str(form.number) == number), None)


def _who(name: str, office: Office) -> str:
    """Return a person's post, by key or address; an address that is on nobody's list as it is."""
    people = office.roster.people
    return next((title(one) for one in people if one.key == name or one.owns(name)), name)


def _listed(code: str, codes: str, phrases: Phrases) -> str:
    """Return codes on one line, in their words; empty where there are none."""
    return phrases.word("news", code).format(codes=codes.replace(",", ", ")) if codes else ""


def _why(form: Submission | None, office: Office, phrases: Phrases, folders: tuple[Path, ...]) -> str:
    """Return why a form went back; of one that is not proved nothing is quoted."""
    if form is None or unproved_form(form, office):
        return ""
    rows = fault_rows(form.faults, Severity.FAULT, folders) or fault_rows(form.faults, Severity.WARNING, folders)
    if not rows:
        return ""
    first = " ".join(text for text in (rows[0].row, rows[0].what) if text).rstrip(".")
    code = "why_more" if len(rows) > 1 else "why"
    return phrases.word("news", code).format(first=first, count=len(rows) - 1)


def _to_be_seen(unit: UnitNews, office: Office, phrases: Phrases, folders: tuple[Path, ...]) -> Iterator[str]:
    """Yield what an accepted form says otherwise than the one before it, and what is odd in it."""
    for change in unit.changes:
        old, new, point = phrases.figure(change.old), phrases.figure(change.new), named_point(change.code, office)
        yield phrases.word("news", "changed").format(unit=unit.unit.upper(), point=point, old=old, new=new)
    faults = unit.accepted.faults if unit.accepted is not None else ()
    for row in fault_rows(faults, Severity.NOTE, folders):
        what = " ".join(text for text in (row.row, row.what) if text).rstrip(".")
        yield phrases.word("news", "odd").format(unit=unit.unit.upper(), what=what)
