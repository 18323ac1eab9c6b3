"""Other batches with other headings and other dirt come out as right as the six samples."""

import os

import pytest

from tests.domain.dirty_batch import Office
from tests.domain.dirty_county import County
from tests.domain.samples import compare_files

SEEDS = range(int(os.environ.get("RUHU_DIRTY_SEEDS", "16")))


@pytest.mark.parametrize("seed", SEEDS)
def test_every_code_is_right(seed):
    county = County(seed)
    batch = Office(county, seed).batch()
    verdicts, _ = compare_files(batch.declarations, batch.rosters, kinds=batch.kinds, today=county.day)
    seen = {key: (verdict.code, verdict.roster, verdict.into) for key, verdict in verdicts.items()}
    assert seen == {one.number: (one.code, one.roster, one.into) for one in county.declared}
