"""A line department: its own matter as long as it is theirs, and nothing of the rest of the household."""

import pytest

from backend.codebook import PhotoKind
from backend.desk import photos
from backend.domain import decision, review, routing
from backend.extensions import objects
from backend.models import db
from tests.desk.browser import ANSWERS, photograph, visit
from tests.desk.test_printouts import text_of
from tests.domain.asks import unseen_case
from tests.factories import accepted_routing, assigned_case, routed_case

MEMBER = {
    "m_name": "马子涵", "m_relation": "child", "m_is_living": "yes", "m_id_number": "620599201107220026",
    "m_health": ["serious"], "m_disease": "白血病", "m_schooling": "junior", "m_insurance": "none",
}  # fmt: skip


@pytest.fixture
def sent(cast):
    """To 教育, 医保, 住房 and 水务 at once; the form tells of money, cattle, illness and school."""
    case = assigned_case(cast)
    told = ANSWERS | {"members": [MEMBER], "incomes": [{"i_code": "W1", "i_amount_fen": 1234500}], "has_incomes": "yes"}
    visit(case, author=cast.mi_jianjun, **told)
    review.approve(case, actor=cast.bai_caixia)
    to = {"education": [], "medical": [], "housing": [], "water": []}
    routing.route(case, to=to, reason="都要看看", actor=cast.bai_caixia)
    db.session.commit()
    return case


def routing_of(case, queue):
    return next(r for r in case.routings if r.queue == queue)


def test_each_reads_its_own_matter_and_not_the_sums(desk, cast, sent):
    for who, queue, shown, hidden in (
        ("chen_xiaohong", "education", "初中", ("白血病", "12,345")), ("han_derong", "medical", "白血病", ("初中", "12,345")),
        ("zhao_shengfu", "housing", "马子涵", ("白血病", "初中", "12,345", "620599********0026")),
        ("feng_youcai", "water", "马子涵", ("白血病", "初中", "12,345", "620599********0026")),
    ):  # fmt: skip
        person = desk(getattr(cast, who))
        for page in (f"/cases/{sent.id}", f"/routings/{routing_of(sent, queue).id}"):
            text = person.text(page)
            assert shown in text, (who, page)
            assert "自付三万六千元" in text, "what the 转办单 tells, too"
            assert not [word for word in (*hidden, "被访人签字", "每条怎么算的") if word in text], (who, page)
        assert person.get(f"/cases/{sent.id}/hints").status_code == 403
    town = desk(cast.bai_caixia).text(f"/cases/{sent.id}")
    assert all(word in town for word in ("白血病", "初中", "12,345", "被访人签字"))


def test_the_sheet_of_the_whole_household_is_not_theirs(desk, cast, sent):
    water = desk(cast.feng_youcai)
    for sheet in ("visit-sheet", "authorisation", "opinion", "notice"):
        assert water.get(f"/cases/{sent.id}/{sheet}.pdf").status_code == 403
        assert desk(cast.tuo_fuying).get(f"/cases/{sent.id}/{sheet}.pdf").status_code != 403
    assert "入户核查表" not in water.text(f"/cases/{sent.id}")
    assert "都要看看" in text_of(water.get(f"/routings/{routing_of(sent, 'water').id}/handover.pdf"))


def test_photos_of_their_matter_only(desk, cast, sent):
    pictures = {}
    for kind in (PhotoKind.PAPERS, PhotoKind.CRACK, PhotoKind.WATER, PhotoKind.RECEIPT, PhotoKind.TUITION):
        pictures[kind] = photograph(sent.visits[-1], kind=kind)
        objects().put(photos.object_name(pictures[kind]), b"\xff\xd8 picture")
    for who, own in (
        ("zhao_shengfu", PhotoKind.CRACK), ("feng_youcai", PhotoKind.WATER), ("han_derong", PhotoKind.RECEIPT),
        ("chen_xiaohong", PhotoKind.TUITION),
    ):  # fmt: skip
        person = desk(getattr(cast, who))
        got = {kind for kind, one in pictures.items() if person.get(f"/photos/{one.id}.jpg").status_code == 200}
        assert got == {own}, who
        page = person.get(f"/cases/{sent.id}").text
        assert f'class="end" href="/photos/{pictures[own].id}"' in page, "large begins with what may be seen"


def test_what_was_taken_back_or_sent_back_is_out_of_sight(desk, cast):
    case = routed_case(cast, to={"housing": [], "water": []})
    housing, water = routing_of(case, "housing"), routing_of(case, "water")
    assert desk(cast.zhao_shengfu).get(f"/cases/{case.id}").status_code == 200
    routing.withdraw(housing, reason="转错了", actor=cast.bai_caixia)
    routing.return_to_township(water, reason="有自来水", actor=cast.feng_youcai)
    db.session.commit()
    unseen_case(case, cast.zhao_shengfu, cast.feng_youcai)
    for person, one in ((cast.zhao_shengfu, housing), (cast.feng_youcai, water)):
        for page in (f"/cases/{case.id}", f"/routings/{one.id}", f"/routings/{one.id}/handover.pdf"):
            assert desk(person).get(page).status_code == 404
    routing.route(case, to={"housing": []}, reason="又转", actor=cast.bai_caixia)
    db.session.commit()
    assert desk(cast.zhao_shengfu).get(f"/cases/{case.id}").status_code == 200


def test_what_they_decided_stays_in_sight(desk, cast):
    one = accepted_routing(cast, cast.zhao_shengfu, to={"housing": []})
    day = one.routed_at.date()
    decision.decide(one, outcome="solved", decided_on=day, actor=cast.zhao_shengfu)
    db.session.commit()
    assert one.case.stage == "closed"
    assert desk(cast.zhao_shengfu).get(f"/cases/{one.case_id}").status_code == 200
