"""Every page of the desk: who opens it at which address, and the households, files and petitions that stand behind."""

import io
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from flask import Flask

from backend import clock
from backend.desk.moment import moment_word
from backend.desk.photos import object_name
from backend.domain import decision, extension, objection, routing, transfer, voiding
from backend.extensions import objects
from backend.models import Area, User, db
from tests import phone
from tests.apps import client_of
from tests.bench import province
from tests.cast import GONGMEN, LONGSHAN, Cast
from tests.desk.browser import Browser, observe, visit
from tests.desk.phones import brought_by_phones
from tests.factories import assigned_case, id_number, publish, routed_case, visited_case

TOWN, LEADS, CIVIL, HOUSING = "bai_caixia", "mao_zhiqiang", "tuo_fuying", "zhao_shengfu"
CITY, PROVINCE, ADMIN, NOBODY = "liu_yulan", "zhang_cunying", "tie_jianhua", ""
BESIDE = 60
LONG = "阿卜杜热合曼马法图麦"

# rule → (who, address)…; a test holds the rules to what the app serves
ADDRESSES: dict[str, tuple[tuple[str, str], ...]] = {
    "/login": ((NOBODY, "/login"), (NOBODY, "/today/"), (NOBODY, "/nowhere")),
    "/areas/": ((ADMIN, "/areas/?q=%E6%AF%9B%E5%B1%B1"), (ADMIN, f"/areas/?township={GONGMEN}")),
    "/areas/<code>": ((ADMIN, "/areas/620525102222"),),
    "/assignments/": ((TOWN, "/assignments/"), ("li_zhanfu", "/assignments/")),
    "/cases/": ((TOWN, "/cases/"), (LEADS, "/cases/?due=overdue"), (HOUSING, "/cases/"), (PROVINCE, "/cases/?state=all"),
                (ADMIN, "/cases/")),
    "/cases/<case_id>": ((TOWN, "/cases/{case}"), (TOWN, "/cases/{waiting}"), (CITY, "/cases/{case}"), (HOUSING, "/cases/{routed}"),
                         (CIVIL, "/cases/{routed}"), ("li_zhanfu", "/cases/{case}")),
    "/cases/<case_id>/assignment": ((TOWN, "/cases/{waiting}/assignment"),),
    "/cases/<case_id>/explanation": ((TOWN, "/cases/{unfit}/explanation"),),
    "/cases/<case_id>/extension": ((TOWN, "/cases/{waiting}/extension"),),
    "/cases/<case_id>/hints": ((TOWN, "/cases/{case}/hints"), (CIVIL, "/cases/{routed}/hints")),
    "/cases/<case_id>/kinship": ((TOWN, "/cases/{waiting}/kinship"),),
    "/cases/<case_id>/place": ((TOWN, "/cases/{waiting}/place"),),
    "/cases/<case_id>/review": ((TOWN, "/cases/{case}/review"), (TOWN, "/cases/{visited}/review"), (TOWN, "/cases/{routed}/review")),
    "/cases/<case_id>/transfer": ((TOWN, "/cases/{waiting}/transfer"), (TOWN, "/cases/{visited}/transfer")),
    "/cases/<case_id>/voiding": ((TOWN, "/cases/{waiting}/voiding"),),
    "/comparisons/": ((LEADS, "/comparisons/"), (CIVIL, "/comparisons/"), (TOWN, "/comparisons/")),
    "/deposits/": ((TOWN, "/deposits/"), (CIVIL, "/deposits/")),
    "/deposits/<item_id>": ((TOWN, "/deposits/{item}"),),
    "/deposits/<item_id>/attachment": ((TOWN, "/deposits/{item}/attachment"), (TOWN, "/deposits/{item}/attachment?case={case}")),
    "/devices/": ((TOWN, "/devices/"), (CIVIL, "/devices/"), (ADMIN, "/devices/")),
    "/devices/<device_id>": ((TOWN, "/devices/{device}"),),
    "/devices/people": ((TOWN, "/devices/people"),),
    "/dictionary/": ((ADMIN, "/dictionary/"),),
    "/dictionary/<name>": ((ADMIN, "/dictionary/Relation"),),
    "/exchanges/": ((TOWN, "/exchanges/"), (LEADS, "/exchanges/"), (HOUSING, "/exchanges/")),
    "/exchanges/<int:exchange_id>": ((LEADS, "/exchanges/1"),),
    "/handovers/": ((TOWN, "/handovers/"),),
    "/handovers/<user_id>": ((TOWN, "/handovers/{worker}"),),
    "/imports/": ((CIVIL, "/imports/"), (TOWN, "/imports/"), (CITY, "/imports/")),
    "/imports/<int:batch_id>": ((CIVIL, "/imports/{batch}"),),
    "/imports/previews/<preview_id>": ((CIVIL, "/imports/previews/{preview}"),),
    "/inspections/": ((LEADS, "/inspections/"), (TOWN, "/inspections/")),
    "/inspections/<int:inspection_id>": ((LEADS, "/inspections/1"),),
    "/ledgers/": ((TOWN, "/ledgers/"), (LEADS, "/ledgers/"), (CITY, "/ledgers/")),
    "/liaisons/": ((TOWN, "/liaisons/"), (CITY, "/liaisons/")),
    "/liaisons/<liaison_id>": ((TOWN, "/liaisons/{liaison}"),),
    "/liaisons/new": ((TOWN, "/liaisons/new"), (ADMIN, "/liaisons/new")),
    "/messages/": ((TOWN, "/messages/"), (ADMIN, "/messages/")),
    "/objections/": ((TOWN, "/objections/"), (CIVIL, "/objections/")),
    "/objections/<int:objection_id>": ((TOWN, "/objections/{objection}"), (CIVIL, "/objections/{objection}")),
    "/organisations/": ((ADMIN, "/organisations/"),),
    "/oversight/": ((TOWN, "/oversight/"), (LEADS, "/oversight/"), (LEADS, "/oversight/?part=declared"), (CITY, "/oversight/?part=results"),
                    (CITY, "/oversight/?part=quality"), (PROVINCE, "/oversight/")),
    "/oversight/declarations": ((LEADS, "/oversight/declarations?figure=declared&as_of={moment}"), (CITY, "/oversight/declarations?figure=declared&as_of={moment}")),
    "/oversight/late": ((TOWN, f"/oversight/late?area={GONGMEN}"), (LEADS, "/oversight/late"), (CITY, "/oversight/late"),
                        (LEADS, "/oversight/late?day=2026-01-05&at=09:00"),
                        (CIVIL, f"/oversight/late?area={GONGMEN}&kind=near")),
    "/parameters/": ((LEADS, "/parameters/"),),
    "/parameters/<key>": ((LEADS, "/parameters/rules_off"), (LEADS, "/parameters/house_max"),
                         (LEADS, "/parameters/rule_DB-02"), (LEADS, "/parameters/rule_XZ-01")),
    "/password/": ((TOWN, "/password/"),),
    "/petitions/": ((TOWN, "/petitions/"), (LEADS, "/petitions/")),
    "/petitions/<any(extension, voiding):kind>/<petition_id>": ((LEADS, "/petitions/extension/{extension}"),
                                                                (LEADS, "/petitions/voiding/{voiding}")),
    "/photos/<photo_id>": ((TOWN, "/photos/{photo}"),),
    "/public-notices/": ((TOWN, "/public-notices/"), (CIVIL, "/public-notices/")),
    "/rescue/": ((TOWN, "/rescue/"),),
    "/results/": ((CIVIL, "/results/"), (HOUSING, "/results/")),
    "/reviews/": ((TOWN, "/reviews/"), ("li_zhanfu", "/reviews/")),
    "/routings/": ((TOWN, "/routings/"), (LEADS, "/routings/"), (CIVIL, "/routings/"), (CIVIL, "/routings/?state=final"), (HOUSING, "/routings/")),
    "/routings/<int:routing_id>": ((CIVIL, "/routings/{social}"), (CIVIL, "/routings/{declined}"), (HOUSING, "/routings/{single}"),
                                   (TOWN, "/routings/{declined}")),
    "/routings/<int:routing_id>/objection": ((TOWN, "/routings/{refused}/objection"),),
    "/routings/<int:routing_id>/support": ((CIVIL, "/routings/{social}/support"), (HOUSING, "/routings/{single}/support")),
    "/rules/": ((TOWN, "/rules/"), (LEADS, "/rules/")),
    "/rules/<rule_id>": ((LEADS, "/rules/DB-02"), (LEADS, "/rules/XZ-01")),
    "/search/": ((TOWN, "/search/"), (HOUSING, "/search/?q=%E9%A9%AC")),
    "/spot-checks/": ((LEADS, "/spot-checks/"), (CITY, "/spot-checks/")),
    "/spot-checks/<int:check_id>": ((LEADS, "/spot-checks/1"),),
    "/start/": ((ADMIN, "/start/"),),
    "/supervision/": ((TOWN, "/supervision/"), (LEADS, "/supervision/")),
    "/supervision/<int:notice_id>": ((LEADS, "/supervision/1"), (TOWN, "/supervision/1")),
    "/today/": ((TOWN, "/today/"), ("li_zhanfu", "/today/")),
    "/transfers/": ((TOWN, "/transfers/"), ("li_zhanfu", "/transfers/")),
    "/users/": ((ADMIN, "/users/"), (TOWN, "/users/")),
    "/users/<account_id>": ((ADMIN, "/users/{admin}"), (ADMIN, "/users/{worker}")),
    "/users/files/": ((ADMIN, "/users/files/"),),
    "/users/files/<file_id>": ((ADMIN, "/users/files/{accounts}"),),
    "/users/files/passwords/<sheet_id>": ((ADMIN, "/users/files/passwords/{passwords}"),),
    "/users/new": ((ADMIN, "/users/new"),),
    "/webhook/": ((ADMIN, "/webhook/"),),
    "/workdays/": ((ADMIN, "/workdays/"),),
    "/workdays/<file_id>": ((ADMIN, "/workdays/{days}"),),
}  # fmt: skip
# What answers with something else than a page of the desk: the phone's app, words for machines, files.
NO_PAGE = re.compile(r"/|/healthz|/api/.*|/field/.*|/static/.*|.*\.(pdf|xlsx|docx|csv|jpg)")
# What these addresses are there to show.
REFUSED = {
    (NOBODY, "/nowhere"): 404, ("li_zhanfu", "/cases/{case}"): 404, (TOWN, "/cases/{visited}/transfer"): 409,
    (ADMIN, "/cases/"): 403, (TOWN, "/users/"): 403,
}  # fmt: skip
PEOPLE = tuple(dict.fromkeys(who for pages in ADDRESSES.values() for who, _ in pages))


