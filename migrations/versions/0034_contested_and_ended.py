"""公示异议 is a step with its day (民发〔2021〕57号 第19条: 有异议的, 重新调查或民主评议), and a routing says when it ended,
so that lists of what is over begin with the newest.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"

STEP = "contested"
INDEX, OLD = "ix_routing_county_ended", "ix_routing_county_over"
OVER = "state IN ('decided', 'returned', 'withdrawn')"
INSTANT = sa.DateTime(timezone=True)
DECIDED = "SELECT max(decided_at) FROM decision WHERE decision.routing_id = routing.id"


def upgrade() -> None:
    """Let the step in; find out when each routing ended."""
    _set_steps([*_steps(), STEP])
    op.add_column("routing", sa.Column("ended_at", INSTANT, nullable=True))
    ended = f"CASE state WHEN 'withdrawn' THEN withdrawn_at WHEN 'returned' THEN returned_at ELSE ({DECIDED}) END"
    op.execute(f"UPDATE routing SET ended_at = {ended} WHERE {OVER}")
    op.execute(f"CREATE INDEX {INDEX} ON routing (county_code, queue, coalesce(ended_at, routed_at), id) WHERE {OVER}")
    op.execute(f"DROP INDEX {OLD}")


def downgrade() -> None:
    """Without it. Raises RuntimeError while there is one: none is thrown away."""
    count = op.get_bind().execute(sa.text(f"SELECT count(*) FROM procedure_step WHERE step = '{STEP}'")).scalar()
    if count:
        raise RuntimeError(f"{count} objections to notices would be lost: restore a backup instead")
    op.execute(f"DROP INDEX {INDEX}")
    by = "county_code, queue, coalesce(next_due_on, '9999-12-31'), id"
    op.execute(f"CREATE INDEX {OLD} ON routing ({by}) WHERE {OVER}")
    op.drop_column("routing", "ended_at")
    _set_steps([step for step in _steps() if step != STEP])


def _steps() -> list[str]:
    checks = sa.inspect(op.get_bind()).get_check_constraints("procedure_step")
    text = next(check["sqltext"] for check in checks if check["name"] == "ck_procedure_step_step")
    return re.findall(r"'(\w+)'", text)


def _set_steps(steps: list[str]) -> None:
    listed = ", ".join(f"'{step}'" for step in steps)
    with op.batch_alter_table("procedure_step", reflect_kwargs={"resolve_fks": False}) as table:
        table.drop_constraint(op.f("ck_procedure_step_step"), type_="check")
        table.create_check_constraint(op.f("ck_procedure_step_step"), sa.text(f"step IN ({listed})"))
