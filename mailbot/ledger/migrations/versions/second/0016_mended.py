"""A mail that was set aside may have mended bytes beside those that came."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Add the column; no mail has been mended yet."""
    op.add_column("inbox", sa.Column("mended_sha256", sa.String(), nullable=True))
