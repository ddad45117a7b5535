"""Letters as the core means them: kind, addressee, key, what they speak of and enclose; no sentence anywhere.

What a letter of one kind says beside what every letter has stands in `letter_values` and, for answers, `answer_values`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from mailbot.core.draft.document import UNEXAMINED, Examined

if TYPE_CHECKING:
    from datetime import datetime

    from mailbot.core.model.form import Fault, Submission
    from mailbot.core.model.sop import Step


class LetterKind(StrEnum):
    """Every letter mailbot can write; the words of each are in `templates/letters/<kind>.j2`."""

    # Row 1
    DATA_NEEDS = "data_needs"
    DATA_NEEDS_OBJECTED = "data_needs_objected"
    # Row 2
    REQUEST = "request"
    REQUEST_COPY = "request_copy"
    # Rows 3 and 4
    RECEIPT = "receipt"
    RETURNED = "returned"
    PARTIAL = "partial"
    UNREADABLE = "unreadable"
    HELP_WANTED = "help_wanted"
    REOPENED = "reopened"
    CONFLICT = "conflict"
    LATE = "late"
    EXTENDED = "extended"
    RETURNED_BY_PLANNING = "returned_by_planning"
    UNIT_ACCEPTED = "unit_accepted"
    LINES_READ = "lines_read"
    """Answers in lines as they were read, with the form filled with them: BENAR makes them a form."""
    LINES_DROPPED = "lines_dropped"
    FORM_WAITS = "form_waits"
    """To who sent a form that only the unit's head can vouch for: it is kept, and waits for his word."""
    EVIDENCE_KEPT = "evidence_kept"
    """Evidence came without a form, for one that is accepted or that other things are wrong with."""
    REMINDER = "reminder"
    REMINDER_TODAY = "reminder_today"
    ESCALATION = "escalation"
    # Rows 5 to 8
    RECAP = "recap"
    DRAFT = "draft"
    REVIEW = "review"
    REVISION = "revision"
    RATIFY = "ratify"
    SUBMISSION = "submission"
    SIGNER_CHANGED = "signer_changed"  # somebody else signs now: a version of his own is made, and reviewed again
    FILE_SHOWN = "file_shown"  # a PDF came beside a word that counts: kept, shown to Subbag Program, and to nobody else
    CLOSED = "closed"
    # Answers
    VERDICT_NOTED = "verdict_noted"
    DRAFT_HELD = "draft_held"
    """TERUSKAN, and something stands in the way that a person should look at first: said once more, it counts."""
    OPEN_CHANGES = "open_changes"  # an edited draft in which tracked changes are open: are they accepted?
    UNCLEAR = "unclear"
    DOUBTED = "doubted"
    """An approving word stood beside something that is not understood: BENAR lets it count, for that mail."""
    OUT_OF_TURN = "out_of_turn"
    NOT_YOURS = "not_yours"
    CHALLENGE = "challenge"
    STATUS = "status"
    GUIDE = "guide"
    FORM_AGAIN = "form_again"
    DRAFT_AGAIN = "draft_again"
    UNPLACED = "unplaced"
    NO_LONGER = "no_longer"
    """To who held a post until before his mail came, or will hold it: whose word it is now."""
    ORIGIN = "origin"
    """Where a figure comes from: unit, sender, time, file, sheet, cell, text as written."""
    # To the operator and Subbag Program
    HEARD = "heard"
    """What people wrote that no answer of ours is about: to be read by a person."""
    HELD_BACK = "held_back"
    """Files that hold numbers like a NIK came; they are kept, and not spread."""
    UNDELIVERED = "undelivered"
    SET_ASIDE = "set_aside"
    MORNING = "morning"
    ALARM = "alarm"


class Reason(StrEnum):
    """Why a word changed nothing, or a reminder waits; the sentence for each is in the template of its kind."""

    # OUT_OF_TURN: the word is theirs, and does not fit now
    NOT_YET = "not_yet"
    ALREADY = "already"
    OLD_VERSION = "old_version"
    NOT_READY = "not_ready"
    NOTHING_ACCEPTED = "nothing_accepted"
    WINDOW_CLOSED = "window_closed"
    NOTHING_TO_ACCEPT = "nothing_to_accept"
    NOTHING_TO_RETURN = "nothing_to_return"
    NOTHING_TO_EXTEND = "nothing_to_extend"
    ANOTHER_SIGNS = "another_signs"
    """The report is somebody else's to sign by now."""
    NO_LINES = "no_lines"
    """No lines wait for BENAR any more: they count, were dropped, or a form took their place."""
    # UNCLEAR: the word lacks something, and is asked back
    NO_THREAD = "no_thread"
    SAME_PERSON = "same_person"
    WITH_DOCUMENT = "with_document"
    """Consent, and a document that is not the one consented to: which of the two is meant?"""
    NO_REASON = "no_reason"
    BAD_DAYS = "bad_days"
    BAD_DATE = "bad_date"
    UNKNOWN_CODE = "unknown_code"
    UNKNOWN_UNIT = "unknown_unit"
    NIL_NEEDS_CODE = "nil_needs_code"
    NOT_DOCX = "not_docx"
    """A text came in answer to the draft, and is no DOCX that can be read."""
    SEVERAL_DOCX = "several_docx"
    """More than one DOCX came in answer to the draft: which is the next version?"""
    LOOSE_DOCX = "loose_docx"
    """A DOCX came from Subbag Program in answer to no draft: of which version is it?"""
    REMARKS = "remarks"
    """Free text of whoever's move it is: which word is meant by it?"""
    WHICH = "which"
    """BENAR, in answer to no letter that asks for it."""
    TOO_LARGE = "too_large"
    """The mail is larger than is taken, and was not read; so with UNPLACED."""
    GESTURE = "gesture"
    """A thumb: which word is meant by it?"""
    BAD_CODE = "bad_code"
    """A one-time code that is not the one asked for, was used before, or is too old."""
    # UNPLACED: nothing could be done with the mail
    UNREAD = "unread"
    """It could not be read, and was set aside for a person to look at."""
    # CHALLENGE: who said it is not proved
    NO_PROOF = "no_proof"
    # EXTENDED: not the deadline moved, only the reminders wait
    SNOOZE = "snooze"


