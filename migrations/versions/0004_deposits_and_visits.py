"""What phones handed in and what was found at the household (甘民发〔2023〕53号 二)."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables."""
    _inbox_item()
    _inbox_conflict()
    _visit()
    _observation()
    _attempt()
    _photo()
    _upload()


def downgrade() -> None:
    """Drop the tables."""
    for table in (
        "upload",
        "photo",
        "attempt",
        "observation",
        "visit",
        "inbox_conflict",
        "inbox_item",
    ):
        op.drop_table(table)


def _inbox_item() -> None:
    op.create_table(
        "inbox_item",
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("payload_sealed", sa.Text(), nullable=False),
        sa.Column("signature", sa.String(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("receipt_no", sa.String(length=9), nullable=False),
        sa.Column("verdict", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("case_id", sa.String(length=36), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint("kind IN ('visit', 'observation', 'attempt', 'urgent')", name=op.f("ck_inbox_item_kind")),
        sa.CheckConstraint(
            "verdict IN ('pending', 'applied', 'needs_review', 'quarantined')", name=op.f("ck_inbox_item_verdict")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_inbox_item_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_item")),
    )
    op.create_index(op.f("ix_inbox_item_case_id"), "inbox_item", ["case_id"], unique=False)
    op.create_index("ix_inbox_item_user_verdict", "inbox_item", ["user_id", "verdict"], unique=False)


def _inbox_conflict() -> None:
    op.create_table(
        "inbox_conflict",
        sa.Column("item_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("payload_sealed", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("receipt_no", sa.String(length=9), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["inbox_item.id"], name=op.f("fk_inbox_conflict_item_id_inbox_item")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_inbox_conflict_user_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_conflict")),
    )
    op.create_index("uq_inbox_conflict_content", "inbox_conflict", ["item_id", "sha256"], unique=True)


def _visit() -> None:
    op.create_table(
        "visit",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.Column("item_id", sa.String(length=36), nullable=True),
        sa.Column("supersedes_id", sa.String(length=36), nullable=True),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("form_version", sa.Integer(), nullable=False),
        sa.Column("base_revision", sa.Integer(), nullable=False),
        sa.Column("visited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("skew_seconds", sa.Integer(), nullable=False),
        sa.Column("answers_text_sealed", sa.String(), nullable=False),
        sa.Column("photos_expected", sa.Integer(), nullable=False),
        sa.Column("living_size", sa.Integer(), nullable=True),
        sa.Column("signature_count", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint("ended_at IS NULL OR ended_at >= visited_at", name=op.f("ck_visit_ends_after_start")),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name=op.f("fk_visit_author_id_user_account")),
        sa.ForeignKeyConstraint(["case_id"], ["verification_case.id"], name=op.f("fk_visit_case_id_verification_case")),
        sa.ForeignKeyConstraint(["item_id"], ["inbox_item.id"], name=op.f("fk_visit_item_id_inbox_item")),
        sa.ForeignKeyConstraint(["supersedes_id"], ["visit.id"], name=op.f("fk_visit_supersedes_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint("item_id", name=op.f("uq_visit_item_id")),
    )
    op.create_index(op.f("ix_visit_author_id"), "visit", ["author_id"], unique=False)
    op.create_index(op.f("ix_visit_case_id"), "visit", ["case_id"], unique=False)


def _observation() -> None:
    op.create_table(
        "observation",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.Column("item_id", sa.String(length=36), nullable=True),
        sa.Column("observed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("facts_text_sealed", sa.String(), nullable=False),
        sa.Column("photos_expected", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name=op.f("fk_observation_author_id_user_account")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["verification_case.id"], name=op.f("fk_observation_case_id_verification_case")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["inbox_item.id"], name=op.f("fk_observation_item_id_inbox_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
        sa.UniqueConstraint("item_id", name=op.f("uq_observation_item_id")),
    )
    op.create_index(op.f("ix_observation_case_id"), "observation", ["case_id"], unique=False)


def _attempt() -> None:
    op.create_table(
        "attempt",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.Column("item_id", sa.String(length=36), nullable=True),
        sa.Column("attempted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("note_sealed", sa.String(), nullable=True),
        sa.Column("photos_expected", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name=op.f("fk_attempt_author_id_user_account")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["verification_case.id"], name=op.f("fk_attempt_case_id_verification_case")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["inbox_item.id"], name=op.f("fk_attempt_item_id_inbox_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
        sa.UniqueConstraint("item_id", name=op.f("uq_attempt_item_id")),
    )
    op.create_index(op.f("ix_attempt_case_id"), "attempt", ["case_id"], unique=False)


def _photo() -> None:
    op.create_table(
        "photo",
        sa.Column("case_id", sa.String(length=36), nullable=True),
        sa.Column("visit_id", sa.String(length=36), nullable=True),
        sa.Column("observation_id", sa.String(length=36), nullable=True),
        sa.Column("attempt_id", sa.String(length=36), nullable=True),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("receipt_no", sa.String(length=9), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint("state IN ('expected', 'stored', 'unreadable')", name=op.f("ck_photo_state")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name=op.f("fk_photo_attempt_id_attempt")),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name=op.f("fk_photo_author_id_user_account")),
        sa.ForeignKeyConstraint(["case_id"], ["verification_case.id"], name=op.f("fk_photo_case_id_verification_case")),
        sa.ForeignKeyConstraint(
            ["observation_id"], ["observation.id"], name=op.f("fk_photo_observation_id_observation")
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name=op.f("fk_photo_visit_id_visit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
    )
    op.create_index(op.f("ix_photo_attempt_id"), "photo", ["attempt_id"], unique=False)
    op.create_index(op.f("ix_photo_case_id"), "photo", ["case_id"], unique=False)
    op.create_index(op.f("ix_photo_observation_id"), "photo", ["observation_id"], unique=False)
    op.create_index(op.f("ix_photo_sha256"), "photo", ["sha256"], unique=False)
    op.create_index(op.f("ix_photo_visit_id"), "photo", ["visit_id"], unique=False)


def _upload() -> None:
    op.create_table(
        "upload",
        sa.Column("photo_id", sa.String(length=36), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name=op.f("fk_upload_author_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    op.create_index(op.f("ix_upload_photo_id"), "upload", ["photo_id"], unique=False)