def pages_of(who: str) -> Iterator[tuple[str, int]]:
    """(address, status it answers with) of one person's pages."""
    for pages in ADDRESSES.values():
        yield from ((address, REFUSED.get((who, address), 200)) for name, address in pages if name == who)


def fill(app: Flask, cast: Cast) -> dict[str, Any]:
    """Something behind every address, with more households of 恭门镇 beside: the ids that the addresses name."""
    province.fill(BESIDE, below=GONGMEN)
    case = visit(assigned_case(cast, name=LONG), author=cast.mi_jianjun, photos=2, stored=1).case
    observe(case, author=cast.ding_zhiqiang, cattle=2)
    picture = next(photo for photo in case.photos if photo.state == "stored")
    objects().put(object_name(picture), phone.jpeg())
    waiting, visited = publish(name="妥索非也"), visited_case(cast, name="铁生莲")
    for _ in range(45):
        publish()
    ids = {"case": case.id, "waiting": waiting.id, "visited": visited.id, "photo": picture.id,
           "admin": cast.tie_jianhua.id, "worker": cast.mi_jianjun.id, "liaison": f"01900000-00cc-7000-8000-{0:012x}"}  # fmt: skip
    ids |= brought_by_phones(cast, case, waiting) | _petitions(cast) | _routings(cast)
    db.session.commit()
    return ids | _files(app, cast) | {"moment": moment_word(clock.now())}


