"""Every column of every table and every kind of file, by what of people it holds: the record of processing, as a table.

A column that is in no line fails a test, so nobody adds one without saying what it holds (UU 27/2022, Pasal 31).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mailbot.core.retention.kinds import Kind


class Data(StrEnum):
    """What is processed of people, as the record tells of it."""

    LIST = "list"
    MAILS = "mails"
    HELD = "held"
    LETTERS = "letters"
    FORMS = "forms"
    DECISIONS = "decisions"
    JOURNAL = "journal"
    ADDRESSES = "addresses"
    SIGN_INS = "sign_ins"
    ARCHIVE = "archive"
    COPIES = "copies"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the record says of one kind of data; sentences are codes of the catalogue."""

    what: str
    why: str
    basis: str
    who: str
    kinds: tuple[Kind, ...] = ()
    """By which retention it goes; none: by a rule of its own, in `ends`."""
    ends: str = ""


_TASK, _LAW, _SAFETY = "pd_basis_task", "pd_basis_law", "pd_basis_safety"
_OFFICE, _PLANNING, _NOBODY = "pd_who_office", "pd_who_planning", "pd_who_nobody"
_OPERATOR = "pd_who_operator"
ENTRIES: dict[Data, Entry] = {
    Data.LIST: Entry(what="pd_list", why="pd_list_why", basis=_TASK, who=_OFFICE, ends="pd_list_ends"),
    Data.MAILS: Entry(
        what="pd_mails", why="pd_mails_why", basis=_TASK, who=_PLANNING, kinds=(Kind.MAILS, Kind.STRAY_MAILS)
    ),
    Data.HELD: Entry(what="pd_held", why="pd_held_why", basis=_LAW, who=_NOBODY, kinds=(Kind.HELD,)),
    Data.LETTERS: Entry(
        what="pd_letters", why="pd_letters_why", basis=_TASK, who=_PLANNING, kinds=(Kind.LETTERS, Kind.NOTICES)
    ),
    Data.FORMS: Entry(
        what="pd_forms", why="pd_forms_why", basis=_TASK, who=_PLANNING, kinds=(Kind.FORMS, Kind.RECORD, Kind.DRAFTS)
    ),
    Data.DECISIONS: Entry(
        what="pd_decisions", why="pd_decisions_why", basis=_TASK, who=_PLANNING, kinds=(Kind.RECORD,)
    ),
    Data.JOURNAL: Entry(
        what="pd_journal", why="pd_journal_why", basis=_LAW, who=_OPERATOR, kinds=(Kind.RECORD, Kind.LOG)
    ),
    Data.ADDRESSES: Entry(
        what="pd_addresses", why="pd_addresses_why", basis=_SAFETY, who=_OPERATOR, kinds=(Kind.NOTICES,)
    ),
    Data.SIGN_INS: Entry(
        what="pd_sign_ins", why="pd_sign_ins_why", basis=_SAFETY, who=_OPERATOR, kinds=(Kind.SIGN_INS,)
    ),
    Data.ARCHIVE: Entry(what="pd_archive", why="pd_archive_why", basis=_LAW, who=_PLANNING, kinds=(Kind.ARCHIVE,)),
    Data.COPIES: Entry(what="pd_copies", why="pd_copies_why", basis=_SAFETY, who=_OPERATOR, ends="pd_copies_ends"),
}
"""The record, in the order in which it is printed."""

COLUMNS: dict[str, tuple[dict[Data, str], str]] = {
    "inbox": (
        {Data.MAILS: "message_id detail error signed_by sender"},
        (
            "id account folder uid_validity uid file_sha256 body_sha256 size_bytes truncated received_at kept_at "
            "attempts outcome settled_at same_as server_done mended_sha256 pruned"
        ),
    ),
    "file": ({Data.MAILS: "content", Data.HELD: "sealed"}, "sha256 size_bytes media_type kept_at object_name"),
    "outbox": (
        {Data.LETTERS: "key person address message_id reply last_error bounce"},
        (
            "id kind cycle unit file_sha256 is_answer proved step version asked_sha256 number answers_mail queued_at "
            "due_at state phase tries doubts claimed_by claimed_until fence sent_at held_why told"
        ),
    ),
    "submission": (
        {Data.FORMS: "file_name sender message_id data faults proof reason"},
        "cycle unit number file_sha256 received_at accepted",
    ),
    "unit_form": (
        {Data.FORMS: "waiting evidence waiting_forms admitted", Data.DECISIONS: "deputy told_above ordered"},
        (
            "cycle unit place state due_at first_due_at counted accepted_at snoozed_until away_until reopened "
            "reminders reminded_at line_mails forms_asked"
        ),
    ),
    "draft": (
        {Data.DECISIONS: "edited_by signer signer_before waiting"},
        "cycle version docx_sha256 pdf_sha256 compiled_at passed_on asked renew again grown_from",
    ),
    "verdict": (
        {Data.DECISIONS: "person address word message_id proof remarks files"},
        "cycle place step approved draft_version docx_sha256 given_at mail_sha256 stands_at",
    ),
    "cycle": (
        {Data.DECISIONS: "told_above recalled delivery papers deputies seen remarks cancelled"},
        (
            "key year quarter step since due_at opened_at round closed_at version draft_version row_days rows_done "
            "reminders reminded_at undecided signed_pdf_sha256 corrected"
        ),
    ),
    "journal": ({Data.JOURNAL: "actor detail"}, "number at cycle event unit hash salt digest"),
    "note": ({Data.ADDRESSES: "name value"}, ""),
    "board_link": ({Data.SIGN_INS: "address"}, "link_sha256 browser_sha256 code_sha256 made_at ends_at"),
    "board_session": ({Data.SIGN_INS: "address network"}, "session_sha256 made_at seen_at ends_at"),
    "journal_head": ({}, "id lines hash pepper"),
    "inbox_size": ({}, "id mails"),
    "inbox_cycle": ({}, "inbox_id cycle"),
    "look": (
        {},
        (
            "account folder uid_validity first_at looked_at read_at shown held overdue absent absent_since "
            "first_uid_next uid_next"
        ),
    ),
}
"""By table: its columns that hold something of people, by what; and those that hold nothing of the kind."""

FILES: tuple[tuple[str, Data], ...] = (
    ("recipients.yaml", Data.LIST),
    ("in-force/", Data.COPIES),
    ("arsip/", Data.ARCHIVE),
    ("ledger.db", Data.MAILS),
    ("ledger.db.before-restore-N", Data.COPIES),
    ("cadangan/", Data.COPIES),
)
"""Files of mailbot's in which people are named, beside the tables: where, and what they are."""
