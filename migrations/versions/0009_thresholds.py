"""The numbers that hints compare with (DOMAIN §3.4), for offices that were set up before there were hints.

Rows that a county has set already stay. They also stay on the way back: yesterday's program does not ask for them.
"""

from datetime import date
from pathlib import Path

import sqlalchemy as sa
import yaml
from alembic import op

revision = "0009"
down_revision = "0008"

SHIPPED = Path(__file__).parents[2] / "backend" / "reference" / "thresholds.yaml"
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
    shipped = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    rows = [{"area_code": PROVINCE, **row} for row in shipped if _key_of(row) not in known]
    if rows:
        op.bulk_insert(parameter, rows)


def _key_of(row: dict) -> tuple[str, date]:
    return row["key"], row["valid_from_on"]


def downgrade() -> None:
    """Nothing: a dated row that nobody asks for does no harm, and a county may have set it."""
