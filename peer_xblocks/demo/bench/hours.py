"""Figures of seat time: one beat beside a bare Django POST; a cohort of 500 for a minute; what an evening weighs."""

from __future__ import annotations

import html
import json
import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.db.models import F, Sum
from django.test import Client
from django.test.utils import CaptureQueriesContext
from opaque_keys.edx.keys import CourseKey

from peer_xblocks import clock
from peer_xblocks.demo.bench.browser import Browser
from peer_xblocks.demo.bench.figure import Figure, paired
from peer_xblocks.demo.bench.site import free_port, processor_seconds, serving
from peer_xblocks.demo.bench.stage import COURSE, Stage, people
from peer_xblocks.demo.lms import olx, store, studio
from peer_xblocks.hours import leases, modules
from peer_xblocks.hours.models import Entry

BEAT = "/peer_xblocks/hours/beat"
MODULE = "BENCH-H"
SPOKEN = {"SELECT", "INSERT", "UPDATE", "DELETE"}
LEARNERS, LANES, SECONDS, EVERY = 500, 20, 60, 15
EVENING = 90 * 60
STATIC = re.compile(r"(?:href|src)=[\"'](/static/[^\"']+)[\"']")
METER = re.compile(r"data-peer-meter=\"([^\"]+)\"")
SERVE = (
    "-m",
    "waitress",
    "--threads=8",
    "--connection-limit=1000",
    "--asyncore-use-poll",
    "peer_xblocks.demo.wsgi:application",
)


def measure(ground: Stage) -> Sequence[Figure]:
    """One beat, the cohort, the evening."""
    unit = str(_unit())
    alone, *cohort = people(LEARNERS + 1)
    return [*_one_beat(unit, alone), *_cohort(ground, unit, cohort)]


def _unit() -> Any:
    """A unit of a module of 90 minutes."""
    course = CourseKey.from_string(COURSE)
    if store.snapshot(course) is None:
        store.make_course(course)
        store.put(course, [store.Draft(course.make_usage_key("course", "course"), fields={"display_name": "Bench"})])
    at = course.make_usage_key("course", "course")
    for kind in ("chapter", "sequential", "vertical"):
        at = studio.add(at, kind, {"display_name": kind})
    made = f'<peer_module url_name="bench_hours" display_name="An evening" module_id="{MODULE}" self_minutes="90"/>'
    olx.add(at, made.encode())
    return at


def _lease(user: Any, unit: str, now: int) -> str:
    module = modules.of_id(COURSE, MODULE)
    if module is None:
        raise RuntimeError("the bench's module is not in its course")
    return leases.sealed(leases.issue(user.pk, COURSE, module, unit, now=now))


def _one_beat(unit: str, user: Any) -> list[Figure]:
    client = Client()
    client.force_login(user)
    moved = [clock.now()]
    clock.use(lambda: moved[0])
    token, number = _lease(user, unit, clock.epoch()), iter(range(10_000))

    def beat() -> None:
        moved[0] += timedelta(seconds=EVERY)
        now = clock.epoch()
        sent = {"lease": token, "seq": next(number), "segments": [[now - EVERY, now]]}
        _ok(client.post(BEAT, sent, content_type="application/json"))

    try:
        ours, peer = paired(beat, lambda: _ok(client.post("/bench/bare", {})), rounds=150)
        with CaptureQueriesContext(connection) as queries:
            beat()
    finally:
        clock.use(None)
    asked = [each["sql"] for each in queries if each["sql"].lstrip("(").split()[0] in SPOKEN]
    own = [each for each in asked if "django_session" not in each and "auth_user" not in each]
    return [
        Figure("one beat", ours, "ms", 2.0, peer, "bare POST, one locked update"),
        Figure("queries of a beat beyond session and user", len(own), "queries", 4),
    ]


def _ok(answer: Any) -> None:
    if answer.status_code != 200:
        raise RuntimeError(f"answered {answer.status_code}: {answer.content[:200]!r}")


