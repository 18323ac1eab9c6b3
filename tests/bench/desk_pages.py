"""Which lists, searches and boards of the desk are measured, and who looks at them."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from urllib.parse import quote

from tests.cast import COUNTY, GONGMEN

CITY, PROVINCE = "6205", "62"


class Page(NamedTuple):
    """`who` of the cast looks at the addresses in turn; a word after the address is typed into the search box."""

    name: str
    who: str
    addresses: tuple[str, ...]
    typed: str = ""


def _deep(state: str = "all", **more: str) -> str:
    at = datetime.now(UTC) - timedelta(days=500)
    rest = "".join(f"&{key}={value}" for key, value in more.items())
    return f"/cases/?state={state}{rest}&after=" + quote(f"1~{at:%Y-%m-%dT%H:%M:%SZ}~0")


def _filters() -> list[str]:
    states = ["warned", "assigned", "submitted", "returned", "reviewed", "routed", "closed", "all"]
    dues = [
        "urgent",
        "overdue",
        "today",
        "not_due",
        "unsynced",
        "in_time",
        "late",
        "extended",
        "void",
        "found",
        "alone",
    ]
    queues = ["social_assistance", "relapse_prevention", "education", "explanation"]
    return [*(f"/cases/?state={one}" for one in states), *(f"/cases/?due={one}" for one in dues),
            *(f"/cases/?state=all&due={one}" for one in dues), *(f"/cases/?queue={one}" for one in queues)]  # fmt: skip


def _figures(area: str, word: str) -> list[str]:
    keys = ["warned", "to_visit", "visited", "in_time", "late", "overdue", "not_due", "extended", "void", "judging", "dibao",
            "temporary", "monitor", "closed", "returned", "social_assistance", "referral", "explained"]  # fmt: skip
    return [f"/cases/?figure={key}&area={area}&as_of={quote(word)}" for key in keys]


def pages_of(numbers: dict[str, str], words: dict[str, str]) -> list[Page]:
    """Every page with its looker. `numbers` are a township's, a county's … newest case number; `words` moments by area."""
    found = [
        Page("township: 今日看板", "bai_caixia", ("/today/",)),
        Page("township: 派单", "bai_caixia", ("/assignments/",)),
        Page("township: 研判", "bai_caixia", ("/reviews/",)),
        Page("township: 请假、交接", "bai_caixia", ("/handovers/",)),
        Page("township: 转办", "bai_caixia", tuple(f"/routings/?queue={one}" for one in ("social_assistance", "relapse_prevention"))),
        Page("township: 另存待处理", "bai_caixia", ("/deposits/", "/deposits/?state=settled", "/deposits/?state=discarded")),
        Page("township: 手机与人员", "bai_caixia", ("/devices/", "/devices/people", "/devices/?show=silent")),
        Page("township: 台账", "bai_caixia", ("/ledgers/",)),
        Page("township: 超期、临期", "bai_caixia", (f"/oversight/late?area={GONGMEN}", f"/oversight/late?area={GONGMEN}&kind=near")),
        Page("township: 消息", "bai_caixia", ("/messages/",)),
        Page("county: 民政 queue", "tuo_fuying", tuple(f"/routings/?category={one}" for one in ("", "dibao", "temporary", "disability"))),
        Page("county: 民政 queue, decided", "tuo_fuying", ("/routings/?state=final", "/routings/?state=objected")),
        Page("county: 防返贫 queue", "mao_zhiqiang", ("/routings/", "/routings/?state=sent", f"/routings/?township={GONGMEN}")),
        Page("department: 教育 queue", "chen_xiaohong", ("/routings/", "/cases/")),
        Page("county: 报县批", "mao_zhiqiang", ("/petitions/",)),
        Page("county: 复核", "tuo_fuying", ("/objections/",)),
        Page("county: 导入比对", "tuo_fuying", ("/imports/", "/comparisons/")),
        Page("county: 督办、督导检查、抽查", "mao_zhiqiang", ("/supervision/", "/inspections/", "/spot-checks/")),
        Page("county: 联络员、通报", "mao_zhiqiang", ("/liaisons/", "/exchanges/")),
        Page("administrator: 人员、区划", "tie_jianhua", ("/users/", "/areas/?q=" + quote("毛山"), "/users/?q=" + quote("马"))),
    ]  # fmt: skip
    for level, who, area in (("township", "bai_caixia", GONGMEN), ("county", "mao_zhiqiang", COUNTY),
                             ("city", "liu_yulan", CITY), ("province", "zhang_cunying", PROVINCE)):  # fmt: skip
        found += _of_level(level, who, area, numbers[area], words[area])
    return found


def _of_level(level: str, who: str, area: str, number: str, word: str) -> list[Page]:
    q = quote("毛山")
    pages = [
        Page(f"{level}: 案件, open", who, ("/cases/",)),
        Page(f"{level}: 案件, each filter", who, tuple(_filters())),
        Page(f"{level}: 案件, deep pages", who, (_deep(), _deep("closed"), _deep("open"))),
        Page(f"{level}: find by number", who, (f"/cases/?q={number}&state=all", f"/cases/?q={number[:17]}&state=all")),
        Page(f"{level}: find by village", who, (f"/cases/?q={q}&state=all", f"/cases/?q={q}")),
        Page(f"{level}: lists behind figures", who, tuple(_figures(area, word))),
    ]
    if level in ("township", "county"):
        name = quote("马占福")
        pages.append(Page(f"{level}: find by name", who, (f"/cases/?q={name}&state=all", f"/cases/?q={quote('占福')}")))
        pages.append(Page(f"{level}: find by ID", who, ("/search/",), "620599196503120410"))
    if level != "township":
        parts = "".join(f",/oversight/?part={one}" for one in ("time", "declared", "results", "quality"))
        pages.append(Page(f"{level}: 督导", who, tuple(parts.split(",")[1:])))
        pages.append(Page(f"{level}: 超期、临期", who, ("/oversight/late", "/oversight/late?kind=near")))
        pages.append(Page(f"{level}: 台账", who, ("/ledgers/",)))
    return pages
