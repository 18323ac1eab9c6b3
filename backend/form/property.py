"""S5 property (57号 第14条): what a family lives from is exempt by the county's rules, never by the visitor."""

from typing import Any

from backend.form.money import MOST_FEN
from backend.form.question import Question, Section, equals

MOST_THINGS = 20


def _listed(
    key: str, has: str, asked: str, noun: str, unit: str, *entry: Question, normal: Any = "no", since: int = 2
) -> tuple[Question, ...]:
    listed = Question(
        key, noun, "entries", unit=unit, maximum=MOST_THINGS, when=equals(has, "yes"), entry=entry, since=since,
        normal=OWN_HOUSE if normal == "yes" else None,
    )  # fmt: skip
    return Question(has, asked, "yes_no", normal=normal, since=since), listed


OWN_HOUSE = [{"h_use": "lived_in", "h_tenure": "homestead"}]
PROPERTY = Section(
    "S5",
    "财产",
    (
        *_listed(
            "houses", "has_houses", "有没有自己的房子", "房子", "处",
            Question("h_use", "做什么用", "choice", "HouseUse", since=2),
            Question("h_tenure", "什么房子", "choice", "HouseTenure", since=2),
            Question("h_structure", "结构", "choice", "HouseStructure", required=False, since=3),
            Question(
                "h_area", "多大", "number", unit="平方米", required=False, minimum=1, maximum=5000, since=3,
                is_fraction=True,
            ),
            Question(
                "h_year", "哪一年建的", "number", unit="年", required=False, minimum=1900, maximum=2100, since=3,
                is_year=True,
            ),
            Question(
                "h_value_fen", "现在值多少", "money", unit="元", required=False, maximum=MOST_FEN, since=3, is_extra=True
            ),
            normal="yes",
        ),
        *_listed(
            "vehicles", "has_vehicles", "有没有车", "车", "辆",
            Question("v_kind", "什么车", "choice", "VehicleKind", since=2),
            Question("v_use", "做什么用", "choice", "VehicleUse", required=False, since=2),
            Question("v_value_fen", "现在值多少", "money", unit="元", required=False, maximum=MOST_FEN, since=2),
            Question(
                "v_year", "哪一年买的", "number", unit="年", required=False, minimum=1980, maximum=2100, since=3,
                is_year=True,
            ),
            Question("v_owner", "登记在谁名下", "text", required=False, max_length=20, since=3),
        ),
        *_listed(
            "machines", "has_machines", "有没有大型农机具", "农机具", "台",
            Question("k_kind", "什么农机具", "choice", "MachineKind", required=False, since=3),
            Question("k_value_fen", "现在值多少", "money", unit="元", required=False, maximum=MOST_FEN, since=2),
        ),
        *_listed(
            "businesses", "has_businesses", "有没有开店、办执照", "店或执照", "个",
            Question("b_kind", "什么执照", "choice", "BusinessKind", since=4),
            Question("b_state", "在不在经营", "choice", "BusinessState", since=2),
            Question("b_profit_fen", "一年净挣多少", "money", unit="元", required=False, maximum=MOST_FEN, since=2),
        ),
        Question(
            "financial_assets_fen", "存款、股票这些一共多少", "money", unit="元", required=False, maximum=MOST_FEN,
            hint="理财、保险能退的钱也算；不知道就不填，等信息核对", since=2,
        ),
        *_listed(
            "debts", "has_debts", "有没有欠账", "欠账", "笔",
            Question("d_kind", "欠谁的", "choice", "DebtKind", since=3),
            Question("d_amount_fen", "欠多少", "money", unit="元", maximum=MOST_FEN, since=3),
            Question("d_reason", "为什么欠的", "choice", "DebtReason", since=3),
            since=3,
        ),
        Question(
            "trees", "成材的树", "number", unit="棵", required=False, minimum=0, maximum=100_000, since=3, is_extra=True
        ),
        Question("other_wealth", "还有没有这些情形", "choices", "OtherWealth", normal=["none"], since=2),
        Question(
            "property_check", "房、车、存款怎么知道的", "choice", "PropertyCheck", normal="self_stated",
            clause="57号 第14条", since=2,
        ),
    ),
)  # fmt: skip
