"""公示异议 is a step with its day (民发〔2021〕57号 第19条: 有异议的, 重新调查或民主评议)."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"

STEP = "contested"


def upgrade() -> None:
    """Let the step in."""
    _set_steps([*_steps(), STEP])


def downgrade() -> None:
    """Without it. Raises RuntimeError while there is one: none is thrown away."""
    count = op.get_bind().execute(sa.text(f"SELECT count(*) FROM procedure_step WHERE step = '{STEP}'")).scalar()
    if count:
        raise RuntimeError(f"{count} objections to notices would be lost: restore a backup instead")
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
