"""What a person settled, what was returned, and what was open at a moment, is found by an index; nothing else changes."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

SETTLED = "ix_inbox_item_settled"
CLOSED = "ix_case_closed_at"
RETURNED = "ix_review_returned"


def upgrade() -> None:
    """Make the indexes."""
    op.execute(sa.text(f"CREATE INDEX {SETTLED} ON inbox_item (received_at, id) WHERE settled_at IS NOT NULL"))
    op.execute(sa.text(f"CREATE INDEX {RETURNED} ON review (case_id) WHERE outcome = 'returned'"))
    op.create_index(CLOSED, "verification_case", ["closed_at"])


def downgrade() -> None:
    """Drop them."""
    op.drop_index(RETURNED, table_name="review")
    op.drop_index(CLOSED, table_name="verification_case")
    op.drop_index(SETTLED, table_name="inbox_item")
