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
    held = sa.case((outbox.c.last_error == "", "by_hand"), else_="in_doubt")
    connection.execute(sa.update(outbox).where(outbox.c.state == "held").values(held_why=held))


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
    return told | {"answers_mail": parts[-3]} if kind == "challenge" and len(parts) > 3 else told  # noqa: PLR2004 - so
