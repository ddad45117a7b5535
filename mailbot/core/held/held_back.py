"""Files that hold numbers like a NIK: who hears that they are held back; none of them is spread (UU 27/2022)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailbot.core.language.nik import MASK, holds_nik
from mailbot.core.model.facts import FormArrived
from mailbot.core.model.letters import Letter, LetterKind, letter_key
from mailbot.core.model.letters_to_operator import HeldBack
from mailbot.core.model.people import Role
from mailbot.core.procedure.addressing import holder
from mailbot.core.sorting.placing import answers_to

if TYPE_CHECKING:
    from mailbot.core.model.mail import Mail
    from mailbot.core.sorting.placing import Desk, Sorted

_TOLD = (Role.PLANNING, Role.OPERATOR)
"""Who hears of a file that is held back."""


def held_in(mail: Mail) -> tuple[str, ...]:
    """Return the SHA-256 of a mail with numbers like a NIK, and of the files in it that hold them; nothing of others.

    They are sealed where they lie. What the mail says counts as well as what it carries.
    """
    files = [form.file_sha256 for form in mail.forms if form.personal_data]
    files += [file.sha256 for file in mail.attachments if MASK in file.name]
    if not files and not holds_nik(f"{mail.subject}\n{mail.own_words}"):
        return ()
    return tuple(dict.fromkeys((mail.sha256, *files)))


def held_letters(desk: Desk, found: Sorted) -> tuple[Letter, ...]:
    """Tell Subbag Program and the operator of files that are held back; the sender too, if no form answers him.

    The letters name the files and the sender, and repeat none of the numbers.
    """
    names = tuple(dict.fromkeys(file.file_name for file in desk.mail.forms if file.personal_data))
    if not names or not desk.people:
        return ()
    about = HeldBack(file_name=", ".join(names), sender=desk.mail.sender, received_at=desk.mail.received_at)
    told = [person for role in _TOLD if (person := holder(role, desk.office, desk.at)) is not None]
    letters = [
        Letter(
            key=letter_key(LetterKind.HELD_BACK, desk.mail.sha256[:16], person.key),
            about=about,
            to=person.key,
            address=person.addresses[0],
            send_after=desk.office.calendar.next_office_moment(desk.at),
        )
        for person in told
    ]
    if not any(isinstance(fact, FormArrived) for _, fact in found.facts) and desk.people[0] not in told:
        letters.append(
            Letter(
                key=letter_key(LetterKind.HELD_BACK, desk.mail.sha256[:16], desk.people[0].key),
                about=about,
                to=desk.people[0].key,
                address=desk.mail.sender,
                answers=answers_to(desk.mail),
            )
        )
    return tuple(letters)
