"""Households in 急难 that a group has not been told of yet, by township: they do not wait for the morning."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0028"


def upgrade() -> None:
    """A column that yesterday's program leaves alone."""
    op.add_column("webhook", sa.Column("urgent_waiting", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    """What waits is in the messages, too."""
    op.drop_column("webhook", "urgent_waiting")
