"""Answers in lines of a mail that were read back and wait for BENAR are part of a unit's form."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the columns: nothing waited before there were any."""
    op.add_column("unit_form", sa.Column("line_mails", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("unit_form", sa.Column("waiting", sa.Text(), nullable=True))
