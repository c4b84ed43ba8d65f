"""Children of the demo are started together, started again when one ends, and stopped together."""

import os
import sys
import threading
import time

import pytest

from peer_xblocks.demo.supervisor import Child, Supervisor

SLEEPS = "import time; time.sleep(60)"
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); time.sleep(60)"
)


def child(tmp_path, name, program):
    return Child(name, [sys.executable, "-c", program], dict(os.environ), tmp_path / f"{name}.log")


def eventually(condition, seconds=8.0):
    for _ in range(int(seconds / 0.05)):
        if condition():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def kept():
    """Runs a supervisor beside the test and ends it afterwards."""
    started = []

    def keep(children, say=lambda words: None):
        made = Supervisor(children, say)
        made.start()
        thread = threading.Thread(target=made.run)
        thread.start()
        started.append((made, thread))
        return made

    yield keep
    for made, thread in started:
        made.stop()
        thread.join(20)


def test_all_children_run_and_all_end(tmp_path, kept):
    made = kept([child(tmp_path, "site", SLEEPS), child(tmp_path, "worker", SLEEPS)])
    assert made.alive() == ["site", "worker"]
    made.stop()
    assert eventually(lambda: made.alive() == [])


def test_a_child_that_ends_is_started_again_and_said(tmp_path, kept):
    said = []
    log = tmp_path / "worker.log"
    kept([child(tmp_path, "worker", "print('here', flush=True)")], said.append)
    assert eventually(lambda: log.exists() and log.read_text().count("here") >= 2)
    assert said[0].startswith("The worker ended with status 0; it starts again.")
    assert "worker.log" in said[0]


def test_a_child_that_will_not_end_is_ended(tmp_path, kept, monkeypatch):
    monkeypatch.setattr("peer_xblocks.demo.supervisor.PATIENCE", 0.3)
    made = kept([child(tmp_path, "site", STUBBORN)])
    assert eventually(lambda: "ready" in (tmp_path / "site.log").read_text())
    made.stop()
    assert eventually(lambda: made.alive() == [])


def test_a_child_that_cannot_start_is_not_started_without_pause(tmp_path, kept):
    log = tmp_path / "site.log"
    kept([child(tmp_path, "site", "print('tried', flush=True)")])
    time.sleep(2)
    assert log.read_text().count("tried") <= 4
