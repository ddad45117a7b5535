"""Who stands in for whom by a mail of the principal is kept with the cycle that it was about."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Add the column."""
    op.add_column("cycle", sa.Column("deputies", sa.Text(), nullable=False, server_default="[]"))
