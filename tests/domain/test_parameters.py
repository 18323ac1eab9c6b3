"""Dated parameters: the nearest area, then the latest start, with the document beside the value."""

import json
from datetime import date

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import select

from backend import rulebook
from backend.domain import parameters
from backend.models import Parameter, db
from tests.house import ROOT

DAY = date(2023, 7, 10)


def _set(key, value, *, from_on, area_code="620525"):
    db.session.add(Parameter(key=key, area_code=area_code, value=value, valid_from_on=from_on, source="县里定"))
    db.session.flush()


def test_what_is_shipped_is_there_with_its_source(app):
    found = parameters.standing(rulebook.hint_keys(), on=DAY, area_code="620525107")
    assert {key: one.value for key, one in found.items()} == {
        key: value for key, value in rulebook.shipped_on(DAY).items() if key in rulebook.hint_keys()
    }
    assert found["dibao_standard_fen"].is_demo
    assert not found["marginal_percent"].is_demo
    assert not rulebook.COUNTY_KEYS & set(found)


def test_a_county_sets_its_own_line_from_a_day_on(app):
    _set("dibao_standard_fen", 520000, from_on=date(2023, 7, 1))
    before = parameters.standing(["dibao_standard_fen"], on=date(2023, 6, 30), area_code="620525")
    after = parameters.standing(["dibao_standard_fen"], on=DAY, area_code="620525107")
    elsewhere = parameters.standing(["dibao_standard_fen"], on=DAY, area_code="620522")
    assert (before["dibao_standard_fen"].value, after["dibao_standard_fen"].value) == (600000, 520000)
    assert not after["dibao_standard_fen"].is_demo
    assert elsewhere["dibao_standard_fen"].value == 600000
    assert parameters.value("dibao_standard_fen", on=DAY, area_code="620525") == 520000


def test_a_key_that_nobody_set_is_not_there(app):
    assert parameters.standing(["last_year_income_fen"], on=DAY) == {}
    with pytest.raises(KeyError):
        parameters.value("last_year_income_fen", on=DAY)


def test_an_office_from_before_the_hints_gets_them_once(app):
    def rows():
        return sorted(
            (row.key, row.area_code, row.valid_from_on, row.source) for row in db.session.scalars(select(Parameter))
        )

    there = rows()
    folder = str(ROOT / "migrations")
    db.session.execute(db.delete(Parameter).where(Parameter.key.in_(["monitor_range_fen", "fin_asset_cap"])))
    db.session.execute(db.update(Parameter).where(Parameter.key == "house_max").values(source="县里定"))
    db.session.commit()
    db.session.remove()
    downgrade(directory=folder, revision="0008")
    upgrade(directory=folder, revision="0009")
    assert [row[:3] for row in rows()] == [row[:3] for row in there]
    assert {row[3] for row in rows() if row[0] == "house_max"} == {"县里定"}


VECTORS = json.loads((ROOT / "tests/vectors/parameters.json").read_text("utf-8"))


@pytest.mark.parametrize("one", VECTORS["cases"], ids=lambda one: one["name"])
def test_phone_and_office_choose_the_same_row(app, one):
    for row in VECTORS["rows"]:
        db.session.add(Parameter(**row | {"valid_from_on": date.fromisoformat(row["valid_from_on"])}))
    db.session.flush()
    found = parameters.standing(["line"], on=date.fromisoformat(one["day"]), area_code=one["area"]).get("line")
    assert ((found.value, found.source) if found else (None, None)) == (one["value"], one["source"])
