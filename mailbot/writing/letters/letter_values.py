"""Every value that a letter's words may use, by the name its template gives it; each is made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from mailbot.core.model.cycle import UnitState
from mailbot.core.model.form import Severity
from mailbot.core.model.letters import LetterKind
from mailbot.core.model.people import Role
from mailbot.writing.letters import daily_values as daily
from mailbot.writing.letters import debt_values as debts
from mailbot.writing.letters import delivery_values as delivery
from mailbot.writing.letters import draft_values as drafts
from mailbot.writing.letters import sender_values as senders
from mailbot.writing.letters.brief_values import below_target, let_pass, warning_rows
from mailbot.writing.letters.letter_context import printed
from mailbot.writing.letters.letter_number import full_number
from mailbot.writing.letters.morning_values import ledger_sentence
from mailbot.writing.letters.opening_values import OPENING_VALUES
from mailbot.writing.letters.origin_asked import asked_origin
from mailbot.writing.rollup import rollup_values as rollups
from mailbot.writing.values import cycle_values as cycles
from mailbot.writing.values import form_values as forms
from mailbot.writing.values.mirror_values import mirror_values
from mailbot.writing.values.origin_values import NOTHING
from mailbot.writing.values.remark_rows import remark_rows, runs_of
from mailbot.writing.values.words_now import GUIDE_WORDS, acts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailbot.core.model.cycle import Cycle, UnitForm
    from mailbot.core.model.form import Submission
    from mailbot.core.model.indicators import Indicator
    from mailbot.core.model.people import Person, Unit
    from mailbot.writing.letters.letter_context import LetterContext

Of = TypeVar("Of")


class LetterValues(Mapping[str, object]):
    """The values of one letter: each is made the first time it is asked for, and kept.

    What fails as a value is made is a fault of the program, and is not told as one of the template that asked for it.
    """

    def __init__(self, context: LetterContext) -> None:
        """Look at nothing yet."""
        self._context = context
        self._made: dict[str, object] = {}

    def __getitem__(self, name: str) -> object:
        """Return a value; raises KeyError where no letter is given one of that name."""
        if name not in self._made:
            make = VALUES[name]
            try:
                self._made[name] = make(self._context)
            except (ArithmeticError, LookupError, TypeError, ValueError) as fault:
                message = f"the value {name} of letter {self._context.letter.key} cannot be made"
                raise RuntimeError(message) from fault
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        """Give every name."""
        return iter(VALUES)

    def __len__(self) -> int:
        """Return how many names there are."""
        return len(VALUES)


def _of_cycle(blank: Of, make: Callable[[LetterContext, Cycle], Of]) -> Callable[[LetterContext], Of]:
    """Return how a value of the cycle is made; blank for a letter that belongs to none."""
    return lambda here: blank if here.cycle is None else make(here, here.cycle)


def _of_unit(blank: Of, make: Callable[[LetterContext, Unit], Of]) -> Callable[[LetterContext], Of]:
    """Return how a value of the letter's unit is made; blank where it speaks of none."""
    return lambda here: blank if here.unit is None else make(here, here.unit)


def _of_form(blank: Of, make: Callable[[LetterContext, UnitForm], Of]) -> Callable[[LetterContext], Of]:
    """Return how a value of the unit's part in the cycle is made; blank where it has none."""
    return lambda here: blank if here.form is None else make(here, here.form)


def _of_submission(blank: Of, make: Callable[[LetterContext, Submission, Cycle], Of]) -> Callable[[LetterContext], Of]:
    """Return how a value of the form that the letter is about is made; blank where it is about none."""

    def made(here: LetterContext) -> Of:
        submission = here.letter.submission
        if submission is None or here.cycle is None or not here.letter.unit:
            return blank
        return make(here, submission, here.cycle)

    return made


def _fault_rows(severity: Severity) -> Callable[[LetterContext], object]:
    """Return how the findings of that weight are put into words."""
    return lambda here: forms.fault_rows(here.letter.faults, severity, here.folders)


