"""A township's declarations, and those of whom somebody came upon, are read from indexes; nothing else changes."""

from alembic import op

revision = "0036"
down_revision = "0034"

INDEXES = {
    "ix_declaration_township": "township_code, id)",
    "ix_declaration_found": "county_code) WHERE source = 'township_found'",
}


def upgrade() -> None:
    """Make the indexes."""
    for name, what in INDEXES.items():
        op.execute(f"CREATE INDEX IF NOT EXISTS {name} ON declaration ({what}")


def downgrade() -> None:
    """Drop them."""
    for name in INDEXES:
        op.drop_index(name, table_name="declaration")
