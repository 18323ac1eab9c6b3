"""What departments do: formal steps with their days, questions to the township, plans and measures, objections.

The limits of the steps come along as dated parameters; rows that a county has set already stay, also on the way back.
"""

from datetime import date
from pathlib import Path

import sqlalchemy as sa
import yaml
from alembic import op

revision = "0012"
down_revision = "0011"

SHIPPED = Path(__file__).parents[2] / "backend" / "reference" / "limits.yaml"
PROVINCE = "62"
STEPS = (
    "'accepted', 'aid_given', 'check_started', 'surveyed', 'assessed', 'examined', 'first_opinion', 'federation', 'public',"
    " 'confirmed', 'told', 'promised', 'compared', 'weighed', 'town_opinion', 'county_decided', 'announced', 'entered',"
    " 'measure', 'feedback', 'finished'"
)
DETAILS = (
    "'class_1', 'class_2', 'class_3', 'class_4', 'scattered', 'together', 'urgent', 'expense', 'orphan', 'unsupported',"
    " 'living', 'nursing'"
)
RELATIONS = (
    "'head', 'spouse', 'son', 'daughter', 'father', 'mother', 'daughter_in_law', 'grandson', 'granddaughter',"
    " 'son_in_law', 'grandson_by_daughter', 'granddaughter_by_daughter', 'father_in_law', 'mother_in_law',"
    " 'husbands_father', 'husbands_mother', 'grandfather', 'grandmother', 'maternal_grandfather',"
    " 'maternal_grandmother', 'sibling', 'sibling_in_law', 'great_grandson', 'great_granddaughter', 'nephew',"
    " 'niece', 'uncle', 'other'"
)
NEEDS = (
    "'industry', 'job', 'finance', 'public_job', 'housing', 'water', 'health', 'education', 'security',"
    " 'social', 'care', 'none'"
)

parameter = sa.table(
    "parameter",
    sa.column("key"),
    sa.column("area_code"),
    sa.column("value", sa.JSON),
    sa.column("valid_from_on", sa.Date),
    sa.column("source"),
)


def upgrade() -> None:
    """Add columns that may stay empty, make the tables, add the shipped limits."""
    _columns()
    _procedure_step()
    _material_request()
    _objection()
    _support()
    _limits()


def downgrade() -> None:
    """Without them. The limits stay: yesterday's program does not ask for them."""
    for table in ("support_measure", "support_plan", "objection", "material_request", "procedure_step"):
        op.drop_table(table)
    op.drop_index("ix_routing_queue_due", table_name="routing")
    for name in ("next_due_on", "next_step"):
        op.drop_column("routing", name)
    for name in ("reopened_at", "is_satisfied", "alternative", "starts_on", "people_count", "detail"):
        op.drop_column("decision", name)


def _columns() -> None:
    op.add_column("routing", sa.Column("next_step", sa.String(length=20), nullable=False, server_default=""))
    op.add_column("routing", sa.Column("next_due_on", sa.Date(), nullable=True))
    op.create_index("ix_routing_queue_due", "routing", ["queue", "state", "next_due_on"], unique=False)
    # A constraint on its own column is the one kind that SQLite adds without writing the table anew.
    op.execute(
        "ALTER TABLE decision ADD COLUMN detail VARCHAR(20) DEFAULT '' NOT NULL "
        f"CONSTRAINT ck_decision_detail CHECK (detail = '' OR detail IN ({DETAILS}))"
    )
    op.execute(
        "ALTER TABLE decision ADD COLUMN people_count INTEGER "
        "CONSTRAINT ck_decision_people CHECK (people_count IS NULL OR people_count > 0)"
    )
    op.add_column("decision", sa.Column("starts_on", sa.Date(), nullable=True))
    op.add_column("decision", sa.Column("alternative", sa.Text(), nullable=False, server_default=""))
    op.add_column("decision", sa.Column("is_satisfied", sa.Boolean(), nullable=True))
    op.add_column("decision", sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True))


def _key(table: str, column: str, of: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{of}.id"], name=op.f(f"fk_{table}_{column}_{of}"))


def _procedure_step() -> None:
    op.create_table(
        "procedure_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("routing_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f"step IN ({STEPS})", name=op.f("ck_procedure_step_step")),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on >= happened_on", name=op.f("ck_procedure_step_end_after_start")
        ),
        sa.CheckConstraint("(step = 'public') = (until_on IS NOT NULL)", name=op.f("ck_procedure_step_notice_has_end")),
        sa.CheckConstraint(
            "category <> 'child' OR step <> 'public'", name=op.f("ck_procedure_step_no_notice_of_children")
        ),
        _key("procedure_step", "recorded_by", "user_account"),
        _key("procedure_step", "routing_id", "routing"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_procedure_step")),
    )
    op.create_index(op.f("ix_procedure_step_routing_id"), "procedure_step", ["routing_id"], unique=False)
    stands = sa.text("corrected_at IS NULL")
    op.create_index(
        "uq_procedure_step_standing", "procedure_step", ["routing_id", "category", "step"],
        unique=True, sqlite_where=stands, postgresql_where=stands,
    )  # fmt: skip


