"""What Alembic runs: the migrations, on the connection and inside the transaction that `schema.upgrade` opened."""

from alembic import context

from mailbot.ledger.columns import Table
from mailbot.ledger.offices.apart import look_past_views

if context.config.attributes["connection"].dialect.name == "postgresql":
    look_past_views(context.config.attributes["connection"])
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,
    # SQLite can do it, once the driver begins no transaction behind our back; Alembic does not expect that.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
