"""A cycle that was opened by mistake is cancelled, and stands in the ledger as that."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Add the column."""
    op.add_column("cycle", sa.Column("cancelled", sa.Text(), nullable=True))
