"""人均收入 for ledgers: what a household's page counts, with the parameters of the visit's day."""

from backend import rulebook
from backend.codebook import SumLine
from backend.desk.span import local_day
from backend.documents.ledgers.households import Household
from backend.domain.income import Income, PerHead, income_of
from backend.domain.parameters import History, histories


class Incomes:
    """The sums of many households; the parameters of an area are asked for once."""

    def __init__(self) -> None:
        self._histories: dict[str, History] = {}

    def of(self, one: Household) -> Income | None:
        """What the visit's answers come to; None without a visit."""
        if one.visit is None:
            return None
        area, day = one.case.village_code or one.case.county_code, local_day(one.visit.visited_at)
        if area not in self._histories:
            self._histories[area] = histories(rulebook.hint_keys(), [area])[area]
        return income_of(one.answers, self._histories[area].on(day), day)


def per_head(found: PerHead | None) -> float | None:
    """元 a year; None where something is missing for it."""
    return found.per_head_fen / 100 if found else None


def self_paid(found: Income | None) -> float | None:
    """合规自付支出 of the twelve months, in 元; None where it is not known."""
    after = found.monitor_after if found else None
    step = next((one for one in after.steps if one.code == SumLine.SELF_PAID), None) if after else None
    return step.parts_fen[0] / 100 if step else None
