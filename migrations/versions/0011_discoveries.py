"""主动发现: households that nobody declared, with the case id that a phone made for them.

The kinds of items are read from the table and one is added, so that this may follow any other new kind.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

INSTANT = sa.DateTime(timezone=True)
KIND = "discovery"


def upgrade() -> None:
    """Room for them; what is there stays as it is."""
    op.add_column("verification_case", sa.Column("is_found", sa.Boolean(), nullable=False, server_default=sa.false()))
    _set_kinds([*_kinds(), KIND])
    op.create_table(
        "discovery",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.Column("item_id", sa.String(length=36), nullable=True),
        sa.Column("found_at", INSTANT, nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("told_text_sealed", sa.Text(), nullable=False),
        sa.Column("roster_code", sa.String(length=3), nullable=True),
        sa.Column("roster_reason", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["verification_case.id"], name=op.f("fk_discovery_case_id_verification_case")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name=op.f("fk_discovery_author_id_user_account")),
        sa.ForeignKeyConstraint(["item_id"], ["inbox_item.id"], name=op.f("fk_discovery_item_id_inbox_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discovery")),
        sa.UniqueConstraint("item_id", name=op.f("uq_discovery_item_id")),
    )
    for name in ("case_id", "author_id"):
        op.create_index(op.f(f"ix_discovery_{name}"), "discovery", [name])


def downgrade() -> None:
    """Without them. Raises RuntimeError while there is one: none is thrown away."""
    count = op.get_bind().execute(sa.text(f"SELECT count(*) FROM inbox_item WHERE kind = '{KIND}'")).scalar()
    if count:
        raise RuntimeError(f"{count} discoveries would be lost: restore a backup instead")
    op.drop_table("discovery")
    _set_kinds([kind for kind in _kinds() if kind != KIND])
    with op.batch_alter_table("verification_case") as table:
        table.drop_column("is_found")


def _kinds() -> list[str]:
    checks = sa.inspect(op.get_bind()).get_check_constraints("inbox_item")
    text = next(check["sqltext"] for check in checks if check["name"] == "ck_inbox_item_kind")
    return re.findall(r"'(\w+)'", text)


def _set_kinds(kinds: list[str]) -> None:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("inbox_item") as table:
        table.drop_constraint(op.f("ck_inbox_item_kind"), type_="check")
        table.create_check_constraint(op.f("ck_inbox_item_kind"), sa.text(f"kind IN ({listed})"))
