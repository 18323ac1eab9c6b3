"""What may not cross a border: web into rules, words into code, script into pages."""

import ast
import re
from pathlib import Path

from tests.house import (
    CHINESE,
    CHINESE_HOMES,
    FILES,
    PURE,
    PYTHON,
    TREES,
    excused,
    functions,
    name_of,
    report,
)


def _docstrings(tree: ast.AST) -> set[ast.Constant]:
    """A string that stands alone as a statement says something to a reader, not to a user."""
    return {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _domain() -> list[Path]:
    return [path for path in PYTHON if name_of(path).startswith("backend/domain/")]


def test_rules_know_neither_web_nor_database():
    heavy = ("flask", "sqlalchemy", "backend.models", "backend.extensions", "backend.storage")
    report(
        [
            f"{name_of(path)} imports {module}"
            for path in _domain()
            if path.stem in PURE
            for module in sorted(_imports(path))
            if module.startswith(heavy)
        ]
    )


def test_verbs_know_no_web_and_never_commit():
    report(
        [
            f"{name_of(path)} imports {module}"
            for path in _domain()
            for module in _imports(path)
            if module.startswith("flask") and not module.startswith("flask_sqlalchemy")
        ]
    )
    report(
        [
            f"{name_of(path)}:{node.lineno} commits"
            for path in _domain()
            for node in ast.walk(TREES[path])
            if isinstance(node, ast.Attribute) and node.attr == "commit"
        ]
    )


def _records(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    calls = (call.func for call in ast.walk(node) if isinstance(call, ast.Call))
    return any(isinstance(func, ast.Attribute) and ast.unparse(func) == "events.record" for func in calls)


def test_verbs_take_their_actor_by_keyword():
    report(
        [
            f"{name_of(path)}::{node.name}"
            for path in _domain()
            for node in functions(path)
            if _records(node) and not node.name.startswith("_")
            if "actor" not in {argument.arg for argument in node.args.kwonlyargs}
            and not excused("verb", f"{name_of(path)}::{node.name}")
        ]
    )


COMMENT = re.compile(r"/\*.*?\*/|<!--.*?-->|(?<!:)//[^\n]*", re.S)


def test_screen_words_live_in_their_homes():
    found = []
    for path in FILES:
        name = name_of(path)
        if name.startswith(CHINESE_HOMES) or excused("chinese", name):
            continue
        if path.suffix == ".py":
            quotes = _docstrings(TREES[path])
            found += [
                f"{name}:{node.lineno}: {node.value!r}"
                for node in ast.walk(TREES[path])
                if isinstance(node, ast.Constant)
                and node not in quotes
                and isinstance(node.value, str)
                and CHINESE.search(node.value)
            ]
        elif path.suffix in {".ts", ".vue", ".js"}:
            code = COMMENT.sub("", path.read_text("utf-8"))
            found += [f"{name}: {word}" for word in CHINESE.findall(code)[:1]]
    report(found)


def test_pages_carry_no_inline_script_or_style():
    inline = re.compile(r"<script(?![^>]*\b(?:src=|type=\"application/json\"))|<style|\sstyle=|\son[a-z]+=", re.I)
    report(
        [
            f"{name_of(path)}: {mark.group()}"
            for path in FILES
            if path.suffix == ".html" and name_of(path).startswith("frontend/templates/")
            for mark in inline.finditer(path.read_text("utf-8"))
        ]
    )
