"""A routing knows its case's county, so that a department's queue is read from an index; filled from the cases."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

INDEX = "ix_routing_county_queue"


def upgrade() -> None:
    """The column, its values, the index."""
    op.add_column("routing", sa.Column("county_code", sa.String(length=6), nullable=False, server_default=""))
    op.execute(
        "UPDATE routing SET county_code ="
        " (SELECT county_code FROM verification_case WHERE verification_case.id = routing.case_id)"
    )
    op.create_index(INDEX, "routing", ["county_code", "queue", "state", "next_due_on"], unique=False)


def downgrade() -> None:
    """Without it; the cases know."""
    op.drop_index(INDEX, table_name="routing")
    op.drop_column("routing", "county_code")
