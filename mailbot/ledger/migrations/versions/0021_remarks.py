"""A cycle keeps the numbered remarks on its drafts; of cycles before there is no list."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Add the column."""
    op.add_column("cycle", sa.Column("remarks", sa.Text(), nullable=False, server_default="[]"))
