"""Runs migrations inside the Flask app, on whatever database it is set to."""

from alembic import context
from flask import current_app

from backend.models import db


def run() -> None:
    """Bring the database to the asked version, each migration in one transaction."""
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            transaction_per_migration=True,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
