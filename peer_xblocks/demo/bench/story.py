"""Figures of the story: a save beside an empty handler with one committed row, its queries, the page, the language helper."""

from __future__ import annotations

import json
import re
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from opaque_keys.edx.keys import CourseKey

from peer_xblocks.demo.bench.figure import Figure, paired
from peer_xblocks.demo.bench.peers import EMPTY, GUARDED, EmptyBlock, GuardedBlock
from peer_xblocks.demo.bench.stage import COURSE, Stage, people
from peer_xblocks.demo.lms import olx, store, studio
from peer_xblocks.demo.lms.standins import STANDINS
from peer_xblocks.story import terms

ROUNDS = 120
FRAME = 16
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SPOKEN = {"SELECT", "INSERT", "UPDATE", "DELETE"}
OF_THE_PLATFORM = ("django_session", "auth_user", "peer_demo_state", "peer_demo_course")
PART = "We fixed boats by the river, my uncle and I, and nobody asked what helped. " * 18
TERMS = (
    "addict", "junkie", "relapse", "clean and sober", "hit rock bottom", "the mentally ill", "suffers from", "crazy",
    "committed suicide", "refused", "manipulative", "in denial", "the homeless", "victim of trauma", "drug habit",
)  # fmt: skip
SAID = len(TERMS)
TALK = " ".join(f"{n}: somebody at home said one day it was {TERMS[n % SAID]}, and nobody asked." for n in range(110))
TIMED = """<!doctype html><meta charset="utf-8"><pre id="said"></pre><script>%s</script><script>
const terms = %s, text = %s, times = [];
for (let turn = 0; turn < 40; turn += 1) {
  const began = performance.now();
  PeerLanguage.flags(text, terms);
  times.push(performance.now() - began);
}
document.getElementById("said").textContent = "first=" + times[0] + " median=" + times.slice(5).sort((a, b) => a - b)[17];
</script>"""


def measure(_stage: Stage) -> Sequence[Figure]:
    """Save, queries, render and helper."""
    STANDINS.update({EMPTY: EmptyBlock, GUARDED: GuardedBlock})
    unit = _unit()
    user = people(1)[0]
    client = Client()
    client.force_login(user)
    story = str(olx.add(unit, b'<peer_story display_name="Your story"/>'))
    html = str(olx.add(unit, b'<html display_name="Empty"><![CDATA[<p></p>]]></html>'))
    save = _Saver(client, story)
    return [
        _beside(save, client, str(studio.add(unit, EMPTY, {})), "empty handler, one row"),
        _beside(save, client, str(studio.add(unit, GUARDED, {})), "the same after our checks of who asks"),
        Figure(
            "queries of a save, enrolment among them, beyond session, user, course and role",
            _queries(save),
            "queries",
            4,
        ),
        _render(client, story, html),
        *_helper(),
    ]


def _unit() -> Any:
    course = CourseKey.from_string(COURSE)
    if store.snapshot(course) is None:
        store.make_course(course)
        store.put(course, [store.Draft(course.make_usage_key("course", "course"), fields={"display_name": "Bench"})])
    at = course.make_usage_key("course", "course")
    for kind in ("chapter", "sequential", "vertical"):
        at = studio.add(at, kind, {"display_name": kind})
    return at


class _Saver:
    """A page that goes on writing one part of 270 words."""

    def __init__(self, client: Client, usage: str):
        self._client, self._usage, self._seq = client, usage, 0
        self._page = secrets.token_hex(16)
        self._who = _post(client, usage, "look", {})["who"]

    def __call__(self) -> None:
        self._seq += 1
        base = [f"{self._page}:{self._seq - 1}"] if self._seq > 1 else []
        sent = {"who": self._who, "part": "hard", "text": f"{PART}{self._seq}", "page": self._page}
        _post(self._client, self._usage, "keep", {**sent, "seq": self._seq, "base": base})


def _beside(save: _Saver, client: Client, empty: str, name: str) -> Figure:
    def keep() -> None:
        _post(client, empty, "keep", {"id": secrets.token_hex(16)})

    ours, peer = paired(save, keep, rounds=ROUNDS)
    return Figure("save of a passage", ours, "ms", 1.5, peer, name)


def _post(client: Client, usage: str, handler: str, data: dict[str, Any]) -> Any:
    address = f"/courses/{COURSE}/xblock/{usage}/handler/{handler}"
    answer = client.post(address, data=json.dumps(data), content_type="application/json")
    if answer.status_code != 200:
        raise RuntimeError(f"{handler} answered {answer.status_code}: {answer.content[:200]!r}")
    return answer.json()


def _render(client: Client, story: str, html: str) -> Figure:
    ours, peer = paired(lambda: client.get(f"/xblock/{story}"), lambda: client.get(f"/xblock/{html}"), rounds=ROUNDS)
    return Figure("render peer_story", ours, "ms", 2.0, peer, "html stand-in")


def _queries(save: _Saver) -> int:
    with CaptureQueriesContext(connection) as queries:
        save()
    asked = [each["sql"] for each in queries if each["sql"].lstrip("(").split()[0] in SPOKEN]
    return len([each for each in asked if not any(table in each for table in OF_THE_PLATFORM)])


def _helper() -> list[Figure]:
    """The helper over 1,500 words, where a Chromium is installed."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        return []
    script = Path(str(finders.find("peer_ui/language.js"))).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(prefix="peer-bench-") as folder:
        page = Path(folder) / "helper.html"
        page.write_text(TIMED % (script, terms.body().decode(), json.dumps(TALK)), encoding="utf-8")
        switches = ["--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        done = subprocess.run(  # noqa: S603 - the browser of this machine on a page of ours
            [browser, *switches, "--dump-dom", page.as_uri()], capture_output=True, text=True, timeout=60, check=True
        )
    found = re.search(r"first=([\d.]+) median=([\d.]+)", done.stdout)
    if found is None:
        raise RuntimeError("the browser did not say how long the helper took")
    name = f"language helper over {len(TALK.split()):,} words with {SAID} of the terms, Chromium"
    return [
        Figure(name, float(found[2]), "ms", FRAME),
        Figure("its very first look, patterns made", float(found[1]), "ms", FRAME),
    ]
