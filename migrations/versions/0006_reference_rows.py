"""Gansu's areas (National Bureau of Statistics, 2023 edition) and the shipped parameters."""

import csv
from pathlib import Path

import sqlalchemy as sa
import yaml
from alembic import op

revision = "0006"
down_revision = "0005"

REFERENCE = Path(__file__).parents[2] / "backend" / "reference"

area = sa.table("area", *map(sa.column, ("code", "name", "level", "parent_code")))
parameter = sa.table(
    "parameter",
    sa.column("key"),
    sa.column("area_code"),
    sa.column("value", sa.JSON),
    sa.column("valid_from_on", sa.Date),
    sa.column("source"),
)
chain_head = sa.table("chain_head", sa.column("id"), sa.column("hash"))


def upgrade() -> None:
    """Fill in what every office needs before its first file."""
    with (REFERENCE / "areas_gansu_2023.csv").open(encoding="utf-8") as lines:
        rows = [
            {"code": r["code"], "name": r["name"], "level": r["level"], "parent_code": r["parent"] or None}
            for r in csv.DictReader(lines)
        ]
    op.bulk_insert(area, sorted(rows, key=lambda row: len(row["code"])))
    shipped = yaml.safe_load((REFERENCE / "parameters.yaml").read_text(encoding="utf-8"))
    op.bulk_insert(parameter, [{"area_code": "62", **row} for row in shipped])
    op.bulk_insert(chain_head, [{"id": 1, "hash": "0" * 64}])


def downgrade() -> None:
    """Take the rows out again."""
    for table in (chain_head, parameter, area):
        op.execute(sa.delete(table))
