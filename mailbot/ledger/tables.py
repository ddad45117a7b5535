"""Every table of the ledger; columns bear the names of the core's fields, so that `mapping` need not list them.

All times are UTC, refused without a zone and read back with one (SQLModel's UTCDateTime). Columns of JSON text are
written and read by `mapping`. Changing anything here needs a migration; a test holds the two equal.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlmodel import Field

from mailbot.ledger.columns import Big, Storable, Table, Words
from mailbot.ledger.personal.sealing import Sealable


class NoteRow(Table, table=True):
    """A small value of the machinery's own, by name."""

    __tablename__ = "note"
    name: str = Field(primary_key=True)
    value: Words


_HERE = sql("object_name = ''")  # files whose bytes lie in the database: where there is a store, few


class FileRow(Table, table=True):
    """One file by its SHA-256 in hex: raw mails, raw letters, forms, drafts, reports."""

    __tablename__ = "file"
    __table_args__ = (Index("ix_file_here", "size_bytes", sqlite_where=_HERE, postgresql_where=_HERE),)
    sha256: str = Field(primary_key=True)
    size_bytes: Big
    media_type: Words
    content: bytes = Field(sa_type=Sealable)
    kept_at: datetime
    sealed: bool
    """Its content is encrypted by the office's key (`sealed`)."""
    object_name: str
    """Under which name it lies in the object store, with the beginning of a mail left in `content`; empty: it is here.
    """


_PLACE = ("account", "folder", "uid_validity", "uid")
UNTIDIED = "NOT server_done"  # mails that were not yet moved or flagged on the server
_TIDY, FIRST = sql(UNTIDIED), sql("same_as IS NULL")
"""Mails that are no copy of one that is there."""


class InboxRow(Table, table=True):
    """One mail on the server, as kept; `outcome` is empty until it has reached its final state."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint(*_PLACE),
        # The same bytes are acted on once: every further copy is a row with `same_as`.
        Index("uq_inbox_file_sha256", "file_sha256", unique=True, sqlite_where=FIRST, postgresql_where=FIRST),
        Index(None, "outcome", "received_at"),
        Index(None, "outcome", "settled_at"),
        Index(None, "body_sha256"),
        Index(None, "message_id"),
        Index("ix_inbox_untidied", *_PLACE, sqlite_where=_TIDY, postgresql_where=_TIDY),
    )
    id: int | None = Field(default=None, primary_key=True)
    account: Words
    folder: Words
    uid_validity: Big
    uid: Big
    file_sha256: str | None = Field(foreign_key="file.sha256")
    message_id: Words
    body_sha256: str
    size_bytes: Big
    truncated: bool
    received_at: datetime
    kept_at: datetime
    attempts: int
    outcome: str | None
    detail: Words
    settled_at: datetime | None
    error: Words
    same_as: int | None = Field(foreign_key="inbox.id")
    server_done: bool
    signed_by: str | None
    sender: str
    mended_sha256: str | None
    pruned: bool
    """Its bytes, and who wrote it, were kept long enough and are gone."""


class InboxSizeRow(Table, table=True):
    """How many rows the inbox has: one row, kept by triggers, whoever adds or deletes a mail, so that nobody counts."""

    __tablename__ = "inbox_size"
    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    mails: Big


class LookRow(Table, table=True):
    """One folder as its server has shown it under one UIDVALIDITY; sets of UIDs as IMAP writes them (`looks`)."""

    __tablename__ = "look"
    account: str = Field(primary_key=True, sa_type=Storable)
    folder: str = Field(primary_key=True, sa_type=Storable)
    uid_validity: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    first_at: datetime
    looked_at: datetime
    read_at: datetime | None
    shown: Words
    held: Words
    overdue: Words
    absent: Words
    absent_since: datetime | None
    first_uid_next: Big
    uid_next: Big


class InboxCycleRow(Table, table=True):
    """Which cycles a mail belongs to, for the archive."""

    __tablename__ = "inbox_cycle"
    inbox_id: int = Field(primary_key=True, foreign_key="inbox.id")
    cycle: str = Field(primary_key=True, foreign_key="cycle.key", index=True)


MAY_CHANGE = "state <> 'sent' AND NOT (state = 'given_up' AND told)"
"""Letters that something may still become of: few, however many have left. An index holds just these."""


class OutboxRow(Table, table=True):
    """One letter to one address, finished to the last byte; the state machine is in `outbox`."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("key"),
        UniqueConstraint("message_id"),
        Index(None, "state", "due_at", "id"),
        *(Index(None, alone) for alone in ("cycle", "sent_at", "queued_at")),
        Index(None, "address", "queued_at"),
        Index(None, "person", "kind", "queued_at"),
        Index(None, "is_answer", "proved", "due_at"),
        Index("ix_outbox_may_change", "id", sqlite_where=sql(MAY_CHANGE), postgresql_where=sql(MAY_CHANGE)),
    )
    id: int | None = Field(default=None, primary_key=True)
    key: str
    kind: str
    cycle: str
    unit: str
    person: str
    address: Words
    message_id: str
    file_sha256: str = Field(foreign_key="file.sha256")
    is_answer: bool
    proved: bool
    step: str
    version: int
    asked_sha256: str
    number: int
    answers_mail: str
    queued_at: datetime
    due_at: datetime
    state: str
    phase: str
    tries: int
    doubts: int
    claimed_by: str
    claimed_until: datetime | None
    fence: int
    reply: Words
    sent_at: datetime | None
    last_error: Words
    held_why: str
    bounce: Words
    told: bool


