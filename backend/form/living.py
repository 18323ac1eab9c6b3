"""S6 两不愁三保障 and drinking water, S7 risks and needs (53号 三)."""

from backend.form.question import Question, Section, equals, includes, more_than, one_of

GRADED = one_of("house_grade", "a", "b", "c", "d")
NO_TAP = one_of("water_source", "cistern", "well", "hauled", "spring")

SAFEGUARDS = Section(
    "S6",
    "吃穿和三保障、饮水",
    (
        Question("food", "吃的", "choice", "Satisfied", normal="yes", hint="主食、肉蛋奶"),
        Question("clothing", "穿的", "choice", "Satisfied", normal="yes", hint="四季衣被"),
        Question("dropout_count", "该上学没上的孩子", "number", unit="人", minimum=0, maximum=10, normal=0),
        Question("uninsured_count", "没参加医保的", "number", unit="人", minimum=0, maximum=30, normal=0),
        Question(
            "uninsured_note", "谁没参保，为什么", "text", required=False, max_length=100,
            when=more_than("uninsured_count", 0),
        ),
        Question("house_grade", "住房等级", "choice", "HouseGrade", normal="ungraded"),
        Question("appraised_on", "哪天鉴定的", "date", required=False, when=GRADED, since=3, is_extra=True),
        Question("house_defects", "房子看到的问题", "choices", "HouseDefect", normal=["none"]),
        Question("is_only_house", "是不是只有这一处房", "yes_no", normal="yes"),
        Question("water_source", "吃水从哪来", "choice", "WaterSource", normal="tap"),
        Question("water_issues", "水的问题", "choices", "WaterIssue", normal=["none"], clause="T/CHES 18-2018"),
        Question(
            "water_minutes", "来回取水多久", "number", unit="分钟", required=False, minimum=0, maximum=600,
            when=NO_TAP, hint="20 分钟以内达标", clause="T/CHES 18-2018", since=3,
        ),
        Question(
            "dry_months", "哪几个月缺水、冻住", "text", required=False, max_length=40,
            when={"any": [NO_TAP, includes("water_issues", "quantity"), includes("water_issues", "reliability")]},
        ),
    ),
)  # fmt: skip

NEEDS = Section(
    "S7",
    "风险和需求",
    (
        Question("risks", "主要风险（先选最要紧的）", "choices", "Risk", maximum=5),
        Question("disaster_kind", "是什么灾", "choice", "Disaster", when=includes("risks", "disaster"), since=3),
        Question("risk_note", "其他风险是什么", "text", max_length=60, when=includes("risks", "other"), since=3),
        Question("needs", "需要什么帮扶（先选最要紧的）", "choices", "Need", maximum=20),
        Question("coping", "自己应对得了吗", "choice", "Coping"),
        Question("coping_note", "怎么应对的", "text", required=False, max_length=100, since=3, is_extra=True),
        Question("is_urgent", "是不是急难，等不得", "yes_no", normal="no", clause="暂行办法 第47条"),
        Question("urgent_note", "急在哪里", "text", max_length=100, when=equals("is_urgent", "yes")),
        Question("wish", "本人想要", "choices", "Wish"),
        Question(
            "narrative", "入户情况", "long_text", min_length=30, max_length=1000,
            hint="不少于 30 个字，可以用语音说",
        ),
    ),
)  # fmt: skip
