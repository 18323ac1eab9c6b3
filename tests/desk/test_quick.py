"""Pages stay light and ask as much of the database however many households a county has (issue D, 7)."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import unescape

import pytest
from sqlalchemy import event

from backend.codebook import Stage
from backend.domain import figures_snapshots
from backend.models import Case, db
from backend.upkeep import count_areas
from tests.bench import province
from tests.cast import COUNTY, GONGMEN
from tests.factories import publish
from tests.postgres import on_both

pytestmark = pytest.mark.slow

HEAVY = 60_000
FULL, SMALL = 2500, 150
# A list that has rows asks for their parts once, one that has none does not.
PARTS = 8
LOOKS = {
    "bai_caixia": ("/today/", "/assignments/", "/reviews/", "/handovers/", "/routings/", "/deposits/", "/devices/",
                   "/devices/people", "/ledgers/", "/messages/", f"/oversight/late?area={GONGMEN}"),
    "mao_zhiqiang": ("/cases/", "/cases/?state=all", "/cases/?due=overdue", "/cases/?state=all&q=%E5%8D%A0", "/routings/",
                     "/petitions/", "/supervision/", "/inspections/", "/spot-checks/", "/liaisons/", "/exchanges/",
                     "/oversight/", "/oversight/late", "/ledgers/"),
    "tuo_fuying": ("/routings/?state=final", "/objections/", "/imports/", "/comparisons/"),
    "zhang_cunying": ("/cases/", "/cases/?state=all", "/oversight/"),
    "tie_jianhua": ("/users/", "/areas/?q=%E6%9D%91", "/devices/"),
}  # fmt: skip


@contextmanager
def hearing(listener: Callable[..., None]) -> Iterator[None]:
    """The listener hears every statement."""
    event.listen(db.engine, "before_cursor_execute", listener)
    yield
    event.remove(db.engine, "before_cursor_execute", listener)


def looked_at(cast, signed_in) -> dict[str, tuple[int, int]]:
    """{address: (bytes of the page, statements it took)}, each page looked at a second time."""
    took: dict[str, tuple[int, int]] = {}
    said: list[str] = []
    with hearing(lambda _c, _k, statement, *_: said.append(statement)):
        for name, addresses in LOOKS.items():
            browser = signed_in(getattr(cast, name))
            for address in addresses:
                led = browser.get(address).location or address
                said.clear()
                answer = browser.get(led)
                assert answer.status_code == 200, address
                took[f"{name} {address}"] = (len(answer.data), len(said))
    return took


def test_pages_are_light_and_ask_no_more_of_a_full_county(app, cast, signed_in):
    province.fill(SMALL, below=COUNTY)
    few = looked_at(cast, signed_in)
    province.fill(FULL, below=COUNTY, start=SMALL)
    many = looked_at(cast, signed_in)
    assert {address: size for address, (size, _) in many.items() if size > HEAVY} == {}
    more = {
        address: (few[address][1], count) for address, (_, count) in many.items() if count > few[address][1] + PARTS
    }
    assert more == {}


@contextmanager
def explaining(*parts: str) -> Iterator[list[str]]:
    """How the database means to answer each statement that has all these parts."""
    plans: list[str] = []
    explain = "EXPLAIN" if db.engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"

    def listen(connection, _cursor, statement, parameters, *_):
        if all(part in statement for part in parts):
            cursor = connection.connection.cursor()
            cursor.execute(f"{explain} {statement}", parameters)
            plans.append(" ".join(str(row) for row in cursor.fetchall()))

    with hearing(listen):
        yield plans


def test_phones_with_nothing_to_hand_in_are_not_read(app, cast, signed_in):
    province.fill(SMALL, below=COUNTY)
    with explaining("device_user", "held_visits") as plans:
        assert signed_in(cast.zhang_cunying).get("/cases/").status_code == 200
    assert plans
    assert all("ix_device_user_held" in plan for plan in plans), plans


@on_both
def test_a_list_is_read_from_an_index_in_its_order(app, cast, signed_in):
    province.fill(SMALL * 4, below=COUNTY)
    is_postgres = db.engine.dialect.name == "postgresql"
    with explaining("verification_case", "ORDER BY coalesce") as plans:
        assert signed_in(cast.mao_zhiqiang).get("/cases/").status_code == 200
    assert plans
    assert all("ix_case_" in plan for plan in plans), plans
    assert is_postgres or not any("TEMP B-TREE" in plan for plan in plans), plans


def test_a_department_reads_its_own_county_from_an_index(app, cast, signed_in):
    province.fill(SMALL * 4, below="62")
    with explaining("FROM routing", "LIMIT") as plans:
        assert signed_in(cast.tuo_fuying).get("/routings/").status_code == 200
    assert plans
    assert all("ix_routing_county_queue (county_code=? AND queue=?" in plan for plan in plans), plans


@on_both
def test_what_is_over_is_read_from_its_newest_on(app, cast, signed_in):
    province.fill(SMALL * 4, below=COUNTY)
    with explaining("FROM routing", "ended_at", "DESC", "LIMIT") as plans:
        mine = signed_in(cast.tuo_fuying)
        first = mine.get("/routings/?state=final").text
        (turn,) = re.findall(r'href="([^"]+after=[^"]+)"', first)
        assert mine.get(unescape(turn)).status_code == 200
    assert len(plans) == 2
    assert all("ix_routing_county_ended" in plan for plan in plans), plans
    assert not any("TEMP B-TREE" in plan for plan in plans), plans


@pytest.mark.parametrize(("name", "address", "asked", "told"), [
    ("bai_caixia", "/ledgers/", "FROM message", "ix_message_addressee (role=? AND area_code>? AND area_code<?)"),
    ("bai_caixia", "/deposits/?state=settled", "settled_at IS NOT NULL", "ix_inbox_item_settled"),
    ("mao_zhiqiang", "/petitions/", "count(*) AS count_1 \nFROM extension", "uq_extension_open"),
    ("zhang_cunying", "/cases/?queue=education", "ORDER BY coalesce", "CORRELATED SCALAR SUBQUERY"),
    ("chen_xiaohong", "/cases/", "ORDER BY coalesce", "ix_routing_county_queue (county_code=? AND queue=?)"),
    ("tie_jianhua", "/users/", "ORDER BY user_account.username", "CORRELATED SCALAR SUBQUERY"),
])  # fmt: skip
def test_what_few_are_asked_for_is_read_from_an_index(app, cast, signed_in, name, address, asked, told):
    province.fill(SMALL, below="62")
    with explaining(asked) as plans:
        assert signed_in(getattr(cast, name)).get(address).status_code == 200
    assert plans
    assert all(told in plan for plan in plans), plans


def test_a_full_county_shows_its_snapshot(app, cast, signed_in, monkeypatch):
    publish()
    db.session.commit()
    assert not figures_snapshots.is_large(COUNTY)
    monkeypatch.setattr(figures_snapshots, "MANY", 0)
    assert figures_snapshots.is_large(COUNTY)
    assert COUNTY in figures_snapshots.areas_to_count()
    assert count_areas() >= 1
    assert "每 5 分钟数一遍" in signed_in(cast.mao_zhiqiang).get("/oversight/").text
    kept, counted = figures_snapshots.table_of(COUNTY), figures_snapshots.figures(COUNTY)
    assert kept.total.n == counted.total.n


def test_more_than_are_counted_are_told_as_that(app, cast, signed_in, monkeypatch):
    monkeypatch.setattr("backend.desk.case_list.MOST_COUNTED", 1)
    monkeypatch.setattr("backend.desk.case_list.PAGE", 1)
    for _ in range(3):
        publish()
    assert "1 多户" in signed_in(cast.mao_zhiqiang).get("/cases/").text


@pytest.mark.parametrize("state", [Stage.CLOSED, "all"])
def test_turning_pages_meets_everybody_once(app, cast, signed_in, state, monkeypatch):
    monkeypatch.setattr("backend.desk.case_list.PAGE", 7)
    province.fill(60, below=GONGMEN)
    browser, seen, address = signed_in(cast.bai_caixia), [], f"/cases/?state={state}"
    ids = set(
        db.session.scalars(db.select(Case.id).where(Case.stage == state) if state != "all" else db.select(Case.id))
    )
    for _ in range(12):
        page = browser.get(address).text
        seen += [one.split('"')[0] for one in page.split('class="btn act" href="/cases/')[1:]]
        turns = [one.split('"')[0] for one in page.split('href="') if "after=" in one.split('"')[0]]
        if not turns:
            break
        address = turns[-1].replace("&amp;", "&")
    assert len(seen) == len(ids)
    assert set(seen) == ids
