"""A beat is read strictly: anything else is refused with a sentence."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.hours.beat import MOST_SEGMENTS, Beat
from peer_xblocks.intervals import Intervals
from peer_xblocks.refusal import Refusal

GOOD = {"lease": "token", "seq": 3, "segments": [[10, 20]]}


def test_a_beat_is_what_it_says():
    assert Beat.from_json(GOOD) == Beat("token", 3, Intervals.of((10, 20)))


def test_only_whole_seconds_inside_a_segment_are_claimed():
    assert Beat.from_json({**GOOD, "segments": [[10.2, 12.9], [13.1, 13.9]]}).claimed == Intervals.of((11, 12))


@pytest.mark.parametrize(
    "wrong",
    [
        {"lease": None},
        {"lease": 4},
        {"seq": "3"},
        {"seq": True},
        {"seq": -1},
        {"seq": 2**31},
        {"seq": 1.5},
        {"segments": None},
        {"segments": {"0": [1, 2]}},
        {"segments": [[1]]},
        {"segments": [[1, 2, 3]]},
        {"segments": [[2, 1]]},
        {"segments": [["1", "2"]]},
        {"segments": [[False, True]]},
        {"segments": [[math.nan, 2]]},
        {"segments": [[1, math.inf]]},
        {"segments": [[-5, 2]]},
        {"segments": [[1, 10**30]]},
        {"segments": [1, 2]},
        {"segments": [[1, 2]] * (MOST_SEGMENTS + 1)},
    ],
)
def test_what_is_not_a_beat_is_refused_in_words(wrong):
    with pytest.raises(Refusal) as refused:
        Beat.from_json({**GOOD, **wrong})
    assert refused.value.status in (400, 413)
    assert refused.value.sentence.endswith(".")


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.fixed_dictionaries({}, optional={"lease": json, "seq": json, "segments": json}))
def test_any_json_is_a_beat_or_a_refusal(data):
    try:
        Beat.from_json(data)
    except Refusal as refused:
        assert refused.sentence
