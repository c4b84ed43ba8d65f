"""What may go wrong between a course site and the ledger: always one line, one receipt, a whole chain."""

from __future__ import annotations

import json
import signal
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

import pytest
import requests

from peer_xblocks.registry import ledger
from peer_xblocks.wire import receipt
from peer_xblocks.wire.canonical import digest

DYING = """
import os, signal, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "peer_xblocks.registry.settings"
from peer_xblocks.registry.wsgi import application
from django.db.models.signals import post_save
from waitress import serve

def end(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def dying(environ, start):
    answer = application(environ, start)
    if environ["PATH_INFO"] == "/v1/completions":
        end()
    return answer

if WHEN == "before commit":
    from peer_xblocks.registry.models import Entry
    post_save.connect(end, sender=Entry)
    dying = application
serve(dying, host="127.0.0.1", port=int(sys.argv[1]))
"""


def test_a_hundred_duplicates_at_once_make_one_line_and_one_answer(running):
    running.start()
    report = running.site.report()
    with ThreadPoolExecutor(100) as pool:
        answers = list(pool.map(running.post, [report] * 100))
    assert {each.status_code for each in answers} == {200, 201}
    assert [each.status_code for each in answers].count(201) == 1
    assert len({each.content for each in answers}) == 1
    receipt.verify(receipt.Receipt.from_json(answers[0].content), running.key.public, digest(report))
    assert "1 lines" in running.run("verify").stdout


def test_many_reports_at_once_make_one_whole_chain(running):
    running.start()
    reports = [running.site.report(cycle=str(number)) for number in range(60)]
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(running.post, reports))
    assert {each.status_code for each in answers} == {201}
    assert sorted(each.json()["seq"] for each in answers) == list(range(1, 61))
    assert "60 lines" in running.run("verify").stdout


@pytest.mark.parametrize(("when", "lines"), [("before commit", "0 lines"), ("before the reply", "1 lines")])
def test_a_registry_that_is_killed_answers_the_replay_as_if_nothing_had_been(running, when, lines):
    report = running.site.report()
    running.start(script=DYING.replace("WHEN", repr(when)))
    with pytest.raises(requests.ConnectionError):
        running.post(report)
    assert running.process.wait(20) == -signal.SIGKILL
    assert lines in running.run("verify").stdout

    running.start()
    first = running.post(report)
    assert first.status_code == (201 if when == "before commit" else 200)
    receipt.verify(receipt.Receipt.from_json(first.content), running.key.public, digest(report))
    assert running.post(report).content == first.content
    assert "1 lines" in running.run("verify").stdout


@contextmanager
def held(database: str):
    """Somebody else in the middle of writing."""
    if not database.startswith("sqlite"):
        with ledger.writing():
            yield
        return
    with closing(sqlite3.connect(database.removeprefix("sqlite:"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_a_database_that_somebody_else_holds_is_said_to_be_busy_and_nothing_is_lost(running):
    running.environment["PEER_REGISTRY_DATABASE"] += "?wait=1"
    running.start()
    assert running.post(running.site.report(cycle="before")).status_code == 201
    with held(running.database):
        began = time.monotonic()
        answer = running.post(running.site.report())
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert time.monotonic() - began < 10
    assert running.post(running.site.report()).status_code == 201
    assert "2 lines" in running.run("verify").stdout


def test_ten_megabytes_never_reach_the_site(running):
    running.start()
    try:
        answer = requests.post(f"{running.address}/v1/completions", b"1" * 10_000_000, timeout=30)
        assert answer.status_code == 413
    except requests.ConnectionError:
        pass  # closed while we were still sending: as good
    assert json.loads(requests.get(f"{running.address}/healthz", timeout=5).content) == {"ok": True}
