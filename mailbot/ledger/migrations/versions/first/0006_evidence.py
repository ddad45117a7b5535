"""The evidence a unit sends is kept with its mail, in place of bare names beside lines that wait."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the column; what lines that wait were sent with is evidence of their unit."""
    op.add_column("unit_form", sa.Column("evidence", sa.Text(), nullable=False, server_default="[]"))
    form = sa.table("unit_form", *(sa.column(name, sa.Text()) for name in ("cycle", "unit", "waiting", "evidence")))
    connection = op.get_bind()
    for cycle, unit, packed in connection.execute(sa.select(form.c.cycle, form.c.unit, form.c.waiting)).all():
        waiting = json.loads(packed) if packed else {}
        if "attached" not in waiting:
            continue
        names, came = waiting.pop("attached"), waiting["read"]["received_at"]
        evidence = [
            {"file_name": name, "file_sha256": "", "mail_sha256": waiting["mail_sha256"], "received_at": came}
            for name in names
        ]
        connection.execute(
            sa.update(form)
            .where(form.c.cycle == cycle, form.c.unit == unit)
            .values(waiting=_packed(waiting), evidence=_packed(evidence))
        )


def _packed(value: object) -> str:
    """Return JSON as the ledger writes it."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
