"""A phone with the households that are hardest to show: long names, eight people, overdue, sent back, handed in, found."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask_migrate import upgrade
from playwright.sync_api import TimeoutError, sync_playwright

from backend import clock, create_app
from backend.codebook import NoticeKind, ReturnReason
from backend.config import Settings
from backend.domain import extension, review, routing, sessions
from backend.models import Case, Notice, db
from tests import phone as handed
from tests.bench import ours
from tests.cast import MAOSHAN, PASSWORD, Cast, hire_everybody, quick_hash
from tests.factories import assigned_case, id_number, visit_case
from tests.house import ROOT
from tests.journeys.phone_screen import Phone

NAME = "马法图麦·索非也"
OVERDUE, SENT_BACK, HANDED_IN, TO_EXPLAIN = NAME, f"妥{NAME}", f"马阿依舍·{NAME}", f"丁{NAME}"
PLAIN, TO_DRAFT, FOUND, COMPLETE = "马占福", f"虎{NAME}", f"者玉梅·{NAME}", f"闪{NAME}"
RELATIONS = ("head", "spouse", "son", "daughter_in_law", "grandson", "granddaughter", "father", "mother")
ADDRESS = "恭门镇毛山村三社半山腰上去过了涝坝第二个院子（蓝色彩钢瓦大门）"
WORDS = "户主今年三月查出大病，两次住院，报销后自付三万六千元，牛都卖了，还欠亲戚四万元，大儿子在外地打工没寄钱回来。"
SAID = (
    ("living_size", "户口簿上是九个人，少写的那一个在哪里，问清楚再填。"),
    ("narrative", "没写清楚看病花的钱是哪一年的，有没有票据。"),
    ("photos.house", "太黑，看不清炕上有没有人睡。白天开着门拍。"),
)


def eight_people() -> list[dict[str, Any]]:
    """A household of three generations."""
    return [
        {
            "m_name": f"{NAME}{number}", "m_id_number": id_number("19710630", 20 + number), "m_relation": relation,
            "m_is_living": "yes", "m_health": ["healthy"], "m_labour": "ordinary", "m_work": "farming",
            "m_insurance": "resident", "m_benefits": ["none"],
        }
        for number, relation in enumerate(RELATIONS)
    ]  # fmt: skip


def filled() -> dict[str, Any]:
    """Everything there can be: income of many kinds, bills, costs of working away, houses, cars, debts, sums of all sorts."""
    names = [one["m_name"] for one in eight_people()]
    return {
        "members": eight_people(), "living_size": 8, "registered_size": 9, "narrative": WORDS, "live_address": ADDRESS,
        "incomes": [
            {"i_code": "W1", "i_member": names[2], "i_monthly_fen": 280000, "i_months": 11},
            {"i_code": "W2", "i_member": names[3], "i_monthly_fen": 1234500, "i_months": 12},
            {"i_code": "T1", "i_member": names[6], "i_amount_fen": 168000}, {"i_code": "T7", "i_amount_fen": 48000},
            {"i_code": "B1", "i_mu": 12.5, "i_yield": 1150, "i_price_fen": 118, "i_amount_fen": 1696250, "i_cost_fen": 480000},
            {"i_code": "B2", "i_heads": 3, "i_head_price_fen": 1250000, "i_amount_fen": 3600000},
        ],
        "expenses": [
            {"x_code": "M1", "x_member": names[0], "x_amount_fen": 8000000, "x_paid_back_fen": 4400000, "x_is_receipted": "yes"},
            {"x_code": "X", "x_member": names[7], "x_note": "给老人送葬，念苏热，请阿訇和亲戚吃饭花的", "x_amount_fen": 1999900},
        ],
        "has_vehicles": "yes", "vehicles": [{"v_kind": "car", "v_value_fen": 3500000, "v_year": 2016, "v_owner": names[2]}],
        "has_businesses": "yes", "businesses": [{"b_kind": "cooperative", "b_state": "nominal", "b_profit_fen": 0}],
        "has_debts": "yes", "debts": [{"d_kind": "private", "d_reason": "illness", "d_amount_fen": 4000000}],
    }  # fmt: skip


def hand_in(app: Any, cast: Cast, cases: dict[str, Case]) -> None:
    """What 米建军's earlier phone brought: a household found, 急难, walks in vain, and two versions of an unfinished form."""
    client = app.test_client()
    client.environ_base["HTTP_X_RUHU"] = "1"
    client.set_cookie("ruhu", sessions.sign_in(cast.mi_jianjun.username, PASSWORD)[1])
    db.session.commit()
    late = cases[OVERDUE]
    found = handed.discovery(
        MAOSHAN, name=FOUND, needs=["house", "water"], text=WORDS, id_number=id_number("19560312", 77)
    )
    drafts = [
        {
            "case_id": cases[TO_DRAFT].id, "purpose": "visit", "base_revision": late.revision, "fields": fields,
            "started_at": clock.iso(clock.now()), "saved_at": clock.iso(clock.now()),
        } for fields in (filled(), filled() | {"living_size": 7, "narrative": "儿子说是九月，不是三月。", "members": eight_people()[:7]})
    ]  # fmt: skip
    brought = [
        ("discovery", found), ("urgent", handed.urgent(handed.at(found["case_id"]))),
        ("attempt", handed.attempt(late)), ("attempt", handed.attempt(late, result="not_met", reason="")),
        *(("draft", one) for one in drafts),
    ]  # fmt: skip
    for kind, content in brought:
        assert handed.hand_in_one(client, kind, content)[0] == "applied", kind