class AlarmCode(StrEnum):
    """What the operator is told to look at; the sentence for each is in `alarm.j2`."""

    POLL_STALLED = "poll_stalled"
    NOT_READ = "not_read"
    """A server answers and will not show what a mailbox holds: that is not read, and not empty."""
    LOGIN_REFUSED = "login_refused"
    SERVER_UNREACHABLE = "server_unreachable"
    ACCOUNT_REFUSED = "account_refused"
    """The way out takes no letter from our account: a quota of the day, a suspension."""
    DIFFERENCE = "difference"
    """The server has shown mails that the inbox lacks."""
    GIVEN_UP = "given_up"
    IN_DOUBT = "in_doubt"
    DISK_LOW = "disk_low"
    PDF_STOPPED = "pdf_stopped"
    CONFIG_WRONG = "config_wrong"
    """What was edited cannot be used, and the former configuration stays in force."""
    TOKEN_EXPIRING = "token_expiring"  # noqa: S105 - the name of an alarm
    NUMBERS_USED_UP = "numbers_used_up"
    POST_VACANT = "post_vacant"
    OWN_REVIEW = "own_review"
    """Who would ratify has reviewed; also the mark on the letter of row 7."""
    RECOVERED = "recovered"


class EnclosureKind(StrEnum):
    """What a letter can carry; the file is made when the letter is written, from state alone."""

    FORM = "form"
    """The unit's pre-filled form (XLSX)."""
    COVER_LETTER = "cover_letter"
    """Surat Pengantar as DOCX, and as PDF where LibreOffice is installed."""
    RETURNED_FORM = "returned_form"
    """The sender's own workbook, marked (of `submission`)."""
    FILLED_FORM = "filled_form"
    """A form filled from a mail's lines, to be confirmed."""
    RECAP = "recap"
    DRAFT = "draft"
    """The draft of `cycle.draft`, DOCX and PDF, by digest."""
    COMPARED = "compared"
    """The draft of that digest with all that is new in it marked against `former`, as tracked changes."""
    REPORT = "report"
    """The ratified report, byte for byte."""
    FILE = "file"
    """A kept file, by digest."""
    SOURCE = "source"
    """The mail that brought a form (of `submission`), as it came, and the form itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """One thing a letter carries."""

    kind: EnclosureKind
    unit: str = ""
    sha256: str = ""
    """For FILE: which kept file. For DRAFT, COMPARED and REPORT: the digest that must come out."""
    name: str = ""
    former: str = ""  # for COMPARED: the digest of the version it is held against


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A figure that stood in the former form and is another one now: `NIHIL`, the number, or (now) nothing."""

    code: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The mail a letter answers, so that it lands in the same thread."""

    message_id: str
    references: tuple[str, ...] = ()
    subject: str = ""
    proved: bool = False
    """Who wrote it is proved; answers to forged mail must not use up what is owed to whoever it names."""
    unopened: tuple[str, ...] = ()
    """Names of its files that were not opened, for there were too many, where nothing else in the answer names them."""
    too_large: tuple[str, ...] = ()
    """Names of its files that were too large to be opened, likewise."""


class Part(StrEnum):
    """What a letter has beside its values, and some kinds have no sense without; the value names it to the operator."""

    CYCLE = "cycle"
    UNIT = "unit"
    DUE = "due_at"
    SUBMISSION = "submission"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a letter of one kind speaks of: each kind has a class of its own, so kind and values cannot disagree."""

    letter_kind: ClassVar[LetterKind]
    needs: ClassVar[tuple[Part, ...]] = (Part.CYCLE,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The word that a letter asks for: of which row, and about which version of what that row decides."""

    step: Step
    version: int
    docx_sha256: str = ""  # of the file it is about, for one version may stand for two; empty: of none that is there


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter to one address. `key` is made from state: it forbids a second copy and makes the Message-ID (R6)."""

    key: str
    about: About
    to: str
    """Key of the person."""
    address: str
    cycle: str = ""
    unit: str = ""
    due_at: datetime | None = None
    """The deadline the letter names."""
    send_after: datetime | None = None
    """Not before this moment (office hours); None: at once."""
    answers: Answers | None = None
    asks: Asked | None = None
    """The word it asks for; an answer to it is about that row and version, and no other."""
    number: int = 0
    """Which mail of lines it reads back, or which form that waits it asks about; 0: none."""
    answers_mail: str = ""
    """SHA-256 of the mail whose word counts once the code in this letter has come back."""
    submission: Submission | None = None
    faults: tuple[Fault, ...] = ()
    remarks: tuple[str, ...] = ()
    """What somebody wrote, and the letter repeats as a numbered list."""
    changes: tuple[Change, ...] = ()
    open_rows: tuple[str, ...] = ()
    """Codes of the rows that are not filled in yet."""
    examined: Examined = UNEXAMINED
    """What was found in the draft that it speaks of."""
    enclosures: tuple[Enclosure, ...] = ()

    @property
    def kind(self) -> LetterKind:
        """Return which letter it is: that of its values."""
        return self.about.letter_kind


def letter_key(kind: LetterKind, *parts: object) -> str:
    """Make a key: the kind, then parts taken from state only (cycle, unit, attempt, week, person)."""
    return "/".join((kind.value, *(str(part).casefold() for part in parts)))
