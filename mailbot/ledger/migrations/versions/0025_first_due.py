"""A unit's deadline as it was told first is kept beside the one that holds."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Add the column."""
    op.add_column("unit_form", sa.Column("first_due_at", sa.DateTime(timezone=True), nullable=True))
