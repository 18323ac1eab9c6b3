"""Values that one office of a county proposes and another approves. Rows that hold already were approved as they are:
only what is in `parameter` ever holds, so nothing that reads it has to change.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """One table."""
    op.create_table(
        "parameter_proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("valid_from_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(120), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("proposed_by", sa.String(36), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by", sa.String(36), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settlement_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('proposed', 'approved', 'refused', 'withdrawn')", name=op.f("ck_parameter_proposal_state")
        ),
        sa.CheckConstraint(
            "state = 'proposed' OR (settled_by IS NOT NULL AND settled_at IS NOT NULL)",
            name=op.f("ck_parameter_proposal_settled"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'refused') OR settled_by <> proposed_by",
            name=op.f("ck_parameter_proposal_four_eyes"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('refused', 'withdrawn') OR settlement_reason <> ''",
            name=op.f("ck_parameter_proposal_says_why"),
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["user_account.id"], name=op.f("fk_parameter_proposal_proposed_by_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["user_account.id"], name=op.f("fk_parameter_proposal_settled_by_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parameter_proposal")),
    )
    op.create_index(op.f("ix_parameter_proposal_key"), "parameter_proposal", ["key"])
    op.create_index(op.f("ix_parameter_proposal_area_code"), "parameter_proposal", ["area_code"])


def downgrade() -> None:
    """Without what was proposed; what was approved stays in `parameter`."""
    op.drop_table("parameter_proposal")
