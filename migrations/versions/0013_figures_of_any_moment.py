"""Figures that can be told again for any moment, 督办, 督导检查 and 抽查 (DOMAIN §5.3, T7, T10).

A visit says since when it counts and how many visitors signed; what a comparison said before is kept; large
areas have a snapshot. Of old visits it is not known who signed: of their signatures up to two are taken as the visitors'.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

INSTANT = sa.DateTime(timezone=True)
CODES = "code IN ('DUP', 'M1', 'M2', 'M3', 'M6', 'M7', 'M8', 'M9', 'MX')"
COUNTED = "is_current OR id IN (SELECT supersedes_id FROM visit WHERE supersedes_id IS NOT NULL)"


def upgrade() -> None:
    """Add columns, then fill them, then the tables."""
    with op.batch_alter_table("visit") as table:
        table.add_column(sa.Column("visitor_signatures", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("counted_at", INSTANT))
        table.create_check_constraint(op.f("ck_visit_visitor_signatures"), "visitor_signatures BETWEEN 0 AND 2")
    op.execute("UPDATE visit SET visitor_signatures = CASE WHEN signature_count > 2 THEN 2 ELSE signature_count END")
    op.execute(f"UPDATE visit SET counted_at = received_at WHERE {COUNTED}")
    with op.batch_alter_table("comparison") as table:
        table.add_column(sa.Column("found_at", INSTANT))
    op.execute(
        "UPDATE comparison SET found_at = (SELECT run_at FROM comparison_run WHERE comparison_run.id = comparison.run_id)"
    )
    _comparison_past()
    op.create_table(
        "figures_snapshot",
        sa.Column("area_code", sa.String(length=12), nullable=False),
        sa.Column("as_of_at", INSTANT, nullable=False),
        sa.Column("table", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_figures_snapshot_area_code_area")),
        sa.PrimaryKeyConstraint("area_code", name=op.f("pk_figures_snapshot")),
    )
    _supervision()
    _inspection()
    _spot_check()


def downgrade() -> None:
    """Drop what was added."""
    for table in (
        "spot_check_household", "spot_check", "inspection_finding", "inspection", "supervision_case",
        "supervision_notice", "figures_snapshot", "comparison_past",
    ):  # fmt: skip
        op.drop_table(table)
    with op.batch_alter_table("comparison") as table:
        table.drop_column("found_at")
    with op.batch_alter_table("visit") as table:
        table.drop_constraint(op.f("ck_visit_visitor_signatures"), type_="check")
        table.drop_column("counted_at")
        table.drop_column("visitor_signatures")


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.{'code' if target == 'area' else 'id'}"], name=op.f(f"fk_{table}_{column}_{target}")
    )


def _indexed(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _comparison_past() -> None:
    op.create_table(
        "comparison_past",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("declaration_id", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=3), nullable=False),
        sa.Column("roster_kind", sa.String(length=12)),
        sa.Column("from_at", INSTANT, nullable=False),
        sa.Column("until_at", INSTANT, nullable=False),
        sa.CheckConstraint(CODES, name=op.f("ck_comparison_past_code")),
        sa.CheckConstraint("until_at >= from_at", name=op.f("ck_comparison_past_ends_after_start")),
        _key("comparison_past", "declaration_id", "declaration"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comparison_past")),
    )
    _indexed("comparison_past", "declaration_id")


def _supervision() -> None:
    name = "supervision_notice"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("township_code", sa.String(length=12), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("reply_wanted", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("issued_by", sa.String(length=36), nullable=False),
        sa.Column("issued_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(length=36)),
        sa.Column("answered_at", INSTANT),
        sa.Column("closed_at", INSTANT),
        sa.CheckConstraint("state IN ('issued', 'answered', 'closed')", name=op.f(f"ck_{name}_state")),
        sa.CheckConstraint("due_at > issued_at", name=op.f(f"ck_{name}_due_after_issued")),
        sa.CheckConstraint("(state = 'issued') = (answered_at IS NULL)", name=op.f(f"ck_{name}_answered_has_time")),
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f(f"ck_{name}_closed_has_time")),
        _key(name, "township_code", "area"),
        _key(name, "issued_by", "user_account"),
        _key(name, "answered_by", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("number", name=op.f(f"uq_{name}_number")),
    )
    _indexed(name, "county_code", "township_code")
    op.create_table(
        "supervision_case",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        _key("supervision_case", "notice_id", name),
        _key("supervision_case", "case_id", "verification_case"),
        sa.PrimaryKeyConstraint("notice_id", "case_id", name=op.f("pk_supervision_case")),
    )
    _indexed("supervision_case", "case_id")


def _inspection() -> None:
    op.create_table(
        "inspection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("township_code", sa.String(length=12), nullable=False),
        sa.Column("village_code", sa.String(length=12)),
        sa.Column("inspected_on", sa.Date(), nullable=False),
        sa.Column("team", sa.String(length=80), nullable=False),
        sa.Column("households_checked", sa.Integer(), nullable=False),
        sa.Column("found_real", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.CheckConstraint("found_real BETWEEN 0 AND households_checked", name=op.f("ck_inspection_found_real")),
        _key("inspection", "township_code", "area"),
        _key("inspection", "village_code", "area"),
        _key("inspection", "recorded_by", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection")),
    )
    _indexed("inspection", "county_code", "township_code")
    name = "inspection_finding"
    kinds = "kind IN ('not_visited', 'form', 'photo', 'signature', 'late', 'not_told', 'other')"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("rectification", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("closed_at", INSTANT),
        sa.Column("closed_by", sa.String(length=36)),
        sa.CheckConstraint(kinds, name=op.f(f"ck_{name}_kind")),
        sa.CheckConstraint("(closed_at IS NULL) = (result = '')", name=op.f(f"ck_{name}_closed_has_result")),
        _key(name, "inspection_id", "inspection"),
        _key(name, "closed_by", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    _indexed(name, "inspection_id")


def _spot_check() -> None:
    op.create_table(
        "spot_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(length=12), nullable=False),
        sa.Column("from_at", INSTANT, nullable=False),
        sa.Column("until_at", INSTANT, nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("pool_count", sa.Integer(), nullable=False),
        sa.Column("drawn_by", sa.String(length=36), nullable=False),
        sa.Column("drawn_at", INSTANT, nullable=False),
        sa.CheckConstraint("until_at > from_at", name=op.f("ck_spot_check_ends_after_start")),
        _key("spot_check", "area_code", "area"),
        _key("spot_check", "drawn_by", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_check")),
    )
    _indexed("spot_check", "area_code")
    name = "spot_check_household"
    answers = "answer IN ('as_recorded', 'other_day', 'not_visited', 'unclear', 'no_answer')"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("answer", sa.String(length=20)),
        sa.Column("said_on", sa.Date()),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("called_by", sa.String(length=36)),
        sa.Column("called_at", INSTANT),
        sa.CheckConstraint(f"answer IS NULL OR {answers}", name=op.f(f"ck_{name}_answer")),
        sa.CheckConstraint("(answer IS NULL) = (called_at IS NULL)", name=op.f(f"ck_{name}_answered_has_time")),
        _key(name, "check_id", "spot_check"),
        _key(name, "case_id", "verification_case"),
        _key(name, "called_by", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("check_id", "case_id", name=op.f(f"uq_{name}_check_id_case_id")),
    )
    _indexed(name, "case_id")
