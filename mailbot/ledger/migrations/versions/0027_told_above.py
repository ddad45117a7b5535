"""What superiors were told of a unit's form, or of a row's word, is kept: each reason is told once."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    """Add the columns; of debts under way nothing of the kind is known."""
    for table in ("cycle", "unit_form"):
        op.add_column(table, sa.Column("told_above", sa.Text(), nullable=False, server_default="[]"))
