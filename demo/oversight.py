"""What supervisors did in the demo county: an order to a township, an inspection, a spot check."""

from datetime import datetime, timedelta

from sqlalchemy import select

from backend import clock
from backend.domain import inspection, liaison, spot_check, supervision
from backend.domain.late_cases import late_query
from backend.models import Area, Case, db
from demo.staff import person

COUNTY, TOWN = "620525", "620525102"
# area, by whom, unit, name, title, duty, mobile
LIAISONS = (
    (COUNTY, "county_rv01", "县农业农村局（县乡村振兴局）", "李建国", "股长", "A", "12000000108"),
    (COUNTY, "county_rv01", "县农业农村局（县乡村振兴局）", "马文秀", "干事", "B", "12000000201"),
    (COUNTY, "county_mz01", "县民政局", "王玉兰", "股长", "A", "12000000109"),
    (TOWN, "town01", "恭门镇民政办", "白彩霞", "主任", "A", "12000000107"),
    (TOWN, "town01", "恭门镇民政办", "铁生福", "干事", "B", "12000000202"),
)


def oversee(now: datetime) -> None:
    """This morning's round: what there is to see on the pages of 督导."""
    with clock.standing_at(now - timedelta(minutes=2)):
        _order()
        _inspect()
        _draw()
        _liaise()


def _order() -> None:
    late = db.session.scalars(select(Case).where(Case.id.in_(late_query(TOWN, clock.now())))).all()
    if late:
        supervision.issue_notice(
            db.session.get_one(Area, TOWN), cases=late, due_at=clock.now() + timedelta(days=2),
            matter="这几户超期没有入户，请两人入户并上报。", reply_wanted="逐户写入户时间、没去的原因和整改措施",
            actor=person("county_rv01"),
        )  # fmt: skip


def _inspect() -> None:
    today = clock.local(clock.now()).date()
    made = inspection.record_inspection(
        db.session.get_one(Area, TOWN), inspected_on=today - timedelta(days=1), team="县乡村振兴局、民政局联合组",
        households_checked=5, found_real=5, actor=person("county_rv01"),
    )  # fmt: skip
    inspection.add_finding(
        made, kind="photo", problem="两户住房照片太暗，看不清屋里。", rectification="白天补拍，随下次核查交上来。",
        due_on=today + timedelta(days=6), actor=person("county_rv01"),
    )  # fmt: skip


def _draw() -> None:
    check = spot_check.draw_spot_check(
        db.session.get_one(Area, COUNTY), from_at=clock.now() - timedelta(days=8), until_at=clock.now(), percent=5,
        seed=2023, actor=person("county_rv01"),
    )  # fmt: skip
    for drawn, answer in zip(check.households, ("as_recorded", "no_answer"), strict=False):
        spot_check.record_answer(drawn, answer=answer, actor=person("county_rv01"))


def _liaise() -> None:
    since = clock.local(clock.now()).date() - timedelta(days=30)
    for area, by, unit, name, title, duty, mobile in LIAISONS:
        card = liaison.Card(unit=unit, name=name, title=title, duty=duty, office_phone="", mobile=mobile, note="")
        liaison.add_liaison(db.session.get_one(Area, area), card, valid_from_on=since, actor=person(by))
