"""消息 about 急难 and about the two days before a deadline."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

OLD = (
    "new_warnings", "to_review", "routed", "routing_returned", "materials_asked", "materials_answered",
    "petition_asked", "petition_answered", "objection_raised", "supervision_issued", "supervision_answered",
    "exchange_recorded", "due_today", "overdue",
)  # fmt: skip
NEW = ("due_tomorrow", "due_in_two_days", "urgent")


def upgrade() -> None:
    """Let messages be of the new kinds."""
    _swap_check((*OLD, *NEW))


def downgrade() -> None:
    """Without them: they told what other pages tell, too."""
    kinds = ", ".join(map(repr, NEW))
    op.execute(
        sa.text(f"DELETE FROM message_reading WHERE message_id IN (SELECT id FROM message WHERE kind IN ({kinds}))")
    )
    op.execute(sa.text(f"DELETE FROM message WHERE kind IN ({kinds})"))
    _swap_check(OLD)


def _swap_check(kinds: tuple[str, ...]) -> None:
    name = op.f("ck_message_kind")
    with op.batch_alter_table("message") as table:
        table.drop_constraint(name, type_="check")
        table.create_check_constraint(name, sa.text(f"kind IN ({', '.join(map(repr, kinds))})"))
