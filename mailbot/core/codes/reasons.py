"""Why a word changed nothing, and what the operator is told to look at, by code (SOP rows 1 to 8)."""

from enum import StrEnum


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
