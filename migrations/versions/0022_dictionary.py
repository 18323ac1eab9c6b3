"""字典: a county's own words for codes. Until it writes one the standard words hold, so nothing is filled in."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """The table of words."""
    name = "dictionary_word"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("county_code", sa.String(length=12), nullable=False),
        sa.Column("book", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("set_by", sa.String(length=36), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("label <> ''", name=op.f(f"ck_{name}_label")),
        sa.ForeignKeyConstraint(["county_code"], ["area.code"], name=op.f(f"fk_{name}_county_code_area")),
        sa.ForeignKeyConstraint(["set_by"], ["user_account.id"], name=op.f(f"fk_{name}_set_by_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("county_code", "book", "code", name=op.f(f"uq_{name}_county_code_book_code")),
    )


def downgrade() -> None:
    """Without it; the standard words hold everywhere."""
    op.drop_table("dictionary_word")
