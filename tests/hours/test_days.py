"""A cohort's day ends at its own midnight, in the nights of daylight saving too."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.hours.days import day_of, split, start_of
from peer_xblocks.intervals import Intervals

CHICAGO = ZoneInfo("America/Chicago")
HOUR = 3600


def at(*parts):
    return int(datetime(*parts, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 7), 24), (date(2026, 3, 8), 23), (date(2026, 11, 1), 25), (date(2026, 11, 2), 24)],
)
def test_a_day_is_as_long_as_the_cohort_lives_it(day, hours):
    following = date.fromordinal(day.toordinal() + 1)
    assert start_of(following, CHICAGO) - start_of(day, CHICAGO) == hours * HOUR


def test_credit_over_midnight_is_parted_there():
    midnight = at(2026, 3, 2, 6)
    parts = split(Intervals.of((midnight - 10, midnight + 5)), CHICAGO)
    assert parts == [
        (date(2026, 3, 1), Intervals.of((midnight - 10, midnight))),
        (date(2026, 3, 2), Intervals.of((midnight, midnight + 5))),
    ]


def test_the_doubled_hour_of_autumn_is_two_hours_of_one_day():
    night = Intervals.of((at(2026, 11, 1, 5, 30), at(2026, 11, 1, 8, 30)))
    assert split(night, CHICAGO) == [(date(2026, 11, 1), night)]
    assert night.seconds == 3 * HOUR


zones = st.sampled_from([CHICAGO, ZoneInfo("UTC"), ZoneInfo("Pacific/Apia"), ZoneInfo("Asia/Kathmandu")])
moments = st.integers(at(2011, 12, 28), at(2012, 1, 2)) | st.integers(at(2026, 2, 28), at(2026, 3, 15))
sets = st.lists(st.tuples(moments, st.integers(0, 3 * 86_400)), max_size=3).map(
    lambda found: Intervals.union((start, start + length) for start, length in found)
)


@given(sets, zones)
def test_days_part_a_set_without_loss_and_each_part_lies_in_its_day(spans, zone):
    parts = split(spans, zone)
    assert Intervals.union(span for _, part in parts for span in part) == spans
    assert sum(part.seconds for _, part in parts) == spans.seconds
    for day, part in parts:
        assert all(day_of(start, zone) == day == day_of(end - 1, zone) for start, end in part)
