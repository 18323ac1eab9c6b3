"""A phone that holds a finished 核查表 is found by an index, among thousands that hold none; counted from what it told."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

INDEX = "ix_device_user_held"
PHONES = sa.table(
    "device_user",
    sa.column("device_id", sa.String),
    sa.column("user_id", sa.String),
    sa.column("heartbeat", sa.JSON),
    sa.column("held_visits", sa.Integer),
)


def upgrade() -> None:
    """The column, its values, the index."""
    op.add_column("device_user", sa.Column("held_visits", sa.Integer(), nullable=False, server_default="0"))
    line = op.get_bind()
    for phone in line.execute(sa.select(PHONES)).all():
        named = (phone.heartbeat or {}).get("unsent_cases") or []
        held = sum(isinstance(case_id, str) for case_id in named)
        if held:
            mine = sa.and_(PHONES.c.device_id == phone.device_id, PHONES.c.user_id == phone.user_id)
            line.execute(sa.update(PHONES).where(mine).values(held_visits=held))
    op.execute(sa.text(f"CREATE INDEX {INDEX} ON device_user (told_at) WHERE held_visits > 0"))


def downgrade() -> None:
    """Without it; the heartbeats know."""
    op.drop_index(INDEX, table_name="device_user")
    op.drop_column("device_user", "held_visits")
