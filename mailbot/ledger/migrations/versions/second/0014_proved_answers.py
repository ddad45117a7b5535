"""Whether the mail that a letter answers is proved: such answers have a budget of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add the column and its index; what was answered before counts as unproved."""
    op.add_column("outbox", sa.Column("proved", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_outbox_is_answer_proved_due_at", "outbox", ["is_answer", "proved", "due_at"])
