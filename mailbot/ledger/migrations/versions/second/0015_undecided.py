"""A cycle knows whether the Sekretaris wrote something in row 1 that is no plain word."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add the column; of cycles under way nothing of the kind is known."""
    op.add_column("cycle", sa.Column("undecided", sa.Boolean(), nullable=False, server_default=sa.false()))
