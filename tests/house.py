"""What the house rules look at: the repository's files, and the exceptions with their reasons."""

import ast
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHINESE = re.compile(r"[\u3400-\u9fff]")

TOP = {
    ".ci",
    ".gitattributes",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "GLOSSARY.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "README.zh-CN.md",
    "backend",
    "demo",
    "deploy",
    "docs",
    "frontend",
    "migrations",
    "pyproject.toml",
    "requirements-dev.in",
    "requirements-dev.lock",
    "requirements.in",
    "requirements.lock",
    "tests",
    "wsgi.py",
}
PURE = {
    "tabular",
    "identity",
    "comparison",
    "deadline",
    "checklist",
    "asking",
    "evidence_checks",
    "derived",
    "differences",
    "suggestion",
    "figures_of",
    "masked_answers",
    "carried_facts",
    "superseding",
    "unsynced",
    "attribution",
    "signatures",
    "weighing",
    "income",
    "income_entries",
    "income_steps",
    "produce",
    "deductions",
    "conditions",
    "visit_place",
    "procedure",
    "worked",
    "parameter_values",
    "county_rules",
    "own_conditions",
    "rule_values",
}
FORBIDDEN_WORDS = {"util", "utils", "helper", "helpers", "manager", "handle", "process"}
FORBIDDEN_NAMES = {"data", "info"}
CHINESE_HOMES = (
    "backend/codebook",
    "backend/form",
    "backend/problems",
    "backend/documents/",
    "backend/reference/",
    "frontend/templates/",
    "frontend/field/src/strings",
    "frontend/field/src/contract/",
    "frontend/field/tests/",
    "tests/",
    "demo/",
    "docs/",
)

# rule → {path, path::name or folder/: why}
EXCEPTIONS: dict[str, dict[str, str]] = {
    "lines": {
        "frontend/field/src/contract/api.ts": "written by make contract, one type for each schema",
    },
    "function": {
        "migrations/": "a table is one statement and is read in one piece",
    },
    "name": {
        "backend/models/base.py::process_bind_param": "SQLAlchemy's own name for this hook",
        "backend/models/base.py::process_result_value": "SQLAlchemy's own name for this hook",
        "backend/domain/tabular/markup.py::handle_starttag": "HTMLParser's own name for this hook",
        "backend/domain/tabular/markup.py::handle_endtag": "HTMLParser's own name for this hook",
        "backend/domain/tabular/markup.py::handle_data": "HTMLParser's own name for this hook",
    },
    "verb": {
        "backend/domain/sessions.py::sign_in": "who acts is what it finds out",
    },
    "chinese": {
        "backend/models/area.py": "endings of official village names, cut off for display",
        "backend/domain/tabular/": "headings and marks that files are read by; shown to nobody",
    },
}


def tracked() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return sorted({ROOT / name for name in listing.split("\0") if name})


class Trees(dict[Path, ast.Module]):
    """The tree of a file, read when it is first asked for: every test process imports this module, few need one."""

    def __missing__(self, path: Path) -> ast.Module:
        self[path] = ast.parse(path.read_text("utf-8"))
        return self[path]


FILES = [path for path in tracked() if path.is_file()]
PYTHON = [path for path in FILES if path.suffix == ".py"]
TREES = Trees()


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def excused(rule: str, key: str) -> bool:
    return any(key == entry or (entry.endswith("/") and key.startswith(entry)) for entry in EXCEPTIONS[rule])


def report(found: list[str]) -> None:
    assert not found, "\n" + "\n".join(found)


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(TREES[path]) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
