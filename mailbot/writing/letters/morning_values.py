"""What the daily letters say beside what others say: the books against the server, every open cycle, mails to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.cycle import UnitState
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.writing.values.cycle_values import role_words, title, waiting_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from mailbot.core.model.letters_to_operator import Away, DayCount, Glance, HeardMail, Matters
    from mailbot.core.model.office import Office
    from mailbot.writing.words.phrases import Phrases

_BEFORE_ASKING = frozenset({Step.INFORM, Step.REQUEST})
_NAMED_IF_ANY = ("copies", "waiting")
"""Figures that most days are 0 and are then left out."""


def ledger_sentence(figures: Mapping[str, str], phrases: Phrases) -> str:
    """Return `42 masuk = 31 formulir + ...; server 42, selisih 0`, as `words.yaml` has it; for `mailbot ledger` too.

    Args:
        figures: the figures of `clerk.reconciling.Proof` by name, as text; one that is missing or empty is 0.
        phrases: the office's words.

    Raises:
        TemplateProblem: `words.yaml` lacks a part of the sentence.
    """
    names = ("received", "forms", "replies", "robots", "to_look_at", *_NAMED_IF_ANY, "on_server", "difference")
    given = {name: figures.get(name) or "0" for name in names}
    more = "".join(phrases.word("ledger", name).format(**given) for name in _NAMED_IF_ANY if given[name] != "0")
    return phrases.word("ledger", "sentence").format(**given, more=more)


def glance(seen: Glance, office: Office, phrases: Phrases, told_at: datetime) -> dict[str, object]:
    """Return one open cycle: period, row, whose move it is, deadline, and the names of the units by state.

    Before the units are asked none of them owes anything, and none is named.
    """
    asked = seen.step not in _BEFORE_ASKING
    units = seen.units if asked else ()
    return {
        "period": phrases.period(seen.period),
        "step_words": phrases.word("awaited_at", seen.wants.value)
        if seen.wants
        else phrases.word("step", seen.step.value),
        "whose_move": "; ".join(title(office.roster.person(key)) for key in seen.people)
        or (role_words(seen.role, office, phrases) if seen.role is not None else ""),
        "word_waits": waiting_words(seen.word, seen.stands_at, phrases),
        "due": phrases.deadline(seen.due_at, told_at),
        "late_days": seen.late_days,
        "own_move": seen.role is Role.AGENCY_HEAD,
        "accepted_count": sum(state is UnitState.ACCEPTED for _, state in seen.units),
        "unit_count": len(seen.units),
        "away": tuple(_away(gone, office, phrases) for gone in seen.away),
        "asked": asked,
        **{state.value: _named([unit for unit, own in units if own is state], office) for state in UnitState},
    }


def heard_mail(mail: HeardMail, office: Office, phrases: Phrases) -> dict[str, object]:
    """Return one mail that a person should read: who wrote, when, about what, and the words that may be quoted."""
    known = next((person for person in office.roster.people if person.key == mail.person), None)
    return {
        "sender": title(known) if known is not None else "",
        "address": mail.address,
        "received": phrases.moment(mail.at),
        "subject": mail.subject,
        "answers": phrases.word("letter_kind", mail.answers.value) if mail.answers is not None else "",
        "words": mail.words,
    }


def day_counts(days: Iterable[DayCount], phrases: Phrases) -> tuple[str, ...]:
    """Return each morning's count as one line; none for a single morning, which the letter tells anyway."""
    told, words = tuple(days), phrases.word("ledger", "day")
    figures = ((one, {"received": one.received, "on_server": one.on_server}) for one in told if len(told) > 1)
    return tuple(
        words.format(day=phrases.day(one.at), new=one.new, difference=one.difference, **both) for one, both in figures
    )


def matters_words(matters: Iterable[Matters], phrases: Phrases) -> tuple[str, ...]:
    """Return each cause as one line: what it is, how often it came, and of what."""
    return tuple(_matter(one, phrases) for one in matters)


def _matter(one: Matters, phrases: Phrases) -> str:
    """Return one cause in words; of many things only some are named."""
    named = ", ".join(one.details)
    more = phrases.word("operator_matter", "more").format(count=one.count - len(one.details))
    details = f"{named}{more}" if one.count > len(one.details) else named
    return phrases.word("operator_matter", one.cause).format(count=one.count, details=details)


def _away(gone: Away, office: Office, phrases: Phrases) -> dict[str, str]:
    """Return one unit whose head is away: until when, and who stands in."""
    return {
        "unit": office.roster.unit(gone.unit).name,
        "until": phrases.day(gone.until),
        "deputy": title(office.roster.person(gone.deputy)) if gone.deputy else "",
    }


def _named(units: list[str], office: Office) -> str:
    """Return the names of units on one line."""
    return "; ".join(office.roster.unit(unit).name for unit in units)
