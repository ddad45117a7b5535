"""Forms that nobody vouches for wait for their unit's head, and every form knows how far its sender was proved."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the columns: nothing waited before there were any, and of forms that came nothing is known."""
    for name in ("waiting_forms", "admitted"):
        op.add_column("unit_form", sa.Column(name, sa.Text(), nullable=False, server_default="[]"))
    op.add_column("unit_form", sa.Column("forms_asked", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("submission", sa.Column("proof", sa.Text(), nullable=True))
