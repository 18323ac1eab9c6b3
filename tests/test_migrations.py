"""The numbered migrations make exactly the tables of the models, on an empty database and back."""

from datetime import timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, inspect, select, text

from backend import clock, create_app
from backend.config import Settings
from backend.domain import decision, formal_steps, routing
from backend.models import Area, Message, ProcedureStep, Routing, db
from tests.desk.phones import phone_of, tell
from tests.factories import accepted_routing
from tests.house import ROOT
from tests.postgres import on_both


# Alembic cannot read them back from SQLite; whether lists use them is for tests/desk/test_quick.py.
@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified expression-based index")
@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")
def test_the_tables_are_those_of_the_models(app):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_gansus_areas_come_with_the_migration(app):
    counts = dict(db.session.execute(select(Area.level, func.count()).group_by(Area.level)).all())
    assert counts == {"province": 1, "city": 14, "county": 88, "township": 1403, "village": 17718}
    county = select(func.count()).select_from(Area).where(Area.parent_code.startswith("620525"))
    assert db.session.scalar(county.where(Area.level == "township")) == 15
    assert db.session.scalar(county.where(Area.level == "village")) == 261


def test_sqlite_is_given_no_statistics(app):
    """With them SQLite 3.40 answers `key IN … AND area_code IN … AND valid_from_on <= …` with later rows, too."""
    assert "sqlite_stat1" not in set(db.session.scalars(text("SELECT name FROM sqlite_master")))


def test_every_migration_can_be_undone(tmp_path):
    app = create_app(Settings(mode="test", data=tmp_path, database_url=f"sqlite:///{tmp_path / 'x.sqlite3'}"))
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        downgrade(directory=str(ROOT / "migrations"), revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        db.engine.dispose()


def test_writes_are_durable_and_readers_do_not_wait(app):
    with db.engine.connect() as connection:
        pragma = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in
                  ("journal_mode", "synchronous", "foreign_keys")}  # fmt: skip
    assert pragma == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_new_kinds_of_message_go_with_their_migration(app, cast):
    """0024: what older kinds told stays when it is undone."""
    words = {"role": "township_coordinator", "area_code": "620525102", "facts": {"n": 1}, "made_at": clock.now()}
    for kind in ("urgent", "overdue"):
        db.session.add(Message(key=kind, kind=kind, **words))
    db.session.commit()
    downgrade(directory=str(ROOT / "migrations"), revision="0023")
    assert db.session.scalars(text("SELECT kind FROM message")).all() == ["overdue"]
    db.session.commit()
    upgrade(directory=str(ROOT / "migrations"), revision="0024")


def test_what_phones_told_before_is_counted(app, cast):
    """0023: a phone that holds visits stands in its index at once, not only after its next word."""
    holder, other = phone_of(cast.mi_jianjun), phone_of(cast.ding_zhiqiang)
    tell(holder, cast.mi_jianjun, unsent_cases=["c1", "c2"])
    tell(other, cast.ding_zhiqiang, unsent_cases=[])
    phones = {holder.id: 2, other.id: 0}
    db.session.commit()
    downgrade(directory=str(ROOT / "migrations"), revision="0022")
    upgrade(directory=str(ROOT / "migrations"), revision="0023")
    held = dict(db.session.execute(text("SELECT device_id, held_visits FROM device_user")).all())
    assert held == phones


def test_an_office_from_before_gets_the_lines_of_income(app):
    """0033: every line of both definitions, and what a county had set stays its own."""
    db.session.execute(text("DELETE FROM parameter WHERE key LIKE 'counts_%' AND key <> 'counts_dibao_T5'"))
    db.session.execute(text("UPDATE parameter SET source = '县里定' WHERE key = 'counts_dibao_T5'"))
    db.session.commit()
    downgrade(directory=str(ROOT / "migrations"), revision="0031")
    upgrade(directory=str(ROOT / "migrations"), revision="0033")
    there = db.session.execute(text("SELECT key, source FROM parameter WHERE key LIKE 'counts_%'")).all()
    assert len({key for key, _ in there}) == 45
    assert dict(there)["counts_dibao_T5"] == "县里定"


@on_both
def test_what_was_finished_before_knows_when_it_ended(app, cast):
    """0034: by its result, its return or its withdrawal; what is open has not ended. Steps stay, and 公示异议 fits in."""
    days = {}
    for number, end in enumerate((None, "decided", "returned", "withdrawn")):
        with clock.standing_at(clock.now() - timedelta(days=9 - number)):
            one = accepted_routing(cast, cast.tuo_fuying, to={"social_assistance": ["dibao"]})
            formal_steps.record_step(one, category="dibao", step="check_started", happened_on=formal_steps.today(), actor=cast.tuo_fuying)  # fmt: skip
        with clock.standing_at(clock.now() - timedelta(days=5 - number)):
            if end == "decided":
                decision.decide(one, outcome="declined", category="dibao", decided_on=formal_steps.today(),
                                reason_code="income", reason="高于标准", actor=cast.tuo_fuying)  # fmt: skip
            elif end:
                routing.return_to_township(one, reason="缺复印件", actor=cast.tuo_fuying)
            if end == "withdrawn":
                routing.withdraw(one, reason="不用转了", actor=cast.bai_caixia)
        db.session.flush()
        days[one.id] = one.ended_at
    db.session.commit()
    downgrade(directory=str(ROOT / "migrations"), revision="0033")
    upgrade(directory=str(ROOT / "migrations"), revision="0034")
    db.session.expire_all()
    assert {one.id: one.ended_at for one in db.session.query(Routing)} == days
    assert db.session.query(ProcedureStep).count() == 4
    db.session.execute(text("UPDATE procedure_step SET step = 'contested'"))
