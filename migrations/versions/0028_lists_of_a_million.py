"""Lists of a million households are read from indexes in their order; nothing else changes.

The stage of a whole province stands as an expression, so that nobody takes its index for a county's few.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0026"

ENDS = "coalesce(extended_until_at, due_at), id"
OF_CASES = {
    "ix_case_stage_ends": f"(stage || ''), {ENDS}",
    "ix_case_county_to_visit_ends": f"county_code, {ENDS}) WHERE (stage IN ('warned', 'assigned')",
    "ix_case_township_to_visit_ends": f"township_code, {ENDS}) WHERE (stage IN ('warned', 'assigned')",
    "ix_case_county_found_ends": f"county_code, {ENDS}) WHERE (is_found",
    "ix_case_county_void_ends": f"county_code, {ENDS}) WHERE (voided_at IS NOT NULL",
    "ix_case_county_unseen_ends": f"county_code, {ENDS}) WHERE (visited_at IS NULL",
    "ix_case_urgent_open_ends": f"{ENDS}) WHERE (is_urgent AND stage <> 'closed'",
    "ix_case_found_open_ends": f"{ENDS}) WHERE (is_found AND stage <> 'closed'",
    "ix_case_county_words": "county_code, number, applicant_name, id",
}
OF_DECLARATIONS = {"ix_declaration_county": "county_code, id"}
OF_ROUTINGS = {
    "ix_routing_county_over": "county_code, queue, coalesce(next_due_on, '9999-12-31'), id) "
    "WHERE (state IN ('decided', 'returned', 'withdrawn')"
}


def upgrade() -> None:
    """Make the indexes."""
    for table, some in (("verification_case", OF_CASES), ("declaration", OF_DECLARATIONS), ("routing", OF_ROUTINGS)):
        for name, what in some.items():
            op.execute(sa.text(f"CREATE INDEX IF NOT EXISTS {name} ON {table} ({what})"))


def downgrade() -> None:
    """Drop them."""
    for table, some in (("routing", OF_ROUTINGS), ("declaration", OF_DECLARATIONS), ("verification_case", OF_CASES)):
        for name in some:
            op.drop_index(name, table_name=table)
