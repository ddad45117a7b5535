"""The first ledger: inbox, outbox, cycles, files and a journal that nobody can change."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_NO_LINES = "0" * 64


def upgrade() -> None:
    """Make every table, forbid changes to the journal, and begin its chain."""
    _make_notes_and_files()
    _make_cycles()
    _make_unit_forms()
    _make_verdicts_and_drafts()
    _make_inbox()
    _make_outbox()
    _make_journal()
    _forbid_changes(op.get_bind().dialect.name)


def _make_notes_and_files() -> None:
    op.create_table("note", _code("name"), _words("value"), sa.PrimaryKeyConstraint("name", name="pk_note"))
    op.create_table(
        "file",
        _code("sha256"),
        _big("size_bytes"),
        _words("media_type"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        _moment("kept_at"),
        sa.PrimaryKeyConstraint("sha256", name="pk_file"),
    )


def _make_cycles() -> None:
    op.create_table(
        "cycle",
        _code("key"),
        _number("year"),
        _number("quarter"),
        _code("step"),
        _moment("since"),
        _moment("due_at"),
        _moment("opened_at"),
        _number("round"),
        _moment("closed_at", optional=True),
        _number("version"),
        _number("draft_version", optional=True),
        _words("row_days"),
        _words("rows_done"),
        _number("reminders"),
        _moment("reminded_at", optional=True),
        _code("signed_pdf_sha256"),
        sa.PrimaryKeyConstraint("key", name="pk_cycle"),
    )


def _make_unit_forms() -> None:
    op.create_table(
        "unit_form",
        _code("cycle"),
        _code("unit"),
        _number("place"),
        _code("state"),
        _moment("due_at", optional=True),
        _number("counted"),
        _moment("accepted_at", optional=True),
        _moment("snoozed_until", optional=True),
        _number("reopened"),
        _number("reminders"),
        _moment("reminded_at", optional=True),
        sa.PrimaryKeyConstraint("cycle", "unit", name="pk_unit_form"),
        sa.ForeignKeyConstraint(["cycle"], ["cycle.key"], name="fk_unit_form_cycle"),
    )
    op.create_table(
        "submission",
        _code("cycle"),
        _code("unit"),
        _number("number"),
        _code("file_sha256"),
        *(_words(name) for name in ("file_name", "sender", "message_id", "data", "faults", "reason")),
        _moment("received_at"),
        _truth("accepted"),
        sa.PrimaryKeyConstraint("cycle", "unit", "number", name="pk_submission"),
        sa.ForeignKeyConstraint(["cycle", "unit"], ["unit_form.cycle", "unit_form.unit"], name="fk_submission_cycle"),
    )


def _make_verdicts_and_drafts() -> None:
    op.create_table(
        "draft",
        _code("cycle"),
        _number("version"),
        _code("docx_sha256"),
        _code("pdf_sha256"),
        _words("edited_by"),
        _moment("compiled_at", optional=True),
        _truth("passed_on"),
        sa.PrimaryKeyConstraint("cycle", "version", name="pk_draft"),
        sa.ForeignKeyConstraint(["cycle"], ["cycle.key"], name="fk_draft_cycle"),
    )
    op.create_table(
        "verdict",
        _code("cycle"),
        _number("place"),
        *(_code(name) for name in ("step", "person", "docx_sha256", "mail_sha256", "proof")),
        *(_words(name) for name in ("address", "word", "message_id", "remarks")),
        _truth("approved"),
        _number("draft_version"),
        _moment("given_at"),
        sa.PrimaryKeyConstraint("cycle", "place", name="pk_verdict"),
        sa.ForeignKeyConstraint(["cycle"], ["cycle.key"], name="fk_verdict_cycle"),
    )


def _make_inbox() -> None:
    op.create_table(
        "inbox",
        _number("id"),
        *(_words(name) for name in ("account", "folder", "message_id", "detail", "error")),
        *(_big(name) for name in ("uid_validity", "uid", "size_bytes")),
        _code("file_sha256", optional=True),
        _truth("truncated"),
        _moment("received_at"),
        _moment("kept_at"),
        _number("attempts"),
        _code("outcome", optional=True),
        _moment("settled_at", optional=True),
        _number("same_as", optional=True),
        _truth("server_done"),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sa.UniqueConstraint("account", "folder", "uid_validity", "uid", name="uq_inbox_account"),
        sa.ForeignKeyConstraint(["file_sha256"], ["file.sha256"], name="fk_inbox_file_sha256"),
        sa.ForeignKeyConstraint(["same_as"], ["inbox.id"], name="fk_inbox_same_as"),
    )
    first = sa.text("same_as IS NULL")
    op.create_index(
        "uq_inbox_file_sha256", "inbox", ["file_sha256"], unique=True, sqlite_where=first, postgresql_where=first
    )
    op.create_index("ix_inbox_outcome_received_at", "inbox", ["outcome", "received_at"])
    op.create_table(
        "inbox_cycle",
        _number("inbox_id"),
        _code("cycle"),
        sa.PrimaryKeyConstraint("inbox_id", "cycle", name="pk_inbox_cycle"),
        sa.ForeignKeyConstraint(["inbox_id"], ["inbox.id"], name="fk_inbox_cycle_inbox_id"),
        sa.ForeignKeyConstraint(["cycle"], ["cycle.key"], name="fk_inbox_cycle_cycle"),
    )
    op.create_index("ix_inbox_cycle_cycle", "inbox_cycle", ["cycle"])


def _make_outbox() -> None:
    codes = ("key", "kind", "cycle", "unit", "person", "message_id", "file_sha256", "state", "phase", "claimed_by")
    op.create_table(
        "outbox",
        _number("id"),
        *(_code(name) for name in codes),
        *(_words(name) for name in ("address", "reply", "last_error", "bounce")),
        *(_moment(name) for name in ("queued_at", "due_at")),
        *(_moment(name, optional=True) for name in ("claimed_until", "sent_at")),
        *(_number(name) for name in ("tries", "fence")),
        *(_truth(name) for name in ("is_answer", "told")),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
        sa.UniqueConstraint("message_id", name="uq_outbox_message_id"),
        sa.ForeignKeyConstraint(["file_sha256"], ["file.sha256"], name="fk_outbox_file_sha256"),
    )
    op.create_index("ix_outbox_state_due_at_id", "outbox", ["state", "due_at", "id"])
    op.create_index("ix_outbox_cycle", "outbox", ["cycle"])
    op.create_index("ix_outbox_address_queued_at", "outbox", ["address", "queued_at"])
    op.create_index("ix_outbox_sent_at", "outbox", ["sent_at"])


def _make_journal() -> None:
    op.create_table(
        "journal",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        _moment("at"),
        _code("cycle"),
        *(_words(name) for name in ("event", "actor", "unit", "detail")),
        _code("hash"),
        sa.PrimaryKeyConstraint("number", name="pk_journal"),
    )
    op.create_index("ix_journal_cycle", "journal", ["cycle"])
    head = op.create_table(
        "journal_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        _number("lines"),
        _code("hash"),
        sa.PrimaryKeyConstraint("id", name="pk_journal_head"),
    )
    op.bulk_insert(head, [{"id": 1, "lines": 0, "hash": _NO_LINES}])


def _forbid_changes(dialect: str) -> None:
    """Let the database itself refuse to change or delete a line of the journal."""
    if dialect == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER journal_no_{event.lower()} BEFORE {event} ON journal "
                "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER journal_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON journal "
        "FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()"
    )


def _code(name: str, *, optional: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=optional)


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str, *, optional: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=optional)


def _big(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _truth(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _moment(name: str, *, optional: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=optional)
