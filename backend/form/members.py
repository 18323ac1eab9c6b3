"""S2 the members of the household (57号 第7、13条; 特困人员认定办法 第5、23条)."""

from typing import Any

from backend.form.question import Condition, Question, Section, aged, blank, equals, includes, one_of

LIVING = equals("m_is_living", "yes")
ADULT = aged(16, or_unknown=True)
SCHOOL = ("primary", "junior", "senior", "vocational", "college", "technician", "university", "graduate")
CHILD = one_of("m_schooling", "preschool", "kindergarten", "primary", "junior", "senior", "vocational", "dropped_out")
MONTHS_COUNT = ("imprisoned", "detox", "restricted", "lost_contact")
AWAY = one_of("m_work", "county", "province", "outside")
CAN_WORK, CANNOT_WORK = ("ordinary", "skilled", "weak"), ("lost", "none")


def _both(*parts: Condition) -> Condition:
    return {"all": list(parts)}


def _asked(key: str, label: str, kind: str, codes: str | None = None, **other: Any) -> Question:
    """A question that form version 3 brought."""
    return Question(key, label, kind, codes, since=3, **other)


def _of_parent(parent: str, called: str) -> tuple[Question, ...]:
    """What tells whether a child has nobody who brings it up (民发〔2019〕62号)."""
    state = f"m_{parent}_state"
    return (
        Question(state, f"{called}的情况", "choice", "ParentState", required=False, when=CHILD, normal="present", since=2),
        Question(
            f"m_{parent}_months", f"{called}这样几个月了", "number", required=False, unit="个月", minimum=0, maximum=600,
            when=one_of(state, *MONTHS_COUNT), since=2,
        ),
    )  # fmt: skip


WHO = (
    Question("m_name", "姓名", "text", max_length=20),
    Question("m_id_number", "身份证号", "id_number", required=False, hint="写残疾证号也行，类别、等级自己带出"),
    Question("m_no_id_reason", "为什么没有证号", "text", required=False, max_length=60, when=blank("m_id_number")),
    Question("m_relation", "是户主的", "choice", "Relation"),
    Question("m_is_living", "一起生活", "yes_no", normal="yes", clause="57号 第7条"),
    _asked("m_sex", "性别", "choice", "Sex", when=_both(blank("m_id_number"), LIVING)),
    Question(
        "m_birth_on", "出生日期", "date", when=_both(blank("m_id_number"), LIVING), since=2, required_since=3,
        hint="记不清写大概",
    ),
    Question(
        "m_not_living_reason", "为什么不算", "choice", "NotLivingReason",
        when=equals("m_is_living", "no"), clause="57号 第7条",
    ),
)  # fmt: skip

HEALTH = (
    Question("m_health", "身体怎么样", "choices", "Health", when=LIVING, normal=["healthy"]),
    Question(
        "m_disease", "什么病", "text", max_length=60,
        when={"any": [includes("m_health", "chronic"), includes("m_health", "serious")]},
    ),
    _asked("m_is_listed_disease", "是不是30种大病", "choice", "Surely", when=includes("m_health", "serious")),
    _asked(
        "m_has_family_doctor", "慢病签约了", "yes_no", required=False, when=includes("m_health", "chronic"),
        hint="家庭医生签约服务",
    ),
    _asked(
        "m_disability_card", "残疾证号", "card_number", required=False, when=includes("m_health", "disabled"),
        hint="20 或 22 位，类别、等级自己带出",
    ),
    Question("m_disability_kind", "残疾类别", "choice", "DisabilityKind", when=includes("m_health", "disabled")),
    Question("m_disability_level", "残疾等级", "choice", "DisabilityLevel", when=includes("m_health", "disabled")),
    Question("m_labour", "劳动能力", "choice", "Labour", when=LIVING),
    Question("m_self_care", "生活自理", "choice", "SelfCare", required=False, when=LIVING, normal="full"),
    Question(
        "m_self_care_failed", "自理六项里做不到几项", "number", required=False, unit="项", minimum=0, maximum=6,
        when=one_of("m_self_care", "partly", "not"), hint="吃饭、穿衣、上下床、如厕、室内走、洗澡",
        clause="特困人员认定办法 第23条", since=2,
    ),
    Question(
        "m_has_injury_care", "领着工伤护理费", "yes_no", required=False, when=includes("m_health", "disabled"),
        clause="国发〔2015〕52号", since=2,
    ),
    Question(
        "m_benefits", "本人已享受的", "choices", "Benefit", when=LIVING, normal=["none"], since=2, required_since=3,
    ),
)  # fmt: skip

WORK = (
    Question(
        "m_work", "在做什么", "choice", "Work", required_since=3,
        when=_both(
            LIVING, ADULT,
            {"any": [one_of("m_labour", *CAN_WORK), _both(one_of("m_labour", *CANNOT_WORK), aged(16, 60))]},
        ),
        follows=("m_labour", dict.fromkeys(CANNOT_WORK, "not_applicable")),
    ),
    _asked("m_work_place", "在哪里干活", "text", required=False, max_length=40, when=_both(LIVING, ADULT, AWAY)),
    _asked(
        "m_work_months", "干了几个月", "number", required=False, unit="个月", minimum=1, maximum=12,
        when=_both(LIVING, ADULT, AWAY), hint="十二个月里",
    ),
)  # fmt: skip

SCHOOLING = (
    Question("m_schooling", "在哪上学", "choice", "Schooling", required=False, when=_both(LIVING, aged(0, 30, or_unknown=True))),
    _asked(
        "m_grade", "几年级", "number", required=False, unit="年级", minimum=1, maximum=9,
        when=_both(LIVING, one_of("m_schooling", *SCHOOL)),
    ),
    _asked("m_dropout_reason", "为什么没上学", "choice", "DropoutReason", when=equals("m_schooling", "dropped_out")),
    _asked(
        "m_education", "文化程度", "choice", "Education", required=False,
        when=_both(LIVING, ADULT, {"any": [blank("m_schooling"), equals("m_schooling", "dropped_out")]}),
        is_extra=True,
    ),
)  # fmt: skip

INSURANCE = (
    Question("m_insurance", "基本医保", "choice", "Insurance", when=LIVING, normal="resident"),
    _asked("m_uninsured_reason", "为什么没参保", "choice", "UninsuredReason", when=_both(LIVING, equals("m_insurance", "none"))),
    _asked("m_has_big_insurance", "有大病保险", "yes_no", required=False, when=LIVING, is_extra=True),
    _asked("m_pension", "养老保险", "choice", "Pension", required=False, when=_both(LIVING, ADULT), is_extra=True),
    _asked("m_marital", "婚姻", "choice", "Marital", required=False, when=_both(LIVING, ADULT), is_extra=True),
)  # fmt: skip

MEMBERS = Section(
    "S2",
    "家庭成员",
    (*WHO, *HEALTH, *WORK, *SCHOOLING, *INSURANCE, *_of_parent("father", "父亲"), *_of_parent("mother", "母亲")),
    repeat="members",
)
