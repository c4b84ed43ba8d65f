"""Which seconds count: the rule by example. Its invariants are in `test_properties`."""

import pytest

from peer_xblocks.hours.credit import Known, Reason, credit, settles
from peer_xblocks.intervals import Intervals

BEAT = 15
PLANNED = 1800


def outcome(*claimed, now, answered=100, taken=(), total=0, planned=PLANNED):
    known = Known(answered, Intervals.union(taken), total, planned)
    return credit(Intervals.union(claimed), known, now=now, beat=BEAT)


def test_what_lies_between_the_last_answer_and_now_counts():
    assert outcome((100, 115), now=115).credit.spans == ((100, 115),)


def test_the_first_beat_of_a_lease_earns_nothing():
    first = outcome((0, 100), now=100, answered=None)
    assert not first.credit
    assert first.answered == 100
    assert first.why == {Reason.OPENED: 0}


@pytest.mark.parametrize(
    ("claim", "now", "counted", "why"),
    [
        ((90, 115), 115, ((100, 115),), {Reason.LATE: 10}),
        ((100, 130), 115, ((100, 115),), {Reason.AHEAD: 15}),
        ((100, 145), 145, ((115, 145),), {Reason.UNSEEN: 15}),
        ((40, 60), 115, (), {Reason.LATE: 20}),
        ((200, 300), 115, (), {Reason.AHEAD: 100}),
    ],
)
def test_what_the_server_did_not_see_does_not_count_and_says_why(claim, now, counted, why):
    found = outcome(claim, now=now)
    assert found.credit.spans == counted
    assert found.why == why


def test_the_same_second_counts_once():
    found = outcome((100, 115), now=115, taken=[(105, 110)])
    assert found.credit.spans == ((100, 105), (110, 115))
    assert found.why == {Reason.ELSEWHERE: 5}


def test_a_module_gets_no_more_than_it_plans():
    found = outcome((100, 115), now=115, total=PLANNED - 4)
    assert found.credit.spans == ((100, 104),)
    assert found.why == {Reason.FULL: 11}


def test_seconds_that_are_still_under_way_stay_open_for_the_next_beat():
    assert outcome((100, 113), now=115).answered == 113
    assert outcome((100, 105), now=121).answered == 121
    assert outcome(now=115).answered == 115


def test_a_clock_that_steps_back_gives_nothing_and_moves_no_mark():
    back = outcome((3000, 3015), now=3015, answered=6600)
    assert not back.credit
    assert back.answered == 6600


def test_a_clock_that_steps_forward_gives_at_most_two_beats():
    assert outcome((100, 90_100), now=90_100).credit.seconds == 2 * BEAT


@pytest.mark.parametrize(
    ("claim", "now", "held", "written"),
    [
        ((), 101, {"answered": None}, True),
        ((100, 101), 101, {}, True),
        ((), 101, {}, False),
        ((100, 115), 115, {"taken": [(100, 115)]}, False),
        ((100, 115), 115, {"total": PLANNED}, False),
        ((), 129, {}, False),
        ((), 130, {}, True),
        ((100, 145), 145, {"taken": [(115, 145)]}, True),
        ((100, 115), 90, {}, False),
    ],
)
def test_a_beat_is_written_for_what_it_brings_and_else_once_in_two_beats(claim, now, held, written):
    known = Known(held.get("answered", 100), Intervals.union(held.get("taken", ())), held.get("total", 0), PLANNED)
    claimed = Intervals.of(claim) if claim else Intervals()
    found = credit(claimed, known, now=now, beat=BEAT)
    assert settles(found, known, now=now, beat=BEAT) is written
