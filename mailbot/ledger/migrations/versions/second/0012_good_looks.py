"""Which mails the last good looks have missed: only two of them, apart in time, tell that a mail is gone."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the columns; nothing is missed yet."""
    op.add_column("look", sa.Column("absent_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("look", sa.Column("absent", sa.Text(), nullable=False, server_default=""))
