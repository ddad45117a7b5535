"""Until when a unit's head is away, and who stands in for him, as his vacation reply said."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the columns; of the units that are there nobody is away."""
    op.add_column("unit_form", sa.Column("away_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("unit_form", sa.Column("deputy", sa.String(), nullable=False, server_default=""))
