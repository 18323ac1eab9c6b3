"""Work sealed and signed on the phone: enrolled phones, sealed items and photos, drafts given back, notices.

A phone may hand in without a session; what is not proven to be somebody's is quarantined (DESIGN §4).
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

INSTANT = sa.DateTime(timezone=True)
NOW_CHECKED = {
    "inbox_item": {
        "kind": "kind IN ('visit', 'observation', 'attempt', 'urgent', 'draft')",
        "verdict": "verdict IN ('pending', 'applied', 'needs_review', 'quarantined', 'discarded')",
        "content": "sealed IS NOT NULL OR payload_sealed IS NOT NULL",
    },
    "photo": {"state": "state IN ('expected', 'received', 'stored', 'unreadable')"},
}
ONCE_CHECKED = {
    "inbox_item": {
        "kind": "kind IN ('visit', 'observation', 'attempt', 'urgent')",
        "verdict": "verdict IN ('pending', 'applied', 'needs_review', 'quarantined')",
    },
    "photo": {"state": "state IN ('expected', 'stored', 'unreadable')"},
}

NOT_IN_0007 = {
    "inbox_item": "payload_sealed IS NULL OR kind = 'draft'",
    "inbox_conflict": "payload_sealed IS NULL",
    "photo": "state = 'received'",
    "upload": "photo_key IS NOT NULL",
}


def upgrade() -> None:
    """Room for what is sealed; what was handed in plain stays as it is."""
    _widen_items()
    _widen_conflicts()
    with op.batch_alter_table("photo") as table:
        _swap_checks(table, "photo", ONCE_CHECKED, NOW_CHECKED)
    _widen_uploads()
    _widen_devices()
    _make_device_user()
    _make_enrolment_code()
    _make_notice()
    _make_recovered_draft()


def downgrade() -> None:
    """Without it. Raises RuntimeError while there is work that the older tables cannot hold: none is thrown away."""
    _refuse_to_lose()
    for table in ("recovered_draft", "notice", "enrolment_code", "device_user"):
        op.drop_table(table)
    op.execute("UPDATE inbox_item SET verdict = 'quarantined' WHERE verdict = 'discarded'")
    _narrow_devices()
    with op.batch_alter_table("upload") as table:
        for name in ("flag", "device_id", "key_id", "photo_key", "picture_size"):
            table.drop_column(name)
    with op.batch_alter_table("photo") as table:
        _swap_checks(table, "photo", NOW_CHECKED, ONCE_CHECKED)
    with op.batch_alter_table("inbox_conflict") as table:
        table.alter_column("payload_sealed", existing_type=sa.Text(), nullable=False)
        for name in ("author_id", "key_id", "sealed"):
            table.drop_column(name)
    _narrow_items()


def _refuse_to_lose() -> None:
    for table, condition in NOT_IN_0007.items():
        count = op.get_bind().execute(sa.text(f"SELECT count(*) FROM {table} WHERE {condition}")).scalar()
        if count:
            raise RuntimeError(f"{count} rows of {table} would be lost ({condition}): restore a backup instead")


def _swap_checks(batch, table: str, before: dict, after: dict) -> None:
    for name in before[table]:
        batch.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
    for name, text in after[table].items():
        batch.create_check_constraint(op.f(f"ck_{table}_{name}"), sa.text(text))


def _widen_items() -> None:
    with op.batch_alter_table("inbox_item") as table:
        table.alter_column("payload_sealed", existing_type=sa.Text(), nullable=True)
        table.add_column(sa.Column("sealed", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("key_id", sa.String(length=8), nullable=True))
        table.add_column(sa.Column("author_id", sa.String(length=36), nullable=True))
        table.add_column(sa.Column("flag", sa.String(length=40), nullable=False, server_default=""))
        table.add_column(sa.Column("carried_by_id", sa.String(length=36), nullable=True))
        table.add_column(sa.Column("settled_by_id", sa.String(length=36), nullable=True))
        table.add_column(sa.Column("settled_at", INSTANT, nullable=True))
        table.add_column(sa.Column("settlement", sa.Text(), nullable=False, server_default=""))
        for name in ("carried_by_id", "settled_by_id"):
            table.create_foreign_key(op.f(f"fk_inbox_item_{name}_user_account"), "user_account", [name], ["id"])
        _swap_checks(table, "inbox_item", ONCE_CHECKED, NOW_CHECKED)
        table.create_index("ix_inbox_item_verdict", ["verdict", "received_at"])


def _narrow_items() -> None:
    with op.batch_alter_table("inbox_item") as table:
        table.drop_index("ix_inbox_item_verdict")
        _swap_checks(table, "inbox_item", NOW_CHECKED, ONCE_CHECKED)
        for name in ("settled_by_id", "carried_by_id"):
            table.drop_constraint(op.f(f"fk_inbox_item_{name}_user_account"), type_="foreignkey")
        for name in ("settlement", "settled_at", "settled_by_id", "carried_by_id", "flag", "author_id", "key_id",
                     "sealed"):  # fmt: skip
            table.drop_column(name)
        table.alter_column("payload_sealed", existing_type=sa.Text(), nullable=False)


def _widen_conflicts() -> None:
    with op.batch_alter_table("inbox_conflict") as table:
        table.alter_column("payload_sealed", existing_type=sa.Text(), nullable=True)
        table.add_column(sa.Column("sealed", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("key_id", sa.String(length=8), nullable=True))
        table.add_column(sa.Column("author_id", sa.String(length=36), nullable=True))


def _widen_uploads() -> None:
    with op.batch_alter_table("upload") as table:
        table.add_column(sa.Column("picture_size", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("photo_key", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("key_id", sa.String(length=8), nullable=True))
        table.add_column(sa.Column("device_id", sa.String(length=36), nullable=True))
        table.add_column(sa.Column("flag", sa.String(length=40), nullable=False, server_default=""))
    op.execute("UPDATE upload SET picture_size = length")


def _widen_devices() -> None:
    with op.batch_alter_table("device") as table:
        table.add_column(sa.Column("enrolled_at", INSTANT, nullable=True))
        table.add_column(sa.Column("enrolled_by_id", sa.String(length=36), nullable=True))
        table.add_column(sa.Column("revoked_by_id", sa.String(length=36), nullable=True))
        table.add_column(sa.Column("revocation_reason", sa.Text(), nullable=False, server_default=""))
        for name in ("enrolled_by_id", "revoked_by_id"):
            table.create_foreign_key(op.f(f"fk_device_{name}_user_account"), "user_account", [name], ["id"])


def _narrow_devices() -> None:
    with op.batch_alter_table("device") as table:
        for name in ("enrolled_by_id", "revoked_by_id"):
            table.drop_constraint(op.f(f"fk_device_{name}_user_account"), type_="foreignkey")
        for name in ("revocation_reason", "revoked_by_id", "enrolled_by_id", "enrolled_at"):
            table.drop_column(name)


def _make_device_user() -> None:
    op.create_table(
        "device_user",
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("bound_at", INSTANT, nullable=True),
        sa.Column("told_at", INSTANT, nullable=True),
        sa.Column("heartbeat", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_device_user_device_id_device")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_device_user_user_id_user_account")),
        sa.PrimaryKeyConstraint("device_id", "user_id", name=op.f("pk_device_user")),
    )


def _make_enrolment_code() -> None:
    op.create_table(
        "enrolment_code",
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("made_by_id", sa.String(length=36), nullable=False),
        sa.Column("code_lookup", sa.String(length=43), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("wrong_tries", sa.Integer(), nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.Column("device_id", sa.String(length=36), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_enrolment_code_user_id_user_account")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["user_account.id"], name=op.f("fk_enrolment_code_made_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["device_id"], ["device.id"], name=op.f("fk_enrolment_code_device_id_device")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_code")),
    )
    op.create_index(op.f("ix_enrolment_code_user_id"), "enrolment_code", ["user_id"])


def _make_notice() -> None:
    op.create_table(
        "notice",
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("told_at", INSTANT, nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.CheckConstraint(
            "kind IN ('late_contribution', 'kept_beside', 'accepted', 'attached', 'discarded', 'restored')",
            name=op.f("ck_notice_kind"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_notice_user_id_user_account")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["verification_case.id"], name=op.f("fk_notice_case_id_verification_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index(op.f("ix_notice_user_id"), "notice", ["user_id"])
    op.create_index(op.f("ix_notice_case_id"), "notice", ["case_id"])


def _make_recovered_draft() -> None:
    op.create_table(
        "recovered_draft",
        sa.Column("item_id", sa.String(length=36), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("purpose", sa.String(length=12), nullable=False),
        sa.Column("base_revision", sa.Integer(), nullable=False),
        sa.Column("started_at", INSTANT, nullable=True),
        sa.Column("saved_at", INSTANT, nullable=False),
        sa.Column("fields_text_sealed", sa.String(), nullable=False),
        sa.Column("taken_at", INSTANT, nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["inbox_item.id"], name=op.f("fk_recovered_draft_item_id_inbox_item")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user_account.id"], name=op.f("fk_recovered_draft_author_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["verification_case.id"], name=op.f("fk_recovered_draft_case_id_verification_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovered_draft")),
        sa.UniqueConstraint("item_id", name=op.f("uq_recovered_draft_item_id")),
    )
    for name in ("author_id", "case_id"):
        op.create_index(op.f(f"ix_recovered_draft_{name}"), "recovered_draft", [name])
