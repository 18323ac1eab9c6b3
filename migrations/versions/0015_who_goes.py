"""Who goes to a household: near relatives who do not, who stands in, why somebody goes instead of another; 联合研判."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

INSTANT = sa.DateTime(timezone=True)
RELATIONS = (
    "'head', 'spouse', 'son', 'daughter', 'father', 'mother', 'daughter_in_law', 'grandson', 'granddaughter',"
    " 'son_in_law', 'grandson_by_daughter', 'granddaughter_by_daughter', 'father_in_law', 'mother_in_law',"
    " 'husbands_father', 'husbands_mother', 'grandfather', 'grandmother', 'maternal_grandfather',"
    " 'maternal_grandmother', 'sibling', 'sibling_in_law', 'great_grandson', 'great_granddaughter', 'nephew',"
    " 'niece', 'uncle', 'other'"
)


def upgrade() -> None:
    """A column that is empty for what there is, and the tables."""
    op.add_column("assignment", sa.Column("reason", sa.String(length=100), nullable=False, server_default=""))
    _kin_filing()
    _cover()
    _joint_opinion()


def downgrade() -> None:
    """Without them. Raises RuntimeError while a 近亲属备案 stands: whom the law keeps away is not forgotten."""
    count = op.get_bind().execute(sa.text("SELECT count(*) FROM kin_filing WHERE withdrawn_at IS NULL")).scalar()
    if count:
        raise RuntimeError(f"{count} filings of near relatives would be lost: restore a backup instead")
    op.drop_table("joint_opinion")
    op.drop_table("cover")
    op.drop_table("kin_filing")
    op.drop_column("assignment", "reason")


def _key(table: str, column: str, of: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{of}.id"], name=op.f(f"fk_{table}_{column}_{of}"))


def _kin_filing() -> None:
    op.create_table(
        "kin_filing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("person_lookup", sa.String(length=43), nullable=True),
        sa.Column("user_id", sa.String(length=36), nullable=True),
        sa.Column("relative_name", sa.String(length=40), nullable=False),
        sa.Column("relation", sa.String(length=30), nullable=False),
        sa.Column("filed_by", sa.String(length=36), nullable=False),
        sa.Column("filed_at", INSTANT, nullable=False),
        sa.Column("withdrawn_by", sa.String(length=36), nullable=True),
        sa.Column("withdrawn_at", INSTANT, nullable=True),
        sa.CheckConstraint(f"relation IN ({RELATIONS})", name=op.f("ck_kin_filing_relation")),
        sa.CheckConstraint("(user_id IS NULL) = (relative_name <> '')", name=op.f("ck_kin_filing_names_one")),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name=op.f("ck_kin_filing_withdrawn_by_somebody")
        ),
        _key("kin_filing", "case_id", "verification_case"),
        _key("kin_filing", "user_id", "user_account"),
        _key("kin_filing", "filed_by", "user_account"),
        _key("kin_filing", "withdrawn_by", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kin_filing")),
    )
    for name in ("case_id", "person_lookup"):
        op.create_index(op.f(f"ix_kin_filing_{name}"), "kin_filing", [name])
    stands = sa.text("withdrawn_at IS NULL")
    op.create_index(
        "uq_kin_filing_standing", "kin_filing", ["case_id", "user_id"],
        unique=True, sqlite_where=stands, postgresql_where=stands,
    )  # fmt: skip


def _cover() -> None:
    op.create_table(
        "cover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=False),
        sa.Column("stand_in_id", sa.String(length=36), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("set_by", sa.String(length=36), nullable=False),
        sa.Column("set_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_cover_end_after_start")),
        sa.CheckConstraint("user_id <> stand_in_id", name=op.f("ck_cover_somebody_else")),
        _key("cover", "user_id", "user_account"),
        _key("cover", "stand_in_id", "user_account"),
        _key("cover", "set_by", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cover")),
    )
    for name in ("user_id", "stand_in_id"):
        op.create_index(op.f(f"ix_cover_{name}"), "cover", [name])


def _joint_opinion() -> None:
    op.create_table(
        "joint_opinion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("visit_id", sa.String(length=36), nullable=False),
        sa.Column("office", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("given_by", sa.String(length=36), nullable=False),
        sa.Column("given_at", INSTANT, nullable=False),
        _key("joint_opinion", "case_id", "verification_case"),
        _key("joint_opinion", "visit_id", "visit"),
        _key("joint_opinion", "given_by", "user_account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_opinion")),
        sa.UniqueConstraint("visit_id", "office", name=op.f("uq_joint_opinion_visit_id_office")),
    )
    op.create_index(op.f("ix_joint_opinion_case_id"), "joint_opinion", ["case_id"])
