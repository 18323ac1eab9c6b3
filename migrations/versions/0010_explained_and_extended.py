"""What is explained and signed on the phone, 延期 and 作废 that the county grants, and how long one may object."""

from pathlib import Path

import sqlalchemy as sa
import yaml
from alembic import op

revision = "0010"
down_revision = "0009"

INSTANT = sa.DateTime(timezone=True)
SHIPPED = Path(__file__).parents[2] / "backend" / "reference" / "objection.yaml"
PROVINCE = "62"
OPEN = sa.text("state = 'asked'")
KINDS = "kind IN ('visit', 'observation', 'attempt', 'urgent', {}'draft')"
NOTICES = "kind IN ('late_contribution', 'kept_beside', 'accepted', 'attached', 'discarded', 'restored'{})"
NEW_NOTICES = ", 'extension_approved', 'extension_refused'"
CASE_CHECKS = {
    "extension_is_later": "extended_until_at IS NULL OR extended_until_at > due_at",
    "void_is_closed": "voided_at IS NULL OR stage = 'closed'",
}
NOT_IN_0009 = {
    "inbox_item": "kind IN ('explanation', 'extension')",
    "extension": "1 = 1",
    "voiding": "1 = 1",
}

parameter = sa.table(
    "parameter",
    sa.column("key"),
    sa.column("area_code"),
    sa.column("value", sa.JSON),
    sa.column("valid_from_on", sa.Date),
    sa.column("source"),
)


def upgrade() -> None:
    """Columns, two tables and the shipped rows that are not there."""
    _swap_check("inbox_item", KINDS.format("'explanation', 'extension', "))
    _swap_check("notice", NOTICES.format(NEW_NOTICES))
    with op.batch_alter_table("verification_case") as table:
        table.add_column(sa.Column("extended_until_at", INSTANT, nullable=True))
        table.add_column(sa.Column("voided_at", INSTANT, nullable=True))
        for name, text in CASE_CHECKS.items():
            table.create_check_constraint(op.f(f"ck_verification_case_{name}"), sa.text(text))
    _widen_explanations()
    for name, own in (("extension", _extension_columns()), ("voiding", _voiding_columns())):
        _petition(name, own)
    _ship()
    # Phones hear only of changes: these cases now say more than what they have.
    op.execute(
        "UPDATE verification_case SET revision = revision + 1 "
        "WHERE stage = 'routed' OR id IN (SELECT case_id FROM attempt)"
    )


def downgrade() -> None:
    """Without it. Raises RuntimeError while there is work that the older tables cannot hold: none is thrown away."""
    for table, condition in NOT_IN_0009.items():
        count = op.get_bind().execute(sa.text(f"SELECT count(*) FROM {table} WHERE {condition}")).scalar()
        if count:
            raise RuntimeError(f"{count} rows of {table} would be lost ({condition}): restore a backup instead")
    for name in ("voiding", "extension"):
        op.drop_table(name)
    with op.batch_alter_table("photo") as table:
        table.drop_index(op.f("ix_photo_explanation_id"))
        table.drop_constraint(op.f("fk_photo_explanation_id_explanation"), type_="foreignkey")
        table.drop_column("explanation_id")
    with op.batch_alter_table("explanation") as table:
        table.drop_constraint(op.f("uq_explanation_item_id"), type_="unique")
        table.drop_constraint(op.f("fk_explanation_item_id_inbox_item"), type_="foreignkey")
        for name in ("signature_text_sealed", "object_until_on", "photos_expected", "is_beside", "item_id"):
            table.drop_column(name)
    with op.batch_alter_table("verification_case") as table:
        for name in CASE_CHECKS:
            table.drop_constraint(op.f(f"ck_verification_case_{name}"), type_="check")
        table.drop_column("voided_at")
        table.drop_column("extended_until_at")
    op.execute("DELETE FROM notice WHERE kind IN ('extension_approved', 'extension_refused')")
    _swap_check("notice", NOTICES.format(""))
    _swap_check("inbox_item", KINDS.format(""))


def _swap_check(table_name: str, text: str) -> None:
    with op.batch_alter_table(table_name) as table:
        table.drop_constraint(op.f(f"ck_{table_name}_kind"), type_="check")
        table.create_check_constraint(op.f(f"ck_{table_name}_kind"), sa.text(text))


def _widen_explanations() -> None:
    with op.batch_alter_table("explanation") as table:
        table.add_column(sa.Column("item_id", sa.String(length=36), nullable=True))
        table.add_column(sa.Column("is_beside", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("photos_expected", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("object_until_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("signature_text_sealed", sa.String(), nullable=True))
        table.create_foreign_key(op.f("fk_explanation_item_id_inbox_item"), "inbox_item", ["item_id"], ["id"])
        table.create_unique_constraint(op.f("uq_explanation_item_id"), ["item_id"])
    with op.batch_alter_table("photo") as table:
        table.add_column(sa.Column("explanation_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_photo_explanation_id_explanation"), "explanation", ["explanation_id"], ["id"])
        table.create_index(op.f("ix_photo_explanation_id"), ["explanation_id"])


def _extension_columns() -> list:
    return [
        sa.Column("item_id", sa.String(length=36), nullable=True),
        sa.Column("until_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["inbox_item.id"], name=op.f("fk_extension_item_id_inbox_item")),
        sa.UniqueConstraint("item_id", name=op.f("uq_extension_item_id")),
    ]


def _voiding_columns() -> list:
    codes = "'not_found', 'dead', 'moved', 'not_declarer', 'withdrawn', 'mistake'"
    return [
        sa.Column("reason_code", sa.String(length=20), nullable=False),
        sa.CheckConstraint(f"reason_code IN ({codes})", name=op.f("ck_voiding_reason_code")),
    ]


def _petition(name: str, own: list) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("asked_by", sa.String(length=36), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("reason_sealed", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=False),
        *own,
        sa.CheckConstraint(
            "state IN ('asked', 'approved', 'refused', 'replaced', 'unfit')", name=op.f(f"ck_{name}_state")
        ),
        sa.CheckConstraint(
            "(state IN ('approved', 'refused')) = (decided_at IS NOT NULL)", name=op.f(f"ck_{name}_decided_has_time")
        ),
        sa.CheckConstraint("state <> 'refused' OR decision_note <> ''", name=op.f(f"ck_{name}_refusal_has_reason")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["verification_case.id"], name=op.f(f"fk_{name}_case_id_verification_case")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["user_account.id"], name=op.f(f"fk_{name}_asked_by_user_account")),
        sa.ForeignKeyConstraint(["decided_by"], ["user_account.id"], name=op.f(f"fk_{name}_decided_by_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_case_id"), name, ["case_id"], unique=False)
    op.create_index(f"uq_{name}_open", name, ["case_id"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)


def _ship() -> None:
    there = sa.select(parameter.c.key, parameter.c.valid_from_on).where(parameter.c.area_code == PROVINCE)
    known = {(key, day) for key, day in op.get_bind().execute(there)}
    shipped = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    rows = [{"area_code": PROVINCE, **row} for row in shipped if (row["key"], row["valid_from_on"]) not in known]
    if rows:
        op.bulk_insert(parameter, rows)
