"""A phone with the households that are hardest to show: long names, eight people, overdue, sent back, handed in."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask_migrate import upgrade
from playwright.sync_api import TimeoutError, sync_playwright

from backend import clock, create_app
from backend.codebook import ReturnReason
from backend.config import Settings
from backend.domain import review, routing
from backend.models import db
from tests.bench import ours
from tests.cast import PASSWORD, Cast, hire_everybody
from tests.factories import assigned_case, id_number, visit_case
from tests.house import ROOT
from tests.journeys.phone_screen import Phone

NAME = "马法图麦·索非也"
OVERDUE, SENT_BACK, HANDED_IN, TO_EXPLAIN = NAME, f"妥{NAME}", f"马阿依舍·{NAME}", f"丁{NAME}"
RELATIONS = ("head", "spouse", "son", "daughter_in_law", "grandson", "granddaughter", "father", "mother")
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
            "m_insurance": "resident",
        }
        for number, relation in enumerate(RELATIONS)
    ]  # fmt: skip


def settle(folder: Path) -> None:
    """米建军 goes to six households, and tells one of them why not; 妥哈三 goes to none yet."""
    app = create_app(Settings(mode="test", data=folder, database_url=f"sqlite:///{folder / 'ruhu.sqlite3'}"))
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        hire_everybody()
        cast = Cast()
        long_ago = clock.now() - timedelta(days=8)
        assigned_case(cast, name=OVERDUE, at=long_ago, family_size=8, hardship_text=WORDS * 3)
        assigned_case(cast, name="马占福", family_size=8)
        for name in (SENT_BACK, HANDED_IN):
            case = assigned_case(cast, name=name, at=clock.now() - timedelta(days=3), family_size=8)
            visit_case(
                case, author=cast.mi_jianjun, members=eight_people(), living_size=8, registered_size=9, narrative=WORDS
            )
            if name == SENT_BACK:
                review.return_for_correction(
                    case, actor=cast.bai_caixia, reason_code=next(iter(ReturnReason)), reason="三处补一下，其余都好。",
                    comments=[{"key": key, "text": text} for key, text in SAID],
                )  # fmt: skip
        told = assigned_case(cast, name=TO_EXPLAIN, at=clock.now() - timedelta(days=4), family_size=8)
        visit_case(told, author=cast.mi_jianjun)
        review.approve(told, actor=cast.bai_caixia)
        routing.route(told, to={"explanation": []}, reason="收入高于标准，没有突出困难", actor=cast.bai_caixia)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


@contextmanager
def hard_phone(folder: Path, *, account: str = "mi_jianjun") -> Iterator[Phone]:
    """Signed in and open, with the six households on it."""
    settle(folder / "var")
    with ours.office(folder / "var", 1) as service, sync_playwright() as play:
        phone = Phone(play, folder / "profile", service.address)
        phone.password = PASSWORD
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
