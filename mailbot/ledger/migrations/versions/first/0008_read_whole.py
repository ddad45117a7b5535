"""Up to when each folder has been read whole: before that is known, nobody's silence counts."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the column; of no folder it is known yet, and the next look tells."""
    op.add_column("look", sa.Column("read_at", sa.DateTime(timezone=True), nullable=True))
