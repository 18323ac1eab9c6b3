"""Review, routing, decision and explanation (甘民发〔2023〕53号 二、三)."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables."""
    _review()
    _routing()
    _decision()
    _explanation()


def downgrade() -> None:
    """Drop the tables."""
    for table in (
        "explanation",
        "decision",
        "routing",
        "review",
    ):
        op.drop_table(table)


def _review() -> None:
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("visit_id", sa.String(length=36), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("reason_code", sa.String(length=20), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("comments", sa.JSON(), nullable=False),
        sa.Column("adopted", sa.JSON(), nullable=False),
        sa.Column("reviewed_by", sa.String(length=36), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("outcome = 'approved' OR reason_code IS NOT NULL", name=op.f("ck_review_return_has_reason")),
        sa.CheckConstraint("outcome IN ('approved', 'returned')", name=op.f("ck_review_outcome")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["verification_case.id"], name=op.f("fk_review_case_id_verification_case")
        ),
        sa.ForeignKeyConstraint(["reviewed_by"], ["user_account.id"], name=op.f("fk_review_reviewed_by_user_account")),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_review_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    op.create_index(op.f("ix_review_case_id"), "review", ["case_id"], unique=False)
    op.create_index(op.f("ix_review_visit_id"), "review", ["visit_id"], unique=False)


def _routing() -> None:
    op.create_table(
        "routing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("queue", sa.String(length=20), nullable=False),
        sa.Column("categories", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("routed_by", sa.String(length=36), nullable=False),
        sa.Column("routed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_by", sa.String(length=36), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_by", sa.String(length=36), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("return_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "queue IN ('social_assistance', 'relapse_prevention', 'education', 'medical', 'housing', 'water', 'explanation')",
            name=op.f("ck_routing_queue"),
        ),
        sa.CheckConstraint("state <> 'accepted' OR accepted_at IS NOT NULL", name=op.f("ck_routing_accepted_has_time")),
        sa.CheckConstraint(
            "state IN ('sent', 'accepted', 'returned', 'withdrawn', 'decided')", name=op.f("ck_routing_state")
        ),
        sa.ForeignKeyConstraint(["accepted_by"], ["user_account.id"], name=op.f("fk_routing_accepted_by_user_account")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["verification_case.id"], name=op.f("fk_routing_case_id_verification_case")
        ),
        sa.ForeignKeyConstraint(["returned_by"], ["user_account.id"], name=op.f("fk_routing_returned_by_user_account")),
        sa.ForeignKeyConstraint(["routed_by"], ["user_account.id"], name=op.f("fk_routing_routed_by_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routing")),
    )
    op.create_index(op.f("ix_routing_case_id"), "routing", ["case_id"], unique=False)
    op.create_index("ix_routing_queue_state", "routing", ["queue", "state", "routed_at"], unique=False)
    op.create_index(
        "uq_routing_active_queue",
        "routing",
        ["case_id", "queue"],
        unique=True,
        sqlite_where=sa.text("state NOT IN ('returned', 'withdrawn')"),
        postgresql_where=sa.text("state NOT IN ('returned', 'withdrawn')"),
    )


def _decision() -> None:
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("routing_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("amount_fen", sa.Integer(), nullable=True),
        sa.Column("reason_code", sa.String(length=20), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=36), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('included', 'declined', 'solved', 'unsolved', 'explained')", name=op.f("ck_decision_outcome")
        ),
        sa.CheckConstraint(
            "outcome NOT IN ('declined', 'unsolved') OR reason <> ''", name=op.f("ck_decision_refusal_has_reason")
        ),
        sa.CheckConstraint("amount_fen IS NULL OR amount_fen >= 0", name=op.f("ck_decision_amount")),
        sa.ForeignKeyConstraint(["decided_by"], ["user_account.id"], name=op.f("fk_decision_decided_by_user_account")),
        sa.ForeignKeyConstraint(["routing_id"], ["routing.id"], name=op.f("fk_decision_routing_id_routing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index(op.f("ix_decision_routing_id"), "decision", ["routing_id"], unique=False)


def _explanation() -> None:
    op.create_table(
        "explanation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("reason_codes", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("method", sa.String(length=10), nullable=False),
        sa.Column("receipt", sa.String(length=10), nullable=False),
        sa.Column("witness", sa.String(length=60), nullable=False),
        sa.Column("materials", sa.String(length=200), nullable=False),
        sa.Column("explained_by", sa.String(length=36), nullable=False),
        sa.Column("explained_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("method IN ('in_person', 'phone', 'video')", name=op.f("ck_explanation_method")),
        sa.CheckConstraint("receipt <> 'refused' OR witness <> ''", name=op.f("ck_explanation_refusal_has_witness")),
        sa.CheckConstraint("receipt IN ('signed', 'handprint', 'refused')", name=op.f("ck_explanation_receipt")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["verification_case.id"], name=op.f("fk_explanation_case_id_verification_case")
        ),
        sa.ForeignKeyConstraint(
            ["explained_by"], ["user_account.id"], name=op.f("fk_explanation_explained_by_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_explanation")),
    )
    op.create_index(op.f("ix_explanation_case_id"), "explanation", ["case_id"], unique=False)
