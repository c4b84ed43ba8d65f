"""A process is killed, a database is locked: nothing is half written, and at most one beat is lost."""

import json
import signal
import subprocess
import sys
import time

import pytest


@pytest.fixture
def victim(tmp_path):
    """Runs `tests.hours.victim` on a fresh SQLite file; answers (exit status, what it said)."""

    def run(*words):
        command = [sys.executable, "-m", "tests.hours.victim", str(tmp_path / "hours.sqlite3"), *map(str, words)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        lines = done.stdout.strip().splitlines()
        return done.returncode, json.loads(lines[-1]) if lines else {}

    return run


def test_a_kill_between_beat_and_commit_loses_nothing_that_comes_again(victim):
    assert victim("beat", 0) == (0, {"counted": 0, "total": 0, "entries": 1})
    assert victim("beat", 1) == (0, {"counted": 15, "total": 15, "entries": 2})
    assert victim("die", 2)[0] == -signal.SIGKILL
    assert victim("beat", 2) == (0, {"counted": 15, "total": 30, "entries": 3})


def test_a_beat_waits_for_a_locked_database_and_counts(victim):
    assert victim("locked", 1, 0.8, 0.2) == (0, {"counted": 15, "total": 15, "entries": 2})


def test_a_database_locked_for_longer_refuses_and_writes_nothing(victim):
    status, said = victim("locked", 1, 6, 0.05)
    assert status == 1
    assert said == {"entries": 1}


@pytest.mark.slow
def test_a_database_locked_for_thirty_seconds_loses_no_beat(victim):
    began = time.monotonic()
    assert victim("locked", 1, 30, 40) == (0, {"counted": 15, "total": 15, "entries": 2})
    assert time.monotonic() - began >= 30
    assert victim("beat", 2) == (0, {"counted": 15, "total": 30, "entries": 3})


@pytest.mark.slow
def test_whoever_cannot_wait_thirty_seconds_is_refused_and_the_beat_counts_when_it_comes_again(victim):
    assert victim("locked", 1, 30, 5) == (1, {"entries": 1})
    assert victim("beat", 1) == (0, {"counted": 15, "total": 15, "entries": 2})
