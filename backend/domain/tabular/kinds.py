"""What a table is: declarations or one of the rosters, from its title, sheet, headings and values."""

import re

from backend.domain.tabular.tables import Table

DECLARATIONS = "declarations"
ROSTER_KINDS = ("dibao", "tekun", "temporary", "orphan", "unsupported", "disability")
CHILD = "child"

_NAMED = {
    "unsupported": r"事实无人抚养|无人抚养|事无",
    "orphan": r"孤儿",
    "temporary": r"临时救助|急难(?:型|救助)|支出型救助|临救",
    "tekun": r"特困|五保|集中供养|分散供养",
    "disability": r"残疾人?.{0,4}(?:两项|补贴)|两项补贴|困难残疾人|重度残疾人|两补|残补|残疾人名册|残疾人(?:护理|生活)",
    "dibao": r"低保|最低生活保障|城乡低保",
    "declarations": r"一键报贫|报贫|申报(?:信息|明细|清单|推送|台账|数据|表|名单|情况|人员)|农户申报|困难申报|诉求(?:信息|清单|台账|明细)|"
    r"求助(?:信息|清单|台账)|返贫(?:预警|申报)|线索(?:清单|台账|明细)",
}
_OTHERS = re.compile(
    r"脱贫(?:户|人口|不稳定)|监测(?:对象|户|帮扶)|边缘易致贫|低保边缘|边缘户|边缘家庭|刚性支出|高龄|优抚|城市低保|城镇低保|城市最低|养老保险|"
    r"参保|医保|死亡(?:人员|名单|登记)|殡葬|公益(?:性)?岗|留守|退役|危房|持证残疾人|就业|务工|学生资助|慰问|边缘人口"
)
_IN_HEADINGS = {
    "dibao": r"低保|保障人口|保障人数|保障方式|施保|最低生活|整户|分类施保",
    "tekun": r"特困|供养|五保|照料服务|自理能力|护理(?:档次|等级|级别)|照护",
    "temporary": r"救助(?:类型|方式|金额|资金|事由)|急难|审批层级|临时救助|救助款",
    "unsupported": r"父亲?(?:情形|情况|状况|状态)|母亲?(?:情形|情况|状况|状态)|无人抚养",
    "orphan": r"孤儿|养育(?:方式|机构)|儿童",
    "disability": r"残疾|生活补贴|护理补贴",
    "declarations": r"申报(?!单位)|困难情况|困难描述|诉求|自述|代申请|代报|推送|扫码|是否授权|风险类型|求助|致贫风险|反映",
}
_VALUE_COLUMNS = {"category": (("unsupported", "无人抚养|事无"), ("orphan", "孤儿|集中养育|散居"))}


def weigh(table: Table, file_name: str) -> dict[str, int]:
    """Points for every kind; the sheet's own title counts most, the file's name least."""
    title = " ".join(table.title[:3])
    headings = " ".join(table.header.shown)
    points = dict.fromkeys(_NAMED, 0)
    for kind, pattern in _NAMED.items():
        points[kind] += 8 * bool(re.search(pattern, title)) + 6 * bool(re.search(pattern, table.sheet))
        points[kind] += 3 * bool(re.search(pattern, file_name))
        points[kind] += min(8, 2 * len(set(re.findall(_IN_HEADINGS[kind], headings))))
    facts = table.layout.facts
    points["declarations"] += 2 * ("source_no" in facts) + 2 * ("submitted_at" in facts) + 2 * ("hardship" in facts)
    points["dibao"] += 4 * ("guarantee_mode" in facts) + 2 * ("covered_size" in facts)
    points["disability"] += 3 * any(slot.cards for slot in table.layout.slots)
    points["temporary"] += 2 * ("paid_on" in facts and "start_on" not in facts)
    points["unsupported"] += 4 * any(slot.role in ("father", "mother") for slot in table.layout.slots)
    return points


def kind_of(table: Table, file_name: str) -> str:
    """The kind with the most points; "" when nothing speaks for any, "other" for a foreign list."""
    points = weigh(table, file_name)
    best = max(points, key=lambda kind: points[kind])
    if is_other_list(table, file_name):
        return "other"
    return best if points[best] >= 4 else ""


def is_other_list(table: Table, file_name: str) -> bool:
    """A list that is none of the five: 脱贫户, 监测对象, 城市低保, 死亡人员 …; its own title decides."""
    for text in (" ".join(table.title[:3]), table.sheet, file_name):
        ours = any(re.search(pattern, _OTHERS.sub("", text)) for pattern in _NAMED.values())
        if ours:
            return False
        if _OTHERS.search(text):
            return True
    return False


def child_kind(table: Table, file_name: str) -> str:
    """孤儿 or 事实无人抚养儿童, for a sheet that is known to list children."""
    points = weigh(table, file_name)
    return "unsupported" if points["unsupported"] > points["orphan"] else "orphan"


def child_kind_of_value(value: str, otherwise: str) -> str:
    """The kind a single row names in its category column, else the sheet's."""
    for kind, pattern in _VALUE_COLUMNS["category"]:
        if re.search(pattern, value):
            return kind
    return otherwise
