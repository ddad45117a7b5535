"""Which named values (`Letter.about`) the words of each kind of letter need, and which they can use: one table."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.core.model.letters import Letter, LetterKind
from mailbot.errors import TemplateProblem


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What a kind of letter is filled with, beside the addressee and the cycle.

    `required` and `optional` are names in `Letter.about`; `unit`, `due`, `submission` and `cycle` say that the letter
    has no sense without that field. Everything else (faults, remarks, enclosures) may be empty in every kind.
    """

    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    cycle: bool = True
    unit: bool = False
    due: bool = False
    submission: bool = False


def _names(text: str) -> frozenset[str]:
    """Return the names in a line of the table."""
    return frozenset(text.split())


# What the values mean, the same in every kind. Persons are keys of the roster; days and moments are ISO.
#   word           the reply word it is about (SETUJU, ...)     words          words to choose from, blanks between
#   reason         why: a code; the kind's template lists its own
#   step           core.sop.Step it is about (default: the cycle's)
#   person         whose remarks, request or debt this is
#   version        number of the draft                          number         number of the submission
#   file_name      name of the file that came                   sha_short      first 12 digits of a file's SHA-256
#   own_review     yes: he has reviewed it himself, and may not ratify it
#   letter_number  the number the office's register gave
#   role           whose word or post it is: codes of core.people.Role, blanks between
#   cycles         every open cycle at a glance, JSON of codes (`writing.glances`)
#   count, total   how many (reminders, rows, days), of how many
#   first, second  persons or addresses who sent differing forms
#   code           one-time code, or an indicator's code        until          no reminder before this day or moment
#   unread         lines of a mail that begin with no code, one below the other; lines_at: when the lines came that wait
#   state          core.cycle.UnitState that is reminded of    late_days      working days since the deadline
#   archive        name of the archive folder
#   subject, sender, received_at                   of a mail that came
#   sheet, cell, text, value                       of a figure, as read
#   letter_key, kind, person, address, reply, permanent (yes or no)    of a letter that did not arrive
#   defects        codes of what makes a mail hostile, blanks between
#   mail, error, tries                             of a mail that was set aside
#   received, forms, replies, robots, to_look_at, copies, waiting, on_server, difference, sent, queued, put_off,
#   given_up, in_doubt, held                                 counts of a morning letter
#   strangers, silenced     addresses nobody answered, of a morning letter: not listed ones, and those that led nowhere
#   what, since, detail, ends                      code of an alarm (`alarm.j2` lists them), since when, of what, until;
#                                                  since is also when a debt began (ESCALATION)
# Remarks are free text, except: open rows are codes (PARTIAL, REMINDER, ESCALATION), and `code|old|new` is a figure
# that changed (RECEIPT, LATE, CONFLICT).
ABOUT: dict[LetterKind, Needs] = {
    # Row 1
    LetterKind.DATA_NEEDS: Needs(),
    LetterKind.DATA_NEEDS_OBJECTED: Needs(optional=_names("person version")),
    # Row 2
    LetterKind.REQUEST: Needs(unit=True, due=True, optional=_names("letter_number")),
    LetterKind.REQUEST_COPY: Needs(unit=True, due=True, optional=_names("letter_number")),
    # Rows 3 and 4
    LetterKind.RECEIPT: Needs(unit=True, submission=True, optional=_names("number")),
    LetterKind.RETURNED: Needs(unit=True, submission=True, optional=_names("number")),
    LetterKind.PARTIAL: Needs(unit=True, submission=True, optional=_names("count total")),
    LetterKind.UNREADABLE: Needs(cycle=False, required=_names("reason"), optional=_names("file_name")),
    LetterKind.HELP_WANTED: Needs(unit=True, optional=_names("person")),
    LetterKind.REOPENED: Needs(unit=True, optional=_names("person step")),
    LetterKind.CONFLICT: Needs(unit=True, required=_names("first second")),
    LetterKind.LATE: Needs(unit=True, optional=_names("file_name")),
    LetterKind.EXTENDED: Needs(due=True, optional=_names("reason count")),
    LetterKind.RETURNED_BY_PLANNING: Needs(unit=True),
    LetterKind.UNIT_ACCEPTED: Needs(unit=True),
    LetterKind.LINES_READ: Needs(unit=True, submission=True, optional=_names("number word unread")),
    LetterKind.LINES_DROPPED: Needs(unit=True),
    LetterKind.EVIDENCE_KEPT: Needs(unit=True, required=_names("file_name")),
    LetterKind.REMINDER: Needs(optional=_names("step state count late_days version person until lines_at")),
    LetterKind.REMINDER_TODAY: Needs(optional=_names("step state count late_days version person until lines_at")),
    LetterKind.ESCALATION: Needs(optional=_names("step state person count since late_days")),
    # Rows 5 to 8
    LetterKind.RECAP: Needs(),
    LetterKind.DRAFT: Needs(optional=_names("version sha_short")),
    LetterKind.REVIEW: Needs(optional=_names("version sha_short")),
    LetterKind.REVISION: Needs(optional=_names("person version")),
    LetterKind.RATIFY: Needs(optional=_names("version sha_short own_review")),
    LetterKind.SUBMISSION: Needs(optional=_names("letter_number")),
    LetterKind.CLOSED: Needs(optional=_names("archive")),
    # Answers
    LetterKind.VERDICT_NOTED: Needs(required=_names("word"), optional=_names("step version sha_short until")),
    LetterKind.UNCLEAR: Needs(cycle=False, optional=_names("word reason words count")),
    LetterKind.OUT_OF_TURN: Needs(cycle=False, required=_names("word"), optional=_names("reason")),
    LetterKind.NOT_YOURS: Needs(cycle=False, required=_names("word"), optional=_names("role")),
    LetterKind.CHALLENGE: Needs(required=_names("word"), optional=_names("code")),
    LetterKind.STATUS: Needs(cycle=False, optional=_names("reason")),
    LetterKind.GUIDE: Needs(cycle=False, optional=_names("words")),
    LetterKind.FORM_AGAIN: Needs(),
    LetterKind.DRAFT_AGAIN: Needs(optional=_names("version")),
    LetterKind.UNPLACED: Needs(cycle=False, optional=_names("subject reason")),
    LetterKind.ORIGIN: Needs(
        required=_names("code"), optional=_names("number file_name sha_short sender received_at sheet cell text value")
    ),
    # To the operator
    LetterKind.HELD_BACK: Needs(cycle=False, required=_names("file_name sender"), optional=_names("received_at")),
    LetterKind.UNDELIVERED: Needs(
        cycle=False, required=_names("address"), optional=_names("letter_key kind person reply permanent")
    ),
    LetterKind.SET_ASIDE: Needs(
        cycle=False, required=_names("mail"), optional=_names("sender subject received_at error tries defects")
    ),
    LetterKind.MORNING: Needs(
        cycle=False,
        required=_names("received on_server difference"),
        optional=_names(
            "cycles forms replies robots to_look_at copies waiting sent queued put_off given_up in_doubt held strangers"
            " silenced"
        ),
    ),
    LetterKind.ALARM: Needs(cycle=False, required=_names("what"), optional=_names("since detail ends role person")),
}


def about_values(letter: Letter, *, has_cycle: bool) -> dict[str, str]:
    """Return the letter's named values; every name its kind can use is present, empty where nothing was given.

    Raises:
        TemplateProblem: the letter lacks something its words need.
    """
    needs = ABOUT[letter.kind]
    given = dict(letter.about)
    absent = sorted(name for name in needs.required if not given.get(name))
    absent += [
        field
        for field, wanted, present in (
            ("cycle", needs.cycle, has_cycle),
            ("unit", needs.unit, letter.unit),
            ("due_at", needs.due, letter.due_at),
            ("submission", needs.submission, letter.submission),
        )
        if wanted and not present
    ]
    if absent:
        raise TemplateProblem(f"letter {letter.key} lacks {', '.join(absent)}")
    return dict.fromkeys(needs.required | needs.optional, "") | given
