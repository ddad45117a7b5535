"""The last order about a unit's form is kept with it, while it may be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    """Add the column."""
    op.add_column("unit_form", sa.Column("ordered", sa.Text(), nullable=True))