def _material_request() -> None:
    op.create_table(
        "material_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("routing_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.String(length=36), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(length=36), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("text <> ''", name=op.f("ck_material_request_says_what")),
        sa.CheckConstraint("(answered_at IS NULL) = (answer = '')", name=op.f("ck_material_request_answer_has_time")),
        _key("material_request", "answered_by", "user_account"),
        _key("material_request", "asked_by", "user_account"),
        _key("material_request", "routing_id", "routing"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material_request")),
    )
    op.create_index(op.f("ix_material_request_routing_id"), "material_request", ["routing_id"], unique=False)
    waits = sa.text("answered_at IS NULL")
    op.create_index(
        "uq_material_request_open", "material_request", ["routing_id"],
        unique=True, sqlite_where=waits, postgresql_where=waits,
    )  # fmt: skip


def _objection() -> None:
    op.create_table(
        "objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("routing_id", sa.Integer(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("raised_by_relation", sa.String(length=30), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.String(length=36), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("case_closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(f"raised_by_relation IN ({RELATIONS})", name=op.f("ck_objection_relation")),
        sa.CheckConstraint("outcome IS NULL OR outcome IN ('upheld', 'reopened')", name=op.f("ck_objection_outcome")),
        sa.CheckConstraint("(outcome IS NULL) = (answered_at IS NULL)", name=op.f("ck_objection_answer_has_time")),
        sa.CheckConstraint("(outcome IS NULL) = (answered_on IS NULL)", name=op.f("ck_objection_answer_has_day")),
        sa.CheckConstraint("outcome IS NULL OR answer <> ''", name=op.f("ck_objection_answer_has_words")),
        sa.CheckConstraint("text <> ''", name=op.f("ck_objection_says_what")),
        sa.CheckConstraint("due_on >= raised_on", name=op.f("ck_objection_due_after_raised")),
        sa.CheckConstraint(
            "answered_on IS NULL OR answered_on >= raised_on", name=op.f("ck_objection_answered_after_raised")
        ),
        _key("objection", "answered_by", "user_account"),
        _key("objection", "case_id", "verification_case"),
        _key("objection", "recorded_by", "user_account"),
        _key("objection", "routing_id", "routing"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
    )
    op.create_index(op.f("ix_objection_case_id"), "objection", ["case_id"], unique=False)
    op.create_index(op.f("ix_objection_routing_id"), "objection", ["routing_id"], unique=False)
    is_open = sa.text("outcome IS NULL")
    where = {"sqlite_where": is_open, "postgresql_where": is_open}
    op.create_index("uq_objection_open", "objection", ["routing_id"], unique=True, **where)
    op.create_index("ix_objection_open_due", "objection", ["due_on", "id"], unique=False, **where)


def _support() -> None:
    op.create_table(
        "support_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("routing_id", sa.Integer(), nullable=False),
        sa.Column("labour", sa.String(length=10), nullable=False),
        sa.Column("needs", sa.JSON(), nullable=False),
        sa.Column("responsible", sa.String(length=60), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("planned_by", sa.String(length=36), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("labour IN ('able', 'weak', 'none')", name=op.f("ck_support_plan_labour")),
        _key("support_plan", "planned_by", "user_account"),
        _key("support_plan", "routing_id", "routing"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_plan")),
        sa.UniqueConstraint("routing_id", name=op.f("uq_support_plan_routing_id")),
    )
    op.create_table(
        "support_measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("routing_id", sa.Integer(), nullable=False),
        sa.Column("need", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("responsible", sa.String(length=60), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("funds_fen", sa.Integer(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(length=36), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"need IN ({NEEDS})", name=op.f("ck_support_measure_need")),
        sa.CheckConstraint("text <> ''", name=op.f("ck_support_measure_says_what")),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_support_measure_end_after_start")),
        sa.CheckConstraint("done_on IS NULL OR done_on >= starts_on", name=op.f("ck_support_measure_done_after_start")),
        sa.CheckConstraint("funds_fen IS NULL OR funds_fen >= 0", name=op.f("ck_support_measure_funds")),
        _key("support_measure", "recorded_by", "user_account"),
        _key("support_measure", "routing_id", "routing"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_measure")),
    )
    op.create_index(op.f("ix_support_measure_routing_id"), "support_measure", ["routing_id"], unique=False)


def _limits() -> None:
    there = sa.select(parameter.c.key, parameter.c.valid_from_on).where(parameter.c.area_code == PROVINCE)
    known = {(key, day) for key, day in op.get_bind().execute(there)}
    shipped = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    rows = [{"area_code": PROVINCE, **row} for row in shipped if _key_of(row) not in known]
    if rows:
        op.bulk_insert(parameter, rows)


def _key_of(row: dict) -> tuple[str, date]:
    return row["key"], row["valid_from_on"]
