"""The habits of the invented office, one function a habit, and who has which (the cast of the demo)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mailbot.core.model.people import Role
from mailbot.rehearsal.staff import number_asked, words_offered

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailbot.rehearsal.keyboard import Got
    from mailbot.rehearsal.staff import Member

_NEXT_DAY = timedelta(hours=26)


def asks_for_form(got: Got) -> bool:
    """Say whether a letter brings a form to fill in."""
    return got.file(".xlsx") is not None


def answers_well(member: Member, got: Got) -> None:
    """Fill the form on the next day, without a fault."""
    if asks_for_form(got) and not member.forms_sent and not member.agenda:
        member.later(lambda: member.send_form(got, "form"), _NEXT_DAY)


def errs_twice(member: Member, got: Got) -> None:
    """Send a figure in words, then spending over the ceiling, then a form in order."""
    if not asks_for_form(got) or member.forms_sent > 2:  # noqa: PLR2004 - three forms in all
        return
    first = next(letter for letter in member.letters if asks_for_form(letter))
    mistakes = (1, 2, 0)[member.forms_sent]
    reply = "form" if mistakes == 1 else "perbaikan"
    original = first.file(".xlsx")
    kept = got if original is None else _with_file(got, original)
    if not member.agenda:
        member.later(lambda: member.send_form(kept, reply, mistakes=mistakes))


def forwards(member: Member, got: Got) -> None:
    """Forward the request to the Kasi, and leave the rest to him."""
    if asks_for_form(got) and not member.forms_sent and not member.agenda:
        member.later(lambda: _forward(member, got))


def fills_what_is_forwarded(member: Member, got: Got) -> None:
    """Fill the form that the Kepala Bidang forwarded and answer the office, from an own address."""
    forwarded = got.subject.startswith("Fwd:")
    if forwarded and asks_for_form(got) and not member.forms_sent:
        first = next((letter for letter in member.letters if letter is not got), got)
        member.later(lambda: member.send_form(_with_file(first, got.file(".xlsx")), "form"))


def waits_for_reminder(member: Member, got: Got) -> None:
    """Stay silent after the request; answer the first reminder."""
    requests = sum(asks_for_form(letter) for letter in member.letters)
    if asks_for_form(got) and requests > 1 and not member.forms_sent and not member.agenda:
        member.later(lambda: member.send_form(got, "terlambat"))


def _gives_number(member: Member, got: Got) -> bool:
    """Give the cover letter its number where that is asked for, once; return whether it was asked for."""
    example = number_asked(got)
    if example and not member.numbered:
        member.numbered = True
        member.later(lambda: member.gives_number(got, example))
    return bool(example)


def passes_on(member: Member, got: Got) -> None:
    """Pass every draft on to the Sekretaris, and give the cover letter its number."""
    if _gives_number(member, got):
        return
    if "TERUSKAN" in words_offered(got) and not member.agenda:
        member.later(lambda: member.passes_draft(got), _NEXT_DAY)


def works_on_drafts(member: Member, got: Got) -> None:
    """Ask for the draft as it stands; at the first one ask where a figure comes from; pass each on with an addition."""
    if _gives_number(member, got):
        return
    draft = got.file(".docx")
    if len(member.letters) == 1:
        member.later(lambda: member.says(got, "draf"))
    if "TERUSKAN" not in words_offered(got) or member.agenda:
        return
    if draft is None:
        member.later(lambda: member.passes_draft(got))
        return
    if not member.reviews:
        member.says(got, "asal")
    member.reviews += 1
    member.later(lambda: member.send_draft(got, draft), _NEXT_DAY)


def corrects_once(member: Member, got: Got) -> None:
    """Keep silent about the data needs, return the first draft with remarks, agree to the second."""
    if {"SETUJU", "PERBAIKI"} <= words_offered(got):
        member.reviews += 1
        reply = "perbaiki" if member.reviews == 1 else "setuju"
        member.later(lambda: member.says(got, reply), _NEXT_DAY)


def ratifies(member: Member, got: Got) -> None:
    """Ratify what the Sekretaris has agreed to; who means to answer is not moved by a reminder to answer twice."""
    if "DISAHKAN" in words_offered(got) and not member.agenda:
        member.later(lambda: member.says(got, "disahkan"))


def acknowledges(member: Member, got: Got) -> None:
    """Confirm the receipt of the report."""
    if "DITERIMA" in words_offered(got):
        member.later(lambda: member.says(got, "diterima"))


def only_reads(member: Member, got: Got) -> None:
    """Read, and never write."""
    del member, got


UNIT_HABITS: tuple[tuple[Callable[[Member, Got], None], Callable[[Member, Got], None]], ...] = (
    (answers_well, only_reads),
    (waits_for_reminder, only_reads),
    (errs_twice, only_reads),
    (forwards, fills_what_is_forwarded),
)
"""For each unit in turn: the habit of its head, and of its section heads."""

ROLE_HABITS: dict[Role, Callable[[Member, Got], None]] = {
    Role.PLANNING: passes_on,
    Role.SECRETARY: corrects_once,
    Role.AGENCY_HEAD: ratifies,
    Role.PLANNING_BOARD: acknowledges,
    Role.COPIED: only_reads,
    Role.OVERSEER: only_reads,
    Role.OPERATOR: only_reads,
}


def _with_file(got: Got, file: tuple[str, bytes] | None) -> Got:
    """Return a mail as if it carried that file: somebody answers one mail and attaches what came with another."""
    return replace(got, files=(file,)) if file is not None else got


def _forward(member: Member, got: Got) -> None:
    """Forward to the first colleague of the unit."""
    if member.colleague:
        member.forms_sent += 1
        member.keyboard.forward(got, member.colleague, member.script.reply("teruskan_ke_kasi"))