def _point(here: LetterContext, code: str) -> str:
    """Return a row's code with its name."""
    return forms.named_point(code, here.office)


def _changes(here: LetterContext) -> tuple[tuple[str, str, str], ...]:
    """Return what changed: named row, old figure, new figure."""
    figure = here.phrases.figure
    return tuple((_point(here, change.code), figure(change.old), figure(change.new)) for change in here.letter.changes)


def _open_points(here: LetterContext) -> tuple[str, ...]:
    """Return what is still open: what the letter names, else what its form, or the one that counts, leaves open."""
    codes, form = here.letter.open_rows, here.form
    read = here.letter.submission or (form.counting if form is not None else None)
    if not codes and read is not None and here.cycle is not None and here.letter.unit:
        codes = forms.open_points(read.data, here.letter.unit, here.cycle.period, here.office)
    return tuple(_point(here, code) for code in codes)


def _open_codes(here: LetterContext) -> tuple[str, ...]:
    """Return the codes of the rows the letter names as open that the office still has."""
    known = {*(row.code for row in here.office.indicators), *(row.code for row in here.office.budget)}
    return tuple(code for code in here.letter.open_rows if code in known)


def _figure_rows(here: LetterContext, read: Submission, cycle: Cycle) -> tuple[forms.FigureRow, ...]:
    """Return the form's figures as we read them."""
    return forms.figure_rows(read, here.letter.unit, cycle.period, here.office, here.phrases)


def _money_rows(here: LetterContext, read: Submission, cycle: Cycle) -> tuple[forms.MoneyRow, ...]:
    """Return the form's spending as we read it."""
    return forms.money_rows(read, here.letter.unit, cycle.period, here.office, here.phrases)


def _text_rows(here: LetterContext) -> tuple[tuple[str, str], ...]:
    """Return what the form says beside its figures, and the unit's former one did not."""
    read, form = here.letter.submission, here.form
    before = form.submissions[-1].data if form is not None and form.submissions else None
    return forms.text_rows(read.data, before, here.office, here.phrases) if read is not None else ()


def _words(here: LetterContext) -> tuple[str, ...]:
    """Return the reply words to offer: the role's in a guide, else those of the row whose move is the addressee's."""
    role = here.addressee.role
    if here.letter.kind is LetterKind.GUIDE:
        words = GUIDE_WORDS[role].split()
        return tuple(word for word in words if delivery.offered(word, role, here))
    in_turn = here.cycle is not None and here.office.sop.row(here.cycle.step).who is role
    return (cycles.TURN_WORDS.get(here.cycle.step, ()) if here.cycle is not None and in_turn else ()) or ("BANTUAN",)


def _head(here: LetterContext) -> Person | None:
    """Return who submits for the letter's unit at present."""
    return cycles.unit_head(here.letter.unit, here.office, here.written_at)


def _asked(here: LetterContext) -> tuple[Indicator, ...]:
    """Return the indicators that the letter's unit is asked for."""
    return here.office.asked_indicators(here.letter.unit, here.cycle.period) if here.cycle is not None else ()


def _answer_word(here: LetterContext) -> str:
    """Return the consenting word of the row that is owed; empty where it waits for forms, or something else."""
    if delivery.wanting(here) is not None:
        return ""
    return next(iter(cycles.TURN_WORDS.get(here.step, ())), "") if here.step is not None else ""


