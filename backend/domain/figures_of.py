"""统计表: what the counts of an area come to (甘民发〔2023〕53号 四; DOMAIN §5.3). Pure.

应核查 = 预警 − 批准延期未到期 − 作废, which is 按期 + 超期完成 + 超期未核 + 未到期. 已核查 = a visit time and at
least two visitors' signatures. 核查率 = 已核查 ÷ 预警; 按期核查率 = 按期 ÷ (已核查 + 超期未核); 超期率 =
(超期完成 + 超期未核) ÷ (按期 + 超期完成 + 超期未核); 纳入率 = 办结 with any inclusion ÷ 办结. What there is
nothing to divide by for is None and printed as —.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from statistics import fmean, median
from typing import Any

FEW = 5
HOUR = 3600
# Durations of which an area keeps the sum and how many there are, so that areas add up to the area above.
STEPS = ("assign", "review", "accept", "whole", "sync")


def share(part: int, whole: int) -> float | None:
    """part ÷ whole, None when there is nothing to divide by."""
    return part / whole if whole else None


@dataclass(frozen=True)
class Spread:
    """响应时长 in hours (visit minus publication) over `count` real visits; None without any."""

    count: int = 0
    mean: float | None = None
    median: float | None = None
    ninth: float | None = None


def spread(seconds: Iterable[int]) -> Spread:
    """Mean, median and 90 % (nearest rank) of durations given in seconds."""
    hours = sorted(second / HOUR for second in seconds)
    if not hours:
        return Spread()
    return Spread(len(hours), fmean(hours), median(hours), hours[ceil(0.9 * len(hours)) - 1])


@dataclass(frozen=True)
class Row:
    """One line of the 统计表: counts by key (see `figures_at`), people and money beside them, response times."""

    code: str
    name: str
    n: Mapping[str, int] = field(default_factory=dict)
    response: Spread = field(default_factory=Spread)

    def __getitem__(self, key: str) -> int:
        return self.n.get(key, 0)

    @property
    def visit_share(self) -> float | None:
        """核查率."""
        return share(self["visited"], self["warned"])

    @property
    def in_time_share(self) -> float | None:
        """按期核查率."""
        return share(self["in_time"], self["visited"] + self["overdue"])

    @property
    def overdue_share(self) -> float | None:
        """超期率."""
        return share(self["late"] + self["overdue"], self["in_time"] + self["late"] + self["overdue"])

    @property
    def included_share(self) -> float | None:
        """纳入率."""
        return share(self["closed_included"], self["closed"])

    @property
    def dibao_share(self) -> float | None:
        """纳入率 of 低保 alone."""
        return share(self["closed_dibao"], self["closed"])

    @property
    def monitor_share(self) -> float | None:
        """纳入率 of 防返贫监测 alone."""
        return share(self["closed_monitor"], self["closed"])

    @property
    def returned_share(self) -> float | None:
        """退回率: households returned for correction at least once, of those handed in."""
        return share(self["returned"], self["handed_in"])

    @property
    def complete_share(self) -> float | None:
        """资料完整率: all announced photos here and three signatures, of those handed in."""
        return share(self["complete"], self["handed_in"])

    @property
    def repeat_share(self) -> float | None:
        """重复申报率."""
        return share(self["repeated"], self["declared"])

    @property
    def is_small(self) -> bool:
        """Whether the shares are of so few households that they only indicate."""
        return 0 < self["to_visit"] < FEW

    def mean_hours(self, step: str) -> float | None:
        """Mean of a duration of STEPS: 派单, 审核, 转办受理, 全程 (申报 to 办结), 同步时延."""
        count = self[f"{step}_count"]
        return self[f"{step}_seconds"] / count / HOUR if count else None

    def as_json(self) -> dict[str, Any]:
        """For a snapshot; `from_json` reads it."""
        r = self.response
        return {"code": self.code, "name": self.name, "n": dict(self.n), "r": [r.count, r.mean, r.median, r.ninth]}

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Row":
        return cls(told["code"], told["name"], told["n"], Spread(*told["r"]))


def added(code: str, name: str, rows: Iterable[Row], seconds: Iterable[int]) -> Row:
    """The sum of rows; the response times of the whole are not those of its parts, so all `seconds` are needed."""
    total: Counter[str] = Counter()
    for row in rows:
        total.update(row.n)
    return Row(code, name, dict(total), spread(seconds))


def ranked(rows: Sequence[Row]) -> list[Row]:
    """Areas by 按期核查率, then by mean response, the best first; those without a share come last.

    Areas are compared on their deadlines, persons never (DOMAIN §0.10).
    """

    def place(row: Row) -> tuple[bool, float, float]:
        chance, mean = row.in_time_share, row.response.mean
        return (chance is None, -(chance or 0.0), mean if mean is not None else float("inf"))

    return sorted(rows, key=place)
