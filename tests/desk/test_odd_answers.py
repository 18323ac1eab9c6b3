"""Answers as no form of ours makes them: a page says what it can, and one household's never hide all the others."""

import pytest

from tests.desk.browser import visit
from tests.factories import assigned_case, routed_case

NAMES = [5, ["马小明"], {"a": "马小明"}, None]


@pytest.fixture
def odd(cast):
    """A household whose newest visit says `answers`."""

    def made(**answers):
        case = assigned_case(cast)
        visit(case, author=cast.mi_jianjun, **answers)
        return case

    return made


@pytest.mark.parametrize("signature", [
    {"strokes": [[1, 2, 30, 40]]}, {"strokes": 5, "width": 100, "height": 50},
    {"strokes": [5, "x", None], "width": "inf", "height": [1]},
])  # fmt: skip
def test_a_signature_without_a_sheet_can_still_be_reviewed(desk, cast, odd, signature):
    case = odd(signature_interviewee=signature)
    for page in ("", "/review"):
        assert desk(cast.bai_caixia).get(f"/cases/{case.id}{page}").status_code == 200


@pytest.mark.parametrize("sheet", ["visit-sheet", "authorisation"])
def test_members_without_a_name_in_words_are_printed(desk, cast, odd, sheet):
    case = odd(members=[{"m_name": name, "m_is_living": "yes"} for name in NAMES])
    assert desk(cast.bai_caixia).get(f"/cases/{case.id}/{sheet}.pdf").status_code == 200


@pytest.mark.parametrize("risks", [5, {"a": 1}, True, [["illness"], {"a": 1}]])
def test_the_ledger_of_all_bears_the_risks_of_one(desk, cast, risks):
    case = routed_case(cast, to={"relapse_prevention": []})
    visit(case, author=cast.mi_jianjun, risks=risks)
    assert desk(cast.mao_zhiqiang).get("/ledgers/monitoring.xlsx").status_code == 200
