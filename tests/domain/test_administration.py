"""Villages that change, names of offices, days off: dated rows below the administrator's own area."""

from datetime import date, timedelta

import pytest

from backend import access, clock
from backend.domain import area_changes, organisations, parameters, workday_calendar
from backend.domain.area_names import AreaNames
from backend.domain.organisations import organisation_name
from backend.domain.tabular.places import AreaName, Places
from backend.models import Area, Case, db
from backend.problems import Problem
from tests.cast import COUNTY, GONGMEN, GUTU, LISHAN, LIUGOU, MAOSHAN
from tests.domain.test_supervision import last_event
from tests.factories import publish
from tests.postgres import on_both

NAME = "县农业农村局（县乡村振兴局）"


def today() -> date:
    return clock.local(clock.now()).date()


def area(code: str) -> Area:
    return db.session.get(Area, code)


def merge(cast, source=GUTU, into=MAOSHAN, **other):
    given = {"on": today(), "actor": cast.tie_jianhua} | other
    return area_changes.merge_village(area(source), area(into), **given)


@on_both
def test_a_merged_village_s_cases_keep_their_code_and_stand_in_the_new_list(app, cast):
    case = publish(village=GUTU)
    merge(cast)
    db.session.flush()
    assert (last_event().tag, last_event().facts["into"]) == ("area:merged", MAOSHAN)
    found = db.session.scalars(db.select(Case).where(access.in_areas(Case, [MAOSHAN]))).all()
    assert (found, case.village_code) == ([case], GUTU)
    places = Places((AreaName(*one) for one in area_changes.names_for_import()), COUNTY)
    assert places.find("", "恭门镇", area(GUTU).name).village_code == MAOSHAN
    assert places.find("", "恭门镇", area(MAOSHAN).name).village_code == MAOSHAN


def test_merges_that_do_not_fit(cast):
    for given in ({"into": GUTU}, {"into": GONGMEN}):
        with pytest.raises(Problem, match="merge_unfit"):
            merge(cast, **given)
    with pytest.raises(Problem, match="merge_day"):
        merge(cast, on=today() + timedelta(days=1))
    with pytest.raises(Problem, match="forbidden"):
        merge(cast, actor=cast.mao_zhiqiang)
    elsewhere = db.session.scalar(db.select(Area.code).where(Area.level == "village", Area.code.startswith("620524")))
    with pytest.raises(Problem, match="not_found"):
        merge(cast, into=elsewhere)
    merge(cast)
    with pytest.raises(Problem, match="merge_done"):
        merge(cast)
    with pytest.raises(Problem, match="merge_unfit"):
        merge(cast, source=MAOSHAN, into=LIUGOU)


def test_another_name_is_known_to_imports(cast):
    area_changes.record_alias(area(MAOSHAN), "老鸦湾", source="村里的老名字", actor=cast.tie_jianhua)
    db.session.flush()
    assert last_event().tag == "area:alias_recorded"
    places = Places((AreaName(*one) for one in area_changes.names_for_import()), COUNTY)
    assert places.find("", "恭门镇", "老鸦湾村").village_code == MAOSHAN
    assert AreaNames(cast.tie_jianhua).codes_in("恭门镇老鸦湾")[0] == [MAOSHAN]
    for name, source, code in (
        ("毛", "x", "alias_unfit"),
        ("黑湾", " ", "source_missing"),
        ("老鸦湾", "x", "alias_twice"),
    ):
        with pytest.raises(Problem, match=code):
            area_changes.record_alias(area(MAOSHAN), name, source=source, actor=cast.tie_jianhua)
    with pytest.raises(Problem, match="forbidden"):
        area_changes.record_alias(area(MAOSHAN), "黑湾", source="x", actor=cast.bai_caixia)
    with pytest.raises(Problem, match="not_found"):
        area_changes.record_alias(area("6205"), "黑湾", source="x", actor=cast.tie_jianhua)


