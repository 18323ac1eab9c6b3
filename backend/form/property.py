"""S5 property (57号 第14条): what a family lives from is exempt by the county's rules, never by the visitor."""

from typing import Any

from backend.form.money import MOST_FEN
from backend.form.question import Question, Section, equals

MOST_THINGS = 20


def _listed(
    key: str, has: str, asked: str, noun: str, unit: str, *entry: Question, normal: Any = "no"
) -> tuple[Question, ...]:
    listed = Question(
        key, noun, "entries", unit=unit, maximum=MOST_THINGS, when=equals(has, "yes"), entry=entry, since=2,
        normal=OWN_HOUSE if normal == "yes" else None,
    )  # fmt: skip
    return Question(has, asked, "yes_no", normal=normal, since=2), listed


OWN_HOUSE = [{"h_use": "lived_in", "h_tenure": "homestead"}]
PROPERTY = Section(
    "S5",
    "财产",
    (
        *_listed(
            "houses", "has_houses", "有没有自己的房子", "房子", "处",
            Question("h_use", "做什么用", "choice", "HouseUse", since=2),
            Question("h_tenure", "什么房子", "choice", "HouseTenure", since=2),
            normal="yes",
        ),
        *_listed(
            "vehicles", "has_vehicles", "有没有车", "车", "辆",
            Question("v_kind", "什么车", "choice", "VehicleKind", since=2),
            Question("v_use", "做什么用", "choice", "VehicleUse", required=False, since=2),
            Question("v_value_fen", "现在值多少", "money", unit="元", required=False, maximum=MOST_FEN, since=2),
        ),
        *_listed(
            "machines", "has_machines", "有没有大型农机具", "农机具", "台",
            Question("k_value_fen", "现在值多少", "money", unit="元", required=False, maximum=MOST_FEN, since=2),
        ),
        *_listed(
            "businesses", "has_businesses", "有没有开店、办执照", "店或执照", "个",
            Question("b_state", "在不在经营", "choice", "BusinessState", since=2),
            Question("b_profit_fen", "一年净挣多少", "money", unit="元", required=False, maximum=MOST_FEN, since=2),
        ),
        Question(
            "financial_assets_fen", "存款、股票这些一共多少", "money", unit="元", required=False, maximum=MOST_FEN,
            hint="不知道就不填，等信息核对", since=2,
        ),
        Question("other_wealth", "还有没有这些情形", "choices", "OtherWealth", normal=["none"], since=2),
        Question(
            "property_check", "房、车、存款怎么知道的", "choice", "PropertyCheck", normal="self_stated",
            clause="57号 第14条", since=2,
        ),
    ),
)  # fmt: skip
