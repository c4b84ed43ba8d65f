"""All of the key and nothing else is right; the reason never says which."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peer_xblocks.item import score
from tests.item.made import GOOD, SEVERAL, items


@pytest.mark.parametrize(
    ("item", "chosen", "right"),
    [
        (GOOD, {"a"}, True),
        (GOOD, {"b"}, False),
        (GOOD, {"a", "b"}, False),
        (GOOD, set(), False),
        (SEVERAL, {"a", "c"}, True),
        (SEVERAL, {"a"}, False),
        (SEVERAL, {"a", "b", "c"}, False),
    ],
)
def test_an_answer_is_right_when_it_is_the_whole_key_alone(item, chosen, right):
    assert score.judge(item, chosen).right is right


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"a"}, "1 more choice fits."),
        ({"b"}, "1 of your choices does not fit and 2 more choices fit."),
        ({"a", "b", "c"}, "1 of your choices does not fit."),
    ],
)
def test_the_reason_counts_what_is_missing_and_what_does_not_fit(chosen, said):
    assert score.judge(SEVERAL, chosen).reason.startswith(said)


@settings(deadline=None)
@given(items(), st.sets(st.sampled_from("abcde")))
def test_the_reason_never_quotes_an_option(item, chosen):
    reason = score.judge(item, chosen).reason
    assert not any(len(option.text) > 20 and option.text in reason for option in item.options)


@pytest.mark.parametrize(
    ("mastery", "of", "needed"),
    [
        (0.8, 12, 10),
        (0.8, 10, 8),
        (0.8, 5, 4),
        (0.7, 10, 7),
        (1.0, 3, 3),
        (0.0, 3, 1),
        (0.8, 1, 1),
        (0.8, 0, 0),
        (2, 3, 3),
    ],
)
def test_the_mark_is_a_whole_number_of_items(mastery, of, needed):
    assert score.needed(mastery, of) == needed


@settings(deadline=None)
@given(st.integers(1, 500), st.integers(1, 100))
def test_reaching_the_mark_is_reaching_the_share(of, percent):
    needed = score.needed(percent / 100, of)
    assert score.share(needed, of) >= percent / 100 - 1e-6
    assert needed == 1 or score.share(needed - 1, of) < percent / 100


def test_nothing_of_no_items_is_nothing():
    assert score.share(0, 0) == 0.0
