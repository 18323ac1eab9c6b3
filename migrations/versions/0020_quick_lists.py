"""Lists read a page from an index, however many households a province has; nothing else changes.

A list is sorted by the end of the limit that counts, so that is what the indexes hold. Most households are closed:
what is open, or waits for a visit, has small indexes of its own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

ENDS = "coalesce(extended_until_at, due_at)"
TO_VISIT = "stage IN ('warned', 'assigned')"
BY_END = {
    "ix_case_ends": ("", ""),
    "ix_case_county_ends": ("county_code", ""),
    "ix_case_township_ends": ("township_code", ""),
    "ix_case_open_ends": ("", "stage <> 'closed'"),
    "ix_case_county_open_ends": ("county_code", "stage <> 'closed'"),
    "ix_case_township_open_ends": ("township_code", "stage <> 'closed'"),
    "ix_case_to_visit_ends": ("", TO_VISIT),
    "ix_case_urgent_ends": ("", "is_urgent"),
    "ix_case_found_ends": ("", "is_found"),
    "ix_case_void_ends": ("", "voided_at IS NOT NULL"),
    "ix_case_unseen_ends": ("", "visited_at IS NULL"),
}
OTHERS = {
    "ix_visit_counted_at": ("visit", "counted_at", ""),
    "ix_visit_unsigned": ("visit", "case_id", "visitor_signatures < 2"),
    "ix_review_elsewhere": ("review", "case_id", "reason_code = 'other_household'"),
    "ix_decision_result": ("decision", "outcome, category", ""),
    "ix_inbox_item_caseless": ("inbox_item", "user_id", "case_id IS NULL"),
    "ix_extension_decided_at": ("extension", "decided_at", ""),
    "ix_voiding_decided_at": ("voiding", "decided_at", ""),
}


def upgrade() -> None:
    """Make the indexes, and tell PostgreSQL's planner what they hold; SQLite answers wrongly with statistics."""
    for name, (first, where) in BY_END.items():
        columns = ", ".join(part for part in (first, ENDS, "id") if part)
        _make(name, "verification_case", columns, where)
    for name, (table, columns, where) in OTHERS.items():
        _make(name, table, columns, where)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ANALYZE")


def _make(name: str, table: str, columns: str, where: str) -> None:
    condition = f" WHERE {where}" if where else ""
    op.execute(sa.text(f"CREATE INDEX {name} ON {table} ({columns}){condition}"))


def downgrade() -> None:
    """Drop them."""
    for name in (*BY_END, *OTHERS):
        op.execute(sa.text(f"DROP INDEX {name}"))
