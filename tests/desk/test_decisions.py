"""A result on its page: read as it was written, held to the page that tells of it, mended with a reason."""

import pytest

from backend.domain import routing
from backend.models import db
from tests.desk.test_routings import of, result, routed


@pytest.fixture
def case(cast):
    return routed(cast, {"social_assistance": ["dibao", "temporary"], "housing": []}, name="妥索非也")


def test_a_result_is_corrected_beside_it_and_both_stay(desk, cast, case):
    mine, one = desk(cast.tuo_fuying), of(case, "social_assistance")
    routing.accept(one, actor=cast.tuo_fuying)
    db.session.commit()
    url = f"/routings/{one.id}"
    mine.post(f"{url}/decisions", result(amount="400000"))
    made = of(case, "social_assistance").decisions[0]
    wrong = f"{url}/decisions/{made.id}/correction"
    assert f'id="err-correction_{made.id}"' in mine.post(wrong, {f"correction_{made.id}": ""}).text
    assert desk(cast.zhao_shengfu).post(wrong, {f"correction_{made.id}": "不是我们的"}).status_code == 404
    assert desk(cast.bai_caixia).post(wrong, {f"correction_{made.id}": "乡镇来改"}).status_code == 403
    assert mine.post(f"{url}/decisions/999/correction", {"correction_999": "没有这一条"}).status_code == 404
    assert mine.post(wrong, {f"correction_{made.id}": "多打了两个零"}).location == url
    text = mine.text(url)
    assert "更正了，不算：多打了两个零" in text
    assert "400,000" in text
    assert mine.post(f"{url}/decisions", result()).status_code == 303
    assert "更正：民政救助的“纳入”（临时救助）不算" in mine.text(f"/cases/{case.id}")


def test_a_refusal_fits_the_page_that_tells_the_household(desk, cast, case):
    mine, one = desk(cast.tuo_fuying), of(case, "social_assistance")
    routing.accept(one, actor=cast.tuo_fuying)
    db.session.commit()
    given = result(outcome="declined", reason_code="income", amount="", reason="高于标准，" * 180)
    answer = mine.post(f"/routings/{one.id}/decisions", given)
    assert (answer.status_code, 'id="err-reason"' in answer.text, "印成一页大字" in answer.text) == (422, True, True)
    assert of(case, "social_assistance").decisions == []
    assert mine.post(f"/routings/{one.id}/decisions", given | {"reason": "高于标准"}).status_code == 303


@pytest.mark.parametrize(
    ("typed", "fen"),
    [("1,234,567.8", 123456780), ("４０００", 400000), ("0.01", 1), ("1,2,3", None), ("1_000", None), ("١٢٣", None), ("NaN", None),
     ("inf", None), ("-5", None), ("1e3", None), ("12.345", None), ("10000000000", None), ("1，000", 100000)],
)  # fmt: skip
def test_amounts_are_read_as_they_are_written(desk, cast, case, typed, fen):
    mine, one = desk(cast.tuo_fuying), of(case, "social_assistance")
    routing.accept(one, actor=cast.tuo_fuying)
    db.session.commit()
    answer = mine.post(f"/routings/{one.id}/decisions", result(amount=typed))
    assert (answer.status_code == 303) is (fen is not None)
    assert [d.amount_fen for d in of(case, "social_assistance").decisions] == ([] if fen is None else [fen])
