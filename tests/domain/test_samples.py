"""The six sample files give exactly the codes that go with them."""

from collections import Counter

import pytest

from tests.domain.samples import compare_files, expected, sample_folder


@pytest.fixture(scope="module")
def outcome():
    files = {path.name: path.read_bytes() for path in sample_folder().iterdir()}
    declarations = {name: content for name, content in files.items() if "报贫" in name}
    rosters = {name: content for name, content in files.items() if name not in declarations}
    return compare_files(declarations, rosters)


def test_every_code_is_the_expected_one(outcome):
    verdicts, _ = outcome
    seen = {key: (v.code, v.warned, v.roster, v.into) for key, v in verdicts.items()}
    assert seen == {
        key: (want["code"], want["warned"], want["roster"], want.get("into"))
        for key, want in expected()["results"].items()
    }


def test_counts_of_codes_and_roster_rows(outcome):
    verdicts, rows = outcome
    want = expected()
    assert Counter(v.code for v in verdicts.values()) == want["counts"]
    assert sum(v.warned for v in verdicts.values()) == want["published"]
    assert rows == want["rosters"]
