"""更正: results and 研判 recorded by mistake are taken back with a reason. There was none so far: nothing is filled in."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"

OF = {"case_id": "verification_case", "decision_id": "decision", "review_id": "review", "corrected_by": "user_account"}


def upgrade() -> None:
    """The table, and on a review when it ceased to count; yesterday's program leaves both alone."""
    name = "correction"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("decision_id", sa.Integer()),
        sa.Column("review_id", sa.Integer()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("corrected_by", sa.String(length=36), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_closed_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("(decision_id IS NULL) <> (review_id IS NULL)", name=op.f("ck_correction_of_one")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_correction_says_why")),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_correction_{column}_{table}"))
            for column, table in OF.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_correction_decision_id")),
        sa.UniqueConstraint("review_id", name=op.f("uq_correction_review_id")),
    )
    op.create_index(op.f("ix_correction_case_id"), name, ["case_id"], unique=False)
    op.add_column("review", sa.Column("withdrawn_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    """Without it. Raises RuntimeError while there is one: why a result does not count stands nowhere else."""
    if op.get_bind().execute(sa.text("SELECT count(*) FROM correction")).scalar():
        raise RuntimeError("the reasons of corrections would be lost: restore a backup instead")
    op.drop_column("review", "withdrawn_at")
    op.drop_table("correction")
