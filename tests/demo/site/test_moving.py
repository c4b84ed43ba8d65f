"""The demo's clock moves forward only."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from peer_xblocks import clock
from peer_xblocks.demo.clock import FileClock
from peer_xblocks.demo.site import moving
from peer_xblocks.refusal import Refusal

CENTRAL = ZoneInfo("America/Chicago")


def test_steps_add_up_and_every_reader_sees_them(tmp_path):
    file = FileClock(tmp_path / "clock.json")
    assert file.offset == 0
    moving.advance(file, 900)
    assert moving.advance(file, 15) == 915
    ahead = clock.from_file(file.path)() - datetime.now(UTC)
    assert 914 < ahead.total_seconds() < 917


@pytest.mark.parametrize("value", ["", None, "ten", "-5", "0", "1.5", str(41 * 86400)])
def test_what_is_no_step_forward_is_refused(value):
    with pytest.raises(Refusal):
        moving._seconds(value)


@pytest.mark.parametrize(
    ("now", "hours"),
    [
        (datetime(2026, 3, 2, 21, 0, tzinfo=CENTRAL), 12),
        (datetime(2026, 3, 7, 21, 0, tzinfo=CENTRAL), 11),
        (datetime(2026, 10, 31, 21, 0, tzinfo=CENTRAL), 13),
    ],
)
def test_tomorrow_morning_is_nine_o_clock_also_where_clocks_change(now, hours):
    assert moving.until_morning(now) == hours * 3600


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, ""), (45, "less than a minute"), (900, "15 min"), (86400, "1 day"), (2 * 86400 + 3660, "2 days 1 h 1 min")],
)
def test_how_far_the_clock_is_ahead_is_said_in_words(seconds, words):
    assert moving._ahead(seconds) == words
