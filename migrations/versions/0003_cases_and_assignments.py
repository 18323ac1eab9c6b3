"""Cases with their clock, what happened to them, and who goes (甘民发〔2023〕53号 二)."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    _verification_case()
    _event()
    _assignment()


def downgrade() -> None:
    """Drop the tables."""
    for table in (
        "assignment",
        "event",
        "verification_case",
    ):
        op.drop_table(table)


def _verification_case() -> None:
    op.create_table(
        "verification_case",
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("declaration_id", sa.String(length=36), nullable=False),
        sa.Column("applicant_name", sa.String(length=60), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("township_code", sa.String(length=12), nullable=False),
        sa.Column("village_code", sa.String(length=12), nullable=True),
        sa.Column("group_text", sa.String(length=40), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count_mode", sa.String(length=10), nullable=False),
        sa.Column("limit_days", sa.Integer(), nullable=False),
        sa.Column("visited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_priority", sa.Boolean(), nullable=False),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("urgent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "(stage = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_verification_case_closed_has_time")
        ),
        sa.CheckConstraint("count_mode IN ('calendar', 'workdays')", name=op.f("ck_verification_case_count_mode")),
        sa.CheckConstraint(
            "stage IN ('warned', 'assigned', 'submitted', 'returned', 'reviewed', 'routed', 'closed')",
            name=op.f("ck_verification_case_stage"),
        ),
        sa.CheckConstraint(
            "visited_at IS NOT NULL OR stage IN ('warned', 'assigned', 'closed')",
            name=op.f("ck_verification_case_visited_before_review"),
        ),
        sa.CheckConstraint("due_at > published_at", name=op.f("ck_verification_case_due_after_published")),
        sa.ForeignKeyConstraint(
            ["declaration_id"], ["declaration.id"], name=op.f("fk_verification_case_declaration_id_declaration")
        ),
        sa.ForeignKeyConstraint(["township_code"], ["area.code"], name=op.f("fk_verification_case_township_code_area")),
        sa.ForeignKeyConstraint(["village_code"], ["area.code"], name=op.f("fk_verification_case_village_code_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification_case")),
        sa.UniqueConstraint("declaration_id", name=op.f("uq_verification_case_declaration_id")),
        sa.UniqueConstraint("number", name=op.f("uq_verification_case_number")),
    )
    op.create_index("ix_case_county_stage_due", "verification_case", ["county_code", "stage", "due_at"], unique=False)
    op.create_index(
        "ix_case_township_stage_due", "verification_case", ["township_code", "stage", "due_at"], unique=False
    )
    op.create_index("ix_case_village_stage", "verification_case", ["village_code", "stage"], unique=False)
    op.create_index(op.f("ix_verification_case_applicant_name"), "verification_case", ["applicant_name"], unique=False)


def _event() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=True),
        sa.Column("actor_id", sa.String(length=36), nullable=True),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["user_account.id"], name=op.f("fk_event_actor_id_user_account")),
        sa.ForeignKeyConstraint(["case_id"], ["verification_case.id"], name=op.f("fk_event_case_id_verification_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("hash", name=op.f("uq_event_hash")),
    )
    op.create_index(op.f("ix_event_actor_id"), "event", ["actor_id"], unique=False)
    op.create_index(op.f("ix_event_case_id"), "event", ["case_id"], unique=False)
    op.create_index(op.f("ix_event_happened_at"), "event", ["happened_at"], unique=False)
    op.create_index(op.f("ix_event_tag"), "event", ["tag"], unique=False)


def _assignment() -> None:
    op.create_table(
        "assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("duty", sa.String(length=10), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assigned_by", sa.String(length=36), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("duty IN ('main', 'companion')", name=op.f("ck_assignment_duty")),
        sa.ForeignKeyConstraint(
            ["assigned_by"], ["user_account.id"], name=op.f("fk_assignment_assigned_by_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["verification_case.id"], name=op.f("fk_assignment_case_id_verification_case")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_assignment_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    op.create_index(op.f("ix_assignment_case_id"), "assignment", ["case_id"], unique=False)
    op.create_index(op.f("ix_assignment_user_id"), "assignment", ["user_id"], unique=False)
    op.create_index(
        "uq_assignment_active_duty",
        "assignment",
        ["case_id", "duty"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "uq_assignment_active_user",
        "assignment",
        ["case_id", "user_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
