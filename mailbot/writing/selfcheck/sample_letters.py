"""Every kind of letter with sample values, full and bare, and once for every code its words turn on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailbot.core.model.cycle import UnitState
from mailbot.core.model.form import Unreadable
from mailbot.core.model.letters import Letter, LetterKind, Reason
from mailbot.core.model.people import Role
from mailbot.core.model.sop import Step
from mailbot.writing.letters.about import ABOUT
from mailbot.writing.selfcheck.sample_cycle import begun, trial_cycle, trial_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.office import CyclePlan, Office
    from mailbot.core.model.people import Person

K = LetterKind

# fmt: off
_TO: dict[Role, frozenset[LetterKind]] = {
    Role.SECRETARY: frozenset({K.DATA_NEEDS, K.ESCALATION, K.REVIEW, K.VERDICT_NOTED, K.UNCLEAR, K.ORIGIN}),
    Role.AGENCY_HEAD: frozenset({K.RATIFY, K.OUT_OF_TURN, K.CHALLENGE}),
    Role.PLANNING: frozenset({
        K.DATA_NEEDS_OBJECTED, K.HELP_WANTED, K.LATE, K.UNIT_ACCEPTED, K.RECAP, K.DRAFT, K.REVISION, K.CLOSED,
        K.DRAFT_AGAIN, K.HELD_BACK,
    }),
    Role.PLANNING_BOARD: frozenset({K.SUBMISSION}),
    Role.OPERATOR: frozenset({K.UNDELIVERED, K.SET_ASIDE, K.MORNING, K.ALARM}),
}
# fmt: on
"""To whom a kind goes; all others go to the head of a unit."""
_ROW = {K.DATA_NEEDS: Step.INFORM, K.DATA_NEEDS_OBJECTED: Step.INFORM, K.REVIEW: Step.REVIEW, K.RATIFY: Step.RATIFY}
_WITH_FAULTS = frozenset({K.RETURNED, K.HELP_WANTED})
_MIDWAY = frozenset({K.REQUEST, K.REQUEST_COPY, K.PARTIAL, K.REMINDER, K.ESCALATION, K.STATUS, K.CONFLICT})
_ALARMS = (
    *("poll_stalled", "login_refused", "server_unreachable", "difference", "given_up", "in_doubt", "config_refused"),
    *(
        "disk_low",
        "pdf_stopped",
        "token_expiring",
        "numbers_used_up",
        "loop_stopped",
        "post_vacant",
        "own_review",
        "recovered",
    ),
)
_OUT_OF_TURN = (
    *(Reason.NOT_YET, Reason.ALREADY, Reason.OLD_VERSION, Reason.NOT_READY, Reason.NOTHING_ACCEPTED),
    *(Reason.WINDOW_CLOSED, Reason.NOTHING_TO_ACCEPT, Reason.NOTHING_TO_RETURN, Reason.NOTHING_TO_EXTEND),
    Reason.NO_LINES,
)
_CODES: dict[LetterKind, tuple[str, tuple[str, ...]]] = {
    K.UNREADABLE: ("reason", tuple(Unreadable)),
    K.OUT_OF_TURN: ("reason", _OUT_OF_TURN),
    K.UNCLEAR: ("reason", tuple(Reason)),
    K.EXTENDED: ("reason", ("planning", Reason.SNOOZE)),
    K.UNPLACED: ("reason", ("", Reason.NOT_YET)),
    K.REMINDER: ("state", tuple(UnitState)),
    K.ALARM: ("what", _ALARMS),
}
"""Kind -> the named value its sentences turn on, and every code it can have."""
_COUNTS = (
    *("count", "total", "number", "version", "late_days", "tries", "received", "forms", "replies", "robots"),
    *("to_look_at", "copies", "waiting", "on_server", "difference", "sent", "queued", "put_off", "given_up"),
    *("in_doubt", "held"),
)
_MOMENTS = ("until", "lines_at", "received_at", "since", "ends")
_NOTHING = ("code", "unread", "cycles", "step", "state", "reason", "what", "defects", "words")
"""Left empty in a full letter: made elsewhere, or a code that only some letters have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A sample letter, and the cycle it is written in."""

    letter: Letter
    cycle: Cycle | None


def trial_letters(plan: CyclePlan, office: Office) -> Iterator[Trial]:
    """Yield every sample letter, in that cycle and to the office's own people; nothing of them is ever sent or kept."""
    for kind in LetterKind:
        full = _full(kind, plan, office)
        yield full
        bare = _bare(full)
        yield bare
        name, codes = _CODES.get(kind, ("", ()))
        for code in codes:
            about = dict(full.letter.about) | {name: str(code)}
            yield replace(bare, letter=replace(bare.letter, about=tuple(about.items())))


def _full(kind: LetterKind, plan: CyclePlan, office: Office) -> Trial:
    """Return a letter with everything such a letter can carry."""
    whole = trial_cycle(plan, office, _ROW.get(kind, Step.DRAFT))
    cycle = begun(whole) if kind in _MIDWAY else whole
    form, needs = whole.units[0], ABOUT[kind]
    person = _addressee(kind, form.unit, office, cycle)
    names = needs.required | needs.optional
    letter = Letter(
        key=f"{kind.value}/trial",
        kind=kind,
        to=person.key,
        address=person.addresses[0],
        cycle=cycle.key,
        unit=form.unit,
        due_at=cycle.due_at,
        submission=form.submissions[0],
        faults=trial_faults() if kind in _WITH_FAULTS else (),
        about=tuple((name, _value(name, person, cycle, office)) for name in sorted(names)),
    )
    if kind in _CODES:
        name, codes = _CODES[kind]
        letter = replace(letter, about=(*(one for one in letter.about if one[0] != name), (name, str(codes[0]))))
    return Trial(letter=letter, cycle=cycle)


def _bare(full: Trial) -> Trial:
    """Return the barest letter of the kind: nothing that it does not insist on."""
    letter, needs = full.letter, ABOUT[full.letter.kind]
    about = tuple(one for one in letter.about if one[0] in needs.required)
    bare = replace(
        letter,
        cycle=letter.cycle if needs.cycle else "",
        unit=letter.unit if needs.unit else "",
        due_at=letter.due_at if needs.due else None,
        submission=letter.submission if needs.submission else None,
        faults=(),
        about=about,
    )
    return Trial(letter=bare, cycle=full.cycle if needs.cycle else None)


def _addressee(kind: LetterKind, unit: str, office: Office, cycle: Cycle) -> Person:
    """Return who gets such a letter; where nobody holds the post, anybody will do to try the words on."""
    day = office.calendar.local(cycle.since).date()
    role = next((role for role, kinds in _TO.items() if kind in kinds), None)
    people = office.roster.people
    if role is not None:
        return office.roster.holder(role, day) or people[0]
    return next((person for person in people if person.unit == unit), people[0])


def _value(name: str, person: Person, cycle: Cycle, office: Office) -> str:
    """Return a sample of one named value (`writing.about` says what each means)."""
    if name in _NOTHING:
        return office.indicators[0].code if name == "code" else ""
    if name in _COUNTS:
        return "2"
    if name in _MOMENTS:
        return cycle.due_at.isoformat()
    given = {
        "word": "SETUJU",
        "person": person.key,
        "first": person.key,
        "second": person.addresses[0],
        "role": person.role.value,
        "kind": LetterKind.REQUEST.value,
        "own_review": "yes",
        "permanent": "yes",
        "value": "98.12",
        "letter_key": "request/contoh",
    }
    return given.get(name, "contoh")
