"""When and why a township took a routing back; who did is in its event."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Two columns; the routings there are were never taken back."""
    op.add_column("routing", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("routing", sa.Column("withdrawal_reason", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Without them."""
    op.drop_column("routing", "withdrawal_reason")
    op.drop_column("routing", "withdrawn_at")
