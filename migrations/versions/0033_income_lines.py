"""Which lines of income each definition counts, as dated rows; what a county has set already stays."""

from datetime import date
from pathlib import Path

import sqlalchemy as sa
import yaml
from alembic import op

revision = "0033"
down_revision = "0031"

SHIPPED = Path(__file__).parents[2] / "backend" / "reference" / "lines.yaml"
PROVINCE = "62"

parameter = sa.table(
    "parameter",
    sa.column("key"),
    sa.column("area_code"),
    sa.column("value", sa.JSON),
    sa.column("valid_from_on", sa.Date),
    sa.column("source"),
)


def upgrade() -> None:
    """Add the shipped rows that are not there."""
    there = sa.select(parameter.c.key, parameter.c.valid_from_on).where(parameter.c.area_code == PROVINCE)
    known = {(key, day) for key, day in op.get_bind().execute(there)}
    rows = [row | {"area_code": PROVINCE} for row in yaml.safe_load(SHIPPED.read_text("utf-8"))]
    op.bulk_insert(parameter, [row for row in rows if (row["key"], _day(row["valid_from_on"])) not in known])


def downgrade() -> None:
    """The rows stay: yesterday's program does not ask for them."""


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
