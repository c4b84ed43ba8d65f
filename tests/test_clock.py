"""Time can be set by the demo and by tests, and nowhere else."""

import sys
import types
from datetime import UTC, datetime, timedelta

import pytest

from peer_xblocks import clock

NOON = datetime(2026, 1, 1, 12, 0, 0, 900_000, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _system_clock_again():
    yield
    sys.modules.pop("lms", None)
    clock.use(None)


def test_seconds_are_rounded_down():
    clock.use(lambda: NOON)
    assert clock.epoch() == int(NOON.timestamp()) < NOON.timestamp()


def test_the_system_clock_is_in_utc():
    assert clock.now().tzinfo is UTC


def test_inside_an_lms_nothing_moves_the_clock():
    sys.modules["lms"] = types.ModuleType("lms")
    with pytest.raises(RuntimeError, match="cannot be set"):
        clock.use(lambda: NOON)


def test_a_clock_from_a_file_is_moved_by_what_the_file_says(tmp_path):
    moved = clock.from_file(tmp_path / "clock.json")
    assert abs(moved() - clock.now()) < timedelta(seconds=5)
    (tmp_path / "clock.json").write_text('{"offset": 3600}')
    assert timedelta(minutes=59) < moved() - clock.now() < timedelta(minutes=61)
