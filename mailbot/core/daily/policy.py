"""When Subbag Program hears of what: at once, or in the day's letter; one table, to be read aloud.

At once comes what it has to decide or do. What it only should know waits for the next morning, and stands there beside
all else of the day; a day on which forms came in order, and nothing else, is told with the day after it. A mail of its
own is answered when it comes.
"""

from __future__ import annotations

from enum import StrEnum

from mailbot.core.codes.letter_kinds import LetterKind as K


class When(StrEnum):
    """How soon a letter goes to Subbag Program."""

    AT_ONCE = "at_once"
    DAILY = "daily"


LETTERS: dict[K, When] = {
    # What it has to decide or do
    K.DATA_NEEDS_OBJECTED: When.AT_ONCE,  # the Sekretaris objects: what is asked then?
    K.HELP_WANTED: When.AT_ONCE,  # a unit needs a person
    K.CONFLICT: When.AT_ONCE,  # two forms differ: the cycle waits, and it may send the unit's form back
    K.REOPENED: When.AT_ONCE,  # a unit pulls its figures back: the draft in its hands is wrong
    K.LATE: When.AT_ONCE,  # only while KEMBALIKAN can still let the late form count; else it stands in the day's letter
    K.RECAP: When.AT_ONCE,  # the figures that the draft is made from, where it does not follow at once and bring them
    K.DRAFT: When.AT_ONCE,
    K.REVISION: When.AT_ONCE,
    K.SIGNER_CHANGED: When.AT_ONCE,
    K.RECALL_TOLD: When.AT_ONCE,  # a word is taken back: what it has begun has to stop
    K.FILE_SHOWN: When.AT_ONCE,
    K.PAPER_SHOWN: When.AT_ONCE,
    K.NUMBER_WANTED: When.AT_ONCE,
    K.RECEIPT_UNPROVED: When.AT_ONCE,
    K.CLOSED: When.AT_ONCE,  # whoever runs the cycle learns that it has ended: print, file and publish
    K.HARD_COPY_WANTED: When.AT_ONCE,  # the same once more, where it was not done
    K.PUBLICATION_WANTED: When.AT_ONCE,  # likewise, where the report is filed, and not published
    K.HEARD: When.AT_ONCE,  # whose move it is has written something that is no word
    K.HELD_BACK: When.AT_ONCE,  # a list of residents came: whoever sent it has to be told in person
    K.UNDELIVERED: When.AT_ONCE,  # somebody does not get our mail: telephone, and mend the address
    K.DEPUTY_TOLD: When.AT_ONCE,
    K.BOARD_LINK: When.AT_ONCE,  # it asked for it itself, and holds for minutes
    K.REMINDER: When.AT_ONCE,
    K.REMINDER_TODAY: When.AT_ONCE,
    K.ESCALATION: When.AT_ONCE,  # Bappeda is silent, or the Kepala Dinas, whom nobody reminds any more
    # What it only should know
    K.DIGEST: When.DAILY,
}
"""Every other kind goes to Subbag Program in answer to a mail of its own, or not at all."""


class News(StrEnum):
    """What a line of the day's letter says; its words stand in `words.yaml` under `news`."""

    ACCEPTED = "accepted"
    DECIDED = "decided"
    """The unit's head has said which of two forms is right."""
    PARTIAL = "partial"
    RETURNED = "returned"
    SAME = "same"
    UNREADABLE = "unreadable"
    LATE = "late"
    EVIDENCE = "evidence"
    REMINDED = "reminded"
    VERDICT = "verdict"


EVENTS: dict[str, News] = {
    "form_accepted": News.ACCEPTED,
    "conflict_decided": News.DECIDED,
    "form_partial": News.PARTIAL,
    "form_returned": News.RETURNED,
    "form_same": News.SAME,
    "form_unreadable": News.UNREADABLE,
    "form_late": News.LATE,
    "evidence_kept": News.EVIDENCE,
    "reminder": News.REMINDED,
    "reminder_today": News.REMINDED,
    "verdict": News.VERDICT,
}
"""Event of the journal -> what the day's letter tells of it."""

BESIDE = frozenset({News.VERDICT})
"""What alone is no reason for a letter: it waits for the next one, and stands there. So does what no unit owes."""

IN_ORDER = frozenset({News.ACCEPTED})
"""What asks nothing of anybody where the form is proved, and nothing in it is odd or otherwise than before."""
IN_ORDER_WAITS_DAYS = 1
"""Working days that news of nothing else waits for another letter: the next day's, or the one with the draft."""