class CycleRow(Table, table=True):
    """One reporting cycle; units, drafts and verdicts are in tables of their own."""

    __tablename__ = "cycle"
    __table_args__ = (Index(None, "year"),)
    key: str = Field(primary_key=True)
    year: int
    quarter: int
    step: str
    since: datetime
    due_at: datetime
    opened_at: datetime
    round: int
    closed_at: datetime | None
    version: int
    draft_version: int | None
    row_days: Words
    rows_done: Words
    reminders: int
    reminded_at: datetime | None
    told_above: Words
    undecided: bool
    signed_pdf_sha256: str
    recalled: Words
    corrected: int
    delivery: str | None = Field(sa_type=Storable, nullable=True)
    papers: Words
    deputies: Words
    seen: Words
    remarks: Words
    cancelled: str | None = Field(sa_type=Storable, nullable=True)


class UnitFormRow(Table, table=True):
    """One unit's part in a cycle; `place` keeps the order in which the units were asked."""

    __tablename__ = "unit_form"
    cycle: str = Field(primary_key=True, foreign_key="cycle.key")
    unit: str = Field(primary_key=True)
    place: int
    state: str
    due_at: datetime | None
    first_due_at: datetime | None
    counted: int
    accepted_at: datetime | None
    snoozed_until: datetime | None
    away_until: datetime | None
    deputy: str
    reopened: int
    reminders: int
    reminded_at: datetime | None
    told_above: Words
    line_mails: int
    waiting: str | None = Field(sa_type=Storable, nullable=True)
    evidence: Words
    waiting_forms: Words
    forms_asked: int
    ordered: str | None = Field(sa_type=Storable, nullable=True)
    admitted: Words


class SubmissionRow(Table, table=True):
    """One form as it came, with what it says (`data`) and what is wrong with it (`faults`) as JSON text."""

    __tablename__ = "submission"
    __table_args__ = (ForeignKeyConstraint(["cycle", "unit"], ["unit_form.cycle", "unit_form.unit"]),)
    cycle: str = Field(primary_key=True)
    unit: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    file_sha256: str
    file_name: Words
    sender: Words
    message_id: Words
    received_at: datetime
    data: Words
    faults: Words
    accepted: bool
    proof: str | None = Field(sa_type=Storable, nullable=True)
    reason: Words


class DraftRow(Table, table=True):
    """One version of the report; versions no longer current stay for the record."""

    __tablename__ = "draft"
    cycle: str = Field(primary_key=True, foreign_key="cycle.key")
    version: int = Field(primary_key=True)
    docx_sha256: str
    pdf_sha256: str
    edited_by: Words
    compiled_at: datetime | None
    passed_on: bool
    asked: bool
    renew: bool
    again: int
    signer: str
    grown_from: str
    signer_before: str
    waiting: str | None


class VerdictRow(Table, table=True):
    """One recorded decision; `place` is its position in the cycle's list."""

    __tablename__ = "verdict"
    cycle: str = Field(primary_key=True, foreign_key="cycle.key")
    place: int = Field(primary_key=True)
    step: str
    person: str
    address: Words
    word: Words
    approved: bool
    draft_version: int
    docx_sha256: str
    given_at: datetime
    message_id: Words
    mail_sha256: str
    proof: str
    remarks: Words
    files: Words
    stands_at: datetime | None
