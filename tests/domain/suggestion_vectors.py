"""suggestion_cases.yaml with every hint, for the phone: `python -m tests.domain.suggestion_vectors` writes it.

A hint is [rule, verdict, reasons, missing, parameters], a reason [test, is_met, compared].
"""

import json
from dataclasses import asdict
from datetime import date
from typing import Any

import yaml

from backend import rulebook
from backend.domain.suggestion import Hint, suggest
from tests.house import ROOT

TOLD = yaml.safe_load((ROOT / "tests/domain/suggestion_cases.yaml").read_text("utf-8"))
TARGET = ROOT / "tests/vectors/suggestion.json"


def changes_of(case: dict[str, Any]) -> dict[str, Any]:
    """The answers that a case replaces, the first member's among them."""
    changes = dict(case.get("set", {}))
    if "head" in case:
        first, *others = changes.get("members", TOLD["answers"]["members"])
        changes["members"] = [{**first, **case["head"]}, *others]
    return changes


def of_case(case: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any], date]:
    """The answers, the parameters and the day of one case."""
    answers = {**TOLD["answers"], **changes_of(case)}
    for key in case.get("drop", ()):
        del answers[key]
    day = case.get("day", TOLD["day"])
    return answers, {**rulebook.shipped_on(day), **case.get("parameters", {})}, day


def _row(hint: Hint) -> str:
    reasons = [[one.test, one.is_met, [asdict(each) for each in one.compared]] for one in hint.reasons]
    return json.dumps([hint.rule, hint.verdict, reasons, hint.missing, hint.parameters])


def source() -> str:
    """Text of suggestion.json, one hint a line."""
    cases = []
    for case in TOLD["cases"]:
        answers, parameters, day = of_case(case)
        head = {
            "name": case["name"],
            "day": day.isoformat(),
            "set": changes_of(case),
            "drop": case.get("drop", []),
            "parameters": case.get("parameters", {}),
        }
        lines = ",\n   ".join(map(_row, suggest(answers, parameters, day, rulebook.rulebook())))
        cases.append(f'{json.dumps(head, ensure_ascii=False)[:-1]}, "hints": [\n   {lines}]}}')
    answers = json.dumps(TOLD["answers"], ensure_ascii=False)
    return f'{{"answers": {answers},\n "cases": [\n ' + ",\n ".join(cases) + "\n]}\n"


if __name__ == "__main__":
    TARGET.write_text(source(), "utf-8")
