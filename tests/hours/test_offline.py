"""Behind a lost line time counts only where saved work shows it, and only so much."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from peer_xblocks.hours.offline import Gap, Room, Work, attested
from peer_xblocks.intervals import Intervals

UTC = ZoneInfo("UTC")
NONE = Intervals()
ROOM = Room(gap=300, day=900, used={}, module=1800)
GAP = Gap(1000, 1180, Intervals.of((1000, 1150)))


def test_without_saved_work_nothing_counts():
    assert attested(GAP, [], NONE, ROOM, UTC) == NONE


@pytest.mark.parametrize(
    ("at", "received", "counts"),
    [
        (1050, 1181, True),
        (1000, 1150, True),
        (999, 1181, False),
        (1180, 1200, False),
        (1050, 1149, False),
        (1170, 1160, False),
    ],
)
def test_the_work_was_done_inside_the_gap_and_came_after_it(at, received, counts):
    assert bool(attested(GAP, [Work(at, received)], NONE, ROOM, UTC)) is counts


def test_what_another_page_earned_does_not_count_again():
    taken = Intervals.of((1020, 1100))
    assert attested(GAP, [Work(1050, 1181)], taken, ROOM, UTC).spans == ((1000, 1020), (1100, 1150))


def test_a_gap_counts_up_to_its_first_minutes():
    long = Gap(1000, 5000, Intervals.of((1000, 4900)))
    assert attested(long, [Work(4000, 5001)], NONE, ROOM, UTC).spans == ((1000, 1300),)


def test_a_day_and_a_module_have_their_own_ends():
    day = date(1970, 1, 1)
    assert attested(GAP, [Work(1050, 1181)], NONE, Room(300, 900, {day: 860}, 1800), UTC).seconds == 40
    assert attested(GAP, [Work(1050, 1181)], NONE, Room(300, 900, {}, 12), UTC).seconds == 12
    assert attested(GAP, [Work(1050, 1181)], NONE, Room(300, 900, {day: 900}, 1800), UTC) == NONE
