"""S1 the household (57号 第7、11条; 特困人员认定办法 第7、8条)."""

from backend.form.money import MOST_FEN
from backend.form.question import Question, Section, blank, equals

ABLE = equals("o_ability", "able")

OBLIGOR = (
    Question("o_name", "姓名、关系", "text", required=False, max_length=40, since=2),
    Question("o_ability", "有没有能力", "choice", "ObligorAbility", since=2),
    Question(
        "o_size", "他家几口人", "number", required=False, unit="人", minimum=1, maximum=30, when=ABLE, since=3,
    ),
    Question(
        "o_income_fen", "他家一年收入", "money", required=False, unit="元", maximum=MOST_FEN, when=ABLE, since=3,
    ),
    Question(
        "o_support_fen", "一年给多少赡养费、抚养费", "money", required=False, unit="元", maximum=MOST_FEN, when=ABLE,
        since=3,
    ),
    Question("o_work", "他做什么", "text", required=False, max_length=40, since=3, is_extra=True),
    Question("o_address", "他住哪里", "text", required=False, max_length=100, since=3, is_extra=True),
)  # fmt: skip

LAND = (
    Question(
        "land_mu", "种几亩地", "number", unit="亩", required=False, minimum=0, maximum=500, is_fraction=True
    ),
    Question("cattle", "家里存栏的牛", "number", unit="头", required=False, minimum=0, maximum=500),
    Question("sheep", "家里存栏的羊", "number", unit="只", required=False, minimum=0, maximum=2000),
    *(
        Question(
            key, label, "number", unit="亩", required=False, minimum=0, maximum=2000, since=3, is_extra=True,
            is_fraction=True,
        )
        for key, label in (("forest_mu", "林地"), ("returned_mu", "退耕还林"), ("grass_mu", "草地"))
    ),
    Question("road_kind", "进家的路", "choice", "RoadKind", required=False, since=3, is_extra=True),
    Question(
        "road_km", "离村上主干路多远", "number", unit="公里", required=False, minimum=0, maximum=100, since=3,
        is_extra=True, is_fraction=True,
    ),
)  # fmt: skip

HOUSEHOLD = Section(
    "S1",
    "户基本情况",
    (
        Question("head_name", "户主姓名", "text", max_length=20),
        Question("head_id_number", "户主身份证号", "id_number", required=False),
        Question(
            "head_no_id_reason", "户主为什么没有证号", "text", required=False, max_length=60,
            when=blank("head_id_number"), since=3,
        ),
        Question("register_address", "户口在哪里", "text", max_length=100, since=3),
        Question("live_address", "现在住哪里", "text", max_length=100),
        Question("register_kind", "户籍性质", "choice", "HouseholdRegister", normal="rural"),
        Question("registered_size", "户籍人口", "number", unit="人", minimum=1, maximum=30),
        Question(
            "living_size", "一起生活几个人", "number", unit="人", minimum=1, maximum=30,
            hint="算人均用这个数", clause="57号 第7条",
        ),
        Question("household_type", "户类型", "choice", "HouseholdType", normal="ordinary"),
        Question(
            "is_resettled", "是集中安置的", "yes_no", when=equals("household_type", "relocated"), since=3,
        ),
        Question("current_benefits", "已经享受的", "choices", "Benefit", normal=["none"]),
        Question("kinship", "家里有没有经办、村干部的近亲属", "choice", "Kinship", normal="none", clause="57号 第11条"),
        Question("kinship_note", "是谁，什么关系", "text", max_length=60, when=equals("kinship", "related")),
        *LAND,
        Question(
            "has_obligors", "家外有没有法定义务人", "yes_no", required=False,
            hint="分出去住的子女、父母；要看特困、低保时填", clause="特困人员认定办法 第7条", since=2,
        ),
        Question(
            "obligors", "法定义务人", "entries", unit="个", maximum=20, when=equals("has_obligors", "yes"), since=2,
            entry=OBLIGOR,
        ),
    ),
)  # fmt: skip
