"""When a report is sent again."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peer_xblocks.certification.schedule import DAY, STEPS, asked_wait, polite_wait, step, wait

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def test_the_steps_are_those_of_standard_webhooks_then_daily_for_ever():
    hours = [seconds / 3600 for seconds in STEPS[3:]]
    assert STEPS[:3] == (0, 5, 300)
    assert hours == [0.5, 2, 5, 10, 14, 20, 24]
    assert {step(attempts) for attempts in range(9, 400)} == {DAY}


def test_the_first_attempt_is_at_once():
    assert wait(0, 1.0) == 0


@given(st.integers(1, 1000), st.floats(0, 1))
def test_a_wait_lies_within_its_step_and_never_spins(attempts, chance):
    assert 1 <= wait(attempts, chance) <= step(attempts)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("0", 0),
        ("99999999", DAY),
        ("9" * 5000, DAY),
        ("Sun, 01 Mar 2026 12:02:00 GMT", 121),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0),
        ("Sun, 01 Mar 2036 12:00:00 GMT", DAY),
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
    ],
)
def test_what_a_retry_after_header_asks_for(header, seconds):
    assert asked_wait(header, NOW) == seconds


@given(st.text(max_size=60))
def test_no_header_can_break_it_or_ask_for_more_than_a_day(header):
    found = asked_wait(header, NOW)
    assert found is None or 0 <= found <= DAY


@given(st.integers(0, DAY), st.floats(0, 1))
def test_we_never_come_back_before_the_time_that_was_asked_for(asked, chance):
    assert asked <= polite_wait(asked, chance) <= asked + 60
