"""转派 on its pages: out, in, to a village, and back."""

from backend.models import Case, Transfer, db
from tests.cast import LISHAN, LONGSHAN
from tests.factories import assigned_case, visited_case


def test_a_household_goes_gets_its_village_and_comes_back(desk, cast):
    case = assigned_case(cast, name="马法图麦")
    town, other = desk(cast.bai_caixia), desk(cast.li_zhanfu)
    address = f"/cases/{case.id}/transfer"
    assert address in town.get(f"/cases/{case.id}").text
    page = town.text(address)
    assert "期限不变" in page
    assert "龙山镇" in page
    assert "恭门镇 还没选" not in page
    assert town.post(address, to="620525102", reason="搬了").status_code == 422
    refused = town.post(address, to=LONGSHAN, reason=" ")
    assert refused.status_code == 422
    assert "写一句理由" in refused.text
    answer = town.post(address, to=LONGSHAN, reason="搬到龙山镇两年了")
    assert answer.location.endswith("/transfers/")
    assert town.get(f"/cases/{case.id}").status_code == 404
    listed = town.text("/transfers/")
    assert "恭门镇 → 龙山镇" in listed
    assert "收回来" in listed
    assert "选村、派单" in other.text("/transfers/")
    shown = other.text(f"/cases/{case.id}")
    assert "恭门镇 → 龙山镇" in shown
    assert "搬到龙山镇两年了" in shown
    assert "转派：恭门镇到龙山镇" in shown
    place = f"/cases/{case.id}/place"
    assert place in other.get("/assignments/").text
    assert other.post(place, village="620525102222").status_code == 422
    assert other.post(place, village=LISHAN, group="二社").location.endswith(f"/cases/{case.id}/assignment")
    move = db.session.scalars(db.select(Transfer.id)).one()
    assert "写一句理由" in other.post(f"/transfers/{move}/undoing", reason="").text
    assert other.post(f"/transfers/{move}/undoing", reason="户还在老庄").status_code == 303
    again = other.post(f"/transfers/{move}/undoing", reason="户还在老庄")
    assert again.status_code == 409
    assert "后来又转过" in again.text
    assert db.session.get(Case, case.id).place == "毛山村三社"
    assert "退回" in town.text(f"/cases/{case.id}")


def test_out_of_sight_is_not_found_and_the_wrong_hand_is_refused(desk, cast):
    case = assigned_case(cast)
    seen = visited_case(cast)
    assert desk(cast.li_zhanfu).get(f"/cases/{case.id}/transfer").status_code == 404
    assert desk(cast.li_zhanfu).get(f"/cases/{case.id}/place").status_code == 404
    assert desk(cast.tuo_fuying).get(f"/cases/{case.id}/transfer").status_code == 403
    assert desk(cast.mao_zhiqiang).get(f"/cases/{case.id}/place").status_code == 403
    assert desk(cast.mao_zhiqiang).get(f"/cases/{case.id}/transfer").status_code == 200
    assert desk(cast.bai_caixia).get(f"/cases/{seen.id}/transfer").status_code == 409
    assert desk(cast.bai_caixia).post("/transfers/none/undoing", reason="错了").status_code == 404
    assert "没有转派过" in desk(cast.bai_caixia).text("/transfers/")
