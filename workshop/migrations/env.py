"""Run by alembic: migrations on the connection that the store hands over, or named by `DATABASE_URL`."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from workshop.tables import Base


def run(connection: Connection) -> None:
    """All steps that are missing, in the transaction that the connection is in."""
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
