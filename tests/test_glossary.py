"""The glossary lists what the code knows, and nothing else."""

import re

import pytest

from backend.codebook import ComparisonCode, Queue, Role, Stage
from tests.house import FILES, ROOT, name_of

ROWS = re.findall(r"^\| ([^|]+) \| `([^`]+)` \| ([^|]+) \|$", (ROOT / "GLOSSARY.md").read_text("utf-8"), flags=re.M)


def _code_words() -> set[str]:
    kinds = {".py", ".ts", ".vue", ".html"}
    homes = ("backend/", "frontend/")
    texts = (path.read_text("utf-8") for path in FILES if path.suffix in kinds and name_of(path).startswith(homes))
    return {word for text in texts for word in re.findall(r"\w+", text)}


def test_every_name_in_the_glossary_is_in_the_code():
    assert len(ROWS) > 50
    assert {name for _, name, _ in ROWS} - _code_words() == set()


@pytest.mark.parametrize("listed", [Stage, Role, Queue, ComparisonCode])
def test_every_label_is_in_the_glossary(listed):
    rows = {(chinese, name) for chinese, name, _ in ROWS}
    assert {(member.label, member.name) for member in listed} - rows == set()
