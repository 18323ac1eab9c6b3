"""Accounts that are opened on a page, names of offices as dated rows, villages that were merged or are called otherwise.

A one-time password has to be changed. Nobody has one yet, so no account has to change anything.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

INSTANT = sa.DateTime(timezone=True)
DUTIES = "duty IN ('social_assistance', 'relapse_prevention', 'education', 'medical', 'housing', 'water')"
MERGED = "(merged_into_code IS NULL) = (valid_to_on IS NULL)"


def upgrade() -> None:
    """Columns, then tables."""
    with op.batch_alter_table("user_account") as table:
        table.add_column(sa.Column("is_password_one_time", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("posting") as table:
        table.create_check_constraint(op.f("ck_posting_ends_after_start"), "ended_on IS NULL OR ended_on >= started_on")
    with op.batch_alter_table("area") as table:
        table.add_column(sa.Column("merged_into_code", sa.String(length=12)))
        table.add_column(sa.Column("valid_to_on", sa.Date()))
        table.create_foreign_key(op.f("fk_area_merged_into_code_area"), "area", ["merged_into_code"], ["code"])
        table.create_index(op.f("ix_area_merged_into_code"), ["merged_into_code"])
        table.create_check_constraint(op.f("ck_area_merged_has_day"), MERGED)
        table.create_check_constraint(op.f("ck_area_merged_elsewhere"), "merged_into_code <> code")
    _area_alias()
    _organisation_name()


def downgrade() -> None:
    """Without it; who has a one-time password keeps it."""
    op.drop_table("organisation_name")
    op.drop_table("area_alias")
    with op.batch_alter_table("area") as table:
        table.drop_constraint(op.f("ck_area_merged_elsewhere"), type_="check")
        table.drop_constraint(op.f("ck_area_merged_has_day"), type_="check")
        table.drop_index(op.f("ix_area_merged_into_code"))
        table.drop_constraint(op.f("fk_area_merged_into_code_area"), type_="foreignkey")
        table.drop_column("valid_to_on")
        table.drop_column("merged_into_code")
    with op.batch_alter_table("posting") as table:
        table.drop_constraint(op.f("ck_posting_ends_after_start"), type_="check")
    with op.batch_alter_table("user_account") as table:
        table.drop_column("is_password_one_time")


def _area_alias() -> None:
    name = "area_alias"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("recorded_by", sa.String(length=36)),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f(f"ck_{name}_name")),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f(f"fk_{name}_area_code_area")),
        sa.ForeignKeyConstraint(["recorded_by"], ["user_account.id"], name=op.f(f"fk_{name}_recorded_by_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("area_code", "name", name=op.f(f"uq_{name}_area_code_name")),
    )


def _organisation_name() -> None:
    name = "organisation_name"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty", sa.String(length=20), nullable=False),
        sa.Column("area_code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("valid_from_on", sa.Date(), nullable=False),
        sa.Column("set_by", sa.String(length=36)),
        sa.Column("set_at", INSTANT, nullable=False),
        sa.CheckConstraint(DUTIES, name=op.f(f"ck_{name}_duty")),
        sa.CheckConstraint("name <> ''", name=op.f(f"ck_{name}_name")),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f(f"fk_{name}_area_code_area")),
        sa.ForeignKeyConstraint(["set_by"], ["user_account.id"], name=op.f(f"fk_{name}_set_by_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("duty", "area_code", "valid_from_on", name=op.f(f"uq_{name}_duty_area_code_valid_from_on")),
    )
