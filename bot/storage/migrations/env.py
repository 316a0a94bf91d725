"""Alembic's entry: bot.storage.migrate gives the connection and holds the lock."""

from __future__ import annotations

from alembic import context

from bot.storage import staff_tables  # noqa: F401  (its tables are part of the metadata)
from bot.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
