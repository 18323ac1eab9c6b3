"""消息 about 急难 and the two days before a deadline; 低保 in 45 days (特殊情况) or 20 (委托乡镇)."""

from pathlib import Path

import sqlalchemy as sa
import yaml
from alembic import op

revision = "0024"
down_revision = "0023"

OLD = (
    "new_warnings", "to_review", "routed", "routing_returned", "materials_asked", "materials_answered",
    "petition_asked", "petition_answered", "objection_raised", "supervision_issued", "supervision_answered",
    "exchange_recorded", "due_today", "overdue",
)  # fmt: skip
STEPS = (
    "accepted", "aid_given", "check_started", "surveyed", "assessed", "examined", "first_opinion", "federation",
    "public", "confirmed", "told", "promised", "compared", "weighed", "town_opinion", "county_decided", "announced",
    "entered", "measure", "feedback", "finished",
)  # fmt: skip
STEP = "prolonged"
SHIPPED = Path(__file__).parents[2] / "backend" / "reference" / "dibao_limits.yaml"
PROVINCE = "62"
PARAMETER = sa.table(
    "parameter", sa.column("key"), sa.column("area_code"), sa.column("value", sa.JSON),
    sa.column("valid_from_on", sa.Date), sa.column("source"),
)  # fmt: skip
NEW = ("due_tomorrow", "due_in_two_days", "urgent")


def upgrade() -> None:
    """Room for the new kinds and the new step; the limits, where nobody has set them yet."""
    _swap_check("message", "kind", (*OLD, *NEW))
    _swap_check("procedure_step", "step", (*STEPS, STEP))
    line = op.get_bind()
    for row in yaml.safe_load(SHIPPED.read_text("utf-8")):
        same = [PARAMETER.c[name] == row[name] for name in ("key", "valid_from_on")]
        known = sa.select(sa.func.count()).select_from(PARAMETER).where(*same, PARAMETER.c.area_code == PROVINCE)
        if not line.scalar(known):
            line.execute(sa.insert(PARAMETER).values(area_code=PROVINCE, **row))


def downgrade() -> None:
    """Without them: messages told what other pages tell, too, and the limits stay. Raises RuntimeError while a
    procedure is prolonged: that stands nowhere else."""
    if op.get_bind().execute(sa.text(f"SELECT count(*) FROM procedure_step WHERE step = '{STEP}'")).scalar():
        raise RuntimeError("prolonged procedures would be lost: restore a backup instead")
    kinds = ", ".join(map(repr, NEW))
    op.execute(
        sa.text(f"DELETE FROM message_reading WHERE message_id IN (SELECT id FROM message WHERE kind IN ({kinds}))")
    )
    op.execute(sa.text(f"DELETE FROM message WHERE kind IN ({kinds})"))
    _swap_check("message", "kind", OLD)
    _swap_check("procedure_step", "step", STEPS)


def _swap_check(table_name: str, column: str, codes: tuple[str, ...]) -> None:
    name = op.f(f"ck_{table_name}_{column}")
    # What the table points to is not read along: SQLite cannot tell the case's indexes on expressions (0020).
    with op.batch_alter_table(table_name, reflect_kwargs={"resolve_fks": False}) as table:
        table.drop_constraint(name, type_="check")
        table.create_check_constraint(name, sa.text(f"{column} IN ({', '.join(map(repr, codes))})"))
