"""Declarations of a township and those of whom somebody came upon, and the households nobody went to, are read from indexes;
nothing else changes."""

from alembic import op

revision = "0035"
down_revision = "0034"

INDEXES = {
    "ix_declaration_township": "declaration (township_code, id)",
    "ix_declaration_found": "declaration (county_code) WHERE source = 'township_found'",
    "ix_case_unseen_due": "verification_case (county_code, due_at, voided_at, id) WHERE visited_at IS NULL",
}


def upgrade() -> None:
    """Make the indexes."""
    for name, what in INDEXES.items():
        op.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {what}")


def downgrade() -> None:
    """Drop them."""
    for name in INDEXES:
        op.execute(f"DROP INDEX {name}")
