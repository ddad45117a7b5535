"""The delivery of the report, and the signed papers, are kept with the cycle; what left before that has neither."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Add the column."""
    op.add_column("cycle", sa.Column("delivery", sa.Text(), nullable=True))
    op.add_column("cycle", sa.Column("papers", sa.Text(), nullable=False, server_default="[]"))