def tell(cast: Cast, case: Case) -> None:
    """Three things the office says about a household."""
    for kind in (NoticeKind.LATE_CONTRIBUTION, NoticeKind.EXTENSION_REFUSED, NoticeKind.ACCEPTED):
        db.session.add(Notice(user_id=cast.mi_jianjun.id, case_id=case.id, kind=kind, facts={}, made_at=clock.now()))


def settle(folder: Path) -> dict[str, str]:
    """米建军 goes to eight households, and tells one of them why not; 妥哈三 goes to none yet. Their ids by their names."""
    app = create_app(Settings(mode="test", data=folder, database_url=f"sqlite:///{folder / 'ruhu.sqlite3'}"))
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        hire_everybody(quick_hash())
        cast, now = Cast(), clock.now()
        names = {OVERDUE: 8, PLAIN: 0, TO_DRAFT: 4, SENT_BACK: 3, COMPLETE: 3, HANDED_IN: 3, TO_EXPLAIN: 4}
        cases = {
            name: assigned_case(
                cast, name=name, at=now - timedelta(days=days), family_size=8,
                hardship_text="" if name == PLAIN else WORDS * 3,
            ) for name, days in names.items()
        }  # fmt: skip
        for name in (SENT_BACK, COMPLETE, HANDED_IN):
            # Nine in the register and eight written down is a fault; fewer is asked about, which is all that its form lacks.
            size = 7 if name == COMPLETE else 9
            visit_case(cases[name], author=cast.mi_jianjun, **(filled() | {"registered_size": size}))
        send_back(cases[SENT_BACK], cast)
        send_back(cases[COMPLETE], cast, said=SAID[1:2])
        told = cases[TO_EXPLAIN]
        visit_case(told, author=cast.mi_jianjun)
        review.approve(told, actor=cast.bai_caixia)
        routing.route(told, to={"explanation": []}, reason="收入高于标准，没有突出困难", actor=cast.bai_caixia)
        asked = extension.request_extension(
            cases[TO_DRAFT],
            until_on=clock.local(now).date() + timedelta(days=7),
            reason="全家在兰州务工",
            actor=cast.bai_caixia,
        )
        extension.approve(asked, actor=cast.mao_zhiqiang)
        tell(cast, cases[OVERDUE])
        hand_in(app, cast, cases)
        db.session.commit()
        ids = {case.applicant_name: case.id for case in db.session.scalars(db.select(Case))}
        db.session.remove()
        db.engine.dispose()
    return ids


def send_back(case: Case, cast: Cast, *, said: Sequence[tuple[str, str]] = SAID) -> None:
    """The township's word on some answers."""
    review.return_for_correction(
        case, actor=cast.bai_caixia, reason_code=next(iter(ReturnReason)), reason="这几处补一下，其余都好。",
        comments=[{"key": key, "text": text} for key, text in said],
    )  # fmt: skip


@contextmanager
def hard_phone(folder: Path, *, account: str = "mi_jianjun") -> Iterator[Phone]:
    """Signed in and open, with the households on it."""
    ids = settle(folder / "var")
    with ours.office(folder / "var", 1) as service, sync_playwright() as play:
        phone = Phone(play, folder / "profile", service.address)
        phone.password, phone.households = PASSWORD, ids
        phone.sign_in(account)
        phone.page.locator("main a[href*='/cases/']").first.wait_for()
        yield phone
        phone.context.close()


def turn_to(phone: Phone, place: str) -> None:
    """Another screen of the open app, without loading it anew; a sheet takes the first step back for itself."""
    if phone.page.get_by_role("dialog").count():
        phone.page.keyboard.press("Escape")
        phone.page.get_by_role("dialog").wait_for(state="detached")
    phone.page.evaluate(
        """(to) => {
          history.pushState(null, '', to)
          dispatchEvent(new PopStateEvent('popstate', { state: null }))
        }""",
        f"/field/{place}",
    )
    phone.page.wait_for_load_state("networkidle")
    phone.page.locator("main").last.wait_for()


def case_named(phone: Phone, name: str, tab: str = "") -> str:
    """The id of the household with this name."""
    row = phone.page.locator("main a[href*='/cases/']").filter(has=phone.page.get_by_text(name, exact=True)).first
    # A step that is still under way can swallow the next one.
    for _ in range(3):
        turn_to(phone, tab)
        with suppress(TimeoutError):
            row.wait_for(timeout=5_000)
            break
    return str(row.get_attribute("href")).rsplit("/", 1)[-1]
