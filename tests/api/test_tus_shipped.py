"""Somebody else's tus clients against gunicorn as it is shipped, cut lines included."""

import pytest

from tests.api.test_tus_clients import CutInChunks, bring_by_tus_js, bring_by_tuspy, state_of


def _through(served, cuts):
    """(line that cuts, the same address through it)"""
    url, headers = served
    port = int(url.split(":")[2].split("/")[0])
    line = CutInChunks(port, cuts)
    return line, lambda: (url.replace(str(port), str(line.port)), headers)


@pytest.mark.parametrize("bring", [bring_by_tuspy, bring_by_tus_js])
def test_a_client_brings_a_photo_and_goes_on_after_cuts(shipped, taken, tmp_path, bring):
    line, address = _through(shipped, [5000, 1, 12_345])
    with line:
        bring(address(), taken, tmp_path)
        assert line.cuts == []
    assert state_of(taken[1]["photo_id"]) == "received"


def test_a_photo_comes_whole_with_its_announcement_and_again_as_a_duplicate(shipped, taken, tmp_path):
    for _ in range(2):
        # The second time nobody reads what follows the announcement: the line must stay usable all the same.
        seen = bring_by_tus_js(shipped, taken, tmp_path, chunk=10_000_000, during=True)
        assert seen["first"]["requests"] == ["POST 201"]
