"""What every page keeps to: headers, one sprite, labels, no inline anything, no page over 60 KB."""

import json
import re
import shutil
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from backend.desk.icons import symbols
from backend.desk.span import span_of
from backend.extensions import settings
from backend.models import Case, db
from tests.apps import client_of
from tests.bench import province
from tests.cast import GONGMEN, Cast
from tests.desk.every_page import ADDRESSES, BESIDE, NO_PAGE, PEOPLE, REFUSED, fill, pages_of
from tests.factories import MONDAY

LARGEST, FULL = 60_000, 2500
ALL = [(who, url) for who in PEOPLE if who for url, status in pages_of(who) if status == 200]


@pytest.fixture(scope="module")
def migrated_folder(migrated_folder, shared_app, tmp_path_factory) -> Path:
    """The folder with households in it, filled once for all pages; their ids lie beside it."""
    folder = tmp_path_factory.mktemp("pages") / "data"
    app = shared_app.put_back(migrated_folder)
    with app.app_context():
        folder.with_suffix(".ids").write_text(json.dumps(fill(app, Cast())))
        db.session.remove()
        db.engine.dispose()
        shutil.copytree(settings().data, folder)
    return folder


@pytest.fixture(scope="module")
def households(migrated_folder) -> dict[str, str]:
    return json.loads(migrated_folder.with_suffix(".ids").read_text())


@pytest.fixture(scope="module")
def read() -> dict[tuple[str, str], TestResponse]:
    """Pages that a test has read already."""
    return {}


@pytest.fixture
def answer(request, read, who, url) -> TestResponse:
    """The page of this address, asked for once however many tests look at it."""
    if (who, url) not in read:
        desk, cast, households = (request.getfixturevalue(name) for name in ("desk", "cast", "households"))
        read[who, url] = desk(getattr(cast, who)).get(url.format(**households))
    return read[who, url]


@pytest.mark.parametrize(("who", "url"), ALL)
def test_a_page_keeps_to_the_house_s_manners(answer, who, url):
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
def test_a_day_stays_on_its_line_and_is_plain_where_it_is_copied(answer, who, url):
    page = answer.text
    assert not re.search(r"""="[^"<>]*<time|&lt;time|<(textarea|title|option|text)\b[^>]*>[^<]*<time""", page)
    seen = re.sub(
        r"<time datetime=\"[0-9-]{10}\">[^<]*</time>|<(textarea|title|option|text|p class=\"hint\")\b.*?</\1>",
        "",
        page,
        flags=re.S,
    )
    inside = re.findall(r">([^<]*[0-9]月[0-9]+日[^<]*)<", seen)
    assert inside == []


@pytest.mark.parametrize(("who", "url"), ALL)
def test_every_field_has_a_name_for_those_who_do_not_see(answer, who, url):
    page = answer.text
    labelled = re.sub(r"<label.*?</label>", "", page, flags=re.S)
    labels_for = set(re.findall(r'<label[^>]*for="([^"]+)"', page))
    for field in re.findall(r"<(?:input|select|textarea)\b[^>]*>", labelled):
        known = re.search(r'\sid="([^"]+)"', field)
        assert 'type="hidden"' in field or "aria-label=" in field or (known and known[1] in labels_for), field


def test_every_page_that_the_desk_serves_is_looked_at(app):
    served = {rule.rule for rule in app.url_map.iter_rules() if "GET" in rule.methods}
    assert {rule for rule in served if not NO_PAGE.fullmatch(rule)} == ADDRESSES.keys()
    mapped = app.url_map.bind("localhost")
    for rule, pages in ADDRESSES.items():
        for who, url in pages:
            is_meant = who and REFUSED.get((who, url)) != 404
            place = re.sub(r"\{\w+\}", "1", url).split("?")[0]
            assert not is_meant or mapped.match(place, return_rule=True)[0].rule == rule, url


@pytest.mark.slow
def test_no_page_of_a_full_township_is_heavy(app, cast, households):
    province.fill(FULL, below=GONGMEN, start=2 * BESIDE)
    heavy = {}
    for who in PEOPLE:
        browser = client_of(app, getattr(cast, who)) if who else app.test_client()
        for url, status in pages_of(who):
            answer = browser.get(url.format(**households), follow_redirects=not who)
            assert answer.status_code == status, f"{who} {url}"
            if len(answer.data) > LARGEST:
                heavy[f"{who} {url}"] = len(answer.data)
    assert heavy == {}


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
