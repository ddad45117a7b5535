"""Habits of a whole year: what invented staff do in a cycle beside answering at once (rows 1, 3, 6, 7, 8)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.language.reply_words import Word
from mailbot.rehearsal.habits import (
    acknowledges,
    answers_well,
    asks_for_form,
    corrects_once,
    fills_what_is_forwarded,
    forwards,
    only_reads,
    passes_on,
    ratifies,
    waits_for_reminder,
    works_on_drafts,
)
from mailbot.rehearsal.staff import line_shown, words_offered
from mailbot.rehearsal.whole_year.phone import lines_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailbot.rehearsal.keyboard import Got
    from mailbot.rehearsal.staff import Member

    Habit = Callable[[Member, Got], None]

_LEAVE_DAYS = 8
"""Working days for which somebody is on leave."""
_LATE_DAYS = 2
"""So many working days after the deadline answers whom nothing but the ladder moves, and ratifies who is away."""
_AUTOMATIC = {"Auto-Submitted": "auto-replied", "X-Autoreply": "yes"}


def is_late(member: Member, got: Got) -> None:
    """Stay silent after the request; answer the first reminder."""
    if asks_for_form(got):
        member.notes("late")
    waits_for_reminder(member, got)


def errs_once(member: Member, got: Got) -> None:
    """Send a form with a figure in words and a field left empty; mend it when it comes back."""
    if not asks_for_form(got) or member.agenda or member.forms_sent > 1:
        return
    if member.forms_sent:
        first = next(letter for letter in member.letters if asks_for_form(letter))
        mended = replace(got, files=first.files)
        member.later(lambda: member.send_form(mended, "perbaikan"))
        return
    member.notes("faulty")
    member.later(lambda: member.send_form(got, "form", mistakes=1))


def answers_in_lines(member: Member, got: Got) -> None:
    """Answer from the phone, a line for each figure, and confirm what is read back; fill the form where that fails."""
    if "BENAR" in words_offered(got):
        member.later(lambda: member.says(got, "benar"))
    elif (form := got.file(".xlsx")) is not None and not member.forms_sent:
        member.notes("phone")
        member.forms_sent += 1
        lines = lines_of(form[1], member.script)
        member.later(lambda: member.writes(got, lines))
    elif asks_for_form(got) and member.forms_sent == 1 and not member.agenda:
        member.later(lambda: member.send_form(got, "perbaikan"))


def is_on_leave(member: Member, got: Got) -> None:
    """Let the mail program answer that one is on leave, and who stands in; fill the form oneself if nobody has."""
    if not asks_for_form(got) or member.agenda:
        return
    back = member.after_working_days(_LEAVE_DAYS)
    member.notes("leave")
    words = member.script.reply("cuti", kembali=member.day_words(back), pengganti=member.colleague)
    member.keyboard.answer(got, words, heads=_AUTOMATIC)
    member.at(back, lambda: None if member.case.filled else member.send_form(got, "terlambat"))


def stands_in(member: Member, got: Got) -> None:
    """Fill the form in the head's place, once one is reminded of it."""
    asked = sum(asks_for_form(letter) for letter in member.letters)
    if asks_for_form(got) and asked > 1 and not member.case.filled and not member.agenda:
        member.later(lambda: member.send_form(got, "terlambat"))


def passes_it_down(member: Member, got: Got) -> None:
    """Forward the request to the Kasi, and leave the rest to him."""
    if asks_for_form(got):
        member.notes("forwards")
    forwards(member, got)


def forgets(member: Member, got: Got) -> None:
    """Answer neither request nor reminder; only after the deadline, when the superior has been told."""
    if asks_for_form(got) and not member.agenda and not member.case.filled:
        member.notes("forgets")
        late = member.after_working_days(member.form_days + _LATE_DAYS)
        member.at(late, lambda: member.send_form(member.latest_form(got), "terlambat"))


def passes_and_files(member: Member, got: Got) -> None:
    """Pass every draft on; print the archive and publish the report when asked to."""
    _files_away(member, got)
    passes_on(member, got)


def edits_and_files(member: Member, got: Got) -> None:
    """Look into every draft and add to it; print the archive and publish the report when asked to."""
    _files_away(member, got)
    works_on_drafts(member, got)


def _files_away(member: Member, got: Got) -> None:
    """Say that the archive was printed, or where the report was published."""
    if Word.ARSIP in words_offered(got):
        member.later(lambda: member.says(got, "arsip"))
    example = line_shown(got, Word.TERBIT)
    if example:
        member.later(lambda: member.published(got, example))


def agrees(member: Member, got: Got) -> None:
    """Agree to whatever draft comes."""
    if {"SETUJU", "PERBAIKI"} <= words_offered(got) and not member.agenda:
        member.later(lambda: member.says(got, "setuju"))


def asks_for_repair(member: Member, got: Got) -> None:
    """Return the first draft with remarks, and agree to the second."""
    if {"SETUJU", "PERBAIKI"} <= words_offered(got) and not member.agenda:
        if not member.reviews:
            member.notes("repair")
        corrects_once(member, got)


def ratifies_once(member: Member, got: Got) -> None:
    """Ratify what the Sekretaris has agreed to."""
    if not member.agenda:
        ratifies(member, got)


def ratifies_late(member: Member, got: Got) -> None:
    """Ratify after the deadline, with the one word `Sah`."""
    if "DISAHKAN" in words_offered(got) and not member.agenda:
        member.notes("sah")
        member.at(member.after_working_days(1 + _LATE_DAYS), lambda: member.says(got, "sah"))


def acknowledges_once(member: Member, got: Got) -> None:
    """Confirm the receipt of the report."""
    if not member.agenda and not member.reviews and "DITERIMA" in words_offered(got):
        member.reviews += 1
        acknowledges(member, got)


def acknowledges_late(member: Member, got: Got) -> None:
    """Confirm the receipt only when reminded of it; some working days later where nobody reminds."""
    if "DITERIMA" not in words_offered(got) or member.reviews > 1:
        return
    member.reviews += 1
    member.agenda.clear()
    if member.reviews == 1:
        member.notes("receipt")
        member.at(member.after_working_days(_LEAVE_DAYS), lambda: member.says(got, "diterima"))
    else:
        member.later(lambda: member.says(got, "diterima"))


UNIT_TEMPERS: tuple[tuple[Habit, Habit], ...] = (
    (answers_well, only_reads),
    (is_late, only_reads),
    (errs_once, only_reads),
    (answers_in_lines, only_reads),
    (is_on_leave, stands_in),
    (passes_it_down, fills_what_is_forwarded),
    (forgets, only_reads),
)
"""How the head of a unit may take a cycle, and what the section head below does then; the first is how it should be."""
DRAFTS: tuple[Habit, ...] = (passes_and_files, edits_and_files)
REVIEWS: tuple[Habit, ...] = (agrees, asks_for_repair)
RATIFIES: tuple[Habit, ...] = (ratifies_once, ratifies_late)
RECEIVES: tuple[Habit, ...] = (acknowledges_once, acknowledges_late)
"""How the others may take it: at once, or not."""
