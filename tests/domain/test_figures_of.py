"""What the counts of an area come to: shares, hours, and which township stands where."""

from hypothesis import given
from hypothesis import strategies as st

from backend.domain.figures_of import FEW, Row, Spread, ranked, share, spread


def test_nothing_to_divide_by_is_no_share():
    row = Row("1", "")
    assert (row.visit_share, row.in_time_share, row.overdue_share, row.included_share) == (None,) * 4
    assert row.response == Spread()
    assert row.mean_hours("assign") is None
    assert (share(1, 0), share(1, 2)) == (None, 0.5)


def test_hours_by_hand():
    assert spread([3600 * n for n in range(1, 11)]) == Spread(10, 5.5, 5.5, 9)
    assert spread([7200]) == Spread(1, 2, 2, 2)


def test_townships_by_share_then_by_response():
    def row(name, in_time, overdue, mean):
        n = {"in_time": in_time, "visited": in_time, "overdue": overdue, "to_visit": in_time + overdue}
        return Row("1", name, n, Spread(1, mean, mean, mean))

    slow, fast, behind, none = row("a", 9, 1, 60), row("b", 9, 1, 40), row("c", 1, 1, 5), Row("1", "d")
    assert [one.name for one in ranked([none, behind, slow, fast])] == ["b", "a", "c", "d"]
    assert (slow.is_small, behind.is_small, none.is_small, FEW) == (False, True, False, 5)


@given(st.lists(st.integers(0, 10**6), min_size=1))
def test_the_middle_lies_within(seconds):
    told = spread(seconds)
    assert min(seconds) / 3600 <= told.median <= max(seconds) / 3600
    assert told.ninth in {second / 3600 for second in seconds}
