"""The text that goes to an area's group: counts by township, no names (甘民发〔2023〕53号 四: 每日调度)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

TEST = "【入户通】{area}：这是一条测试，收到就是通了。"
HEAD = "【入户通】{area} {month}月{day}日入户核查"
TOTAL = "合计：超期 {0} 户，今天到期 {1} 户，明天 {2} 户，后天 {3} 户"
LINE = "{town}：超期 {0}，今天 {1}，明天 {2}，后天 {3}"
URGENT = "急难 {0} 户，先救助，后补手续"
URGENT_NOW = "【入户通】{area}：刚报来急难 {0} 户，先救助，后补手续"
URGENT_LINE = "{town}：{0} 户"
NOTHING = "没有超期的，三天里也没有要到期的。"
FOOT = "名单登录入户通看。"


def summary(area: str, at: datetime, rows: Sequence[tuple[str, Sequence[int]]], urgent: int = 0) -> str:
    """`rows`: (township, (overdue, today, tomorrow, the day after)); townships with nothing are left out.

    `urgent`: households in 急难 that are not closed; they stand on top.
    """
    head = HEAD.format(area=area, month=at.month, day=at.day)
    top = [head, URGENT.format(urgent)] if urgent else [head]
    told = [(town, counts) for town, counts in rows if any(counts)]
    if not told:
        return "\n".join([*top, NOTHING])
    total = TOTAL.format(*(sum(column) for column in zip(*(counts for _, counts in told), strict=True)))
    lines = [LINE.format(*counts, town=town) for town, counts in told]
    return "\n".join([*top, total, *lines, FOOT])


def urgent(area: str, rows: Sequence[tuple[str, int]]) -> str:
    """What does not wait for the morning. `rows`: (township, households in 急难)."""
    lines = [URGENT_LINE.format(count, town=town) for town, count in rows]
    return "\n".join([URGENT_NOW.format(sum(count for _, count in rows), area=area), *lines, FOOT])


def named(counts: Mapping[str, Sequence[int]], names: Mapping[str, str]) -> list[tuple[str, Sequence[int]]]:
    """Counts by code as rows by name, in the order of the codes."""
    return [(names.get(code, code), counts[code]) for code in sorted(counts)]
