"""The county's dated parameters on their way to a phone."""

import json
from datetime import date

from backend.api.schemas.changes import ChangesSchema
from backend.models import Parameter, db
from tests import phone
from tests.factories import assigned_case
from tests.postgres import on_both

pytestmark = on_both


def test_parameters_come_once_and_again_when_the_county_sets_one(signed_in, cast):
    case, mi = assigned_case(cast), signed_in(cast.mi_jianjun)
    assert phone.ask(mi)["parameters"] is None
    first = phone.ask(mi, parameters="")
    assert ChangesSchema().validate(first) == {}
    told = {row["key"]: row for row in first["parameters"]["rows"]}
    assert told["dibao_standard_fen"]["is_demo"]
    assert told["dibao_standard_fen"]["valid_from_on"] == "2023-01-01"
    assert told["counts_dibao_T4"]["value"] is False
    assert told["counts_dibao_T4"]["source"] == "民发〔2021〕57号 第13条（二）"
    tag = first["parameters"]["tag"]
    unchanged = phone.ask(mi, known={case.id: case.revision}, parameters=tag)
    assert unchanged["parameters"] is None
    assert len(json.dumps(unchanged)) < 2000
    for area, value in (("620525", 700000), ("620522", 1)):
        db.session.add(
            Parameter(
                key="dibao_standard_fen", area_code=area, value=value, valid_from_on=date(2026, 1, 1), source="县里定"
            )
        )
    again = phone.ask(mi, parameters=tag)["parameters"]
    own = [row for row in again["rows"] if row["key"] == "dibao_standard_fen" and row["area_code"] != "62"]
    assert [(row["area_code"], row["value"], row["source"], row["is_demo"]) for row in own] == [
        ("620525", 700000, "县里定", False)
    ]
