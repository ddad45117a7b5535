"""Every letter mailbot can write, by its code (SOP rows 1 to 8)."""

from enum import StrEnum


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
    NUMBER_WANTED = "number_wanted"
    """To Subbag Program: the cover letter wants its number, and row 8 waits for it."""
    PAPER_WANTED = "paper_wanted"
    """To the Kepala Dinas: the report, or its cover letter, wants his signature."""
    PAPER_NOTED = "paper_noted"
    """Answer to a paper that came back: it counts, is shown to Subbag Program, or is not what it should be, and why."""
    PAPER_SHOWN = "paper_shown"
    """To Subbag Program: is this the signed paper? BENAR or SALAH."""
    RECEIPT_UNPROVED = "receipt_unproved"
    """To Subbag Program: a receipt came, and nothing proves who wrote it."""
    HARD_COPY_WANTED = "hard_copy_wanted"
    """To Subbag Program, long after the close: the archive still wants to be printed and filed."""
    PUBLICATION_WANTED = "publication_wanted"
    """To Subbag Program, likewise: when and where is the report published?"""
    COPY_SENT = "copy_sent"
    """The report as Bappeda Litbang got it, to who gets a copy (tembusan)."""
    SIGNER_CHANGED = "signer_changed"  # somebody else signs now: a version of his own is made, and reviewed again
    FILE_SHOWN = "file_shown"  # a PDF came beside a word that counts: kept, shown to Subbag Program, and to nobody else
    CLOSED = "closed"
    # Cycles to come, and cycles opened by mistake
    OPENING_AHEAD = "opening_ahead"
    """To Subbag Program, the working day before: what opens; TUNDA and BATAL put it off and call it off."""
    OPENING_NOTED = "opening_noted"
    OPENING_MISSED = "opening_missed"
    CYCLE_CANCELLED = "cycle_cancelled"  # to who was asked, and in answer to what comes afterwards
    # Answers
    VERDICT_NOTED = "verdict_noted"
    RECALLED = "recalled"
    """BATAL: what was taken back, and the word of the row is asked for anew."""
    RECALL_TOLD = "recall_told"  # to others: somebody has taken his word back, or would, or pulled his draft back
    CORRECTION_TOLD = "correction_told"  # KOREKSI: the report that was handed over is made anew, and comes once more
    DEPUTY_ECHO = "deputy_echo"  # PLH: whom he has named, from when to when; BENAR puts it in force
    DEPUTY_TOLD = "deputy_told"
    DRAFT_HELD = "draft_held"
    """TERUSKAN, and something stands in the way that a person should look at first: said once more, it counts."""
    OPEN_CHANGES = "open_changes"  # an edited draft in which tracked changes are open: are they accepted?
    ANSWERS_NOTED = "answers_noted"  # answers to remarks on the draft, by their numbers
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
    """What somebody wrote whose move it is, and that is no word: to be read by a person at once."""
    DIGEST = "digest"
    """What the day brought, in one letter: forms that came, went back or came late, and what people wrote."""
    WEEKLY = "weekly"
    """To the Kepala Dinas, once a week: how each running cycle stands, in one line."""
    ROLLUP = "rollup"
    """To who looks after many offices, once a week and when the last one has closed a period: how they stand."""
    HELD_BACK = "held_back"
    """Files that hold numbers like a NIK came; they are kept, and not spread."""
    HELD_NOTED = "held_noted"  # HAPUS or SIMPAN: what became of a file that was held back
    UNDELIVERED = "undelivered"
    SET_ASIDE = "set_aside"
    MORNING = "morning"
    ALARM = "alarm"
    CONFIG_WAITS = "config_waits"
    """What was edited in the YAML is never small: BENAR lets it count."""
    CONFIG_ANSWERED = "config_answered"
    HOLDER_CHANGED = "holder_changed"
    """To who held a post, or its address: the configuration has passed it on."""
    DEADLINE_MOVED = "deadline_moved"
    """To who owes something: the configuration has moved its deadline."""
    BOARD_LINK = "board_link"  # to who wants to see the status board: the link by which he signs in, once