def _petitions(cast: Cast) -> dict[str, Any]:
    later, moved, elsewhere = (assigned_case(cast, name=name) for name in (f"{LONG}一", "惠阿西", "马玉花"))
    until = clock.local(clock.now()).date() + timedelta(days=12)
    asked = extension.request_extension(later, until_on=until, reason="全家在兰州务工", actor=cast.bai_caixia)
    void = voiding.request_voiding(moved, reason_code="moved", reason="搬走三年了", actor=cast.bai_caixia)
    town = db.session.get_one(Area, LONGSHAN)
    transfer.transfer(elsewhere, to=town, reason="搬到龙山镇两年了", actor=cast.bai_caixia)
    db.session.flush()
    return {"extension": asked.id, "voiding": void.id}


def _routings(cast: Cast) -> dict[str, Any]:
    """One with 民政 and 住房, one of whom 不符合 is to be explained, two that were refused; to one somebody objects."""
    case = routed_case(cast, to={"social_assistance": ["dibao", "temporary"], "housing": []}, name=LONG)
    social, single = (
        routing.accept(one, actor=getattr(cast, who)) for one, who in zip(case.routings, (CIVIL, HOUSING), strict=True)
    )
    unfit = routed_case(cast, to={"explanation": []}, name="陈有才")
    declined, refused = _declined(cast, "苏玉兰"), _declined(cast, "毛存英")
    told = objection.raise_objection(
        declined, raised_on=clock.local(clock.now()).date(), relation="head", text="牛去年就卖了", actor=cast.bai_caixia
    )
    db.session.flush()
    return {"routed": case.id, "social": social.id, "single": single.id, "unfit": unfit.id, "declined": declined.id,
            "refused": refused.id, "objection": told.id}  # fmt: skip


