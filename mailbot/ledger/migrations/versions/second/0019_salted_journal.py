"""From now on every line of the journal has a salt, and its salted digest is chained; former lines have none."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Add the columns."""
    op.add_column("journal", sa.Column("salt", sa.String(), nullable=False, server_default=""))
    op.add_column("journal_head", sa.Column("pepper", sa.String(), nullable=False, server_default=""))