@dataclass
class Page:
    """One learner's open page: what it was told."""

    browser: Browser
    token: str
    seq: int = 0
    first: int = 0
    answered: int = 0
    counted: int = 0

    def beat(self) -> None:
        """Claims all since the last answer, as the meter does."""
        now = clock.epoch()
        claimed = [[self.answered, now]] if self.answered else []
        answer = self.browser.post(BEAT, {"lease": self.token, "seq": self.seq, "segments": claimed})
        self.answered, self.seq, self.counted = answer["acknowledged"], self.seq + 1, self.counted + answer["counted"]
        self.first = self.first or self.answered


def _cohort(ground: Stage, unit: str, learners: Sequence[Any]) -> list[Figure]:
    port = free_port()
    now = clock.epoch()
    pages = [Page(Browser(port, _session(each)), _lease(each, unit, now)) for each in learners]
    before = _credited()
    connection.close()
    with serving([*SERVE[:2], f"--listen=127.0.0.1:{port}", *SERVE[2:]], port) as pid:
        evening = _evening(pages[0].browser, unit)
        began, used = time.perf_counter(), processor_seconds(pid)
        _drive(pages)
        lasted, used = time.perf_counter() - began, processor_seconds(pid) - used
    kept, told = _credited() - before, sum(page.counted for page in pages)
    due = sum(page.answered - page.first for page in pages)
    name = f"{len(pages)} learners, {60 // EVERY} beats a minute, {SECONDS} s, {ground.database}"
    return [
        Figure(f"{name}: seconds lost between pages and ledger", abs(told - kept) + max(0, due - kept), "s", 0),
        Figure(f"{name}: seconds credited", kept, "s", 0.95 * LEARNERS * (SECONDS - EVERY), at_least=True),
        Figure(f"{name}: cores used by the site", used / lasted, "cores", 0.5),
        Figure("an evening of 90 minutes on one phone, pages and beats", evening / 1e6, "MB", 8),
    ]


def _session(user: Any) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def _credited() -> int:
    rows = Entry.objects.filter(course=COURSE, module=MODULE)
    return int(rows.aggregate(seconds=Sum(F("end") - F("start")))["seconds"] or 0)


def _drive(pages: Sequence[Page]) -> None:
    """Each page beats every 15 s, all pages spread evenly; lanes are threads that take turns over their pages."""
    began = time.perf_counter()
    faults: list[BaseException] = []
    lanes = [threading.Thread(target=_lane, args=(pages, lane, began, faults)) for lane in range(LANES)]
    for each in lanes:
        each.start()
    for each in lanes:
        each.join()
    if faults:
        raise faults[0]


def _lane(pages: Sequence[Page], lane: int, began: float, faults: list[BaseException]) -> None:
    try:
        for turn in range(SECONDS // EVERY + 1):
            for number in range(lane, len(pages), LANES):
                due = began + turn * EVERY + number * EVERY / len(pages)
                time.sleep(max(0.0, due - time.perf_counter()))
                pages[number].beat()
    except Exception as fault:
        faults.append(fault)


def _evening(browser: Browser, unit: str) -> int:
    """Bytes over one phone's line: a dozen unit pages, each script and style once, and a beat every 15 s."""
    page = browser.get(f"/xblock/{quote(unit, safe=':+@')}").decode()
    for path in sorted(set(STATIC.findall(page))):
        browser.get(path)
    once = browser.sent + browser.received
    before_page = once
    browser.get(f"/xblock/{quote(unit, safe=':+@')}")
    a_page = browser.sent + browser.received - before_page
    before_beat = browser.sent + browser.received
    browser.post(BEAT, {"lease": _token(page), "seq": 0, "segments": []})
    a_beat = browser.sent + browser.received - before_beat
    return once + 11 * a_page + EVENING // EVERY * a_beat


def _token(page: str) -> str:
    found = METER.search(page)
    if not found:
        raise RuntimeError("the unit page carries no meter")
    return str(json.loads(html.unescape(found.group(1)))["lease"])
