"""Writes what phone and server must agree on as TypeScript: `python -m backend.contract`.

Codebook, form, limits and the API's schemas go to frontend/field/src/contract/; `make contract` must leave no diff.
"""

import json
from dataclasses import asdict
from enum import EnumMeta
from pathlib import Path
from typing import Any

from backend import codebook, contract_hints, form
from backend.form.limits import LIMITS

TARGET = Path(__file__).parent.parent / "frontend" / "field" / "src" / "contract"
HEAD = "// Written by `make contract` from backend/codebook and backend/form. Do not edit.\n"
FIELD_BOOKS = (
    "AttemptResult", "Benefit", "BusinessKind", "BusinessState", "ComparisonCode", "Coping", "DebtKind", "DebtReason",
    "DeclineReason", "DisabilityKind", "DisabilityLevel", "Disaster", "DropoutReason", "Duty", "Education",
    "EmploymentCost", "ExpenseLine", "ExplanationMethod", "Hardship", "Health", "HouseDefect", "HouseGrade", "HouseholdRegister",
    "HouseholdType", "HouseStructure", "HouseTenure", "HouseUse", "IncomeLine", "Insurance", "ItemKind", "Kinship",
    "Labour", "MachineKind", "Marital", "Need", "NotLivingReason", "ObligorAbility", "OtherWealth", "ParentState",
    "Pension", "PhotoKind", "PropertyCheck", "Relation", "ReturnReason", "Risk", "RoadKind", "Role", "Satisfied",
    "Schooling", "SelfCare", "Sex", "SoftCheck", "Stage", "Surely", "UninsuredReason", "VehicleKind", "VehicleUse",
    "Verdict", "VisitMode",
    "VisitorOpinion", "WaterIssue", "WaterSource", "Wish", "Work",
)  # fmt: skip
RENAMED = {"minimum": "min", "maximum": "max", "is_extra": "extra", "is_fraction": "fraction", "is_year": "year"}
UNSAID = (("entry", []), ("since", 1), ("required_since", 1), ("extra", False), ("fraction", False), ("year", False))


def codebook_entries(book: EnumMeta) -> list[dict[str, str]]:
    """[{code, label}] of one coded value, in the order in which it is shown."""
    return [{"code": member.value, "label": member.standard} for member in book]  # type: ignore[var-annotated]


def _shortened(value: dict[str, Any]) -> dict[str, Any]:
    told = {RENAMED.get(key, key): item for key, item in value.items() if item is not None}
    told["entry"] = [_shortened(one) for one in told["entry"]]
    return {key: item for key, item in told.items() if (key, item) not in UNSAID}


def form_definition() -> dict[str, Any]:
    """The form as JSON: {version, sections: [{key, title, repeat, questions: [...]}]}."""
    sections = []
    for section in form.SECTIONS:
        questions = [_shortened(asdict(question)) for question in section.questions]
        sections.append(
            {"key": section.key, "title": section.title, "repeat": section.repeat or False, "questions": questions}
        )
    return {"version": form.VERSION, "sections": sections}


def _json(value: Any) -> str:
    """JSON with one line per codebook or question, so that a change shows as one line."""
    if isinstance(value, dict) and "questions" in value:
        questions = ",\n  ".join(json.dumps(q, ensure_ascii=False) for q in value["questions"])
        head = json.dumps({k: v for k, v in value.items() if k != "questions"}, ensure_ascii=False)
        return f'{head[:-1]}, "questions": [\n  {questions}\n ]}}'
    if isinstance(value, dict) and "sections" in value:
        sections = ",\n ".join(map(_json, value["sections"]))
        return f'{{"version": {value["version"]}, "sections": [\n {sections}\n]}}'
    lines = ",\n ".join(f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in value.items())
    return f"{{\n {lines}\n}}"


def codebook_source() -> str:
    """Text of codebook.ts."""
    books = {name: codebook_entries(getattr(codebook, name)) for name in FIELD_BOOKS}
    required = [kind.value for kind in codebook.REQUIRED_PHOTOS]
    return (
        f"{HEAD}export type Code = {{ code: string; label: string }}\n"
        f"export const CODEBOOK: Record<string, readonly Code[]> = {_json(books)}\n"
        f"export const REQUIRED_PHOTOS: readonly string[] = {json.dumps(required)}\n"
    )


def form_source() -> str:
    """Text of form.ts."""
    return (
        f"{HEAD}import type {{ FormShape }} from '../rules/form_shape'\n\n"
        f"export const FORM: FormShape = {_json(form_definition())}\n"
    )


def limits_source() -> str:
    """Text of limits.ts."""
    lines = "".join(f"  {name}: {most},\n" for name, most in LIMITS.items())
    return f"{HEAD}export const LIMITS = {{\n{lines}}} as const\n"


def api_source() -> str:
    """Text of api.ts."""
    from backend.api.typescript import api_types

    head = HEAD.replace("backend/codebook and backend/form", "backend/api/schemas")
    return f"{head}import type {{ Answers }} from '../rules/form_shape'\n\n{api_types()}"


def write(target: Path = TARGET) -> None:
    """Write the contract's files below `target`."""
    target.mkdir(parents=True, exist_ok=True)
    (target / "codebook.ts").write_text(codebook_source(), encoding="utf-8")
    (target / "form.ts").write_text(form_source(), encoding="utf-8")
    (target / "api.ts").write_text(api_source(), encoding="utf-8")
    (target / "limits.ts").write_text(limits_source(), encoding="utf-8")
    (target / "rules.ts").write_text(contract_hints.rules_source(), encoding="utf-8")
    (target / "income.ts").write_text(contract_hints.income_source(), encoding="utf-8")


if __name__ == "__main__":
    write()
