"""A letter that asks about a version of the report knows the very file; of those before this nobody knows it."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Add the column."""
    op.add_column("outbox", sa.Column("asked_sha256", sa.String(), nullable=False, server_default=""))
