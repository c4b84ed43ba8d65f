"""The demo as a Django site: what it starts with, where it refuses to start, which clock it keeps."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from types import ModuleType

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from peer_xblocks import clock
from peer_xblocks.demo import rooms
from peer_xblocks.demo.clock import FileClock

ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "peer_xblocks.demo.settings",
    "PEER_DEMO_SECRET": "a secret for this test",
    "PATH": "",
}
STRESS = """
import concurrent.futures, json, django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
call_command("migrate", verbosity=0)
from tests.lms import Lms
lms = Lms()
course = lms.course()
done = lms.add(lms.unit(course), "done")
people = [lms.learner(f"p{n}", course) for n in range(8)]
def work(person):
    client = Client(raise_request_exception=False, SERVER_NAME="127.0.0.1")
    client.force_login(person)
    url = f"/courses/{course}/xblock/{done}/handler/toggle_button"
    sent = [client.post(url, '{"done": true}', content_type="application/json").status_code for _ in range(10)]
    connection.close()
    return sent
with concurrent.futures.ThreadPoolExecutor(8) as pool:
    answers = [status for sent in pool.map(work, people) for status in sent]
with connection.cursor() as cursor:
    cursor.execute("PRAGMA journal_mode")
    mode = cursor.fetchone()[0]
graded = sum(lms.grade(done, person) == (1, 1) for person in people)
print(json.dumps({"answers": sorted(set(answers)), "mode": mode, "graded": graded, "hosts": settings.ALLOWED_HOSTS}))
"""


def test_eight_threads_share_one_file(tmp_path):
    """SQLite in WAL mode, transactions that begin by writing: nobody reads "database is locked"."""
    told = {**ENVIRONMENT, "PEER_DEMO_DATA": str(tmp_path), "PYTHONPATH": ".", "PEER_CLOCK_FILE": str(tmp_path / "c")}
    done = subprocess.run([sys.executable, "-c", STRESS], env=told, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "answers": [200],
        "mode": "wal",
        "graded": 8,
        "hosts": ["127.0.0.1", "localhost"],
    }


@pytest.mark.parametrize("platform", ["lms", "cms"])
def test_it_refuses_to_start_inside_a_platform(monkeypatch, platform):
    monkeypatch.setitem(sys.modules, platform, ModuleType(platform))
    with pytest.raises(ImproperlyConfigured, match=platform):
        apps.get_app_config("peer_demo").ready()


def test_the_stand_ins_are_no_entry_points():
    from importlib.metadata import entry_points

    assert not [each for each in entry_points(group="xblock.v1") if "peer_xblocks.demo" in each.value]


def test_every_room_is_installed_and_answers_at_its_address():
    """lms_checked Q2: apps by entry point, addresses by `plugin_app`."""
    installed = {type(config).__module__ + "." + type(config).__name__ for config in apps.get_app_configs()}
    assert set(rooms.configs()) <= installed
    assert {"^peer_xblocks/hours/", "^peer_xblocks/certification/"} <= {regex for regex, _, _ in rooms.addresses()}


def test_settings_of_rooms_run_common_first_then_production(monkeypatch):
    """lms_checked Q2: `common` of all apps, then `production` of all apps, apps by entry point name."""
    called = []
    monkeypatch.setattr(rooms, "_plugged", lambda path: (path, {"settings_config": {rooms.GROUP: {
        "production": {"relative_path": "p"}, "common": {"relative_path": "c"}}}}))  # fmt: skip
    monkeypatch.setattr(rooms, "configs", lambda: ["a", "b"])
    module = type("module", (), {})
    monkeypatch.setattr(
        rooms, "import_module", lambda name: setattr(module, "plugin_settings", lambda _: called.append(name)) or module
    )
    rooms.configure(object())
    assert called == ["a.c", "b.c", "a.p", "b.p"]


class TestFileClock:
    def test_it_runs_with_the_system_until_it_is_moved(self, tmp_path):
        moved = FileClock(tmp_path / "clock.json")
        try:
            clock.use(None)
            system = clock.now()
            moved.install()
            assert moved.offset == 0
            assert clock.now() - system < timedelta(seconds=5)
            moved.move(3600)
            assert timedelta(seconds=3600) <= clock.now() - system < timedelta(seconds=3605)
            assert moved.offset == 3600
        finally:
            clock.use(None)

    def test_all_who_read_the_file_move_together(self, tmp_path):
        one, other = FileClock(tmp_path / "clock.json"), FileClock(tmp_path / "clock.json")
        one.move(-60)
        assert other.offset == -60
        assert [path.name for path in tmp_path.iterdir()] == ["clock.json"]
