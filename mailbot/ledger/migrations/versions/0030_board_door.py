"""The board has a door: links that were asked for, and who is signed in; of every secret the hash alone."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    """Make the two tables."""
    op.create_table(
        "board_link",
        sa.Column("link_sha256", sa.String(), nullable=False),
        sa.Column("browser_sha256", sa.String(), nullable=False),
        sa.Column("code_sha256", sa.String(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("link_sha256", name="pk_board_link"),
    )
    op.create_index("ix_board_link_browser_sha256", "board_link", ["browser_sha256"])
    op.create_table(
        "board_session",
        sa.Column("session_sha256", sa.String(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("network", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("session_sha256", name="pk_board_session"),
    )
    op.create_index("ix_board_session_address", "board_session", ["address"])
