"""提示: what the rules of a day say to the answers of a visit, with its arithmetic. Never a verdict on a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from flask_login import current_user

from backend import form, rulebook
from backend.access_rules import SUPERVISORS
from backend.codebook import PARAMETER_BY_KEY, HintVerdict, Role, SumLine
from backend.desk.answers import Lack, in_yuan, label_of, words_of
from backend.desk.span import day_end
from backend.domain import identity, parameters
from backend.domain.conditions import Scene
from backend.domain.county_rules import book_of, rule_key
from backend.domain.income import PerHead, income_of
from backend.domain.income_entries import entries_of
from backend.domain.income_flags import key_of
from backend.domain.income_steps import Step
from backend.domain.parameters import Standing
from backend.domain.rule_values import FACTS
from backend.domain.suggestion import Hint, suggest
from backend.domain.worked import Worked, worked
from backend.models import Case

# What is nearest to a yes first; within that in the order of the rules.
ORDER = (HintVerdict.YES, HintVerdict.MAYBE, HintVerdict.LACK, HintVerdict.NO)
DIVIDED = (SumLine.CLAIMS, SumLine.SELF_PAID)


@dataclass(frozen=True)
class SumRow:
    """One line of a sum: `amount_fen` with its sign, `parts_fen` what it was added up (or `people` divided) from."""

    code: str
    label: str
    sign: str
    amount_fen: int
    parts_fen: tuple[int, ...]
    people: int
    reason: str
    clause: str


@dataclass(frozen=True)
class Line:
    """A figure per head beside a line; compared in totals, so that rounding decides nothing."""

    figure: str
    per_head_fen: int
    parameter: str
    limit_fen: int
    percent: int
    is_below: bool


@dataclass(frozen=True)
class Sum:
    """One definition of income: its rows and lines, or what is still missing for it."""

    name: str
    rows: list[SumRow]
    lines: list[Line]
    missing: list[Lack]


@dataclass(frozen=True)
class ShownHint:
    """A hint with the comparisons behind its reasons (by test) and what is missing, in words."""

    hint: Hint
    worked: dict[str, list[Worked]]
    missing: list[Lack]
    is_demo: bool

    @property
    def is_changed(self) -> bool:
        """Whether the county changed or wrote the rule."""
        return rule_key(self.hint.rule) in self.hint.parameters


class Hints:
    """The hints of one visit with the parameters and rules of `day`, as they hold where the household lives.

    With `known_on` as that day's end knew them: a parameter may begin before it was approved.
    """

    def __init__(self, case: Case, answers: Mapping[str, Any], day: date, known_on: date | None = None) -> None:
        self.case, self.answers, self.day, self.known_on = case, answers, day, known_on

    @cached_property
    def standing(self) -> dict[str, Standing]:
        """What the county had set on the day."""
        area = self.case.village_code or self.case.county_code
        known_at = day_end(self.known_on) if self.known_on else None
        return parameters.standing(rulebook.hint_keys(), on=self.day, area_code=area, known_at=known_at)

    @cached_property
    def values(self) -> dict[str, Any]:
        return {key: one.value for key, one in self.standing.items()}

    @cached_property
    def scene(self) -> Scene:
        income = income_of(self.answers, self.values, self.day)
        tests = book_of(rulebook.rulebook(), self.values)["tests"]
        return Scene(self.answers, self.values, income, tests, self.day)

    @cached_property
    def shown(self) -> list[ShownHint]:
        """Every hint, what is nearest to a yes first."""
        found = suggest(self.answers, self.values, self.day, rulebook.rulebook())
        return [self._shown(hint) for hint in sorted(found, key=lambda hint: ORDER.index(hint.verdict))]

    @cached_property
    def sums(self) -> list[Sum]:
        """Both definitions side by side; that of 特困 where somebody may be concerned."""
        names = ["monitor", "dibao"]
        if any(one.hint.rule in ("TK-01", "TK-03") for one in self.shown):
            names.append("tekun")
        return [self._sum(name) for name in names]

    @cached_property
    def used(self) -> list[tuple[str, Standing]]:
        """The parameters that a hint or sum looked at, in the order of the county's list."""
        looked_at = {key for one in self.shown for key in one.hint.parameters}
        looked_at |= {step.parameter for name in ("dibao", "monitor_after") for step in _steps(self.scene, name)}
        return [(key, self.standing[key]) for key in PARAMETER_BY_KEY if key in looked_at and key in self.standing]

    @property
    def late(self) -> list[tuple[str, Standing]]:
        """Those among them that were approved only after the day they are asked for."""
        end = day_end(self.day)
        lines = [one.code for one in entries_of(self.answers)[0]]
        flags = dict.fromkeys(key_of(line, name, self.values) for name in ("dibao", "monitor") for line in lines)
        # A rule that went back to the shipped one is used by no hint, and yet it read otherwise on the day.
        asked_for = (*flags, *rulebook.rule_keys())
        asked = dict(self.used) | {key: self.standing[key] for key in asked_for if key in self.standing}
        return [(key, one) for key, one in asked.items() if one.set_at and one.set_at > end]

    @property
    def is_demo(self) -> bool:
        return any(standing.is_demo for _, standing in self.used)

    def _shown(self, hint: Hint) -> ShownHint:
        lines = {reason.test: worked(reason.test, self.scene) for reason in hint.reasons}
        is_demo = any(key in self.standing and self.standing[key].is_demo for key in hint.parameters)
        return ShownHint(hint, lines, [self._lack(key) for key in hint.missing], is_demo)

    def _sum(self, name: str) -> Sum:
        income = self.scene.income
        missing = [self._lack(key) for key in income.missing.get(name, ())]
        if name == "monitor":
            lines = [("monitor", "monitor_range_fen", ""), ("monitor_after", "monitor_range_fen", "")]
            missing += [self._lack(key) for key in income.missing.get("monitor_after", ()) if not missing]
            steps = _steps(self.scene, "monitor_after") or _steps(self.scene, "monitor")
        else:
            lines = [(name, "dibao_standard_fen", "")]
            lines += [(name, "dibao_standard_fen", "marginal_percent")] if name == "dibao" else []
            steps = _steps(self.scene, name)
        compared = [self._line(getattr(income, figure), figure, key, percent) for figure, key, percent in lines]
        return Sum(
            name, [_row(step, self._document(step)) for step in steps], [line for line in compared if line], missing
        )

    def _document(self, step: Step) -> str:
        """What a line rests on: its clause, or the document of the dated row that made it so."""
        told = self.standing.get(step.parameter)
        return step.clause or (told.source if told else "")

    def _line(self, sum_of: PerHead | None, figure: str, key: str, percent_key: str) -> Line | None:
        limit, percent = self.values.get(key), self.values.get(percent_key) if percent_key else 100
        if sum_of is None or not isinstance(limit, int) or not isinstance(percent, int):
            return None
        is_below = sum_of.total_fen * 100 < limit * percent * sum_of.people
        return Line(figure, sum_of.per_head_fen, percent_key or key, limit * percent // 100, percent, is_below)

    def _lack(self, key: str) -> Lack:
        """What a missing key is called: a parameter, a question, or one of a member or an entry."""
        if key.startswith("parameters."):
            name = key.removeprefix("parameters.")
            return Lack(PARAMETER_BY_KEY[name].label if name in PARAMETER_BY_KEY else name, "parameter")
        listed, _, rest = key.partition(".")
        place, _, inside = rest.partition(".")
        label = question_label(inside or listed)
        if not place.isdigit():
            return Lack(label, "missing")
        if listed == "members":
            return Lack(label, "missing", self._member(int(place)), 0)
        asked = form.question(listed)
        return Lack(label, "missing", question_label(listed), int(place) + 1, (asked.unit or "") if asked else "")

    def _member(self, place: int) -> str:
        listed = self.answers.get("members")
        one = listed[place] if isinstance(listed, list) and place < len(listed) else None
        name = str(one.get("m_name") or "") if isinstance(one, dict) else ""
        return identity.mask_name(name) if name and Role(current_user.role) in SUPERVISORS else name


def question_label(key: str) -> str:
    """What a question of the form or of one of its lists is called, without its remark in brackets."""
    asked = form.ENTRY_BY_KEY[key][1] if key in form.ENTRY_BY_KEY else form.question(key)
    if asked is None:
        return FACTS[key].label if key in FACTS else key
    return asked.label.split("（", maxsplit=1)[0]


def fact_words(key: str, value: Any) -> list[str]:
    """A value beside a question, or a parameter's, as readable parts."""
    asked = form.ENTRY_BY_KEY[key][1] if key in form.ENTRY_BY_KEY else form.question(key)
    if asked is None:
        is_money = key in PARAMETER_BY_KEY and PARAMETER_BY_KEY[key].kind == "yuan"
        return [in_yuan(value)] if is_money else [str(value)]
    return words_of(asked, value)


def _steps(scene: Scene, name: str) -> tuple[Step, ...]:
    found: PerHead | None = getattr(scene.income, name)
    return found.steps if found else ()


def _row(step: Step, document: str) -> SumRow:
    is_divided = step.code == SumLine.PEOPLE or step.code in DIVIDED
    label = label_of("SumLine", step.code) if step.code in set(SumLine) else label_of("IncomeLine", step.code)
    return SumRow(
        step.code, label, step.sign, -step.amount_fen if step.sign == "minus" else step.amount_fen,
        step.parts_fen[:1] if is_divided else step.parts_fen, step.parts_fen[1] if is_divided else 0,
        label_of("SumReason", step.reason) if step.reason else "", document,
    )  # fmt: skip
