"""What made-up people do before the demo begins: read, look, answer, each through what a real page would send."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from opaque_keys.edx.keys import CourseKey, UsageKey
from webob import Request

from peer_xblocks import clock
from peer_xblocks.demo.lms import platform, publish, store
from peer_xblocks.demo.site import standing
from peer_xblocks.hours import leases, seat
from peer_xblocks.hours.beat import Beat
from peer_xblocks.hours.modules import Module
from peer_xblocks.intervals import Intervals
from peer_xblocks.learner import learners
from peer_xblocks.plugin import programme

PAUSE = 1800
"""Seconds between what was answered and the demo's first moment."""


def read(user: Any, module: Module, seconds: int, *, ago: int) -> None:
    """One page open for so long, that long ago, on a slow line: every second beat arrives, with the time of both."""
    learners.of(user.pk)
    begins, beat = clock.epoch() - ago, 2 * programme().hours.beat
    lease = leases.issue(user.pk, course_of(module), module, _page(module), now=begins)
    marks = [begins, *range(begins + beat, begins + seconds, beat), begins + seconds]
    for seq, (before, now) in enumerate(zip([begins, *marks], marks, strict=False)):
        with at(now):
            seat.record(lease, Beat("", seq, Intervals.of((before, now))), now=now)


def see(user: Any, module: Module, most: int | None = None) -> None:
    """Pages looked at: what completes by being seen is complete."""
    found = store.snapshot(CourseKey.from_string(course_of(module)))
    for unit in _units(module)[:most]:
        for leaf in standing.leaves(found, UsageKey.from_string(unit)) if found else []:
            if leaf.block_type in {"html", "video"}:
                publish.complete(user.pk, leaf, 1.0)


def pass_checks(user: Any, module: Module) -> None:
    """Every question of a module's checks answered right."""
    with at(clock.epoch() - PAUSE):
        for check in module.checks:
            _answer(block(check.usage, user))


def give_name(user: Any, course: str) -> None:
    """The name for the certificate, given on the course's last page."""
    for page in of_type(course, "peer_progress", user):
        post(page, "set_name", {"name": user.get_full_name()})


def of_type(course: str, kind: str, user: Any) -> list[Any]:
    """The blocks of one type in a course, each as the person has it open."""
    return [block(each.usage, user) for each in platform.DemoPlatform().blocks(course, [kind])]


def block(usage: str, user: Any) -> Any:
    """A block as the person has it open."""
    return platform.bound(UsageKey.from_string(usage), user)


def post(opened: Any, handler: str, said: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a page of the block sends, and its answer; `RuntimeError` for a refusal, since here it is a fault of ours."""
    heard = opened.handle(handler, Request.blank("/", method="POST", body=json.dumps(said).encode()))
    if heard.status_code != 200:
        raise RuntimeError(f"{opened.usage} refused {handler} of the demo: {heard.text}")
    return dict(json.loads(heard.text))


def mark() -> str:
    """A fresh name for one change, as pages make one."""
    return uuid.uuid4().hex


@contextmanager
def at(moment: int) -> Iterator[None]:
    """While inside, the clock stands at a moment; then it is the system's, since a demo that begins was never moved."""
    clock.use(lambda: datetime.fromtimestamp(moment, UTC))
    try:
        yield
    finally:
        clock.use(None)


def course_of(module: Module) -> str:
    """The course that a module stands in."""
    return str(store.course_of(UsageKey.from_string(module.usage)))


def _page(module: Module) -> str:
    """A page of the module that is not held live."""
    return next(unit for unit in _units(module) if not module.is_live(unit))


def _units(module: Module) -> list[str]:
    found = store.snapshot(CourseKey.from_string(course_of(module)))
    return [str(each) for each in found.rows[UsageKey.from_string(module.subsection)].children] if found else []


def _answer(check: Any) -> None:
    for item in check.bank:
        right = [option.id for option in item.options if option.right]
        post(check, "answer", {"item": item.id, "digest": item.wording, "chosen": right, "client_id": mark()})
