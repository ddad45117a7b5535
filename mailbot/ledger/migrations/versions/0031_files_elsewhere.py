"""A kept file may lie in an object store: the row says under which name; those that are here are found by size."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """Add the column and its index."""
    op.add_column("file", sa.Column("object_name", sa.String(), nullable=False, server_default=""))
    here = sa.text("object_name = ''")
    op.create_index("ix_file_here", "file", ["size_bytes"], sqlite_where=here, postgresql_where=here)
