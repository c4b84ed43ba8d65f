"""Sets of seconds behave as sets: every operation is held against a plain Python set of seconds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.intervals import Intervals

spans = st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda pair: (pair[0], pair[0] + pair[1]))
sets = st.lists(spans, max_size=8).map(Intervals.union)


def seconds(intervals: Intervals) -> set[int]:
    return {second for start, end in intervals for second in range(start, end)}


@given(sets, sets)
def test_union_meets_and_differs_as_sets_do(one, other):
    assert seconds(one | other) == seconds(one) | seconds(other)
    assert seconds(one & other) == seconds(one) & seconds(other)
    assert seconds(one - other) == seconds(one) - seconds(other)


@given(sets)
def test_spans_are_sorted_and_apart(one):
    assert all(end < start for (_, end), (start, _) in zip(one.spans, one.spans[1:], strict=False))
    assert one.seconds == len(seconds(one))


@given(sets, st.integers(0, 80), st.integers(0, 80))
def test_clip_keeps_what_lies_inside(one, start, end):
    assert seconds(one.clip(start, end)) == {second for second in seconds(one) if start <= second < end}


@given(sets, st.integers(-2, 90))
def test_newest_and_oldest_keep_the_ends(one, most):
    ordered = sorted(seconds(one))
    kept = min(max(most, 0), len(ordered))
    assert seconds(one.newest(most)) == set(ordered[len(ordered) - kept :])
    assert seconds(one.oldest(most)) == set(ordered[:kept])


def test_a_span_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="before it starts"):
        Intervals.of((10, 9))
