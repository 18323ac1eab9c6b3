"""就业成本 and 刚性支出: what may be deducted from low income (民发〔2021〕57号 第13条末款).

What a county has not set is shown as a line of zero that says so. What it has set and nobody has answered is missing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from backend.codebook import DEDUCTION_CLAUSE, EmploymentCost, IncomeLine, SumLine, SumReason
from backend.domain.income_entries import Entry, whole
from backend.domain.income_steps import Step, rounded


@dataclass(frozen=True, slots=True)
class Deduction:
    """A step, or the keys without which there is none."""

    step: Step | None
    missing: tuple[str, ...] = ()


def employment_step(answers: Mapping[str, Any], entries: Sequence[Entry], parameters: Mapping[str, Any]) -> Deduction:
    """What going to work costs, by the county's mode, never more than was earned as W1 (fen a year)."""
    mode = parameters.get("employment_cost_mode")
    wages = [one for one in entries if one.code == IncomeLine.W1]
    if mode is None:
        return Deduction(Step(SumLine.EMPLOYMENT, "minus", 0, reason=SumReason.NOT_SET, clause=DEDUCTION_CLAUSE))
    parts: list[int] = []
    match mode:
        case EmploymentCost.PERCENT:
            key, missing = "employment_cost_percent", _percent_of(wages, parameters, parts)
        case EmploymentCost.PERCENT_OF_MINIMUM:
            key, missing = "employment_cost_percent", _percent_of_minimum(wages, parameters, parts)
        case EmploymentCost.FIXED:
            key, missing = "employment_cost_fixed_fen", _fixed(wages, parameters, parts)
        case EmploymentCost.RECEIPTS:
            key, missing = "employment_cost_mode", _receipts(answers, wages, parts)
        case _:
            key, missing = "employment_cost_mode", ["parameters.employment_cost_mode"]
    if missing:
        return Deduction(None, tuple(missing))
    earned = sum(one.amount_fen for one in wages)
    reason = SumReason.CAPPED if sum(parts) > earned else ""
    amount = min(sum(parts), earned)
    return Deduction(Step(SumLine.EMPLOYMENT, "minus", amount, tuple(parts), reason, DEDUCTION_CLAUSE, key))


def _percent_of(wages: Sequence[Entry], parameters: Mapping[str, Any], parts: list[int]) -> list[str]:
    percent = whole(parameters.get("employment_cost_percent"), 100)
    if percent is None:
        return ["parameters.employment_cost_percent"]
    if wages:
        parts.append(rounded(sum(one.amount_fen for one in wages) * percent, 100))
    return []


def _percent_of_minimum(wages: Sequence[Entry], parameters: Mapping[str, Any], parts: list[int]) -> list[str]:
    percent, monthly = whole(parameters.get("employment_cost_percent"), 100), whole(parameters.get("minimum_wage_fen"))
    if percent is None or monthly is None:
        return [f"parameters.{'employment_cost_percent' if percent is None else 'minimum_wage_fen'}"]
    parts += [rounded(monthly * one.months * percent, 100) for one in wages]
    return [f"{one.place}.i_months" for one in wages if not one.months]


def _fixed(wages: Sequence[Entry], parameters: Mapping[str, Any], parts: list[int]) -> list[str]:
    fixed = whole(parameters.get("employment_cost_fixed_fen"))
    if fixed is None:
        return ["parameters.employment_cost_fixed_fen"]
    parts += [fixed for _ in {one.member for one in wages}]
    return [f"{one.place}.i_member" for one in wages if not one.member]


def _receipts(answers: Mapping[str, Any], wages: Sequence[Entry], parts: list[int]) -> list[str]:
    listed = answers.get("employment_costs")
    if not wages or answers.get("has_employment_costs") == "no":
        return []
    if not isinstance(listed, list) or not listed:
        return ["employment_costs"]
    amounts = [whole(one.get("c_amount_fen")) if isinstance(one, dict) else None for one in listed]
    parts += [amount for amount in amounts if amount is not None]
    return [f"employment_costs.{index}.c_amount_fen" for index, amount in enumerate(amounts) if amount is None]


def rigid_step(spent: Sequence[Entry], unspent: Sequence[str], parameters: Mapping[str, Any], people: int) -> Deduction:
    """Rigid expenses that the county deducts: its lines, with receipts if it asks for them, up to its cap a head."""
    lines = parameters.get("rigid_lines")
    if not isinstance(lines, list):
        return Deduction(Step(SumLine.RIGID, "minus", 0, reason=SumReason.NOT_SET, clause=DEDUCTION_CLAUSE))
    if unspent:
        return Deduction(None, tuple(unspent))
    allowed = [one for one in spent if one.code in lines]
    proven = [one for one in allowed if one.is_receipted or parameters.get("rigid_needs_receipt") is False]
    parts = tuple(one.amount_fen for one in proven)
    cap = whole(parameters.get("rigid_cap_fen"))
    amount = sum(parts) if cap is None else min(sum(parts), cap * people)
    reason = SumReason.NO_RECEIPT if len(proven) < len(allowed) else ""
    reason = SumReason.CAPPED if amount < sum(parts) else reason
    return Deduction(Step(SumLine.RIGID, "minus", amount, parts, reason, DEDUCTION_CLAUSE, "rigid_lines"))
