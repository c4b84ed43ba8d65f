"""The plans: what a talk is made of, as the specification lays it down."""

import pytest

from peer_xblocks.story import plan
from peer_xblocks.story.plan import ASIDES, PLANS, TEN_MINUTES, TWO_MINUTES


def test_the_ten_minutes_have_eight_parts_with_their_seconds():
    assert [each.seconds for each in TEN_MINUTES.parts] == [45, 75, 120, 75, 135, 90, 45, 15]
    assert TEN_MINUTES.seconds == 600


def test_the_words_at_the_assumed_pace_are_those_of_the_specification():
    assert [each.words() for each in TEN_MINUTES.parts] == [94, 156, 250, 156, 281, 188, 94, 31]


def test_two_minutes_are_two_minutes():
    assert TWO_MINUTES.seconds == 120


@pytest.mark.parametrize("each", PLANS.values(), ids=lambda each: each.id)
def test_the_hard_part_is_a_fifth_of_the_time(each):
    hard = sum(part.seconds for part in each.parts if part.hard)
    assert hard / each.seconds == pytest.approx(0.2)


def test_no_two_parts_share_an_id_and_each_asks_for_something():
    every = [part for each in PLANS.values() for part in each.parts] + list(ASIDES)
    assert len({part.id for part in every}) == len(every) == len(plan.every_part())
    assert all(part.prompt and part.title and len(part.id) <= 32 for part in every)


def test_lengths_are_for_the_speaker_own_pace():
    assert TEN_MINUTES.length.at(125) == TEN_MINUTES.length
    assert TEN_MINUTES.length.at(100).most == 1040


def test_a_plan_that_nobody_knows_is_the_ten_minutes():
    assert plan.plan("three_hours") is TEN_MINUTES
    assert plan.plan("two_minutes") is TWO_MINUTES


def test_pages_beside_the_talk_are_chosen_by_id_and_keep_their_order():
    assert [each.id for each in plan.asides(["after", "note", "<script>"])] == ["note", "after"]
