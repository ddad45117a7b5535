"""What the servers have shown, folder by folder, and the digest of each mail's body: the proof that nothing is lost."""

import sqlalchemy as sa
from alembic import op

from mailbot.ledger.arrivals import body_digest
from mailbot.ledger.looking.uid_sets import uid_set

revision = "0003"
down_revision = "0002"

_PLACES = sa.text(
    "SELECT account, folder, uid_validity, min(kept_at) AS first_at, max(kept_at) AS looked_at FROM inbox "
    "GROUP BY account, folder, uid_validity"
).columns(first_at=sa.DateTime(timezone=True), looked_at=sa.DateTime(timezone=True))
_UIDS = sa.text("SELECT uid FROM inbox WHERE account = :account AND folder = :folder AND uid_validity = :uid_validity")


def upgrade() -> None:
    """Make the table of looks, begin it with what the inbox knows, and give every mail its body's digest."""
    look = op.create_table(
        "look",
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("uid_validity", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("first_at", _moment(), nullable=False),
        sa.Column("looked_at", _moment(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("shown", "held", "overdue")),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("first_uid_next", "uid_next")),
        sa.PrimaryKeyConstraint("account", "folder", "uid_validity", name="pk_look"),
    )
    _begin(look)
    op.add_column("inbox", sa.Column("body_sha256", sa.String(), nullable=False, server_default=""))
    _give_digests()
    op.create_index("ix_inbox_body_sha256", "inbox", ["body_sha256"])


def _begin(look: sa.Table) -> None:
    """Take what was kept as what was shown: nothing else is known of the time before."""
    connection = op.get_bind()
    for account, folder, uid_validity, first_at, looked_at in connection.execute(_PLACES).all():
        place = {"account": account, "folder": folder, "uid_validity": uid_validity}
        uids = connection.execute(_UIDS, place).scalars().all()
        times = {"first_at": first_at, "looked_at": looked_at}
        sets = {"shown": uid_set(uids), "held": uid_set(uids), "overdue": ""}
        connection.execute(
            sa.insert(look).values(**place, **times, **sets, first_uid_next=max(uids) + 1, uid_next=max(uids) + 1)
        )


def _give_digests() -> None:
    """Compute each body's digest from the bytes that were kept, one mail in memory at a time."""
    connection = op.get_bind()
    whole = sa.text("SELECT id, file_sha256 FROM inbox WHERE file_sha256 IS NOT NULL AND NOT truncated")
    content = sa.text("SELECT content FROM file WHERE sha256 = :sha256")
    given = sa.text("UPDATE inbox SET body_sha256 = :digest WHERE id = :id")
    for mail, sha256 in connection.execute(whole).all():
        raw = bytes(connection.execute(content, {"sha256": sha256}).scalar_one())
        connection.execute(given, {"digest": body_digest(raw), "id": mail})


def _moment() -> sa.DateTime:
    return sa.DateTime(timezone=True)
