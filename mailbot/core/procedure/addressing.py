"""How a letter gets its addressee, its hour and its thread: on our own initiative, or in answer to a mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.model.letters import Letter, letter_key
from mailbot.core.model.outcome import JournalLine
from mailbot.core.model.people import Role

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.facts import Source
    from mailbot.core.model.form import Fault, Submission
    from mailbot.core.model.letters import About, Change, Enclosure
    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person


def on_initiative(  # noqa: PLR0913 - a letter has this many parts, all named
    about: About,
    person: Person,
    office: Office,
    cycle: Cycle,
    at: datetime,
    *parts: object,
    unit: str = "",
    due_at: datetime | None = None,
    remarks: tuple[str, ...] = (),
    changes: tuple[Change, ...] = (),
    open_rows: tuple[str, ...] = (),
    enclosures: tuple[Enclosure, ...] = (),
    submission: Submission | None = None,
    faults: tuple[Fault, ...] = (),
) -> Letter:
    """Make a letter nobody asked for: it waits for office hours. `parts` make its key, after kind and cycle."""
    return Letter(
        key=letter_key(about.letter_kind, cycle.key, *parts),
        about=about,
        to=person.key,
        address=person.addresses[0],
        cycle=cycle.key,
        unit=unit,
        due_at=due_at,
        send_after=office.calendar.next_office_moment(at),
        submission=submission,
        faults=faults,
        remarks=remarks,
        changes=changes,
        open_rows=open_rows,
        enclosures=enclosures,
    )


def in_answer(  # noqa: PLR0913 - a letter has this many parts, all named
    about: About,
    source: Source,
    cycle: Cycle,
    *parts: object,
    unit: str = "",
    due_at: datetime | None = None,
    remarks: tuple[str, ...] = (),
    changes: tuple[Change, ...] = (),
    open_rows: tuple[str, ...] = (),
    enclosures: tuple[Enclosure, ...] = (),
    submission: Submission | None = None,
    faults: tuple[Fault, ...] = (),
) -> Letter:
    """Make a letter that answers a mail: it leaves at once, in the mail's thread, to the address that wrote.

    Without `parts` the key is made from the mail itself, so that one mail gets one answer of a kind.
    """
    return Letter(
        key=letter_key(about.letter_kind, cycle.key, *(parts or (source.mail_sha256[:16],))),
        about=about,
        to=source.person.key,
        address=source.address,
        cycle=cycle.key,
        unit=unit,
        due_at=due_at,
        answers=source.answers,
        submission=submission,
        faults=faults,
        remarks=remarks,
        changes=changes,
        open_rows=open_rows,
        enclosures=enclosures,
    )


def holder(role: Role, office: Office, at: datetime, unit: str | None = None) -> Person | None:
    """Return who holds a role (of a unit) on the day of `at`, in the office's zone."""
    return office.roster.holder(role, office.calendar.local(at).date(), unit)


_ABOVE: dict[Role, tuple[Role, ...]] = {
    Role.DIVISION_HEAD: (Role.SECRETARY, Role.AGENCY_HEAD),
    Role.PLANNING: (Role.SECRETARY, Role.AGENCY_HEAD),
    Role.SECRETARY: (Role.AGENCY_HEAD, Role.PLANNING),
    Role.AGENCY_HEAD: (Role.PLANNING,),
    Role.PLANNING_BOARD: (Role.PLANNING, Role.SECRETARY),
}
"""Who is told when somebody in a role stays silent: the first of these that is held, and by somebody else."""


def superior(person: Person, office: Office, at: datetime) -> Person | None:
    """Return who is told when that person stays silent; the head of the Sekretariat may be the Sekretaris himself."""
    for role in _ABOVE.get(person.role, ()):
        above = holder(role, office, at)
        if above is not None and not above.owns(person.addresses[0]):
            return above
    return None


def line(at: datetime, event: str, actor: str = "mailbot", unit: str = "", **detail: str) -> JournalLine:
    """Make a line for the journal."""
    return JournalLine(at=at, event=event, actor=actor, unit=unit, detail=tuple(sorted(detail.items())))