def test_areas_as_an_office_writes_them(cast):
    names = AreaNames(cast.tie_jianhua)
    assert names.codes_in("恭门镇毛山村、恭门镇古土村民委员会，恭门镇") == ([MAOSHAN, GUTU, GONGMEN], None)
    assert names.codes_in(f"{LISHAN}；恭门镇 毛山") == ([LISHAN, MAOSHAN], None)
    assert names.codes_in("恭门镇没有的村")[1] == ("area_unknown", "恭门镇没有的村")
    assert names.codes_in("秦安县")[1] == ("area_unknown", "秦安县")


@on_both
def test_an_office_is_called_so_from_a_day_on(app, cast):
    given = {"area_code": COUNTY, "actor": cast.tie_jianhua}
    later = today() + timedelta(days=10)
    organisations.name_organisation("relapse_prevention", NAME, valid_from_on=today(), **given)
    assert last_event().tag == "organisation:named"
    organisations.name_organisation("relapse_prevention", "县农业农村局", valid_from_on=later, **given)
    db.session.flush()
    for day, name in ((today() - timedelta(days=1), "防返贫监测"), (today(), NAME), (later, "县农业农村局")):
        assert organisation_name("relapse_prevention", MAOSHAN, day) == name
    assert organisation_name("relapse_prevention", "620524", today()) == "防返贫监测"


def test_names_that_do_not_fit(cast):
    given = {"valid_from_on": today(), "area_code": COUNTY, "actor": cast.tie_jianhua}
    with pytest.raises(Problem, match="organisation_unfit"):
        organisations.name_organisation("water", " ", **given)
    organisations.name_organisation("water", "县水务局", **given)
    db.session.flush()
    with pytest.raises(Problem, match="organisation_same"):
        organisations.name_organisation("water", "县水务局", **given)
    with pytest.raises(Problem, match="forbidden"):
        organisations.name_organisation("water", "县水利局", **given | {"actor": cast.mao_zhiqiang})
    for other in ({"area_code": "620524"}, {"duty": "explanation"}):
        with pytest.raises(Problem, match="not_found"):
            organisations.name_organisation(**{"duty": "water", "name": "县水利局"} | given | other)


@on_both
def test_days_off_are_merged_by_year_and_the_past_keeps_its_own(app, cast):
    given = {"source": "国办发明电〔2026〕1号", "area_code": COUNTY, "actor": cast.tie_jianhua}
    with clock.standing_at(clock.now() - timedelta(days=400)):
        workday_calendar.set_days({"2026-10-01": False, "2026-10-10": True}, **given)
    assert (last_event().tag, last_event().facts["years"]) == ("calendar:set", ["2026"])
    db.session.flush()
    workday_calendar.set_days({"2027-01-01": False}, **given)
    db.session.flush()
    workday_calendar.set_days({"2027-01-01": False, "2027-01-02": False}, **given)
    db.session.flush()
    now = parameters.value("workday_exceptions", on=today(), area_code=GONGMEN)
    assert now == {"2026-10-01": False, "2026-10-10": True, "2027-01-01": False, "2027-01-02": False}
    before = parameters.value("workday_exceptions", on=today() - timedelta(days=1), area_code=GONGMEN)
    assert before == {"2026-10-01": False, "2026-10-10": True}


def test_days_off_that_do_not_fit(cast):
    given = {"source": "x", "area_code": COUNTY, "actor": cast.tie_jianhua}
    with pytest.raises(Problem, match="calendar_same"):
        workday_calendar.set_days({}, **given)
    with pytest.raises(Problem, match="source_missing"):
        workday_calendar.set_days({"2027-01-01": False}, **given | {"source": ""})
    with pytest.raises(Problem, match="forbidden"):
        workday_calendar.set_days({"2027-01-01": False}, **given | {"actor": cast.mao_zhiqiang})
    with pytest.raises(Problem, match="not_found"):
        workday_calendar.set_days({"2027-01-01": False}, **given | {"area_code": "620524"})
