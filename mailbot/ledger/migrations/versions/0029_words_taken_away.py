"""What is no longer kept: a journal line may lose its words and salt, a mail its bytes; a file may lie sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0027"

_KEPT = ("number", "at", "cycle", "event", "unit", "hash")
_TAKEN_AWAY = " AND ".join(
    [
        "OLD.digest = '' AND OLD.salt <> '' AND NEW.digest <> ''",
        "NEW.salt = '' AND NEW.actor = '' AND NEW.detail = '[]'",
        *(f"NEW.{name} = OLD.{name}" for name in _KEPT),
    ]
)
"""The one change that the database lets through: words and salt go, and the digest that the chain runs over stays."""


def upgrade() -> None:
    """Add the columns, and let the journal's triggers tell taking away from changing."""
    op.add_column("journal", sa.Column("digest", sa.String(), nullable=False, server_default=""))
    op.add_column("inbox", sa.Column("pruned", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("file", sa.Column("sealed", sa.Boolean(), nullable=False, server_default=sa.false()))
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER journal_no_update")
        op.execute(
            f"CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal WHEN NOT ({_TAKEN_AWAY}) "
            "BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"
        )
        return
    op.execute("DROP TRIGGER journal_no_change ON journal")
    op.execute(
        "CREATE TRIGGER journal_no_change BEFORE DELETE OR TRUNCATE ON journal "
        "FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()"
    )
    op.execute(
        "CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal FOR EACH ROW "
        f"WHEN (NOT ({_TAKEN_AWAY})) EXECUTE FUNCTION journal_is_append_only()"
    )
