"""A draft knows what it grows from and who signs it; a cycle, which version each of its readers got last."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

_TEXTS = ("signer", "grown_from", "signer_before")


def upgrade() -> None:
    """Add the columns; of drafts before this nobody knows who signs, and nobody has seen one before."""
    for name in ("asked", "renew"):
        op.add_column("draft", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("draft", sa.Column("again", sa.Integer(), nullable=False, server_default="0"))
    for name in _TEXTS:
        op.add_column("draft", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.add_column("draft", sa.Column("waiting", sa.String(), nullable=True))
    op.add_column("cycle", sa.Column("seen", sa.Text(), nullable=False, server_default="[]"))
