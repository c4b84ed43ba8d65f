"""A cohort's day ends at its own midnight, in the nights of daylight saving too."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from peer_xblocks.hours.days import split, start_of
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
