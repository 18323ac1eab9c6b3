"""The house rules of CONTRIBUTING.md that a machine can check."""

import ast
import re
from pathlib import Path

import pytest

from tests.house import (
    EXCEPTIONS,
    FILES,
    FORBIDDEN_NAMES,
    FORBIDDEN_WORDS,
    PYTHON,
    ROOT,
    TOP,
    TREES,
    excused,
    functions,
    name_of,
    report,
)


def _limit(path: Path) -> int | None:
    if path.suffix == ".vue":
        return 150
    if path.suffix == ".html":
        return 80
    return 250 if path.suffix in {".py", ".ts", ".js", ".css", ".sh"} else None


def test_only_the_agreed_entries_at_the_top():
    report(sorted({name_of(path).split("/")[0] for path in FILES} - TOP))


def test_files_are_short():
    long = []
    for path in FILES:
        limit = _limit(path)
        lines = path.read_text("utf-8").count("\n") if limit else 0
        if limit and lines > limit and not excused("lines", name_of(path)):
            long.append(f"{name_of(path)}: {lines} lines, {limit} at most")
    report(long)


def test_functions_are_short():
    report(
        [
            f"{name_of(path)}::{node.name}: {node.end_lineno - node.lineno + 1} lines, 40 at most"
            for path in PYTHON
            for node in functions(path)
            if node.end_lineno - node.lineno >= 40 and not excused("function", f"{name_of(path)}::{node.name}")
        ]
    )


def test_routes_are_short():
    long = []
    for path in PYTHON:
        if not name_of(path).startswith(("backend/api/", "backend/desk/")):
            continue
        for node in functions(path):
            calls = [mark.func for mark in node.decorator_list if isinstance(mark, ast.Call)]
            verbs = {call.attr for call in calls if isinstance(call, ast.Attribute)}
            if verbs & {"route", "get", "post", "put", "patch", "delete"}:
                body = node.body[1:] if ast.get_docstring(node) else node.body
                lines = body[-1].end_lineno - body[0].lineno + 1
                if lines > 15:
                    long.append(f"{name_of(path)}::{node.name}: {lines} lines, 15 at most")
    report(long)


def _names(path: Path) -> list[str]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return [path.stem] + [node.name for node in ast.walk(TREES[path]) if isinstance(node, kinds)]


def _is_forbidden(name: str) -> bool:
    words = set(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().split("_"))
    return bool(words & FORBIDDEN_WORDS) or name.lower() in FORBIDDEN_NAMES


def test_names_say_what_a_thing_is():
    report(
        [
            f"{name_of(path)}::{name}"
            for path in PYTHON
            for name in _names(path)
            if _is_forbidden(name) and not excused("name", f"{name_of(path)}::{name}")
        ]
    )


def test_folders_and_scripts_say_what_they_are():
    parts = {part for path in FILES for part in path.relative_to(ROOT).parts}
    report(sorted(part for part in parts if _is_forbidden(part.split(".")[0].replace("-", "_"))))


def test_nothing_is_left_for_later():
    marks = re.compile("TO" + r"DO|FIX" + r"ME|X{3}\b|NotImplemented" + "Error")
    kinds = {".py", ".ts", ".vue", ".html", ".css", ".sh", ".md", ".yaml", ".js"}
    report(
        [
            f"{name_of(path)}:{number}: {line.strip()}"
            for path in FILES
            if path.suffix in kinds
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
            if marks.search(line)
        ]
    )


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_python_locks_are_hashed_and_name_no_host(lock):
    text = (ROOT / lock).read_text("utf-8")
    pins = re.findall(r"^[a-z0-9][^\s;]*", text, flags=re.M)
    assert pins
    assert all("==" in pin for pin in pins)
    assert text.count("    --hash=sha256:") >= len(pins)
    assert "://" not in text


def test_node_lock_is_hashed_and_names_no_host():
    text = (ROOT / "frontend/field/package-lock.json").read_text("utf-8")
    assert '"integrity": "sha512-' in text
    assert '"resolved"' not in text


def test_every_exception_is_still_needed():
    known = {name_of(path) for path in FILES}
    report(
        [
            f"{rule}: {key}"
            for rule, table in EXCEPTIONS.items()
            for key, reason in table.items()
            if not reason or not any(name.startswith(key.split("::")[0]) for name in known)
        ]
    )
