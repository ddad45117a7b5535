"""Cycles are found by their year, for the figures of former ones."""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Add the index."""
    op.create_index("ix_cycle_year", "cycle", ["year"])
