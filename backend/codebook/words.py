"""字典: the books whose words a county may choose itself, and what their page calls them.

Only what describes households and what helps them. Stages, verdicts, comparison codes, queues, roles, lines of a sum,
and whatever law, cards or certificates word (categories, grades, reasons for declining) are the same everywhere.
`Hardship` is left out because its words are kept as the text of a declaration.
"""

from backend.codebook import hints, household, living, steps
from backend.codebook.base import LabelEnum

LONGEST_WORD = 20
WORD_GROUPS: tuple[tuple[str, tuple[tuple[type[LabelEnum], str], ...]], ...] = (
    (
        "风险和帮扶",
        (
            (living.Risk, "致贫返贫的风险"), (living.Disaster, "是什么灾"), (living.Need, "需要的帮扶、帮扶措施"),
            (living.Coping, "自己应对得了吗"), (living.Wish, "本人想要的"), (living.Satisfied, "吃穿有没有保障"),
            (steps.LabourCapacity, "全家的劳动能力"),
        ),
    ),
    (
        "家里的人",
        (
            (household.Relation, "和户主的关系"), (household.Health, "健康状况"), (household.Labour, "劳动能力"),
            (household.SelfCare, "自理能力"), (household.Work, "在哪里干活"), (household.Schooling, "上学"),
            (household.DropoutReason, "没上学的原因"), (household.Education, "文化程度"), (household.Marital, "婚姻"),
            (household.Insurance, "医疗保险"), (household.UninsuredReason, "没参保的原因"),
            (household.Pension, "养老保险"), (household.NotLivingReason, "不在一起生活的原因"),
        ),
    ),
    (
        "住房、饮水、道路",
        (
            (living.HouseDefect, "房子看到的问题"), (hints.HouseStructure, "房屋结构"), (hints.HouseTenure, "房子是谁的"),
            (hints.HouseUse, "房子的用处"), (living.WaterSource, "吃水从哪来"), (living.WaterIssue, "水的问题"),
            (household.RoadKind, "进家的路"),
        ),
    ),
    (
        "家里的情况、财产",
        (
            (hints.VehicleKind, "车辆"), (hints.VehicleUse, "车的用处"), (hints.MachineKind, "农机"), (hints.DebtKind, "欠谁的钱"),
            (hints.DebtReason, "为什么欠"), (hints.BusinessKind, "什么执照"), (hints.BusinessState, "经营情况"),
            (hints.OtherWealth, "其他财产情形"),
        ),
    ),
    (
        "入户",
        (
            (household.VisitMode, "怎么核查的"), (household.AttemptResult, "没见到人的情形"),
            (living.PhotoKind, "照片"),
        ),
    ),
)  # fmt: skip
WORD_BOOKS: dict[str, type[LabelEnum]] = {book.__name__: book for _, books in WORD_GROUPS for book, _ in books}
WORD_TITLES: dict[str, str] = {book.__name__: title for _, books in WORD_GROUPS for book, title in books}
