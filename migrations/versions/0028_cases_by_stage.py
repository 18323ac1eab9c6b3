"""A whole province's households of one stage are read in the order of their lists; nothing else changes."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0026"

STAGE = "ix_case_stage_ends"


def upgrade() -> None:
    """Make the index."""
    ends = "stage, coalesce(extended_until_at, due_at), id"
    op.execute(sa.text(f"CREATE INDEX IF NOT EXISTS {STAGE} ON verification_case ({ends})"))


def downgrade() -> None:
    """Drop it."""
    op.drop_index(STAGE, table_name="verification_case")
