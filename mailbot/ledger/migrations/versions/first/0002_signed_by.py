"""What our own DKIM check of a mail found is kept with the mail, so that a replay judges by the same evidence."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column; a mail that was settled without such a check stays without one."""
    op.add_column("inbox", sa.Column("signed_by", sa.String(), nullable=True))
    op.execute("UPDATE inbox SET signed_by = '' WHERE outcome IS NOT NULL")
