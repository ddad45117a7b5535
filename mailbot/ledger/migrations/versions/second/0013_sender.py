"""Who says he wrote a mail, so that those of listed people are worked before everybody else's."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the column; what waits just now is worked in its order, as before."""
    op.add_column("inbox", sa.Column("sender", sa.String(), nullable=False, server_default=""))
