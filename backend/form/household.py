"""S1 the household, S2 its members (57号 第7、11、13条)."""

from backend.form.question import Question, Section, blank, equals, includes, one_of

LIVING = equals("m_is_living", "yes")

CHILD = one_of("m_schooling", "preschool", "kindergarten", "primary", "junior", "senior", "vocational", "dropped_out")
MONTHS_COUNT = ("imprisoned", "detox", "restricted", "lost_contact")


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


HOUSEHOLD = Section(
    "S1",
    "户基本情况",
    (
        Question("head_name", "户主姓名", "text", max_length=20),
        Question("head_id_number", "户主身份证号", "id_number", required=False, hint="和申报一样就不用再填"),
        Question("live_address", "现在住哪里", "text", max_length=100),
        Question("register_kind", "户籍性质", "choice", "HouseholdRegister", normal="rural"),
        Question("registered_size", "户籍人口", "number", unit="人", minimum=1, maximum=30),
        Question(
            "living_size", "一起生活几个人", "number", unit="人", minimum=1, maximum=30,
            hint="算人均用这个数", clause="57号 第7条",
        ),
        Question("household_type", "户类型", "choice", "HouseholdType", normal="ordinary"),
        Question("current_benefits", "已经享受的", "choices", "Benefit", normal=["none"]),
        Question("kinship", "和经办、村干部是近亲属", "choice", "Kinship", normal="none", clause="57号 第11条"),
        Question("kinship_note", "是谁，什么关系", "text", max_length=60, when=equals("kinship", "related")),
        Question("land_mu", "种几亩地", "number", unit="亩", required=False, minimum=0, maximum=500),
        Question("cattle", "家里存栏的牛", "number", unit="头", required=False, minimum=0, maximum=500),
        Question("sheep", "家里存栏的羊", "number", unit="只", required=False, minimum=0, maximum=2000),
        Question(
            "has_obligors", "家外有没有法定义务人", "yes_no", required=False,
            hint="分出去住的子女、父母；要看特困、低保时填", clause="特困人员认定办法 第7条", since=2,
        ),
        Question(
            "obligors", "法定义务人", "entries", unit="个", maximum=20, when=equals("has_obligors", "yes"), since=2,
            entry=(
                Question("o_name", "姓名、关系", "text", required=False, max_length=40, since=2),
                Question("o_ability", "有没有能力", "choice", "ObligorAbility", since=2),
            ),
        ),
    ),
)  # fmt: skip

MEMBERS = Section(
    "S2",
    "家庭成员",
    (
        Question("m_name", "姓名", "text", max_length=20),
        Question("m_id_number", "身份证号", "id_number", required=False, hint="性别、年龄从证号里看，不用再填"),
        Question("m_no_id_reason", "为什么没有证号", "text", required=False, max_length=60),
        Question("m_birth_on", "出生日期", "date", required=False, when=blank("m_id_number"), since=2),
        Question("m_relation", "是户主的", "choice", "Relation"),
        Question("m_is_living", "一起生活", "yes_no", normal="yes", clause="57号 第7条"),
        Question(
            "m_not_living_reason", "为什么不算", "choice", "NotLivingReason",
            when=equals("m_is_living", "no"), clause="57号 第7条",
        ),
        Question("m_health", "身体怎么样", "choices", "Health", when=LIVING, normal=["healthy"]),
        Question(
            "m_disease", "什么病", "text", max_length=60,
            when={"any": [includes("m_health", "chronic"), includes("m_health", "serious")]},
        ),
        Question(
            "m_disability_kind", "残疾类别", "choice", "DisabilityKind", when=includes("m_health", "disabled")
        ),
        Question(
            "m_disability_level", "残疾等级", "choice", "DisabilityLevel", when=includes("m_health", "disabled")
        ),
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
        Question("m_benefits", "本人已享受的", "choices", "Benefit", required=False, when=LIVING, since=2),
        Question(
            "m_work", "在做什么", "choice", "Work",
            when=one_of("m_labour", "ordinary", "skilled", "weak"),
        ),
        Question("m_schooling", "在哪上学", "choice", "Schooling", required=False, when=LIVING),
        Question("m_insurance", "基本医保", "choice", "Insurance", when=LIVING, normal="resident"),
        *_of_parent("father", "父亲"),
        *_of_parent("mother", "母亲"),
    ),
    repeat="members",
)  # fmt: skip
