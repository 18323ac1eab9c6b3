"""转派: a case goes to another township of the county. There was none so far, so nothing is filled in."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

AREAS = ("from_township_code", "from_village_code", "to_township_code")


def upgrade() -> None:
    """The table of moves."""
    name = "transfer"
    op.create_table(
        name,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("from_township_code", sa.String(length=12), nullable=False),
        sa.Column("from_village_code", sa.String(length=12)),
        sa.Column("from_group_text", sa.String(length=40), nullable=False),
        sa.Column("to_township_code", sa.String(length=12), nullable=False),
        sa.Column("undoes_id", sa.String(length=36)),
        sa.Column("reason_sealed", sa.String(), nullable=False),
        sa.Column("moved_by", sa.String(length=36), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("from_township_code <> to_township_code", name=op.f("ck_transfer_goes_elsewhere")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["verification_case.id"], name=op.f("fk_transfer_case_id_verification_case")
        ),
        sa.ForeignKeyConstraint(["undoes_id"], ["transfer.id"], name=op.f("fk_transfer_undoes_id_transfer")),
        sa.ForeignKeyConstraint(["moved_by"], ["user_account.id"], name=op.f("fk_transfer_moved_by_user_account")),
        *(sa.ForeignKeyConstraint([one], ["area.code"], name=op.f(f"fk_transfer_{one}_area")) for one in AREAS),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_transfer_undoes_id")),
    )
    for column in ("case_id", "from_township_code", "to_township_code"):
        op.create_index(op.f(f"ix_transfer_{column}"), name, [column], unique=False)


def downgrade() -> None:
    """Without it. Raises RuntimeError while there is one: where a household came from stands nowhere else."""
    if op.get_bind().execute(sa.text("SELECT count(*) FROM transfer")).scalar():
        raise RuntimeError("where households came from would be lost: restore a backup instead")
    op.drop_table("transfer")