def _declined(cast: Cast, name: str) -> Any:
    one = routing.accept(
        routed_case(cast, to={"social_assistance": ["dibao"]}, name=name).routings[0], actor=cast.tuo_fuying
    )
    day = clock.local(clock.now()).date()
    decision.decide(one, outcome="declined", category="dibao", decided_on=day, reason_code="income", reason="高于标准",
                    actor=cast.tuo_fuying)  # fmt: skip
    return one


def _files(app: Flask, cast: Cast) -> dict[str, str]:
    """Files that were sent, and wait to be looked at."""

    def send(who: User, url: str, text: str, name: str, **fields: Any) -> tuple[Browser, str]:
        browser = Browser(client_of(app, who))
        return browser, browser.post(url, fields | {"file": (io.BytesIO(text.encode()), name)}).location

    def last(address: str) -> str:
        return address.rsplit("/", 1)[1]

    rows = "".join(
        f"A{n},张家川县,恭门镇,毛山村,马占福,{id_number(order=n + 500)},12000000001,住院,2023-06-05 10:00\n"
        for n in range(40)
    )
    head = "申报编号,县(区),乡镇,村,申请人姓名,身份证号,联系电话,家庭困难情况,申报时间\n"
    short = "B1,张家川县,恭门镇,毛山村,妥哈三,6205991971063,12000000002,房子裂了,2023-06-05 11:00\n"
    county, first = send(
        cast.tuo_fuying, "/imports/", head + rows + short, "第1批.csv", subject="declarations", kind=""
    )
    batch = county.post(first).location
    _, preview = send(cast.tuo_fuying, "/imports/", head + short * 30, "第2批.csv", subject="declarations", kind="")
    people = "姓名,账号,岗位,单位,电话,负责区划\r\n马一,gm_grid01,防贫监测网格员,恭门镇,12000000091,恭门镇毛山村\r\n"
    mine, accounts = send(cast.tie_jianhua, "/users/files/", people, "人员.csv")
    passwords = mine.post(accounts).location
    _, accounts = send(cast.tie_jianhua, "/users/files/", people.replace("恭门镇毛山村", "没有的村"), "人员.csv")
    _, days = send(cast.tie_jianhua, "/workdays/", "日期,上班吗\r\n2027-01-01,放假\r\n2027-02-30,上班\r\n", "2027.csv")
    return {
        "batch": last(batch),
        "preview": last(preview),
        "accounts": last(accounts),
        "passwords": last(passwords),
        "days": last(days),
    }
