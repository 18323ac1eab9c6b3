"""S6 两不愁三保障 and drinking water, S7 risks and needs (53号 三)."""

from backend.form.question import Question, Section, equals, one_of

SAFEGUARDS = Section(
    "S6",
    "吃穿和三保障、饮水",
    (
        Question("food", "吃的", "choice", "Satisfied", normal="yes", hint="主食、肉蛋奶"),
        Question("clothing", "穿的", "choice", "Satisfied", normal="yes", hint="四季衣被"),
        Question("dropout_count", "该上学没上的孩子", "number", unit="人", minimum=0, maximum=10, normal=0),
        Question("uninsured_count", "没参加医保的", "number", unit="人", minimum=0, maximum=30, normal=0),
        Question("uninsured_note", "谁没参保，为什么", "text", required=False, max_length=100),
        Question("house_grade", "住房等级", "choice", "HouseGrade", normal="ungraded"),
        Question("house_defects", "房子看到的问题", "choices", "HouseDefect", normal=["none"]),
        Question("is_only_house", "是唯一住房", "yes_no", normal="yes"),
        Question("water_source", "吃水从哪来", "choice", "WaterSource", normal="tap"),
        Question("water_issues", "水的问题", "choices", "WaterIssue", normal=["none"], clause="T/CHES 18-2018"),
        Question(
            "dry_months", "哪几个月缺水", "text", required=False, max_length=40,
            when=one_of("water_source", "cistern", "well", "hauled", "spring"),
        ),
    ),
)  # fmt: skip

NEEDS = Section(
    "S7",
    "风险和需求",
    (
        Question("risks", "主要风险（先选最要紧的）", "choices", "Risk", maximum=5),
        Question("needs", "需要什么帮扶", "choices", "Need"),
        Question("coping", "自己应对得了吗", "choice", "Coping"),
        Question("is_urgent", "是不是急难，等不得", "yes_no", normal="no", clause="暂行办法 第47条"),
        Question("urgent_note", "急在哪里", "text", max_length=100, when=equals("is_urgent", "yes")),
        Question("wish", "本人想要", "choices", "Wish"),
        Question(
            "narrative", "入户情况", "long_text", min_length=30, max_length=1000,
            hint="不少于 30 个字，可以用语音说",
        ),
    ),
)  # fmt: skip
