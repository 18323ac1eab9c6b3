"""Imported files, declarations, rosters and what the comparison found (甘民发〔2023〕53号 一)."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    _import_batch()
    _row_problem()
    _declaration()
    _roster_entry()
    _comparison_run()
    _comparison()


def downgrade() -> None:
    """Drop the tables."""
    for table in (
        "comparison",
        "comparison_run",
        "roster_entry",
        "declaration",
        "row_problem",
        "import_batch",
    ):
        op.drop_table(table)


def _import_batch() -> None:
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=12), nullable=False),
        sa.Column("roster_kinds", sa.JSON(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("roster_month", sa.String(length=7), nullable=True),
        sa.Column("as_of_on", sa.Date(), nullable=True),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("kept_count", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by", sa.String(length=36), nullable=True),
        sa.CheckConstraint("subject IN ('declarations', 'roster')", name=op.f("ck_import_batch_subject")),
        sa.ForeignKeyConstraint(
            ["imported_by"], ["user_account.id"], name=op.f("fk_import_batch_imported_by_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        sa.UniqueConstraint("sha256", name=op.f("uq_import_batch_sha256")),
    )


def _row_problem() -> None:
    op.create_table(
        "row_problem",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(length=60), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("column", sa.String(length=60), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("seen", sa.String(length=120), nullable=False),
        sa.Column("is_kept", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_row_problem_batch_id_import_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_row_problem")),
    )
    op.create_index(op.f("ix_row_problem_batch_id"), "row_problem", ["batch_id"], unique=False)


def _declaration() -> None:
    op.create_table(
        "declaration",
        sa.Column("source", sa.String(length=30), nullable=False),
        sa.Column("source_no", sa.String(length=60), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("applicant_name", sa.String(length=60), nullable=False),
        sa.Column("name_folded", sa.String(length=60), nullable=False),
        sa.Column("id_number_sealed", sa.String(), nullable=True),
        sa.Column("id_number_lookup", sa.String(length=43), nullable=True),
        sa.Column("id_raw_sealed", sa.String(), nullable=True),
        sa.Column("id_problem", sa.String(length=40), nullable=True),
        sa.Column("phone_sealed", sa.String(), nullable=True),
        sa.Column("phone_lookup", sa.String(length=43), nullable=True),
        sa.Column("hardship_text", sa.Text(), nullable=False),
        sa.Column("risk_text", sa.String(length=60), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=True),
        sa.Column("township_code", sa.String(length=9), nullable=True),
        sa.Column("village_code", sa.String(length=12), nullable=True),
        sa.Column("area_text", sa.String(length=120), nullable=False),
        sa.Column("group_text", sa.String(length=40), nullable=False),
        sa.Column("family_size", sa.Integer(), nullable=True),
        sa.Column("is_proxy", sa.Boolean(), nullable=False),
        sa.Column("proxy_name", sa.String(length=60), nullable=False),
        sa.Column("proxy_relation", sa.String(length=30), nullable=False),
        sa.Column("is_authorised", sa.Boolean(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pushed_on", sa.Date(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_declaration_batch_id_import_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaration")),
        sa.UniqueConstraint("source", "source_no", name=op.f("uq_declaration_source_source_no")),
    )
    op.create_index(op.f("ix_declaration_batch_id"), "declaration", ["batch_id"], unique=False)
    op.create_index(op.f("ix_declaration_county_code"), "declaration", ["county_code"], unique=False)
    op.create_index("ix_declaration_folded_township", "declaration", ["name_folded", "township_code"], unique=False)
    op.create_index(op.f("ix_declaration_id_number_lookup"), "declaration", ["id_number_lookup"], unique=False)
    op.create_index(op.f("ix_declaration_phone_lookup"), "declaration", ["phone_lookup"], unique=False)


def _roster_entry() -> None:
    op.create_table(
        "roster_entry",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("sheet", sa.String(length=60), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("name_folded", sa.String(length=60), nullable=False),
        sa.Column("id_number_sealed", sa.String(), nullable=True),
        sa.Column("id_number_lookup", sa.String(length=43), nullable=True),
        sa.Column("id_problem", sa.String(length=40), nullable=True),
        sa.Column("township_code", sa.String(length=9), nullable=True),
        sa.Column("village_code", sa.String(length=12), nullable=True),
        sa.Column("household_key", sa.String(length=60), nullable=True),
        sa.Column("is_whole_household", sa.Boolean(), nullable=True),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("status_text", sa.String(length=20), nullable=False),
        sa.Column("is_stopped", sa.Boolean(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("amount_fen", sa.Integer(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "kind IN ('dibao', 'tekun', 'temporary', 'orphan', 'unsupported', 'disability')",
            name=op.f("ck_roster_entry_kind"),
        ),
        sa.CheckConstraint(
            "role IN ('self', 'head', 'member', 'guardian', 'carer', 'collector', 'father', 'mother', 'other')",
            name=op.f("ck_roster_entry_role"),
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_roster_entry_batch_id_import_batch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_entry")),
    )
    op.create_index(op.f("ix_roster_entry_batch_id"), "roster_entry", ["batch_id"], unique=False)
    op.create_index("ix_roster_entry_folded_township", "roster_entry", ["name_folded", "township_code"], unique=False)
    op.create_index(op.f("ix_roster_entry_household_key"), "roster_entry", ["household_key"], unique=False)
    op.create_index(op.f("ix_roster_entry_id_number_lookup"), "roster_entry", ["id_number_lookup"], unique=False)


def _comparison_run() -> None:
    op.create_table(
        "comparison_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("run_by", sa.String(length=36), nullable=True),
        sa.Column("rule_version", sa.String(length=20), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("batch_ids", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["run_by"], ["user_account.id"], name=op.f("fk_comparison_run_run_by_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comparison_run")),
    )


def _comparison() -> None:
    op.create_table(
        "comparison",
        sa.Column("declaration_id", sa.String(length=36), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=3), nullable=False),
        sa.Column("is_warned", sa.Boolean(), nullable=False),
        sa.Column("is_priority", sa.Boolean(), nullable=False),
        sa.Column("roster_kind", sa.String(length=12), nullable=True),
        sa.Column("roster_entry_id", sa.String(length=36), nullable=True),
        sa.Column("into_declaration_id", sa.String(length=36), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("answer", sa.String(length=20), nullable=True),
        sa.Column("answered_by", sa.String(length=36), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "code IN ('DUP', 'M1', 'M2', 'M3', 'M6', 'M7', 'M8', 'M9', 'MX')", name=op.f("ck_comparison_code")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["user_account.id"], name=op.f("fk_comparison_answered_by_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["declaration_id"], ["declaration.id"], name=op.f("fk_comparison_declaration_id_declaration")
        ),
        sa.ForeignKeyConstraint(
            ["into_declaration_id"], ["declaration.id"], name=op.f("fk_comparison_into_declaration_id_declaration")
        ),
        sa.ForeignKeyConstraint(
            ["roster_entry_id"], ["roster_entry.id"], name=op.f("fk_comparison_roster_entry_id_roster_entry")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["comparison_run.id"], name=op.f("fk_comparison_run_id_comparison_run")),
        sa.PrimaryKeyConstraint("declaration_id", name=op.f("pk_comparison")),
    )
    op.create_index(op.f("ix_comparison_code"), "comparison", ["code"], unique=False)
    op.create_index(op.f("ix_comparison_is_warned"), "comparison", ["is_warned"], unique=False)
    op.create_index(op.f("ix_comparison_run_id"), "comparison", ["run_id"], unique=False)
