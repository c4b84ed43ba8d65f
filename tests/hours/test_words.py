"""Why time did not count, in sentences that a tired person reads once."""

import pytest

from peer_xblocks.hours import words
from peer_xblocks.hours.credit import Reason


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0 s"), (59, "59 s"), (60, "1 min"), (3599, "59 min"), (3900, "1 h 5 min")]
)
def test_durations_are_rounded_down(seconds, text):
    assert words.duration(seconds) == text


@pytest.mark.parametrize(
    ("total", "text"),
    [
        (0, "0 min of 30 min counted in this module."),
        (12 * 60 + 59, "12 min of 30 min counted in this module."),
        (1800, "All 30 min of this module are counted."),
    ],
)
def test_progress_carries_its_number(total, text):
    assert words.progress(total, 1800) == text


def test_each_reason_has_a_sentence_that_ends():
    for reason in Reason:
        (sentence,) = words.losses({reason: 90}, 300)
        assert sentence.endswith(".")
        assert "{" not in sentence


def test_the_grain_of_a_line_is_not_told():
    assert words.losses({Reason.LATE: 1, Reason.AHEAD: 3}, 300) == []


def test_reasons_are_kept_and_read_again():
    why = {Reason.UNSEEN: 95, Reason.FULL: 3}
    assert words.read(words.written(why)) == why
    assert words.read("unseen=4 of-a-later-version=9") == {Reason.UNSEEN: 4}


def test_a_lost_line_says_what_may_still_count_only_where_it_may():
    assert "Up to 1 min" in words.losses({Reason.UNSEEN: 90}, 300)[0]
    assert "Up to 5 min" in words.losses({Reason.UNSEEN: 900}, 300)[0]
    assert "Up to" not in words.losses({Reason.UNSEEN: 90}, 0)[0]
