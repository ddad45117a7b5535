"""What a mail is: an ordered list of questions, the first yes decides its one final state and makes the facts of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailbot.core.configuration.answering import edit_answered
from mailbot.core.delivery.numbers_in import number_alone
from mailbot.core.held.held_back import held_letters
from mailbot.core.held.held_fate import held_order
from mailbot.core.language.reply_words import VERDICTS, Said, Word
from mailbot.core.model.facts import (
    CommandGiven,
    FormArrived,
    LinesArrived,
    MailUnplaced,
)
from mailbot.core.model.letters import Letter, LetterKind, Reason, letter_key
from mailbot.core.model.letters_in_answer import Guide, OutOfTurn, Status, Unplaced
from mailbot.core.model.mail import Automatic, evidence_in
from mailbot.core.model.outcome import MailOutcome
from mailbot.core.model.people import Role
from mailbot.core.opening.orders_in import opening_order
from mailbot.core.papers.papers_in import paper_looked_at, signed_paper
from mailbot.core.recall.which_cycle import cycle_spoken_in
from mailbot.core.sorting.by_machine import delivery_report, robot
from mailbot.core.sorting.confirming import (
    benar_to_nothing,
    code_beside_benar,
    confirmed,
    deputy_confirmed,
    doubtful,
    unknown_code,
    vouched,
)
from mailbot.core.sorting.drafts_in import (
    answers_alone,
    answers_beside,
    changes_accepted,
    draft_of_a_unit,
    edited_draft,
    loose_draft,
    several_drafts,
    unreadable_draft,
)
from mailbot.core.sorting.files_in import (
    cloud_link,
    evidence_alone,
    file_called_form,
    forgotten_file,
    too_large_to_decide,
    unreadable_file,
)
from mailbot.core.sorting.form_facts import form_facts
from mailbot.core.sorting.forms_together import told_of_files
from mailbot.core.sorting.free_text import in_turn, remarks_of_mover
from mailbot.core.sorting.gestures import clicked
from mailbot.core.sorting.lines_in import lines_doubt, lines_facts, word_beside, word_to_lines
from mailbot.core.sorting.marked_in import loose_marks, marked_document, unmarked_document, verdict
from mailbot.core.sorting.placing import (
    Desk,
    Sorted,
    answered_cycle,
    answers_to,
    cycle_meant,
    source_of,
    speaker,
    speaks_for,
    unit_of,
    word_wanted,
)
from mailbot.core.sorting.said import is_courtesy
from mailbot.core.sorting.told_of_files import told_of_unopened
from mailbot.core.sorting.wanted import nothing_said, word_of_others
from mailbot.core.sorting.who_wrote import as_signed, out_of_office

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailbot.core.model.cycle import Cycle
    from mailbot.core.model.letters_in_answer import ToWord
    from mailbot.core.model.people import Person

_OF_PLANNING = frozenset(
    {Word.TERIMA, Word.KEMBALIKAN, Word.PERPANJANG, Word.KOREKSI, Word.NOMOR, Word.ARSIP, Word.TERBIT}
)
"""Words that Subbag Program alone may say."""
_SUBMITTED = ((FormArrived, MailOutcome.FORM), (LinesArrived, MailOutcome.LINES))


def sort(desk: Desk) -> Sorted:
    """Ask the questions in order; the last one always answers. Files that are held back are told of beside it."""
    meant = confirmed(as_signed(desk))
    answers = (question(meant) for question in QUESTIONS)
    found = next((answer for answer in answers if answer is not None), None) or anything_else(meant)
    found = told_of_unopened(desk, found)
    if not any(form.personal_data for form in desk.mail.forms):
        return found
    return replace(found, letters=(*found.letters, *held_letters(desk, found)))


def own(desk: Desk) -> Sorted | None:
    """Is it our own mail come back?"""
    from_us = desk.mail.sender.casefold() in {address.casefold() for address in desk.office.own_addresses}
    return Sorted(outcome=MailOutcome.OWN) if from_us or desk.mail.automatic is Automatic.OWN else None


def form(desk: Desk) -> Sorted | None:
    """Does it carry a form, with our stamp or from a listed address, or lines in place of one? A word goes first."""
    lines = lines_facts(desk) if desk.mail.lines is not None else ()
    if not lines and not any(file.unreadable is None for file in desk.mail.forms):
        return None
    facts = told_of_files(form_facts(desk, lines), desk.mail)
    if not facts:
        return None
    wrong = word(desk) if desk.said.word is not None and word_beside(desk, facts) else None
    kinds = {type(fact) for _, fact in facts}
    outcome = next((outcome for kind, outcome in _SUBMITTED if kind in kinds), MailOutcome.UNREADABLE)
    return Sorted(outcome=outcome, facts=((*wrong.facts, *facts) if wrong is not None else facts))


def stranger(desk: Desk) -> Sorted | None:
    """Is the sender on nobody's list? Silence, and a line to the operator."""
    return None if desk.people else Sorted(outcome=MailOutcome.STRANGER, detail=desk.mail.sender)


def oversize(desk: Desk) -> Sorted | None:
    """Is it larger than is taken, so that only its head is known? Whoever sent it hears so."""
    if not desk.mail.oversize:
        return None
    found = unreadable_file(desk) or too_large_to_decide(desk) or anything_else(desk)
    return replace(found, facts=(*found.facts, *_unread_elsewhere(desk, {key for key, _ in found.facts})))


def lines_word(desk: Desk) -> Sorted | None:
    """Does it say BENAR or SALAH to lines that were read back?"""
    return word_to_lines(desk) if desk.said.word in {Word.BENAR, Word.SALAH} else None


