"""Processes that are killed, and a database that another process holds: real processes, a real file."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from peer_xblocks.vault import new_key
from tests.certification.desk import REGISTRY_KEY, SITE_KEY
from tests.faults import stub
from tests.faults.stub import Registry

WORKER = [sys.executable, "-c", "from peer_xblocks.cli import main; main()", "worker", "--once"]
ROOT = Path(__file__).parents[2]
QUERY = "select state, attempts, receipt from peer_certification_outbox"


KEYS = [new_key()]


def environment(database, clock, url):
    """What a process of the site is told."""
    told = {
        "VAULT_KEYS": KEYS,
        "ISSUER": "site",
        "MATCH_SALT": "salt",
        "SIGNING_KEY": SITE_KEY.text,
        "REGISTRY_URL": url,
        "REGISTRY_KEYS": [REGISTRY_KEY.public.text],
    }
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        "PEER_TEST_DATABASE": f"sqlite:{database}",
        "PEER_TEST_SITE": json.dumps(told),
        "PEER_CLOCK_FILE": str(clock),
        "PYTHONPATH": str(ROOT),
    }


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A database with one report on its way, made once."""
    folder = tmp_path_factory.mktemp("site")
    made = environment(folder / "site.sqlite3", folder / "clock.json", "")
    subprocess.run([sys.executable, "-m", "tests.faults.prepare"], env=made, check=True, cwd=ROOT, timeout=120)
    return folder / "site.sqlite3"


class Site:
    """A site on a database file of its own, with a clock that can be set forward."""

    def __init__(self, prepared, folder, url):
        self.database, self.clock = folder / "site.sqlite3", folder / "clock.json"
        shutil.copy(prepared, self.database)
        self.environment = environment(self.database, self.clock, url)

    def start(self):
        """A worker for one round."""
        return subprocess.Popen(WORKER, env=self.environment, cwd=ROOT)

    def forward(self, seconds):
        """Sets the clock of every process forward."""
        self.clock.write_text(json.dumps({"offset": seconds}))

    def row(self):
        """(state, attempts, receipt) of the one report."""
        with sqlite3.connect(self.database) as line:
            return line.execute(QUERY).fetchall()[0]


@pytest.fixture
def registry():
    with Registry(REGISTRY_KEY, SITE_KEY.public) as running:
        yield running


@pytest.fixture
def site(prepared, tmp_path, registry):
    return Site(prepared, tmp_path, registry.url)


def wait_for(what, most=60):
    """Waits until something is true."""
    end = time.monotonic() + most
    while not what():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


def test_a_worker_killed_while_its_report_travels_loses_nothing_and_doubles_nothing(site, registry):
    """First before the registry entered it, then after; each time the next worker takes over once the lease is out."""
    registry.script.extend([stub.silence, stub.enter_then(stub.silence)])
    for attempt in (1, 2):
        worker = site.start()
        wait_for(lambda: len(registry.requests) == attempt)  # noqa: B023 - called within the round
        worker.send_signal(signal.SIGKILL)
        worker.wait(10)
        assert site.row()[:2] == ("leased", attempt)
        site.forward(61 * attempt)
    assert len(registry.ledger) == 1
    assert site.start().wait(60) == 0
    state, attempts, receipt = site.row()
    assert (state, attempts) == ("delivered", 3)
    assert len(registry.ledger) == 1
    assert json.loads(receipt) == next(iter(registry.ledger.values())).as_dict()


def test_a_database_that_another_process_holds_only_delays(site, registry):
    held = sqlite3.connect(site.database, isolation_level=None, check_same_thread=False)
    held.execute("begin immediate")
    threading.Timer(3, lambda: held.execute("commit")).start()
    assert site.start().wait(60) == 0
    assert site.row()[0] == "delivered"
    assert len(registry.ledger) == 1
    held.close()


def test_told_to_stop_a_worker_leaves_cleanly(site, registry):
    worker = subprocess.Popen(WORKER[:-1], env=site.environment, cwd=ROOT)
    wait_for(lambda: len(registry.ledger) == 1)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(20) == 0
    assert site.row()[0] == "delivered"
