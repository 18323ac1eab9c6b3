"""The household's income of twelve months, per head, in both definitions, as lines that a screen can show.

民发〔2021〕57号 第13条 (low income), 全国防返贫监测信息采集表 (relapse prevention). Pure: the phone counts with the
same rule; tests/vectors/income.json runs against both. What is missing is named, never taken for zero.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from backend.codebook import ExpenseLine, IncomeLine, SumLine, SumReason
from backend.codebook.income import CLAIM_LINE, flag_key
from backend.domain.deductions import employment_step, rigid_step
from backend.domain.income_entries import Entry, entries_of, expenses_of, people_of
from backend.domain.income_flags import claims_fen, key_of, sign_of, unset
from backend.domain.income_steps import Step, rounded

GROUPS: tuple[tuple[str, str], ...] = (
    (SumLine.WAGES, "W1 W2 W3"),
    (SumLine.FARMING, "B1 B2"),
    (SumLine.BUSINESS, "B3"),
    (SumLine.PROPERTY, "P1 P2"),
    (SumLine.TRANSFER, "T1 T2 T3 T4 T5 T6 T7 T8"),
    (SumLine.COSTS, "E1 E2 E3 E4"),
)
# How a line stands in the sum of its group, before what a county sets otherwise.
USUAL = {line: -1 if group == SumLine.COSTS else 1 for group, lines in GROUPS for line in lines.split()}


@dataclass(frozen=True, slots=True)
class PerHead:
    """One figure: total_fen ÷ people = per_head_fen, and the steps that lead there."""

    total_fen: int
    people: int
    per_head_fen: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Income:
    """What can be counted; None where `missing` (figure → keys of answers and parameters) says what lacks.

    monitor and monitor_after: relapse prevention before and after what was paid for oneself (with 理赔收入);
    dibao: low income; tekun: 特困人员认定办法 第6条. gross_fen: income before costs; rigid_fen: S4 of the twelve
    months; rigid_permille: their share in gross_fen, None without income.
    """

    from_on: date
    to_on: date
    monitor: PerHead | None
    monitor_after: PerHead | None
    dibao: PerHead | None
    tekun: PerHead | None
    gross_fen: int | None
    rigid_fen: int | None
    rigid_permille: int | None
    missing: dict[str, tuple[str, ...]]


def window(day: date) -> tuple[date, date]:
    """The twelve months before `day`: from the first day of the month a year ago to the end of last month."""
    first = day.replace(day=1)
    return first.replace(year=first.year - 1), first - timedelta(days=1)


def income_of(answers: Mapping[str, Any], parameters: Mapping[str, Any], day: date) -> Income:
    """Count the answers of S1, S3 and S4 with the parameters of `day`. Never raises, whatever they hold."""
    people, no_people = people_of(answers)
    entries, lacking = entries_of(answers)
    spent, unspent = expenses_of(answers)
    unflagged = unset(entries, "monitor", parameters)
    base = (*no_people, *lacking, *unflagged)
    low = (*base, *unset(entries, "dibao", parameters))
    tekun = (*base, *unset(entries, "tekun", parameters))
    after = (*base, *unspent, *_unset(parameters, "self_paid_lines"))
    employment = employment_step(answers, entries, parameters)
    rigid = rigid_step(spent, unspent, parameters, people)
    dibao = (*low, *employment.missing, *rigid.missing)
    net, steps = _net(entries, parameters)
    deductions = tuple(step for step in (employment.step, rigid.step) if step)
    rigid_fen = None if unspent else sum(one.amount_fen for one in spent)
    gross = None if lacking or unflagged else _gross(entries, parameters)
    before = None if base or not people else _monitor(net, steps, people)
    from_on, to_on = window(day)
    return Income(
        from_on=from_on,
        to_on=to_on,
        monitor=before,
        monitor_after=None if after or not before else _after(before, entries, spent, parameters),
        dibao=None if dibao or not people else _low(net, entries, "dibao", parameters, people, deductions),
        tekun=None if tekun or not people else _low(net, entries, "tekun", parameters, people, ()),
        gross_fen=gross,
        rigid_fen=rigid_fen,
        rigid_permille=rounded(rigid_fen * 1000, gross) if gross and rigid_fen is not None else None,
        missing=_missing(
            monitor=base, monitor_after=after, dibao=dibao, tekun=tekun, rigid_share=(*lacking, *unflagged, *unspent)
        ),
    )


def _missing(**found: Sequence[str]) -> dict[str, Any]:
    return {name: tuple(dict.fromkeys(keys)) for name, keys in found.items() if keys}


def _unset(parameters: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return () if isinstance(parameters.get(key), list) else (f"parameters.{key}",)


def _codes(parameters: Mapping[str, Any], key: str) -> frozenset[str]:
    listed = parameters.get(key)
    return frozenset(code for code in listed if isinstance(code, str)) if isinstance(listed, list) else frozenset()


def _net(entries: Sequence[Entry], parameters: Mapping[str, Any]) -> tuple[int, tuple[Step, ...]]:
    """What is usual group by group, then each line that the county counts otherwise."""
    steps = []
    for code, lines in GROUPS:
        parts = tuple(one.amount_fen for one in entries if one.code in lines.split())
        if parts:
            sign = "minus" if code == SumLine.COSTS else "plus"
            steps.append(Step(code, sign, sum(parts), parts))
    for line in IncomeLine:
        by = (sign_of(line, "monitor", parameters) - USUAL.get(line, 0)) * _of(line, entries)
        if by:
            steps.append(_differing(line, by, entries, "monitor", parameters))
    net = sum(_signed(one, "monitor", parameters) for one in entries)
    return net, (*steps, Step(SumLine.NET, "equals", net))


def _of(line: str, entries: Sequence[Entry]) -> int:
    return sum(one.amount_fen for one in entries if one.code == line)


def _signed(entry: Entry, definition: str, parameters: Mapping[str, Any]) -> int:
    return sign_of(entry.code, definition, parameters) * entry.amount_fen


def _gross(entries: Sequence[Entry], parameters: Mapping[str, Any]) -> int:
    return sum(one.amount_fen for one in entries if sign_of(one.code, "monitor", parameters) > 0)


def _monitor(net: int, steps: tuple[Step, ...], people: int) -> PerHead:
    per_head = rounded(net, people)
    return PerHead(net, people, per_head, (*steps, Step(SumLine.PEOPLE, "equals", per_head, (net, people))))


def _after(before: PerHead, entries: Sequence[Entry], spent: Sequence[Entry], parameters: Mapping[str, Any]) -> PerHead:
    """Per head after claims and what was paid for oneself; the last step takes up what rounding left over."""
    counted = _codes(parameters, "self_paid_lines") & {line.value for line in ExpenseLine}
    claims = claims_fen(entries, parameters)
    paid = sum(one.amount_fen for one in spent if one.code in counted)
    total = before.total_fen + claims - paid
    per_head, claimed = rounded(total, before.people), rounded(claims, before.people)
    flag = flag_key("monitor", CLAIM_LINE)
    extra = (Step(SumLine.CLAIMS, "plus", claimed, (claims, before.people), parameter=flag),) if claims else ()
    own = before.per_head_fen + claimed - per_head
    last = Step(SumLine.SELF_PAID, "minus", own, (paid, before.people), parameter="self_paid_lines")
    steps = (*before.steps, *extra, last, Step(SumLine.AFTER, "equals", per_head))
    return PerHead(total, before.people, per_head, steps)


def _low(
    net: int,
    entries: Sequence[Entry],
    definition: str,
    parameters: Mapping[str, Any],
    people: int,
    deductions: tuple[Step, ...],
) -> PerHead:
    """From the net income of relapse prevention to the low-income definition, one step per line that differs."""
    exempt = _codes(parameters, "dibao_exempt_lines")
    steps = [Step(SumLine.NET, "equals", net)]
    for line in IncomeLine:
        wanted = 0 if line in exempt else sign_of(line, definition, parameters)
        by = (wanted - sign_of(line, "monitor", parameters)) * _of(line, entries)
        if by:
            steps.append(_differing(line, by, entries, definition, parameters, is_exempt=line in exempt))
    steps += deductions
    total = sum({"plus": 1, "minus": -1, "equals": 1}[step.sign] * step.amount_fen for step in steps)
    per_head = rounded(total, people)
    steps += [Step(SumLine.TOTAL, "equals", total), Step(SumLine.PEOPLE, "equals", per_head, (total, people))]
    return PerHead(total, people, per_head, tuple(steps))


def _differing(
    line: IncomeLine,
    by_fen: int,
    entries: Sequence[Entry],
    definition: str,
    parameters: Mapping[str, Any],
    *,
    is_exempt: bool = False,
) -> Step:
    counts = sign_of(line, definition, parameters) != 0
    reason = SumReason.EXEMPTED if is_exempt else SumReason.ONLY_HERE if counts else SumReason.NOT_COUNTED
    return Step(
        line,
        "plus" if by_fen > 0 else "minus",
        abs(by_fen),
        tuple(one.amount_fen for one in entries if one.code == line),
        reason=reason,
        parameter="dibao_exempt_lines" if is_exempt else key_of(line, definition, parameters),
    )
