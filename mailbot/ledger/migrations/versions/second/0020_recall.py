"""A word that decides stands once it can be taken back no more, and those taken back are kept; KOREKSI is counted."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Add the columns; what was decided before stood at once."""
    op.add_column("verdict", sa.Column("files", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("verdict", sa.Column("stands_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("cycle", sa.Column("recalled", sa.Text(), nullable=False, server_default="[]"))
    op.add_column("cycle", sa.Column("corrected", sa.Integer(), nullable=False, server_default="0"))
