"""Whether somebody may sit the exam now, and if not, why and from when."""

from datetime import UTC, datetime

import pytest

from peer_xblocks.exam.attempts import DAY, Past, Policy, Why, months_after, read, standing
from peer_xblocks.plugin import programme

OFFICE = read(programme().value("exam_retakes"))
PRACTICE = Policy()
T0 = int(datetime(2026, 3, 2, tzinfo=UTC).timestamp() * 1000)
HOUR = 3_600_000


def sat(*days, passed=False):
    return [Past(T0 + day * DAY, T0 + day * DAY + HOUR, passed) for day in days]


def test_the_programme_says_three_attempts_two_weeks_apart_within_a_year():
    assert Policy(3, 14, 12, 0) == OFFICE


def test_the_first_attempt_is_free():
    found = standing(OFFICE, [], now=T0)
    assert (found.why, found.number, found.left) == (Why.YES, 1, 3)


def test_the_next_attempt_waits_for_its_day_to_the_millisecond():
    ready = T0 + HOUR + 14 * DAY
    assert standing(OFFICE, sat(0), now=ready - 1).why is Why.WAIT
    assert standing(OFFICE, sat(0), now=ready - 1).since == ready
    found = standing(OFFICE, sat(0), now=ready)
    assert (found.may, found.number, found.left) == (True, 2, 2)


@pytest.mark.parametrize(
    ("past", "day", "why"),
    [
        (sat(0, 20, 40), 80, Why.USED_UP),
        (sat(0), 364, Why.YES),
        (sat(0), 365, Why.WINDOW),
        (sat(0, 355), 358, Why.WINDOW),
        (sat(0, passed=True), 100, Why.PASSED),
        ([Past(T0, None)], 0, Why.OPEN),
    ],
)
def test_what_stands_in_the_way_is_named(past, day, why):
    assert standing(OFFICE, past, now=T0 + day * DAY).why is why


def test_practice_is_as_often_as_one_likes():
    found = standing(PRACTICE, sat(*[0] * 40, passed=True), now=T0 + HOUR)
    assert (found.why, found.left) == (Why.YES, None)


def test_training_is_asked_for_only_where_the_exam_says_so():
    asks = read(programme().value("exam_retakes"), needs_minutes=2400)
    found = standing(asks, [], now=T0, trained=2399 * 60 + 59)
    assert (found.why, found.missing) == (Why.TRAINING, 1)
    assert standing(asks, [], now=T0, trained=2400 * 60).may
    assert standing(OFFICE, [], now=T0, trained=0).may


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [("2026-01-31", 1, "2026-02-28"), ("2027-12-31", 2, "2028-02-29"), ("2026-03-02", 12, "2027-03-02"),
     ("2026-11-30", 1, "2026-12-30"), ("2026-12-15", 24, "2028-12-15")],
)  # fmt: skip
def test_months_end_on_the_same_day_or_the_last(day, months, then):
    at = int(datetime.fromisoformat(f"{day}T12:00+00:00").timestamp() * 1000)
    assert datetime.fromtimestamp(months_after(at, months) / 1000, UTC).isoformat() == f"{then}T12:00:00+00:00"
