"""Who plays in the demo: every person of the office's list gets a mail account, a keyboard and a habit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailbot.core.model.people import Role
from mailbot.post.account import Account
from mailbot.rehearsal.filling import Script
from mailbot.rehearsal.habits import ROLE_HABITS, UNIT_HABITS, answers_well, forwards, only_reads, works_on_drafts
from mailbot.rehearsal.keyboard import Keyboard
from mailbot.rehearsal.staff import Member
from mailbot.writing.words.templates import overlaid, read_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from mailbot.core.model.office import Office
    from mailbot.core.model.people import Person
    from mailbot.rehearsal.server import EmbeddedServer

PASSWORD = "sandi-peragaan"  # noqa: S105 - of mail accounts that live for one demo, on this machine only


def accounts(office: Office) -> dict[str, str]:
    """Return a password for our own mailbox and for everybody's first address."""
    return dict.fromkeys((office.mailbox, *(person.addresses[0].lower() for person in office.roster.people)), PASSWORD)


def read_script(template_folders: tuple[Path, ...]) -> Script:
    """Read what staff know and write, and the words of the report; an office's own are laid over those that came."""
    words: dict[str, Any] = {}
    for folder in reversed(template_folders):
        if (folder / "rehearsal.yaml").is_file():
            words = overlaid(words, read_words(folder / "rehearsal.yaml"))
    return Script(words=words)


def cast(
    office: Office, server: EmbeddedServer, script: Script, now: Callable[[], datetime], *, thorough: bool = False
) -> tuple[Member, ...]:
    """Give everybody an account, a keyboard and a habit.

    `thorough` lets Subbag Program ask for the draft and where a figure comes from, and edit every draft it passes on.
    """
    roles = ROLE_HABITS | ({Role.PLANNING: works_on_drafts} if thorough else {})
    units = [unit.key for unit in office.roster.units]
    members = []
    for person in office.roster.people:
        place = units.index(person.unit) % len(UNIT_HABITS) if person.unit in units else 0
        heads, sections = UNIT_HABITS[place]
        if heads is forwards and not _colleague(person, office):
            heads = answers_well
        by_role = {Role.DIVISION_HEAD: heads, Role.SECTION_HEAD: sections}
        members.append(
            Member(
                person=person,
                keyboard=_keyboard(person, server, now),
                script=script,
                calendar=office.calendar,
                unit_name=office.roster.unit(person.unit).name if person.unit else "",
                colleague=_colleague(person, office),
                habit=by_role.get(person.role) or roles.get(person.role, only_reads),
            )
        )
    return tuple(members)


def _keyboard(person: Person, server: EmbeddedServer, now: Callable[[], datetime]) -> Keyboard:
    """Give a person a login at both sides of the server."""
    address = person.addresses[0].lower()
    sides = [
        Account(host=server.host, port=port, security="plain", user=address, password=PASSWORD)
        for port in (server.imap_port, server.smtp_port)
    ]
    return Keyboard(address=address, display=person.name, owner=person.key, imap=sides[0], smtp=sides[1], now=now)


def _colleague(person: Person, office: Office) -> str:
    """Return the address of the first section head of a unit head's unit."""
    if person.role is not Role.DIVISION_HEAD:
        return ""
    below = [one for one in office.roster.people if one.role is Role.SECTION_HEAD and one.unit == person.unit]
    return below[0].addresses[0] if below else ""
