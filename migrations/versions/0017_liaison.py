"""联络员, 通报 between offices, 消息 to desk users, 群通知. Messages begin with what happens from now on."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

INSTANT = sa.DateTime(timezone=True)
IN_DUTY = sa.text("valid_until_on IS NULL")
KINDS = (
    "new_warnings", "to_review", "routed", "routing_returned", "materials_asked", "materials_answered",
    "petition_asked", "petition_answered", "objection_raised", "supervision_issued", "supervision_answered",
    "exchange_recorded", "due_today", "overdue",
)  # fmt: skip
ROLES = (
    "grid_worker", "work_team", "assistance_aide", "township_coordinator", "county_relapse_prevention",
    "county_social_assistance", "line_department", "city_supervisor", "province_supervisor", "administrator",
)  # fmt: skip


def upgrade() -> None:
    """Add the tables, and the mark at the newest event."""
    _liaison()
    _exchange()
    _messages()
    _webhook()
    op.execute("INSERT INTO message_mark (id, event_id) SELECT 1, COALESCE(MAX(id), 0) FROM event")


def downgrade() -> None:
    """Drop them. Raises RuntimeError while somebody stands in the directory: that is nowhere else."""
    if op.get_bind().execute(sa.text("SELECT count(*) FROM liaison")).scalar():
        raise RuntimeError("the directory of liaisons would be lost: restore a backup instead")
    for name in ("webhook", "message_mark", "message_reading", "message", "exchange", "liaison"):
        op.drop_table(name)


def _key(table: str, column: str, target: str, target_column: str = "id") -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.{target_column}"], name=name)


def _indexed(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _one_of(column: str, codes: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(map(repr, codes))})"


def _liaison() -> None:
    op.create_table(
        "liaison",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("area_code", sa.String(length=12), nullable=False),
        sa.Column("unit", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=40), nullable=False),
        sa.Column("duty", sa.String(length=1), nullable=False),
        sa.Column("office_phone_sealed", sa.String()),
        sa.Column("mobile_sealed", sa.String()),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("valid_from_on", sa.Date(), nullable=False),
        sa.Column("valid_until_on", sa.Date()),
        sa.Column("changed_by", sa.String(length=36), nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.CheckConstraint("duty IN ('A', 'B')", name=op.f("ck_liaison_duty")),
        sa.CheckConstraint("unit <> '' AND name <> ''", name=op.f("ck_liaison_says_who")),
        sa.CheckConstraint(
            "mobile_sealed IS NOT NULL OR office_phone_sealed IS NOT NULL", name=op.f("ck_liaison_can_be_rung")
        ),
        sa.CheckConstraint(
            "valid_until_on IS NULL OR valid_until_on >= valid_from_on", name=op.f("ck_liaison_ends_after_start")
        ),
        _key("liaison", "area_code", "area", "code"),
        _key("liaison", "changed_by", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_liaison")),
    )
    _indexed("liaison", "area_code")
    op.create_index(
        "uq_liaison_in_duty", "liaison", ["area_code", "unit", "duty"], unique=True,
        sqlite_where=IN_DUTY, postgresql_where=IN_DUTY,
    )  # fmt: skip


def _exchange() -> None:
    op.create_table(
        "exchange",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("from_area_code", sa.String(length=12), nullable=False),
        sa.Column("to_area_code", sa.String(length=12), nullable=False),
        sa.Column("to_liaison_id", sa.String(length=36), nullable=False),
        sa.Column("to_words", sa.String(length=130), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("told_by", sa.String(length=36), nullable=False),
        sa.Column("told_at", INSTANT, nullable=False),
        sa.Column("reply_by_on", sa.Date()),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(length=36)),
        sa.Column("answered_at", INSTANT),
        sa.CheckConstraint("matter <> ''", name=op.f("ck_exchange_says_what")),
        sa.CheckConstraint("(answered_at IS NULL) = (answer = '')", name=op.f("ck_exchange_answer_has_time")),
        sa.CheckConstraint("(answered_at IS NULL) = (answered_by IS NULL)", name=op.f("ck_exchange_answer_has_author")),
        _key("exchange", "from_area_code", "area", "code"),
        _key("exchange", "to_area_code", "area", "code"),
        _key("exchange", "to_liaison_id", "liaison"),
        _key("exchange", "told_by", "user_account"),
        _key("exchange", "answered_by", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange")),
    )
    _indexed("exchange", "from_area_code", "to_area_code", "to_liaison_id")


def _messages() -> None:
    op.create_table(
        "message",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("area_code", sa.String(length=12), nullable=False),
        sa.Column("queue", sa.String(length=20)),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.CheckConstraint(_one_of("kind", KINDS), name=op.f("ck_message_kind")),
        sa.CheckConstraint(_one_of("role", ROLES), name=op.f("ck_message_role")),
        _key("message", "area_code", "area", "code"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("key", name=op.f("uq_message_key")),
    )
    op.create_index("ix_message_addressee", "message", ["role", "area_code", "made_at"], unique=False)
    op.create_table(
        "message_reading",
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("read_at", INSTANT, nullable=False),
        _key("message_reading", "message_id", "message"),
        _key("message_reading", "user_id", "user_account"),
        sa.PrimaryKeyConstraint("message_id", "user_id", name=op.f("pk_message_reading")),
    )
    _indexed("message_reading", "user_id")
    op.create_table(
        "message_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_mark")),
    )


def _webhook() -> None:
    faults = _one_of("fault", ("unreachable", "not_allowed", "refused"))
    op.create_table(
        "webhook",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("area_code", sa.String(length=12), nullable=False),
        sa.Column("address_sealed", sa.String(), nullable=False),
        sa.Column("secret_sealed", sa.String()),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("sent_on", sa.Date()),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(length=20)),
        sa.Column("failed_at", INSTANT),
        sa.Column("next_try_at", INSTANT),
        sa.Column("changed_by", sa.String(length=36), nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.CheckConstraint(f"fault IS NULL OR {faults}", name=op.f("ck_webhook_fault")),
        sa.CheckConstraint("failures >= 0", name=op.f("ck_webhook_failures")),
        _key("webhook", "area_code", "area", "code"),
        _key("webhook", "changed_by", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook")),
        sa.UniqueConstraint("area_code", name=op.f("uq_webhook_area_code")),
    )