VALUES: dict[str, Callable[[LetterContext], object]] = {
    # The letter
    "about": lambda here: printed(here.letter.about, here.code),
    "to": lambda here: cycles.title(here.addressee),
    "role": lambda here: here.addressee.role.value,
    "words": _words,
    "answers": lambda here: here.letter.answers,
    "due": lambda here: here.phrases.deadline(here.letter.due_at, here.written_at) if here.letter.due_at else "",
    "due_short": lambda here: here.phrases.day_month(here.letter.due_at) if here.letter.due_at else "",
    "recall_until": lambda here: here.phrases.moment(here.letter.recall_until) if here.letter.recall_until else "",
    "overdue": lambda here: here.letter.due_at is not None and here.letter.due_at < here.written_at,
    "today": lambda here: here.phrases.day(here.written_at),
    "today_short": lambda here: here.phrases.day_month(here.written_at),
    "today_moment": lambda here: here.phrases.moment(here.written_at),
    "remarks": lambda here: here.letter.remarks,
    "remark_rows": _of_cycle(
        (), lambda here, cycle: remark_rows(cycle, here.letter.numbers, here.office, here.phrases)
    ),
    "runs_of": lambda _: runs_of,
    "below_target": _of_cycle((), below_target),
    "let_pass": _of_cycle((), let_pass),
    "letter_number": lambda here: full_number(here.letter, here.office, delivery.bears(here)),
    "enclosed_names": lambda here: here.enclosed_names,
    "reference": lambda here: here.reference,
    "witness": lambda here: here.witness,
    # The office, and what the words may call
    "office": lambda here: here.office.letterhead,
    **senders.VALUES,
    "planning_unit": lambda here: cycles.role_words(Role.PLANNING, here.office, here.phrases),
    "example_unit": lambda here: here.office.roster.units[0].key.upper(),
    "unit_keys": lambda here: tuple(unit.key.upper() for unit in here.office.roster.units),
    "counted": lambda here: here.phrases.counted,
    "when": lambda here: here.phrases.when,
    "figure": lambda here: here.phrases.figure,
    "point": lambda here: partial(_point, here),
    "title": lambda here: lambda key: cycles.title(person) if (person := here.person(key)) else "",
    "phone": lambda here: lambda key: person.phone if (person := here.person(key)) else "",
    "second_address": lambda here: lambda key: person.second_address if (person := here.person(key)) else "",
    "role_words": lambda here: lambda code: cycles.role_words(Role(code), here.office, here.phrases) if code else "",
    "letter_kind": lambda here: lambda code: here.phrases.word("letter_kind", code) if code else "",
    # The letters of each day
    "ledger_sentence": lambda here: partial(ledger_sentence, printed(here.letter.about), here.phrases),
    **daily.VALUES,
    **rollups.VALUES,
    # The cycle
    "period": _of_cycle("", lambda here, cycle: here.phrases.period(cycle.period)),
    "cycle_key": _of_cycle("", lambda _, cycle: cycle.key),
    "step_words": _of_cycle("", lambda here, cycle: cycles.standing_words(cycle, here.office, here.phrases)),
    "step_due": _of_cycle("", lambda here, cycle: cycles.step_due(cycle, here.written_at, here.phrases)),
    "since": _of_cycle("", lambda here, cycle: here.phrases.moment(cycle.closed_at or cycle.since)),
    "whose_move": _of_cycle("", lambda here, cycle: "" if cycle.closed else cycles.whose_move(cycle, here.office)),
    "word_waits": _of_cycle("", lambda here, cycle: cycles.word_that_waits(cycle, here.written_at, here.phrases)),
    "version": _of_cycle("", lambda _, cycle: str(cycle.draft.version) if cycle.draft else ""),
    **{words: partial(delivery.owed, words) for words in ("owed", "owed_short")},
    **delivery.VALUES,
    **OPENING_VALUES,
    **debts.VALUES,
    "answer_word": _answer_word,
    "acts": lambda here: partial(acts, cycle=here.cycle),
    "turn_role": _of_cycle("", lambda here, cycle: here.office.sop.row(cycle.step).who.value),
    "turn_words": _of_cycle((), lambda _, cycle: cycles.TURN_WORDS.get(cycle.step, ())),
    "closed_at": _of_cycle("", lambda here, cycle: here.phrases.moment(cycle.closed_at) if cycle.closed_at else ""),
    "reviewer": _of_cycle("", lambda here, cycle: cycles.reviewer_title(cycle, here.office)),
    "board": _of_cycle("", lambda here, cycle: cycles.holder_title(here.office, Role.PLANNING_BOARD, cycle.since)),
    "cycle_standing": _of_cycle(
        (), lambda here, cycle: cycles.standings(cycle, here.office, here.phrases, here.written_at)
    ),
    "asked_units": _of_cycle((), lambda here, cycle: cycles.asked(cycle, here.office)),
    "accepted_count": _of_cycle(0, lambda _, cycle: cycles.accepted_count(cycle)),
    "unit_count": _of_cycle(0, lambda _, cycle: len(cycle.units)),
    "summary": _of_cycle(None, lambda here, cycle: cycles.summary(cycle, here.office, here.phrases)),
    "attention": _of_cycle((), lambda here, cycle: cycles.attention(cycle, here.office, here.phrases)),
    "mirror": _of_cycle({}, lambda here, cycle: mirror_values(cycle, here.office, here.phrases)),
    "origin": _of_cycle(NOTHING, asked_origin),
    "incomplete": _of_cycle((), drafts.incomplete),
    # The draft
    "differences": lambda here: drafts.difference_lines(here.letter.examined, here.phrases),
    "open_changes": lambda here: drafts.open_change_lines(here.letter.examined.open_changes, here.phrases),
    "marks": drafts.marks,
    "damaged": lambda here: ", ".join(here.letter.examined.damaged),
    "of_version": lambda here: here.letter.examined.of_version,
    "unstamped": lambda here: drafts.unstamped_words(here.letter.examined.unstamped, here.phrases),
    "edits": lambda here: drafts.edit_lines(here.edits, here.phrases),
    "units_in": _of_cycle((), lambda here, cycle: drafts.units_in(cycle, here.office, counted=True)),
    "units_missing": _of_cycle((), lambda here, cycle: drafts.units_in(cycle, here.office, counted=False)),
    # The unit
    "unit": _of_unit("", lambda _, unit: unit.name),
    "unit_key": _of_unit("", lambda _, unit: unit.key.upper()),
    "unit_short": _of_unit("", lambda _, unit: unit.key.upper()),
    "unit_head": _of_unit("", lambda here, _: cycles.title(head) if (head := _head(here)) else ""),
    "unit_phone": _of_unit("", lambda here, _: head.phone if (head := _head(here)) else ""),
    "asked_indicators": lambda here: len(_asked(here)),
    "asked_budget": _of_cycle(0, lambda here, cycle: len(here.office.asked_budget(here.letter.unit, cycle.period))),
    "example_code": lambda here: next((indicator.code for indicator in _asked(here)), ""),
    "asks_form": lambda here: bool(here.addressee.unit),
    "attempts": _of_form(0, lambda _, form: form.attempts),
    "returned_count": _of_form(0, lambda _, form: form.returned),
    "history": _of_form((), lambda here, form: tuple(cycles.sent(one, here.phrases) for one in form.submissions)),
    "counting_number": _of_form(0, lambda _, form: form.counted if form.state is UnitState.ACCEPTED else 0),
    "evidence_rows": _of_form((), lambda here, form: cycles.evidence(form, here.phrases)),
    "own_standing": _of_form(
        (), lambda here, form: (cycles.standing(form, here.office, here.phrases, here.written_at),)
    ),
    # The form that came
    "submission": _of_submission(None, lambda here, submission, _: cycles.sent(submission, here.phrases)),
    "figure_rows": _of_submission((), _figure_rows),
    "money_rows": _of_submission((), _money_rows),
    "fault_rows": _fault_rows(Severity.FAULT),
    "warning_rows": warning_rows,
    "note_rows": _fault_rows(Severity.NOTE),
    "changes": _changes,
    "open_points": _open_points,
    "text_rows": _text_rows,
    "to_copy": lambda here: forms.to_copy(here.letter.faults, _open_codes(here)),
    "nil_lines": lambda here: tuple(f"{code}: NIHIL" for code in _open_codes(here)),
    "by_lines": lambda here: here.letter.submission is not None and forms.by_lines(here.letter.submission.data),
}
"""Name -> how it is made. A template may name any of them in any kind of letter; what a letter has not is empty."""
