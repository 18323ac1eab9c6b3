"""What the phone needs to count income and to give hints, as TypeScript that loads only where it is shown."""

import json
from collections.abc import Iterable
from typing import Any

from backend import codebook, rulebook
from backend.codebook.income import CLAIM_LINE, SUBTRACTED_LINES
from backend.form.money import FACTORS

HEAD = "// Written by `make contract` from backend/codebook and backend/reference. Do not edit.\n"
HINT_BOOKS = ("HintVerdict", "SumLine", "SumReason")


def income_source() -> str:
    """Text of income.ts: the labels, and what stands for itself; what each definition counts are dated parameters."""
    books = {name: [{"code": m.value, "label": m.standard} for m in getattr(codebook, name)] for name in HINT_BOOKS}
    labels = ",\n ".join(f"{name}: {_json(book)}" for name, book in books.items())
    return (
        f"{HEAD}import type {{ Code }} from './codebook'\n\n"
        f"export const HINT_BOOKS: Record<string, readonly Code[]> = {{\n {labels},\n}}\n"
        f"export const SUBTRACTED_LINES: readonly string[] = {_json(SUBTRACTED_LINES)}\n"
        f"export const CLAIM_LINE = {_json(CLAIM_LINE)}\n"
        f"export const COST_LINES: Record<string, string> = {_json(codebook.COST_LINES)}\n"
        f"export const FACTORS: Record<string, readonly string[]> = {_json(FACTORS)}\n"
        f"export const DEDUCTION_CLAUSE = {_json(codebook.DEDUCTION_CLAUSE)}\n"
    )


def rules_source() -> str:
    """Text of rules.ts: the rulebook, the shipped parameters and what the county's list calls them."""
    book = rulebook.rulebook()
    tests = ",\n ".join(f"{name}: {_json(test)}" for name, test in book["tests"].items())
    return (
        f"{HEAD}import type {{ ParameterRow }} from '../rules/parameters'\n"
        "import type { Rulebook } from '../rules/suggestion'\n\n"
        f"export const RULEBOOK: Rulebook = {{\ntests: {{\n {tests},\n}},\nrules: {_lines(book['rules'])},\n}}\n"
        f"export const SHIPPED_PARAMETERS: readonly ParameterRow[] = {_lines(_hint_parameters())}\n"
        f"export const PARAMETER_LABELS: Readonly<Record<string, string>> = {_json(_labels())}\n"
    )


def _hint_parameters() -> list[dict[str, Any]]:
    return [row for row in rulebook.shipped_parameters() if row["key"] in rulebook.hint_keys()]


def _labels() -> dict[str, str]:
    wanted = rulebook.hint_keys()
    return {one.key: one.label for one in codebook.PARAMETER_FIELDS if one.key in wanted}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _lines(rows: Iterable[Any]) -> str:
    return "[\n " + ",\n ".join(map(_json, rows)) + ",\n]"
