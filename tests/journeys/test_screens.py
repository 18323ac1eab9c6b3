"""The list of screens is whole: each route, each cover and each sheet of the app stands in it."""

import re
from pathlib import Path

from tests.house import ROOT
from tests.journeys.screens import DOORS, SCREENS

APP = ROOT / "frontend/field/src"
ROUTE = re.compile(r"path: .*name: '(\w+)'")
COVER = re.compile(r"'./views/(\w+)\.vue'")
LISTED = {one.shows for one in SCREENS} | set(DOORS.values())


def missing_in(app: Path) -> set[str]:
    """What the app has and nobody looks at, and what is looked at and gone."""
    routes = set(ROUTE.findall((app / "router.ts").read_text("utf-8")))
    covers = set(COVER.findall((app / "App.vue").read_text("utf-8")))
    sheets = {one.stem for one in app.rglob("*.vue") if "<BottomSheet" in one.read_text("utf-8")}
    assert min(len(routes), len(covers), len(sheets)) >= 5
    return (routes | covers | sheets) ^ LISTED


def test_every_screen_of_the_app_is_looked_at():
    assert missing_in(APP) == set()


def test_a_new_route_and_a_new_sheet_are_missed(tmp_path):
    for name in ("router.ts", "App.vue"):
        (tmp_path / name).write_text((APP / name).read_text("utf-8"), "utf-8")
    for one in APP.rglob("*.vue"):
        (tmp_path / one.name).write_text(one.read_text("utf-8"), "utf-8")
    router = tmp_path / "router.ts"
    line = "  { path: '/weather', name: 'weather', component: TasksPage },\n]\n"
    router.write_text(router.read_text("utf-8").replace("]\n", line, 1), "utf-8")
    (tmp_path / "RainSheet.vue").write_text("<template><BottomSheet /></template>", "utf-8")
    assert missing_in(tmp_path) == {"weather", "RainSheet"}


def test_names_are_told_apart():
    names = [one.name for one in SCREENS] + list(DOORS)
    assert len(names) == len(set(names))