def word(desk: Desk) -> Sorted | None:
    """Does it say one of the reply words, plainly?"""
    said, cycle = desk.said, cycle_meant(desk)
    if said.word is Word.BATAL and answered_cycle(desk) is None:
        cycle = cycle_spoken_in(desk.cycles, desk.people, desk.mail.received_at, desk.office) or cycle
    if said.word is Word.PLH:  # it holds for the whole office, and is kept with what will run longest
        cycle = next((one for one in reversed(desk.cycles) if not one.closed), cycle)
    if said.word is None or cycle is None or (said.casual and word_wanted(desk, cycle) is None):
        return None
    if said.word in VERDICTS:
        fact = verdict(desk, cycle, said, said.word)
        return Sorted(outcome=MailOutcome.VERDICT, facts=((cycle.key, fact),), detail=said.word.value)
    asked = [(said, said.word)]
    if said.also:
        asked.append((Said(word=Word.TERBIT, arguments=said.also), Word.TERBIT))
    commands = tuple((cycle.key, _command(desk, cycle, one, asks)) for one, asks in asked)
    return Sorted(outcome=MailOutcome.COMMAND, facts=(*answers_beside(desk), *commands), detail=said.word.value)


def _command(desk: Desk, cycle: Cycle, said: Said, asked: Word) -> CommandGiven:
    """Make the fact of a word that asks for something, said in the post that may order it, or for the unit."""
    unit = unit_of(desk, cycle)

    def rank(person: Person) -> int:
        if asked in _OF_PLANNING:
            return 0 if person.role is Role.PLANNING else 1
        if asked is Word.BATAL:
            return 0 if any(word.person == person.key for word in cycle.verdicts) else 1
        return speaks_for(unit)(person)

    source = source_of(desk, speaker(desk, cycle, rank))
    number = next((letter.number for letter in desk.about if letter.kind == LetterKind.CONFLICT), 0)
    last = desk.last.get(cycle.key, {})
    shown = next((one.file_sha256 for one in evidence_in(desk.mail) if not one.held), "")
    file = shown if asked is Word.TERBIT else ""
    deputy = bool(desk.about) and desk.about[0].kind in {LetterKind.DEPUTY_ECHO, LetterKind.DEPUTY_TOLD}
    return CommandGiven(
        at=desk.at,
        source=source,
        said=said,
        unit=unit,
        number=number,
        last=last,
        file_sha256=file,
        about_deputy=deputy,
    )


def anything_else(desk: Desk) -> Sorted:
    """A known person wrote something we can do nothing with: it is answered, and listed for a human."""
    cycle = cycle_meant(desk)
    if cycle is None:
        return Sorted(outcome=MailOutcome.UNPLACED, letters=(_answer_without_cycle(desk),))
    fact = MailUnplaced(
        at=desk.at,
        source=source_of(desk, speaker(desk, cycle)),
        remarks=desk.said.remarks,
        in_turn=in_turn(desk, cycle) is not None,
        courtesy=not desk.mail.oversize and is_courtesy(desk.mail, desk.office, desk.people),
        reason=Reason.TOO_LARGE if desk.mail.oversize else None,
    )
    return Sorted(outcome=MailOutcome.UNPLACED, facts=((cycle.key, fact),))


def _unread_elsewhere(desk: Desk, told: set[str]) -> tuple[tuple[str, MailUnplaced], ...]:
    """Make the facts of a mail nobody has read that answers no letter: no other cycle's row ends by silence either."""
    if answered_cycle(desk) is not None or not any(person.role is Role.SECRETARY for person in desk.people):
        return ()
    return tuple(
        (
            cycle.key,
            MailUnplaced(at=desk.at, source=source_of(desk, speaker(desk, cycle)), reason=Reason.TOO_LARGE),
        )
        for cycle in desk.cycles
        if not cycle.closed and cycle.key not in told
    )


def _answer_without_cycle(desk: Desk) -> Letter:
    """Answer a known person before the first cycle was opened: no word can count yet."""
    said = desk.said.word
    about: ToWord = Unplaced(reason=Reason.TOO_LARGE if desk.mail.oversize else Reason.NOT_YET)
    if said is not None and said in VERDICTS:
        about = OutOfTurn(word=said, reason=Reason.NOT_YET)
    elif said is not None:
        about = Guide(word=said) if said is Word.BANTUAN else Status(word=said)
    return Letter(
        key=letter_key(about.letter_kind, desk.mail.sha256[:16]),
        about=about,
        to=desk.people[0].key,
        address=desk.mail.sender,
        answers=answers_to(desk.mail),
    )


QUESTIONS: tuple[Callable[[Desk], Sorted | None], ...] = (
    own,
    delivery_report,
    robot,
    form,
    out_of_office,
    stranger,
    oversize,
    opening_order,
    held_order,
    clicked,
    edit_answered,
    several_drafts,
    edited_draft,
    unreadable_draft,
    loose_draft,
    loose_marks,
    changes_accepted,
    paper_looked_at,
    deputy_confirmed,
    code_beside_benar,
    benar_to_nothing,
    lines_word,
    file_called_form,
    word_of_others,
    vouched,
    word,
    number_alone,
    marked_document,
    signed_paper,
    unmarked_document,
    answers_alone,
    draft_of_a_unit,
    evidence_alone,
    unreadable_file,
    cloud_link,
    forgotten_file,
    lines_doubt,
    unknown_code,
    remarks_of_mover,
    doubtful,
    nothing_said,
)
"""The questions, in the order they are asked; what none of them knows is `anything_else`."""
