"""What every page keeps to: headers, one sprite, labels, no inline anything, no page over 60 KB."""

import json
import re
import shutil
from pathlib import Path

import pytest

from backend.desk.icons import symbols
from backend.desk.span import span_of
from backend.extensions import settings
from backend.models import Case, db
from tests.cast import Cast
from tests.desk.browser import observe, visit
from tests.desk.phones import brought_by_phones
from tests.factories import MONDAY, assigned_case, publish

LARGEST = 60 * 1024
PAGES = {
    "bai_caixia": ("/today/", "/cases/", "/assignments/", "/reviews/", "/routings/", "/oversight/", "/imports/", "/comparisons/",
                   "/cases/{case}", "/cases/{case}/review", "/cases/{case}/hints", "/rules/", "/cases/{waiting}/assignment", "/devices/", "/devices/people",
                   "/devices/{device}", "/deposits/", "/deposits/{item}", "/deposits/{item}/attachment", "/transfers/", "/cases/{waiting}/transfer", "/cases/{waiting}/place", "/public-notices/",
                   "/deposits/{item}/attachment?case={case}", "/rescue/",
                   "/search/", "/messages/", "/liaisons/", "/liaisons/new", "/exchanges/"),
    "tuo_fuying": ("/routings/", "/cases/", "/imports/", "/devices/", "/deposits/", "/oversight/", "/oversight/?part=declared",
                   "/oversight/?part=results", "/oversight/?part=quality", "/oversight/late?area=620525102&kind=near",
                   "/supervision/", "/inspections/", "/spot-checks/",
                   "/parameters/", "/parameters/rules_off", "/parameters/house_max", "/rules/"),
    "liu_yulan": ("/oversight/", "/oversight/late", "/spot-checks/", "/cases/{case}"),
    "tie_jianhua": ("/users/", "/devices/", "/users/new", "/users/{admin}", "/users/files/", "/organisations/", "/dictionary/", "/dictionary/Relation", "/workdays/",
                    "/areas/?township=620525102", "/areas/620525102222", "/start/", "/password/", "/webhook/", "/messages/"),
}  # fmt: skip
ALL = [(who, url) for who, urls in PAGES.items() for url in urls]


@pytest.fixture(scope="module")
def migrated_folder(migrated_folder, shared_app, tmp_path_factory) -> Path:
    """The folder with households in it, filled once for all pages; their ids lie beside it."""
    folder = tmp_path_factory.mktemp("pages") / "data"
    app = shared_app.put_back(migrated_folder)
    with app.app_context():
        folder.with_suffix(".ids").write_text(json.dumps(fill(Cast())))
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
        shutil.copytree(settings().data, folder)
    return folder


def fill(cast: Cast) -> dict[str, str]:
    """Households at different points of their way; what the addresses of PAGES name."""
    case = visit(assigned_case(cast, name="马法图麦"), author=cast.mi_jianjun, photos=2, stored=1).case
    observe(case, author=cast.ding_zhiqiang, cattle=2)
    waiting = publish(name="妥索非也")
    for _ in range(45):
        publish()
    return {"case": case.id, "waiting": waiting.id, "admin": cast.tie_jianhua.id} | brought_by_phones(
        cast, case, waiting
    )


@pytest.fixture(scope="module")
def households(migrated_folder) -> dict[str, str]:
    return json.loads(migrated_folder.with_suffix(".ids").read_text())


@pytest.mark.parametrize(("who", "url"), ALL)
def test_a_page_keeps_to_the_house_s_manners(desk, cast, households, who, url):
    answer = desk(getattr(cast, who)).get(url.format(**households))
    page = answer.text
    assert answer.status_code == 200
    assert len(answer.data) < LARGEST
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\bsrc=)", page)
    used, drawn = set(re.findall(r'href="#i-([a-z-]+)"', page)), set(re.findall(r'<symbol id="i-([a-z-]+)"', page))
    assert used == drawn
    assert page.count("<h1") == 1
    assert 'lang="zh-CN"' in page
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("who", "url"), ALL)
def test_every_field_has_a_name_for_those_who_do_not_see(desk, cast, households, who, url):
    page = desk(getattr(cast, who)).get(url.format(**households)).text
    labelled = re.sub(r"<label.*?</label>", "", page, flags=re.S)
    labels_for = set(re.findall(r'<label[^>]*for="([^"]+)"', page))
    for field in re.findall(r"<(?:input|select|textarea)\b[^>]*>", labelled):
        known = re.search(r'\sid="([^"]+)"', field)
        assert 'type="hidden"' in field or "aria-label=" in field or (known and known[1] in labels_for), field


def test_a_page_is_not_kept_by_anybody(desk, cast):
    assert desk(cast.bai_caixia).get("/cases/").headers["Cache-Control"] == "no-store"


def test_static_files_change_their_address_with_their_content(client):
    page = client.get("/login").text
    for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', page):
        assert re.search(r"\?v=[0-9a-f]{10}$", address)
        answer = client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert "immutable" not in client.get(address.split("?")[0]).headers["Cache-Control"]


def test_the_sprite_s_names_are_known():
    assert {"urgent", "overdue", "clock", "inbox", "return", "device", "tasks"} <= symbols().keys()


@pytest.mark.parametrize(
    ("now_day", "visited_day", "kind", "days", "pips"),
    [
        (0, None, "left", 5, "-----"),
        (1, None, "left", 4, "n----"),
        (4, None, "left", 1, "uuun-"),
        (5, None, "today", 0, "uuuun"),
        (6, None, "overdue", 1, "uuuuuo"),
        (7, None, "overdue", 2, "uuuuuoo"),
        (30, None, "overdue", 25, "uuuuuooo"),
        (9, 4, "visited", 4, "uuun-"),
        (9, 0, "visited", 0, "-----"),
        (9, 7, "late", 2, "uuuuuoo"),
    ],
)
def test_the_ruler_shows_the_five_days(app, now_day, visited_day, kind, days, pips):
    from datetime import timedelta

    end = MONDAY.replace(hour=16, minute=0) + timedelta(days=5)
    case = Case(published_at=MONDAY, due_at=end, limit_days=5, stage="assigned")
    case.visited_at = None if visited_day is None else MONDAY + timedelta(days=visited_day)
    span = span_of(case, MONDAY + timedelta(days=now_day))
    assert (span.kind, span.days) == (kind, days)
    assert "".join(pip or "-" for pip in span.pips) == pips
