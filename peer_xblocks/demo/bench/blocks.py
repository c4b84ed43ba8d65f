"""Figures of blocks: pages beside the empty `html` stand-in, saves beside an empty handler with one committed row."""

from __future__ import annotations

import gzip
import json
import re
import secrets
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.staticfiles import finders
from django.test import Client
from opaque_keys.edx.keys import CourseKey, UsageKey

from peer_xblocks.demo.bench.figure import Figure, paired
from peer_xblocks.demo.bench.peers import CALLED, EMPTY, GUARDED, CalledBlock, EmptyBlock, GuardedBlock
from peer_xblocks.demo.bench.stage import COURSE, Stage, people
from peer_xblocks.demo.lms import olx, store, studio
from peer_xblocks.demo.lms.platform import bound
from peer_xblocks.demo.lms.standins import STANDINS

ROUNDS = 120
PAGE_BYTES = 60 * 1024
ASSET = re.compile(r"/static/(peer_[^\"'?<>\s]+)")
ITEM = (
    '<item id="i{n}" kind="single" level="vignette" domain="D5"><stem>What do you do first? ({n})</stem>'
    '<option id="a" right="true"><text>Ask what would help.</text><feedback>Yes.</feedback></option>'
    '<option id="b"><text>Tell what to do.</text><feedback>Not yet.</feedback></option>'
    '<rationale source="Core Competencies">People choose.</rationale></item>'
)
OURS = {
    "peer_module": '<peer_module display_name="Where we stand" module_id="BENCH-1" self_minutes="30"/>',
    "peer_check": f'<peer_check display_name="Check">{"".join(ITEM.format(n=n) for n in range(6))}</peer_check>',
    "peer_progress": '<peer_progress display_name="Progress" completes="ce" category="ethics" provider="Us"/>',
    "peer_story": '<peer_story display_name="Your story"/>',
}

PEERS = (
    (EMPTY, "empty handler, one row"),
    (CALLED, "the same, state and role read first as an LMS does"),
    (GUARDED, "the same after our checks of who asks"),
)


def measure(_stage: Stage) -> Sequence[Figure]:
    """Render of each learner view, a save without a grade, and what a page weighs."""
    STANDINS.update({EMPTY: EmptyBlock, CALLED: CalledBlock, GUARDED: GuardedBlock})
    unit = _unit()
    client = Client()
    user = people(1)[0]
    client.force_login(user)
    blocks = {tag: str(olx.add(unit, text.encode())) for tag, text in OURS.items()}
    html = str(olx.add(unit, b'<html display_name="Empty"><![CDATA[<p></p>]]></html>'))
    dnd = str(studio.add(unit, "drag-and-drop-v2", {}))
    return [
        *(_render(client, tag, usage, html, 2.0) for tag, usage in blocks.items()),
        _render(client, "drag-and-drop-v2", dnd, html, float("inf")),
        *(_save(client, user, blocks["peer_check"], str(studio.add(unit, tag, {})), name) for tag, name in PEERS),
        *(_weight(client, tag, usage) for tag, usage in blocks.items()),
    ]


def _unit() -> Any:
    course = CourseKey.from_string(COURSE)
    store.make_course(course)
    at = course.make_usage_key("course", "course")
    store.put(course, [store.Draft(at, fields={"display_name": "Bench"})])
    for kind in ("chapter", "sequential", "vertical"):
        at = studio.add(at, kind, {"display_name": kind})
    return at


def _render(client: Client, name: str, usage: str, html: str, target: float) -> Figure:
    ours, peer = paired(_get(client, usage), _get(client, html), rounds=ROUNDS)
    return Figure(f"render {name}", ours, "ms", target, peer, "html stand-in")


def _get(client: Client, usage: str) -> Callable[[], None]:
    def get() -> None:
        answer = client.get(f"/xblock/{usage}")
        if answer.status_code != 200:
            raise RuntimeError(f"{usage} answered {answer.status_code}")

    return get


def _save(client: Client, user: Any, check: str, empty: str, peer_name: str) -> Figure:
    """A not-yet-right answer: one committed row, no grade."""
    item = bound(UsageKey.from_string(check), user).bank[0]

    def answer() -> None:
        sent = {"item": item.id, "digest": item.wording, "chosen": ["b"], "client_id": secrets.token_hex(16)}
        _post(client, check, "answer", sent)

    def keep() -> None:
        _post(client, empty, "keep", {"id": secrets.token_hex(16)})

    ours, peer = paired(answer, keep, rounds=ROUNDS)
    return Figure("save an answer without a grade", ours, "ms", 1.5, peer, peer_name)


def _post(client: Client, usage: str, handler: str, data: dict[str, Any]) -> None:
    address = f"/courses/{COURSE}/xblock/{usage}/handler/{handler}"
    answer = client.post(address, data=json.dumps(data), content_type="application/json")
    if answer.status_code != 200:
        raise RuntimeError(f"{handler} answered {answer.status_code}: {answer.content[:200]!r}")


def _weight(client: Client, tag: str, usage: str) -> Figure:
    """Script and style that our part of a learner's page brings, compressed, without the platform's own."""
    page = client.get(f"/xblock/{usage}").content.decode()
    ours = {path for path in ASSET.findall(page) if not path.startswith("peer_demo")}
    sizes = [len(gzip.compress(_file(path))) for path in ours if path.endswith((".js", ".css"))]
    return Figure(f"script and style of {tag}, gzipped", sum(sizes) / 1024, "KB", PAGE_BYTES / 1024)


def _file(path: str) -> bytes:
    found = finders.find(path)
    with open(found, "rb") as read:  # noqa: PTH123 - the finder answers a plain name
        return read.read()
