"""What a letter asks for and why it is held become columns; they were read out of its key and its last error."""

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_ROWS = ("inform", "request", "collect", "check", "analyse", "draft", "review", "ratify", "submit")
_SPEAKS_OF = {
    "data_needs": "inform",
    "data_needs_objected": "inform",
    "draft": "draft",
    "revision": "draft",
    "review": "review",
    "ratify": "ratify",
    "submission": "submit",
}
_ASK_AGAIN = ("reminder", "reminder_today", "unclear", "challenge")
_LINES = "lines_read"


def upgrade() -> None:
    """Add the columns, fill them for the letters that are there, and index what is asked for in every pass."""
    for name in ("step", "answers_mail", "held_why"):
        op.add_column("outbox", sa.Column(name, sa.String(), nullable=False, server_default=""))
    for name in ("version", "number"):
        op.add_column("outbox", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    names = ("step", "version", "number", "answers_mail")
    outbox = sa.table("outbox", *map(sa.column, ("id", "key", "kind", "state", "last_error", "held_why", *names)))
    connection = op.get_bind()
    telling = outbox.c.kind.in_((*_SPEAKS_OF, *_ASK_AGAIN, _LINES))
    for number, key in connection.execute(sa.select(outbox.c.id, outbox.c.key).where(telling)).all():
        if values := _in_key(key):
            connection.execute(sa.update(outbox).where(outbox.c.id == number).values(values))
    _index()
    _count_the_inbox(connection)
    held = sa.case((outbox.c.last_error == "", "by_hand"), else_="in_doubt")
    connection.execute(sa.update(outbox).where(outbox.c.state == "held").values(held_why=held))


def _index() -> None:
    """Index what every pass or mail asks for, so that it costs the same whatever has been kept and sent."""
    waits = sa.text("state <> 'sent' AND NOT (state = 'given_up' AND told)")
    op.create_index("ix_outbox_may_change", "outbox", ["id"], sqlite_where=waits, postgresql_where=waits)
    op.create_index("ix_outbox_queued_at", "outbox", ["queued_at"])
    op.create_index("ix_outbox_person_kind_queued_at", "outbox", ["person", "kind", "queued_at"])
    untidied, place = sa.text("NOT server_done"), ["account", "folder", "uid_validity", "uid"]
    op.create_index("ix_inbox_untidied", "inbox", place, sqlite_where=untidied, postgresql_where=untidied)
    op.create_index("ix_inbox_outcome_settled_at", "inbox", ["outcome", "settled_at"])
    op.create_index("ix_inbox_message_id", "inbox", ["message_id"])
    op.create_index("ix_journal_event_at", "journal", ["event", "at"])


def _count_the_inbox(connection: sa.Connection) -> None:
    """Keep the number of its rows, by triggers: it is held against the server's in every pass."""
    op.create_table(
        "inbox_size",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("mails", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_inbox_size"),
    )
    connection.execute(sa.text("INSERT INTO inbox_size (id, mails) SELECT 1, count(*) FROM inbox"))
    for event, step in (("INSERT", "+ 1"), ("DELETE", "- 1")):
        counts = f"UPDATE inbox_size SET mails = mails {step};"  # noqa: S608 - constants of ours
        name = f"inbox_size_{event.lower()}"
        if connection.dialect.name == "postgresql":
            body = f"BEGIN {counts} RETURN NULL; END"
            op.execute(f"CREATE FUNCTION {name}() RETURNS trigger AS $$ {body} $$ LANGUAGE plpgsql")
            op.execute(f"CREATE TRIGGER {name} AFTER {event} ON inbox FOR EACH ROW EXECUTE FUNCTION {name}()")
        else:
            op.execute(f"CREATE TRIGGER {name} AFTER {event} ON inbox BEGIN {counts} END")


def _in_key(key: str) -> Mapping[str, str | int]:
    """Return the columns that the key of a letter tells, none for most kinds."""
    kind, *parts = key.split("/")
    last, before = (parts[-1], parts[-2]) if len(parts) > 1 else ("", "")
    if kind == _LINES:
        return {"number": int(before)} if before.isdecimal() else {}
    asked = _SPEAKS_OF.get(kind, "") or (before if kind in _ASK_AGAIN and before in _ROWS else "")
    if not asked or not last.isdecimal():
        return {}
    told: dict[str, str | int] = {"step": asked, "version": int(last)}
    asked_about_a_mail = kind == "challenge" and len(parts) > 3  # noqa: PLR2004 - mail, row and version stand at its end
    return told | {"answers_mail": parts[-3]} if asked_about_a_mail else told
